import TextModel

extension Worksheet {
    /// For students: passages without marks, concepts to choose from, lines to write on.
    package var worksheet: SheetValue { sheet("worksheet", items: items.map { item($0, answers: nil) }) }

    /// For the instructor: the same items with their answers.
    package var key: SheetValue { sheet("key", items: items.map { item($0, answers: answers(to: $0)) }) }

    private func sheet(_ kind: String, items values: [SheetValue]) -> SheetValue {
        // The concept's name above the passages would be the answer; the key may say it.
        let named = kind == "key" ? selection.concepts.compactMap { selection.scheme[$0].map(label) } : []
        let subject = selection.title ?? (named.isEmpty ? strings("worksheet.title") : strings.list(named))
        let title = subject.prefix(1).uppercased() + subject.dropFirst()
        var cited = selection
        if kind != "key" { cited.query = nil }
        let notes = Set(items.compactMap { selection.works[$0.work].document.work.sheetNote })
        return [
            "kind": .string(kind), "language": .string(strings.language), "title": .string(title),
            "variant": .text(variant), "runningTitle": .string(cssString("\(title) · \(checksum)")), "paper": .null,
            "checksum": .string(checksum), "task": .string(strings("worksheet.task")),
            "minutes": .string(strings.counted("worksheet.minutes", minutes)),
            "contentNote": .text(contentNote), "example": example ?? .null,
            "bank": .array(
                bank.map { ["label": .string(label($0)), "definition": .text($0.definition)] }),
            "items": .array(values), "notes": .strings(notes.sorted()),
            "statement": .text(selection.scheme.statement("concepts-statement") ?? strings.find("statements.concepts")),
            "citation": .string(cited.citation(strings: strings)), "date": .string(selection.date),
        ]
    }

    /// Two minutes an item for choosing and writing, and the reading at 100 words a minute: it is read twice.
    private var minutes: Int {
        let words = items.reduce(0) { $0 + text(of: $1).split(separator: " ").count }
        return items.count * 2 + max(1, words / 100)
    }

    private var contentNote: String? {
        var tags: Set<ContentTag> = []
        for item in items {
            for mark in item.marks {
                tags.formUnion(selection.contentTags(of: selection.works[item.work].annotations[mark.annotation]))
            }
        }
        let phrases = ContentTag.allCases.filter { tags.contains($0) && $0 != .none }
            .map { strings("content.\($0.rawValue)") }
        return phrases.isEmpty ? nil : strings("statements.content", ["items": strings.list(phrases)])
    }

    /// A short passage that is not among the items, with the answer that is expected.
    private var example: SheetValue? {
        let banked = Set(bank.map(\.id))
        // Longer than this an example costs more time than it saves.
        let longest = 70
        for work in selection.works {
            for anchored in work.annotations where anchored.verdict.isShown && anchored.pieces.count == 1 {
                let annotation = anchored.annotation
                guard annotation.stance ?? .supports == .supports, let comment = annotation.comment,
                    let concept = annotation.concepts.first(where: { banked.contains($0.id) })
                        .flatMap({ selection.scheme[$0.id] }),
                    let piece = anchored.pieces.first, !work.passages.contains(piece.passage)
                else { continue }
                let text = work.document.readingText(work.document.passages[Int(piece.passage)])
                guard text.split(separator: " ").count <= longest else { continue }
                let marker = PassageMarker(work: work, index: 0, strings: strings)
                let range = marker.readingRange(of: piece.raw, in: piece.passage)
                let plain = PlainComment(scheme: selection.scheme, document: work.document, strings: strings)
                return [
                    "text": .string(text), "title": .string(WorkCitation.title(work.document.work.title)),
                    "words": .string(String(decoding: work.document.reading[range.indices], as: UTF8.self)),
                    "concept": .string(label(concept)), "because": .string(plain.text(comment)),
                ]
            }
        }
        return nil
    }

    // MARK: - Items

