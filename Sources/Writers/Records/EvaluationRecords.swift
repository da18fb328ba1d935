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

        package init(id: String, measures: Measures, support: Int, predicted: Int) {
            self.id = id
            self.measures = measures
            self.support = support
            self.predicted = predicted
        }
    }

    package var micro: Measures
    package var macro: Measures
    package var concepts: [Concept]
    package var bestF1: Double
    package var bestScore: Double
    package var precisionAt: [Int: Double]
    package var calibrationError: Double
    package var intervals: Intervals

    package init(
        micro: Measures, macro: Measures, concepts: [Concept], bestF1: Double, bestScore: Double,
        precisionAt: [Int: Double], calibrationError: Double, intervals: Intervals
    ) {
        self.micro = micro
        self.macro = macro
        self.concepts = concepts
        self.bestF1 = bestF1
        self.bestScore = bestScore
        self.precisionAt = precisionAt
        self.calibrationError = calibrationError
        self.intervals = intervals
    }
}

/// The figures of an evaluation as JSON and as a table.
package enum EvaluationRecords {
    package static func json(_ figures: EvaluationFigures) -> [UInt8] {
        var writer = JSONWriter(isIndented: true)
        writer.beginObject()
        writer.key("micro")
        object(figures.micro, into: &writer)
        writer.key("macro")
        object(figures.macro, into: &writer)
        writer.key("concepts")
        writer.beginObject()
        for concept in figures.concepts {
            writer.key(named: concept.id)
            writer.beginObject()
            members(concept.measures, into: &writer)
            writer.key("support")
            writer.int(concept.support)
            writer.key("predicted")
            writer.int(concept.predicted)
            writer.endObject()
        }
        writer.endObject()
        writer.key("best")
        writer.beginObject()
        writer.key("f1")
        writer.number(figures.bestF1)
        writer.key("score")
        writer.number(figures.bestScore)
        writer.endObject()
        writer.key("precision_at")
        writer.beginObject()
        for (count, precision) in figures.precisionAt.sorted(by: { $0.key < $1.key }) {
            writer.key(named: String(count))
            writer.number(precision)
        }
        writer.endObject()
        writer.key("ece")
        writer.number(figures.calibrationError)
        writer.key("intervals")
        writer.beginObject()
        for (name, interval) in intervals(of: figures) {
            writer.key(named: name)
            writer.beginArray()
            writer.number(interval.lowerBound)
            writer.number(interval.upperBound)
            writer.endArray()
        }
        writer.endObject()
        writer.endObject()
        writer.endLine()
        return writer.bytes
    }

    package static func table(_ figures: EvaluationFigures) -> String {
        let width = (figures.concepts.map(\.id.count) + [12]).max() ?? 12
        var text = row("concept", ["precision", "recall", "F1", "support", "predicted"], width)
        for concept in figures.concepts {
            text += row(concept.id, numbers(concept.measures) + ["\(concept.support)", "\(concept.predicted)"], width)
        }
        text += row("micro", numbers(figures.micro), width) + row("macro", numbers(figures.macro), width)
        text += "micro, 95 % of bootstrap samples: "
        text += intervals(of: figures).map {
            "\($0.name) \(fixed($0.interval.lowerBound))–\(fixed($0.interval.upperBound))"
        }.joined(separator: ", ")
        text += "\nbest F1 \(fixed(figures.bestF1)) at score \(fixed(figures.bestScore))"
        for (count, precision) in figures.precisionAt.sorted(by: { $0.key < $1.key }) {
            text += "; of the \(count) highest scores \(fixed(precision)) right"
        }
        return text + "; expected calibration error \(fixed(figures.calibrationError))\n"
    }

    private static func intervals(
        of figures: EvaluationFigures
    ) -> [(name: String, interval: ClosedRange<Double>)] {
        [
            ("precision", figures.intervals.precision), ("recall", figures.intervals.recall),
            ("f1", figures.intervals.f1),
        ]
    }

    private static func row(_ name: String, _ cells: [String], _ width: Int) -> String {
        let name = name + String(repeating: " ", count: max(0, width - name.count))
        return name + cells.map { String(repeating: " ", count: max(1, 11 - $0.count)) + $0 }.joined() + "\n"
    }

    private static func numbers(_ measures: EvaluationFigures.Measures) -> [String] {
        [measures.precision, measures.recall, measures.f1].map(fixed)
    }

    /// Three decimals: sets of a few hundred passages tell no more.
    private static func fixed(_ value: Double) -> String {
        let thousandths = Int((value * 1000).rounded())
        let digits = String(thousandths % 1000)
        return "\(thousandths / 1000)." + String(repeating: "0", count: 3 - digits.count) + digits
    }

    private static func object(_ measures: EvaluationFigures.Measures, into writer: inout JSONWriter) {
        writer.beginObject()
        members(measures, into: &writer)
        writer.endObject()
    }

    private static func members(_ measures: EvaluationFigures.Measures, into writer: inout JSONWriter) {
        writer.key("precision")
        writer.number(measures.precision)
        writer.key("recall")
        writer.number(measures.recall)
        writer.key("f1")
        writer.number(measures.f1)
    }
}
