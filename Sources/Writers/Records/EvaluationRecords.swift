/// The figures of an evaluation as JSON, as tables for a terminal, and as a section of documentation.
package enum EvaluationRecords {
    package static func json(_ figures: EvaluationFigures) -> [UInt8] {
        var writer = JSONWriter(isIndented: true)
        writer.beginObject()
        writer.key("micro")
        object(figures.micro, into: &writer)
        writer.key("macro")
        writer.beginObject()
        members(figures.macro, into: &writer)
        writer.key("average_precision")
        writer.number(figures.meanAveragePrecision)
        writer.endObject()
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
            writer.key("average_precision")
            writer.number(concept.averagePrecision)
            writer.key("taken_for")
            confusions(concept.takenFor, into: &writer)
            writer.key("stood_there")
            confusions(concept.stoodThere, into: &writer)
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
        writer.key("reliability")
        writer.beginArray()
        for bin in figures.reliability {
            writer.beginObject()
            for (name, value) in [
                ("from", bin.from), ("to", bin.to), ("count", Double(bin.count)), ("score", bin.score),
                ("right", bin.right),
            ] {
                writer.key(named: name)
                writer.number(value)
            }
            writer.endObject()
        }
        writer.endArray()
        writer.key("intervals")
        writer.beginObject()
        for (name, interval) in figures.namedIntervals {
            writer.key(named: name)
            writer.beginArray()
            writer.number(interval.lowerBound)
            writer.number(interval.upperBound)
            writer.endArray()
        }
        writer.endObject()
        writer.key("spans")
        if let spans = figures.spans {
            writer.beginObject()
            writer.key("pairs")
            writer.int(spans.pairs)
            members(spans.words, into: &writer)
            writer.key("whole_passages")
            object(spans.wholePassages, into: &writer)
            writer.endObject()
        } else {
            writer.null()
        }
        writer.key("passages")
        writer.int(figures.passages)
        writer.key("against")
        writer.string(figures.against)
        writer.key("works")
        writer.beginArray()
        for work in figures.works {
            writer.beginObject()
            writer.key("document")
            writer.string(work.file)
            writer.key("passages")
            writer.int(work.passages)
            members(work.measures, into: &writer)
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
        writer.endLine()
        return writer.bytes
    }

    private static func confusions(_ confusions: [EvaluationFigures.Confusion], into writer: inout JSONWriter) {
        writer.beginArray()
        for confusion in confusions {
            writer.beginObject()
            writer.key("concept")
            writer.string(confusion.concept)
            writer.key("passages")
            writer.int(confusion.passages)
            writer.key("missed")
            writer.int(confusion.missed)
            writer.endObject()
        }
        writer.endArray()
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