    private func item(_ item: MarkedPassage, answers: SheetValue?) -> SheetValue {
        let lines = lines(of: item)
        let work = selection.works[item.work].document.work
        let value: SheetValue = [
            "number": .int(item.number), "title": .string(WorkCitation.title(work.title)),
            "locator": .text(item.locator.label), "note": .text(work.sheetNote), "speaker": .text(item.speaker),
            "lines": .array(
                lines.lines.indices.map { index in
                    let number = index + 1
                    // The first and every fifth line, as editions have it.
                    let isShown = number == 1 || number % 5 == 0
                    return ["text": .string(lines.text(index)), "number": isShown ? .int(number) : .null]
                }),
        ]
        return value.with([.init("answers", answers ?? .null)])
    }

    private func text(of item: MarkedPassage) -> String { item.segments.map(\.text).joined() }

    private func lines(of item: MarkedPassage) -> NumberedLines {
        var breaks: Set<Int> = []
        var offset = 0
        for segment in item.segments {
            if segment.breaksLine { breaks.insert(offset) }
            offset += segment.text.utf8.count
        }
        return NumberedLines(text(of: item), breaks: breaks)
    }

    // MARK: - Answers

    private func answers(to item: MarkedPassage) -> SheetValue {
        let banked = Set(bank.map(\.id))
        let lines = lines(of: item)
        let document = selection.works[item.work].document
        let start = Int(document.passages[Int(item.passage)].reading.start)
        let plain = PlainComment(scheme: selection.scheme, document: document, strings: strings)
        var expected: [SheetValue] = []
        var against: [SheetValue] = []
        var open: [SheetValue] = []
        var others: [SheetValue] = []
        var given: Set<String> = []
        for mark in item.marks {
            let annotation = selection.works[item.work].annotations[mark.annotation].annotation
            let concepts = annotation.concepts.compactMap { selection.scheme[$0.id] }
            let asked = concepts.filter { banked.contains($0.id) }
            let words = mark.ranges.map { String(decoding: document.reading[$0.indices], as: UTF8.self) }
            let numbers = mark.ranges.first.flatMap {
                lines.numbers(of: Int($0.start) - start..<Int(mark.end) - start)
            }
            let phrases = SubjectPhrases(work: document.work, strings: strings)
            let value: SheetValue = [
                "words": .string(words.joined(separator: " … ")),
                "lines": .text(
                    numbers.map { numbers in
                        let range = numberRange(String(numbers.lowerBound), String(numbers.upperBound), style: .full)
                        return strings.counted("worksheet.lines", numbers.count, ["lines": range])
                    }),
                "concepts": .string((asked.isEmpty ? concepts : asked).map(label).joined(separator: ", ")),
                "about": .text(annotation.about.isEmpty ? nil : strings.list(annotation.about.map(phrases.phrase))),
                "basis": .text(annotation.basis.map { strings("basis.\($0.rawValue)") }),
                "reason": .text(annotation.comment.map(plain.text)),
            ]
            guard !asked.isEmpty else {
                others.append(value)
                continue
            }
            given.formUnion(asked.map(\.id))
            switch annotation.stance ?? .supports {
            case .supports: expected.append(value)
            case .contradicts: against.append(value)
            case .ambiguous: open.append(value)
            }
        }
        return [
            "expected": .array(expected), "against": .array(against), "open": .array(open), "others": .array(others),
            "isNone": .bool(given.isEmpty), "confusions": .strings(confusions(given)),
        ]
    }

    /// What a student may take for what: the rules that tell the expected concepts from others of the bank.
    private func confusions(_ given: Set<String>) -> [String] {
        let banked = Set(bank.map(\.id))
        var seen: Set<Set<String>> = []
        let rules = bank.filter { given.contains($0.id) }.flatMap { concept in
            concept.scopeNotes.compactMap { note -> (other: String, text: String)? in
                guard let other = note.confusable, banked.contains(other),
                    seen.insert([concept.id, other]).inserted
                else { return nil }
                return (other, note.text)
            }
        }
        // Two rules are read; those about two concepts of this very passage come first.
        return (rules.filter { given.contains($0.other) } + rules.filter { !given.contains($0.other) })
            .prefix(2).map(\.text)
    }

    private func label(_ concept: Concept) -> String { concept.preferredLabel(in: strings.language) }
}
