import TextModel

extension SheetStrings {
    /// "Emma: 120 words of 160,000 (0.1 %)."
    func quotedLine(_ words: QuotedWords) -> SheetValue {
        let title = WorkCitation.title(words.title)
        var text = counted("quoted.line-unknown", words.quoted, ["title": title])
        if let total = words.total, let share = words.share {
            // A share below one per mille is printed as such: "0.0 %" would look like a fault.
            let perMille = Int((share * 1000).rounded())
            let point = self("number.point")
            let percent =
                perMille == 0
                ? "< 0\(point)1" : "\(perMille / 10)" + (perMille % 10 == 0 ? "" : "\(point)\(perMille % 10)")
            text = counted(
                "quoted.line", words.quoted,
                ["title": title, "total": number(total), "share": words.quoted == 0 ? "0" : percent])
        }
        return [
            "title": .string(title), "quoted": .int(words.quoted), "total": words.total.map { .int($0) } ?? .null,
            "share": words.share.map { .number(($0 * 1000).rounded() / 1000) } ?? .null,
            "availability": .string(words.availability.rawValue), "text": .string(text),
            "warning": .text(
                words.passedLimit.map { self("quoted.warning", ["limit": number($0)]) }),
        ]
    }

    /// "Dombey and Son: the text is not here, and nothing of it is quoted; …".
    func absentLine(_ work: AbsentWork) -> SheetValue {
        [
            "title": .string(WorkCitation.title(work.title)), "quoted": .int(0), "total": .null, "share": .null,
            "availability": .null, "annotations": .int(work.annotations.count),
            "text": .string(
                counted(
                    "quoted.absent", work.annotations.count,
                    ["title": WorkCitation.title(work.title), "words": number(work.words)])),
            "warning": .null,
        ]
    }
}

extension SheetMaterial {
    /// Limits of quotation that the chosen passages pass.
    var quotationWarnings: [Diagnostic] { quotationWarnings(quoted) }

    func quotationWarnings(_ quoted: [QuotedWords]) -> [Diagnostic] {
        quoted.compactMap { words in
            guard let limit = words.passedLimit else { return nil }
            return Diagnostic(
                "quotation-limit", .warning, file: words.title,
                "\(words.quoted) words of a restricted work are quoted; the limit is \(limit)",
                advice:
                    "Choose fewer passages, leave the words out (--no-quotations), or set `quotation-limit` in casebook.yml to what you may quote."
            )
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
