import TextModel

extension HandoutBuilder {
    /// Evidence for and against one concept: never in one list. What is open stands apart from both.
    func evidence(for concept: Concept) -> SheetValue? {
        var items: [Stance: [SheetValue]] = [:]
        // Words of one annotation that run over several passages are one piece of evidence.
        var seen: [String: Int] = [:]
        for passage in passages {
            for mark in passage.marks {
                let anchored = annotation(mark, passage)
                guard anchored.annotation.concepts.contains(where: { $0.id == concept.id }) else { continue }
                let stance = anchored.annotation.stance ?? .supports
                let id = "\(passage.work)/\(anchored.qualifiedID)"
                if let index = seen[id], let old = items[stance]?[index], case .string(let words)? = old["quote"] {
                    items[stance]?[index] = evidenceItem(mark, passage, quote: words + " … " + quote(mark, passage))
                } else {
                    seen[id] = items[stance]?.count ?? 0
                    items[stance, default: []].append(evidenceItem(mark, passage, quote: quote(mark, passage)))
                }
            }
        }
        guard !items.isEmpty else { return nil }
        return [
            "id": .string(concept.id), "label": .string(label(of: concept)),
            "heading": .string(sentence(label(of: concept))),
            "for": .array(items[.supports] ?? []), "against": .array(items[.contradicts] ?? []),
            "ambiguous": .array(items[.ambiguous] ?? []),
        ]
    }

    private func evidenceItem(_ mark: MarkedPassage.Mark, _ passage: MarkedPassage, quote: String) -> SheetValue {
        let annotation = annotation(mark, passage).annotation
        return [
            "quote": .string(quote), "reference": .string("\(passage.number)\(mark.key)"),
            "anchor": .string(anchor(mark, passage)), "siglum": .string(sigla[passage.work]),
            "locator": .text(passage.locator.label), "about": .text(about(annotation, passage)),
            "basis": .text(annotation.basis.map { strings("basis.\($0.rawValue)") }),
        ]
    }

    // MARK: - Rights and warnings

    func quotedLine(_ words: QuotedWords) -> SheetValue {
        // A share below one per mille is printed as such: "0.0 %" would look like a fault.
        let perMille = Int((words.share * 1000).rounded())
        let share = perMille == 0 ? "< 0.1" : "\(perMille / 10)" + (perMille % 10 == 0 ? "" : ".\(perMille % 10)")
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

    func warnings(quoted: [QuotedWords], unplaced: [UnplacedAnnotation]) -> [Diagnostic] {
        var warnings: [Diagnostic] = []
        for (words, work) in zip(quoted, selection.works.filter { !$0.passages.isEmpty }) {
            guard let limit = words.passedLimit else { continue }
            warnings.append(
                Diagnostic(
                    "quotation-limit", .warning, file: work.document.name,
                    "\(words.quoted) words of a restricted work are quoted; the limit is \(limit)",
                    advice: "Choose fewer passages, or set `quotation-limit` in casebook.yml to what you may quote."))
        }
        let helpIsEmpty = !selection.help.isComplete || selection.help.lines.isEmpty
        if helpIsEmpty, urgentHelpIsShown {
            warnings.append(
                Diagnostic(
                    "empty-help-field", selection.audience == .parent ? .error : .warning, file: "handout",
                    "the urgent-help statement has empty fields",
                    advice: "`--emergency-number`, `--help-line` and `--checked` fill them in."))
        }
        if !unplaced.isEmpty {
            warnings.append(
                Diagnostic(
                    "not-placed", .warning, file: unplaced[0].title,
                    "\(unplaced.count) annotation(s) have no place in today’s text and are listed at the end",
                    advice: "`casebook annotate reanchor` shows where they may belong."))
        }
        return warnings
    }
}
