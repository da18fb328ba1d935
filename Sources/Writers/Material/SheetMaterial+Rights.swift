import TextModel

extension SheetMaterial {
    func quotedLine(_ words: QuotedWords) -> SheetValue {
        // A share below one per mille is printed as such: "0.0 %" would look like a fault.
        let perMille = Int((words.share * 1000).rounded())
        let point = strings("number.point")
        let share =
            perMille == 0 ? "< 0\(point)1" : "\(perMille / 10)" + (perMille % 10 == 0 ? "" : "\(point)\(perMille % 10)")
        return [
            "title": .string(WorkCitation.title(words.title)), "quoted": .int(words.quoted), "total": .int(words.total),
            "share": .number((words.share * 1000).rounded() / 1000),
            "availability": .string(words.availability.rawValue),
            "text": .string(
                strings.counted(
                    "quoted.line", words.quoted,
                    [
                        "title": WorkCitation.title(words.title), "total": strings.number(words.total), "share": share,
                    ])),
            "warning": .text(
                words.passedLimit.map { strings("quoted.warning", ["limit": strings.number($0)]) }),
        ]
    }

    /// Limits of quotation that are passed.
    var quotationWarnings: [Diagnostic] {
        quoted.compactMap { words in
            guard let limit = words.passedLimit else { return nil }
            return Diagnostic(
                "quotation-limit", .warning, file: words.title,
                "\(words.quoted) words of a restricted work are quoted; the limit is \(limit)",
                advice: "Choose fewer passages, or set `quotation-limit` in casebook.yml to what you may quote.")
        }
    }

    func placeWarnings(_ unplaced: [UnplacedAnnotation]) -> [Diagnostic] {
        guard let first = unplaced.first else { return [] }
        return [
            Diagnostic(
                "not-placed", .warning, file: first.title,
                "\(unplaced.count) annotation(s) have no place in today’s text and are listed at the end",
                advice: "`casebook annotate reanchor` shows where they may belong.")
        ]
    }
}

extension UnplacedAnnotation {
    func sheetValue(strings: SheetStrings) -> SheetValue {
        [
            "siglum": .string(siglum), "title": .string(title), "concepts": .string(strings.list(concepts)),
            "quote": .text(quote), "reason": .string(reason), "reasonLabel": .string(strings("anchor.\(reason)")),
            "layer": .string(layer),
        ]
    }
}
