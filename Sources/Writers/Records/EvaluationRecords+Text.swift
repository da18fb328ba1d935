extension EvaluationRecords {
    /// Tables for a terminal: a concept a row, then what it was taken for, and how far scores can be trusted.
    package static func table(_ figures: EvaluationFigures) -> String {
        let width = (figures.concepts.map(\.id.count) + [12]).max() ?? 12
        var text = row("concept", heads, width)
        for concept in figures.concepts { text += row(concept.id, cells(concept), width) }
        text += row("micro", numbers(figures.micro), width)
        text += row("macro", numbers(figures.macro) + [fixed(figures.meanAveragePrecision)], width)
        text += summary(figures).map { $0 + "\n" }.joined()
        text += confusions(figures, width)
        text += "\nscores and the share of them that is right\n"
        text += row("score", ["passages", "mean", "right"], width)
        for bin in figures.reliability where bin.count > 0 {
            text += row(name(bin), ["\(bin.count)", fixed(bin.score), fixed(bin.right)], width)
        }
        if !figures.works.isEmpty {
            let width = (figures.works.map(\.file.count)).max() ?? width
            text += "\n" + row("work", ["precision", "recall", "F1", "passages"], width)
            for work in figures.works { text += row(work.file, numbers(work.measures) + ["\(work.passages)"], width) }
        }
        return text
    }

    /// A section of documentation: the same figures as tables in Markdown.
    package static func markdown(_ figures: EvaluationFigures) -> String {
        var text = "| concept | " + heads.joined(separator: " | ") + " |\n|---|" + bars(heads.count)
        for concept in figures.concepts { text += line([concept.id] + cells(concept)) }
        text += line(["**micro**"] + numbers(figures.micro) + ["", "", ""])
        text += line(["**macro**"] + numbers(figures.macro) + [fixed(figures.meanAveragePrecision), "", ""])
        text += "\n" + summary(figures).map { "- " + $0 + "\n" }.joined()
        let mistaken = figures.concepts.filter { !$0.takenFor.isEmpty || !$0.stoodThere.isEmpty }
        if !mistaken.isEmpty {
            text += "\n| concept | taken for | stood where it was suggested wrongly |\n|---|---|---|\n"
            for concept in mistaken {
                text += line([concept.id, list(concept.takenFor, withMissed: true), list(concept.stoodThere)])
            }
        }
        text += "\n| score | passages | mean score | share right |\n|---|" + bars(3)
        for bin in figures.reliability where bin.count > 0 {
            text += line([name(bin), "\(bin.count)", fixed(bin.score), fixed(bin.right)])
        }
        if !figures.works.isEmpty {
            text += "\n| work | precision | recall | F1 | passages |\n|---|" + bars(4)
            for work in figures.works { text += line([work.file] + numbers(work.measures) + ["\(work.passages)"]) }
        }
        return text
    }

    private static let heads = ["precision", "recall", "F1", "AP", "support", "predicted"]

    private static func cells(_ concept: EvaluationFigures.Concept) -> [String] {
        numbers(concept.measures)
            + [fixed(concept.averagePrecision), "\(concept.support)", "\(concept.predicted)"]
    }

    /// What is said in sentences.
    private static func summary(_ figures: EvaluationFigures) -> [String] {
        var lines: [String] = []
        if let layer = figures.against {
            let works = figures.works.count
            lines.append(
                "\(figures.passages) passages of \(works) work\(works == 1 ? "" : "s"), against the layer \(layer)")
        }
        let intervals = figures.namedIntervals.map {
            "\($0.name) \(fixed($0.interval.lowerBound))–\(fixed($0.interval.upperBound))"
        }
        lines.append("micro, 95 % of bootstrap samples: " + intervals.joined(separator: ", "))
        var scores = "best F1 \(fixed(figures.bestF1)) at score \(fixed(figures.bestScore))"
        for (count, precision) in figures.precisionAt.sorted(by: { $0.key < $1.key }) {
            scores += "; of the \(count) highest scores \(fixed(precision)) right"
        }
        lines.append(scores + "; expected calibration error \(fixed(figures.calibrationError))")
        if let spans = figures.spans {
            lines.append(
                "suggested words against labelled words, on \(spans.pairs) right suggestions: precision \(fixed(spans.words.precision)), recall \(fixed(spans.words.recall)), F1 \(fixed(spans.words.f1)) (whole passages: \(fixed(spans.wholePassages.f1)))"
            )
        }
        return lines
    }

    private static func confusions(_ figures: EvaluationFigures, _ width: Int) -> String {
        var text = ""
        func part(_ title: String, _ lists: [(id: String, list: String)]) {
            let lists = lists.filter { !$0.list.isEmpty }
            if !lists.isEmpty { text += "\n\(title)\n" }
            for (id, list) in lists {
                text += id + String(repeating: " ", count: max(0, width - id.count)) + "  " + list + "\n"
            }
        }
        part(
            "taken for: suggested wrongly on its passages (in brackets: where it was itself missed)",
            figures.concepts.map { ($0.id, list($0.takenFor, withMissed: true)) })
        part(
            "stood there: what passages show where it was suggested wrongly",
            figures.concepts.map { ($0.id, list($0.stoodThere)) })
        return text
    }

    /// The first ones: the tail of single passages says little.
    private static func list(_ confusions: [EvaluationFigures.Confusion], withMissed: Bool = false) -> String {
        let shown = 4
        let names = confusions.prefix(shown).map { confusion in
            "\(confusion.concept ?? "nothing") \(confusion.passages)" + (withMissed ? " (\(confusion.missed))" : "")
        }
        return names.joined(separator: ", ") + (confusions.count > shown ? ", …" : "")
    }

    private static func name(_ bin: EvaluationFigures.Bin) -> String {
        "\(tenths(bin.from))–\(tenths(bin.to))"
    }

    private static func tenths(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }

    private static func row(_ name: String, _ cells: [String], _ width: Int) -> String {
        let name = name + String(repeating: " ", count: max(0, width - name.count))
        return name + cells.map { String(repeating: " ", count: max(1, 11 - $0.count)) + $0 }.joined() + "\n"
    }

    private static func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |\n" }

    /// Columns of numbers are set flush right.
    private static func bars(_ count: Int) -> String { String(repeating: "--:|", count: count) + "\n" }

    private static func numbers(_ measures: EvaluationFigures.Measures) -> [String] {
        [measures.precision, measures.recall, measures.f1].map(fixed)
    }

    /// Three decimals: sets of a few hundred passages tell no more.
    private static func fixed(_ value: Double) -> String {
        let thousandths = Int((value * 1000).rounded())
        let digits = String(thousandths % 1000)
        return "\(thousandths / 1000)." + String(repeating: "0", count: 3 - digits.count) + digits
    }
}
