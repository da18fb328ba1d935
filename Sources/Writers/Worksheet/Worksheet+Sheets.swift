import TextModel

extension Worksheet {
    /// For students: passages without marks, concepts to choose from, lines to write on.
    package var worksheet: SheetValue { sheet(.worksheet, items: items.map { item($0, answers: nil) }) }

    /// For the instructor: the same items with their answers.
    package var key: SheetValue { sheet(.key, items: items.map { item($0, answers: answers(to: $0)) }) }

    private func sheet(_ kind: SheetKind, items values: [SheetValue]) -> SheetValue {
        // The concept's name above the passages would be the answer; the key may say it.
        let named = kind == .key ? selection.concepts.compactMap { selection.scheme[$0].map(label) } : []
        let subject = selection.title ?? (named.isEmpty ? strings("worksheet.title") : strings.list(named))
        let example = example
        let sheet = material.frame(
            kind, title: subject.capitalized(in: strings.language), audience: kind == .key ? .instructor : .student,
            moment: kind == .key ? nil : .inClass, quoted: quoted(with: kind == .key ? nil : example?.place),
            [
                .init("variant", .text(variant)),
                .init("task", .string(strings("worksheet.task"))),
                .init("minutes", .string(strings.counted("worksheet.minutes", minutes))),
                .init("example", example?.value ?? .null),
                .init(
                    "bank",
                    .array(bank.map { ["label": .string(label($0)), "definition": .text($0.definition)] })),
                .init("items", .array(values)),
            ])
        // A variant has numbers of its own, in the content note too.
        let order = items.map { PassagePlace(work: $0.work, passage: $0.passage) }
        guard case .object(let members) = sheet else { return sheet }
        return .object(
            members.map { member in
                member.key == "contentNote"
                    ? .init("contentNote", .text(material.contentNote(numberedAs: order))) : member
            })
    }

    /// Words of the items and of the example.
    func quoted(with example: PassagePlace?) -> [QuotedWords] {
        guard let example else { return material.quoted }
        let places = items.map { PassagePlace(work: $0.work, passage: $0.passage) } + [example]
        return material.quoted(
            ranges: Dictionary(
                places.map { ($0, [selection.works[$0.work].document.passages[Int($0.passage)].reading]) },
                uniquingKeysWith: { first, _ in first }))
    }

    /// What the teacher says, else two minutes an item for choosing and writing, and the reading at 100 words a
    /// minute: it is read twice.
    var minutes: Int {
        if let minutes = selection.plan.minutes { return minutes }
        let words = items.reduce(0) { $0 + material.wordCount(of: $1) }
        return items.count * 2 + max(1, words / 100)
    }

    /// A short passage that is not among the items, with the answer that is expected.
    private var example: (value: SheetValue, place: PassagePlace)? {
        guard material.options.showsQuotations else { return nil }
        let banked = Set(bank.map(\.id))
        // Longer than this an example costs more time than it saves.
        let longest = 70
        for (index, work) in selection.works.enumerated() {
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
                let value: SheetValue = [
                    "text": .string(text), "note": .text(work.document.work.sheetNote),
                    "title": .string(WorkCitation.title(work.document.work.title)),
                    "words": .string(String(decoding: work.document.reading[range.indices], as: UTF8.self)),
                    "concept": .string(label(concept)), "because": .string(plain.text(comment)),
                ]
                return (value, PassagePlace(work: index, passage: piece.passage))
            }
        }
        return nil
    }

    // MARK: - Items

    private func item(_ item: MarkedPassage, answers: SheetValue?) -> SheetValue {
        let lines = item.numberedLines
        return [
            "number": .int(item.number),
            // Where a variant has another order: the number that the handout gives the passage.
            "handoutNumber": .count(handoutNumber(of: item)), "title": .string(material.title(of: item)),
            "locator": .text(item.locator.label), "headnote": .text(material.headnote(of: item)),
            "note": .text(material.work(of: item).sheetNote), "speaker": .text(item.speaker),
            "withheld": .text(material.withheld(item)),
            "lines": .array(
                lines.lines.indices.map { index in
                    [
                        "number": .int(index + 1), "isNumbered": .bool(NumberedLines.isNumbered(index + 1)),
                        "segments": [["text": .string(lines.text(index))]],
                    ]
                }), "answers": answers ?? .null,
        ]
    }

    private func handoutNumber(of item: MarkedPassage) -> Int? {
        let number = material.passages.first { $0.work == item.work && $0.passage == item.passage }?.number
        return number == item.number ? nil : number
    }

    // MARK: - Answers

    private func answers(to item: MarkedPassage) -> SheetValue {
        let banked = Set(bank.map(\.id))
        let document = selection.works[item.work].document
        let start = document.passages[Int(item.passage)].reading.start
        let plain = material.plain(item)
        var expected: [SheetValue] = []
        var against: [SheetValue] = []
        var open: [SheetValue] = []
        var others: [SheetValue] = []
        var given: Set<String> = []
        for mark in item.marks {
            let annotation = selection.works[item.work].annotations[mark.annotation].annotation
            let concepts = annotation.concepts.compactMap { selection.scheme[$0.id] }
            let asked = concepts.filter { banked.contains($0.id) }
            let value: SheetValue = [
                "words": .string(material.quote(mark, item)),
                "lines": .text(
                    item.withheldWords == nil
                        ? item.lineReference(of: mark, start: start, strings: strings)
                        : material.locator(selection.works[item.work].annotations[mark.annotation], in: item.work)),
                "concepts": .string((asked.isEmpty ? concepts : asked).map(label).joined(separator: ", ")),
                "about": .text(material.about(annotation, in: item.work)),
                "basis": .text(annotation.basis.map { strings("basis.\($0.rawValue)") }),
                // A key is read while others wait: two sentences, whatever the annotator has to say besides.
                "reason": .text(annotation.comment.map { plain.text($0).firstSentences(2) }),
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

    private func label(_ concept: Concept) -> String { material.label(of: concept) }
}
