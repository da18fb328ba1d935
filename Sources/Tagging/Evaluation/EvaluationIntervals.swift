/// How far the micro averages would spread had other passages of the same make been labelled: the middle 95 % of
/// bootstrap samples of passages or works (Efron 1979), drawn with a fixed seed.
package struct EvaluationIntervals: Sendable, Equatable {
    package var precision: ClosedRange<Double>
    package var recall: ClosedRange<Double>
    package var f1: ClosedRange<Double>

    /// A thousand samples settle the second decimal.
    private static let samples = 1_000

    /// As ``Evaluation/init(_:concepts:threshold:)``; costs a thousand passes over the passages.
    ///
    /// `works` says how many cases, one after the other, are of one work: then whole works are drawn, because
    /// passages of one work are alike.
    package init(
        _ cases: [EvaluationCase], concepts: [String], works: [Int]? = nil, threshold: (String) -> Double
    ) {
        let limits = concepts.map { ($0, threshold($0)) }
        let single = cases.map { item in
            var right = 0
            var predicted = 0
            var support = 0
            for (concept, limit) in limits where !item.either.contains(concept) {
                let isRight = item.labels.contains(concept)
                let score = item.scores[concept] ?? 0
                let isPredicted = score > 0 && score >= limit
                if isRight { support += 1 }
                if isPredicted { predicted += 1 }
                if isRight && isPredicted { right += 1 }
            }
            return (right: right, predicted: predicted, support: support)
        }
        var counts = single
        if let works {
            var start = 0
            counts = works.map { size in
                defer { start += size }
                return single[start..<start + size].reduce((right: 0, predicted: 0, support: 0)) {
                    ($0.right + $1.right, $0.predicted + $1.predicted, $0.support + $1.support)
                }
            }
        }
        var generator = LinearCongruential(state: 20_261_121)
        var precision: [Double] = []
        var recall: [Double] = []
        var f1: [Double] = []
        for _ in 0..<(cases.isEmpty ? 0 : Self.samples) {
            var total = (right: 0, predicted: 0, support: 0)
            for _ in counts.indices {
                let count = counts[generator.next(below: counts.count)]
                total.right += count.right
                total.predicted += count.predicted
                total.support += count.support
            }
            let measures = Evaluation.Measures(
                right: total.right, predicted: total.predicted, support: total.support)
            precision.append(measures.precision)
            recall.append(measures.recall)
            f1.append(measures.f1)
        }
        self.precision = Self.middle(of: precision)
        self.recall = Self.middle(of: recall)
        self.f1 = Self.middle(of: f1)
    }

    private static func middle(of values: [Double]) -> ClosedRange<Double> {
        guard !values.isEmpty else { return 0...0 }
        let sorted = values.sorted()
        return sorted[values.count * 25 / 1000]...sorted[values.count * 975 / 1000]
    }
}

/// Knuth's MMIX generator: the same samples on every machine.
private struct LinearCongruential {
    var state: UInt64

    mutating func next(below bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(bound))
    }
}
