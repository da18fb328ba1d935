/// The figures of an evaluation.
package struct EvaluationFigures: Sendable {
    package struct Measures: Sendable {
        package var precision: Double
        package var recall: Double
        package var f1: Double

        package init(precision: Double, recall: Double, f1: Double) {
            self.precision = precision
            self.recall = recall
            self.f1 = f1
        }
    }

    /// The middle 95 % of bootstrap samples, of the micro averages.
    package struct Intervals: Sendable {
        package var precision: ClosedRange<Double>
        package var recall: ClosedRange<Double>
        package var f1: ClosedRange<Double>

        package init(precision: ClosedRange<Double>, recall: ClosedRange<Double>, f1: ClosedRange<Double>) {
            self.precision = precision
            self.recall = recall
            self.f1 = f1
        }
    }

    package struct Concept: Sendable {
        package var id: String
        package var measures: Measures
        package var support: Int
        package var predicted: Int
        package var averagePrecision: Double
        /// Suggested wrongly on passages that carry the concept, most often first.
        package var takenFor: [Confusion]
        /// Carried by passages for which the concept was suggested wrongly.
        package var stoodThere: [Confusion]

        package init(
            id: String, measures: Measures, support: Int, predicted: Int, averagePrecision: Double,
            takenFor: [Confusion], stoodThere: [Confusion]
        ) {
            self.id = id
            self.measures = measures
            self.support = support
            self.predicted = predicted
            self.averagePrecision = averagePrecision
            self.takenFor = takenFor
            self.stoodThere = stoodThere
        }
    }

    package struct Confusion: Sendable {
        /// `nil` is none at all.
        package var concept: String?
        package var passages: Int
        /// Of these, where the right concept was not suggested beside the wrong one.
        package var missed: Int

        package init(concept: String?, passages: Int, missed: Int) {
            self.concept = concept
            self.passages = passages
            self.missed = missed
        }
    }

    /// Suggestions of about the same score.
    package struct Bin: Sendable {
        package var from: Double
        package var to: Double
        package var count: Int
        package var score: Double
        package var right: Double

        package init(from: Double, to: Double, count: Int, score: Double, right: Double) {
            self.from = from
            self.to = to
            self.count = count
            self.score = score
            self.right = right
        }
    }

    /// How the suggested words meet the labelled ones.
    package struct Spans: Sendable {
        package var pairs: Int
        package var words: Measures
        package var wholePassages: Measures

        package init(pairs: Int, words: Measures, wholePassages: Measures) {
            self.pairs = pairs
            self.words = words
            self.wholePassages = wholePassages
        }
    }

    package struct Work: Sendable {
        package var file: String
        package var passages: Int
        package var measures: Measures

        package init(file: String, passages: Int, measures: Measures) {
            self.file = file
            self.passages = passages
            self.measures = measures
        }
    }

    package var micro: Measures
    package var macro: Measures
    package var meanAveragePrecision: Double
    package var concepts: [Concept]
    package var bestF1: Double
    package var bestScore: Double
    package var precisionAt: [Int: Double]
    package var calibrationError: Double
    package var reliability: [Bin]
    package var intervals: Intervals
    package var spans: Spans?
    package var passages: Int
    /// The layer that was compared with; `nil` for labelled passages.
    package var against: String?
    package var works: [Work]

    package init(
        micro: Measures, macro: Measures, meanAveragePrecision: Double, concepts: [Concept], bestF1: Double,
        bestScore: Double, precisionAt: [Int: Double], calibrationError: Double, reliability: [Bin],
        intervals: Intervals, spans: Spans?, passages: Int, against: String?, works: [Work]
    ) {
        self.micro = micro
        self.macro = macro
        self.meanAveragePrecision = meanAveragePrecision
        self.concepts = concepts
        self.bestF1 = bestF1
        self.bestScore = bestScore
        self.precisionAt = precisionAt
        self.calibrationError = calibrationError
        self.reliability = reliability
        self.intervals = intervals
        self.spans = spans
        self.passages = passages
        self.against = against
        self.works = works
    }

    var namedIntervals: [(name: String, interval: ClosedRange<Double>)] {
        [("precision", intervals.precision), ("recall", intervals.recall), ("f1", intervals.f1)]
    }
}
