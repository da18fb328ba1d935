/// How good suggestions are on labelled passages. 0/0 is 0 throughout.
package struct Evaluation: Sendable, Equatable {
    package struct Measures: Sendable, Equatable {
        package var precision = 0.0
        package var recall = 0.0
        package var f1 = 0.0

        package init() {}

        /// From right suggestions, all suggestions and all labels.
        package init(right: Int, predicted: Int, support: Int) {
            precision = share(right, of: predicted)
            recall = share(right, of: support)
            f1 = share(2 * right, of: predicted + support)
        }
    }

    package struct ConceptResult: Sendable, Equatable {
        package var concept: String
        package var measures: Measures
        /// Passages that are labelled with it.
        package var support: Int
        /// Passages for which it is suggested.
        package var predicted: Int
        /// Mean, over the passages that carry it, of the precision down to each of them when passages are ranked by
        /// score; 0 for one that no score finds.
        package var averagePrecision: Double
        /// What it was taken for, and what stood where it was suggested wrongly.
        package var confusions: Confusions
    }

    /// All pairs of passage and concept, each counted once.
    package var micro = Measures()
    /// Means over the concepts with support.
    package var macro = Measures()
    /// In the order of the concepts asked for.
    package var concepts: [ConceptResult] = []
    /// Highest micro F1 over all thresholds, and the lowest score that it still takes.
    package var best = (f1: 0.0, score: 0.0)
    /// Share of right pairs among the 30 and the 50 with the highest scores (among all, where fewer have a score).
    package var precisionAt: [Int: Double] = [:]
    /// Mean of the concepts' average precisions, over those with support.
    package var meanAveragePrecision = 0.0
    /// All suggestions, whatever their score, in ten bins of equal width by score.
    package var reliability: [ReliabilityBin] = []
    /// Expected calibration error of all suggestions: mean distance of score and share of right ones, in ten bins.
    package var calibrationError = 0.0
    /// How the suggested words meet the labelled ones; `nil` where no label has words.
    package var spans: SpanOverlap?

    /// Counts over `concepts` (the leaves of a scheme); `threshold` says from which score on one is suggested.
    package init(_ cases: [EvaluationCase], concepts: [String], threshold: (String) -> Double) {
        var ranked: [RankedPair] = []
        var total = (right: 0, predicted: 0, support: 0)
        let limits = Dictionary(concepts.map { ($0, threshold($0)) }, uniquingKeysWith: { first, _ in first })
        let confusions = Confusions.count(cases, concepts: concepts, limits: limits)
        for concept in concepts {
            let limit = limits[concept] ?? 0
            let firstOfConcept = ranked.count
            var counts = (right: 0, predicted: 0, support: 0)
            for (number, item) in cases.enumerated() where !item.either.contains(concept) {
                let isRight = item.labels.contains(concept)
                let score = item.scores[concept] ?? 0
                if isRight { counts.support += 1 }
                guard score > 0 else { continue }
                ranked.append(RankedPair(score: score, isRight: isRight, passage: number))
                guard score >= limit else { continue }
                counts.predicted += 1
                if isRight { counts.right += 1 }
            }
            let measures = Measures(right: counts.right, predicted: counts.predicted, support: counts.support)
            self.concepts.append(
                ConceptResult(
                    concept: concept, measures: measures, support: counts.support, predicted: counts.predicted,
                    averagePrecision: Self.averagePrecision(ranked[firstOfConcept...], support: counts.support),
                    confusions: confusions[concept] ?? Confusions()))
            total.right += counts.right
            total.predicted += counts.predicted
            total.support += counts.support
        }
        micro = Measures(right: total.right, predicted: total.predicted, support: total.support)
        let supported = self.concepts.filter { $0.support > 0 }
        macro = Self.mean(supported.map(\.measures))
        meanAveragePrecision =
            supported.isEmpty ? 0 : supported.reduce(0) { $0 + $1.averagePrecision } / Double(supported.count)
        // Equal scores keep the order of passages, then of concepts: the figures do not depend on the sort.
        let order = ranked.indices.sorted {
            (ranked[$1].score, ranked[$0].passage, $0) < (ranked[$0].score, ranked[$1].passage, $1)
        }
        ranked = order.map { ranked[$0] }
        best = Self.best(ranked, support: total.support)
        for count in [30, 50] {
            let first = ranked.prefix(count)
            precisionAt[count] = share(first.count { $0.isRight }, of: first.count)
        }
        reliability = ReliabilityBin.bins(ranked)
        calibrationError = reliability.reduce(0) { $0 + $1.distance }
        spans = SpanOverlap(cases, limits: limits)
    }

    package static func == (left: Evaluation, right: Evaluation) -> Bool {
        left.micro == right.micro && left.macro == right.macro && left.concepts == right.concepts
            && left.best == right.best && left.precisionAt == right.precisionAt
            && left.meanAveragePrecision == right.meanAveragePrecision && left.reliability == right.reliability
            && left.calibrationError == right.calibrationError && left.spans == right.spans
    }

    /// A passage and a concept that has a score there.
    struct RankedPair {
        var score: Double
        var isRight: Bool
        var passage: Int
    }

    /// Pairs of the same score count as found together, so that their order says nothing.
    private static func averagePrecision(_ pairs: ArraySlice<RankedPair>, support: Int) -> Double {
        var sum = 0.0
        var seen = 0
        var right = 0
        var together = 0
        let ranked = pairs.sorted { $0.score > $1.score }
        for (index, pair) in ranked.enumerated() {
            seen += 1
            if pair.isRight {
                right += 1
                together += 1
            }
            if index + 1 < ranked.count, ranked[index + 1].score == pair.score { continue }
            sum += Double(together) * share(right, of: seen)
            together = 0
        }
        return support == 0 ? 0 : sum / Double(support)
    }

    private static func mean(_ all: [Measures]) -> Measures {
        var mean = Measures()
        guard !all.isEmpty else { return mean }
        mean.precision = all.reduce(0) { $0 + $1.precision } / Double(all.count)
        mean.recall = all.reduce(0) { $0 + $1.recall } / Double(all.count)
        mean.f1 = all.reduce(0) { $0 + $1.f1 } / Double(all.count)
        return mean
    }

    private static func best(_ ranked: [RankedPair], support: Int) -> (f1: Double, score: Double) {
        var best = (f1: 0.0, score: 0.0)
        var right = 0
        for (index, pair) in ranked.enumerated() {
            if pair.isRight { right += 1 }
            // A threshold takes all pairs of the same score.
            if index + 1 < ranked.count, ranked[index + 1].score == pair.score { continue }
            let f1 = share(2 * right, of: index + 1 + support)
            if f1 > best.f1 { best = (f1, pair.score) }
        }
        return best
    }
}

/// 0/0 is 0.
func share(_ part: Int, of whole: Int) -> Double { whole == 0 ? 0 : Double(part) / Double(whole) }
