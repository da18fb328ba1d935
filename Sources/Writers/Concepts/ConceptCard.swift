package import TextModel

/// Cards of concepts: one page each, for annotators and seminars; and the decision card of all confusable pairs.
package struct ConceptCard {
    private let scheme: ConceptScheme
    private let strings: SheetStrings

    private let paper: Paper
    /// Of the selection that the cards go with; `nil`: they stand alone.
    private let checksum: String?

    package init(
        _ scheme: ConceptScheme, strings: SheetStrings, paper: Paper = .auto, checksum: String? = nil
    ) {
        self.scheme = scheme
        self.strings = strings
        self.paper = paper
        self.checksum = checksum
    }

    /// One card a concept, in the order given.
    package func sheet(_ ids: [String], program: String, date: String) -> SheetValue {
        let concepts = ids.compactMap { scheme[$0] }
        let title = concepts.count == 1 ? sentence(label(concepts[0])) : sentence(scheme.title)
        return frame(
            "concept-card", title: title, program: program, date: date,
            [
                .init("cards", .array(concepts.map(card)))
            ])
    }

    /// The rules for annotators and, each once, the rules that tell confusable concepts apart: one page.
    package func decisionCard(program: String, date: String) -> SheetValue {
        let rules = scheme.frontMatter.first { $0.type == "annotator-rules" }
        let numbered = (rules?.entries ?? []).filter { entry in entry.name.flatMap { Int($0) } != nil }
        return frame(
            "decision-card", title: strings("cards.decision"), program: program, date: date,
            [
                .init("rulesHeading", .text(rules?.head)),
                .init(
                    "rules",
                    .array(
                        numbered.map { ["number": .text($0.name), "text": .string($0.text)] })),
                .init("pairs", .array(pairs())),
            ])
    }

    private func frame(
        _ kind: String, title: String, program: String, date: String, _ members: [SheetValue.Member]
    ) -> SheetValue {
        let version = scheme.version.map { strings("sheet.scheme", ["title": scheme.title, "version": $0]) }
        let made = strings("cards.made", ["version": program, "date": strings.day(date)])
        let sheet: SheetValue = [
            "kind": .string(kind), "language": .string(strings.language), "title": .string(title),
            "documentTitle": .text(
                kind == SheetKind.conceptCard.rawValue ? title + " · " + strings("kinds.concept-card") : nil),
            "runningTitle": .string(cssString([title, checksum].compactMap(\.self).joined(separator: " · "))),
            "checksum": .text(checksum), "paper": paper.sheetValue,
            "citation": .string([version.map { sentence($0) + "." }, made].compactMap(\.self).joined(separator: " ")),
        ]
        return sheet.with(members)
    }

    // MARK: - A card

    private func card(_ concept: Concept) -> SheetValue {
        let others = concept.labels.filter {
            $0.kind == .alternative && ($0.language ?? strings.language) == strings.language
        }
        return [
            "id": .string(concept.id), "heading": .string(sentence(label(concept))),
            "facet": .text(concept.broader.map { label(scheme.concepts[$0]) }),
            "labels": .text(others.map(\.text).joined(separator: ", ")), "definition": .text(concept.definition),
            "scope": .text(
                concept.scopeNotes.filter { $0.confusable == nil }.map(\.text).joined(separator: " ")),
            "pairs": .array(
                concept.scopeNotes.compactMap { note in
                    guard let other = note.confusable.flatMap({ scheme[$0] }) else { return nil }
                    return ["label": .string(label(other)), "text": .string(note.text)]
                }),
            "related": .text(concept.related.compactMap { scheme[$0].map(label) }.joined(separator: ", ")),
            "notes": .strings(concept.notes),
            "prompts": .array(
                ["aim", "notice", "interpret", "apply"].flatMap { level in
                    concept.prompts.filter { $0.level == level }.map {
                        ["level": .string(strings("discussion.\(level)")), "text": .string($0.text)]
                    }
                }),
            "tools": .array(concept.tools.map { ["heading": .text($0.heading), "text": .string($0.text)] }),
            "references": .array(ReferenceList.sorted(concept.sources, strings: strings)),
        ]
    }

    /// Each pair stands on both of its concepts in the scheme; here once, on the one that comes first.
    private func pairs() -> [SheetValue] {
        var seen: Set<Set<String>> = []
        return scheme.concepts.flatMap { concept in
            concept.scopeNotes.compactMap { note -> SheetValue? in
                guard let other = note.confusable.flatMap({ scheme[$0] }),
                    seen.insert([concept.id, other.id]).inserted
                else { return nil }
                return [
                    "first": .string(label(concept)), "second": .string(label(other)), "text": .string(note.text),
                ]
            }
        }
    }

    private func label(_ concept: Concept) -> String { concept.preferredLabel(in: strings.language) }

    private func sentence(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
}
