import QueryLanguage
package import TextModel

/// `concepts show ID`: all that a scheme says of a concept, for a terminal.
package struct ConceptText {
    private let scheme: ConceptScheme
    private let strings: SheetStrings
    private let width: Int
    private let colours: Bool

    /// Long lines are hard to read however wide the terminal is: 80 columns are the most.
    private static let widest = 80

    package init(_ scheme: ConceptScheme, strings: SheetStrings, width: Int, colours: Bool) {
        self.scheme = scheme
        self.strings = strings
        self.width = min(max(width, 30), Self.widest)
        self.colours = colours
    }

    package func text(of concept: Concept) -> String {
        var text = styled("1", label(concept)) + "  " + styled("2", concept.id) + "\n"
        if let broader = concept.broader { text += line("cards.facet", label(scheme.concepts[broader])) }
        let narrower = scheme.index(of: concept.id).map(scheme.narrower(of:)) ?? []
        text += line("cards.narrower", list(narrower.map { label(scheme.concepts[$0]) }))
        for (kind, key) in [(Label.Kind.alternative, "cards.labels"), (.hidden, "cards.hidden")] {
            let own = concept.labels.filter { $0.kind == kind && ($0.language ?? strings.language) == strings.language }
            text += line(key, list(own.map(\.text)))
        }
        let translations = concept.labels.filter {
            $0.kind == .preferred && $0.language != nil && $0.language != strings.language
        }
        text += line("cards.languages", list(translations.map { "\($0.text) (\($0.language ?? ""))" }))
        text += line("cards.related", list(concept.related.compactMap { scheme[$0].map(label) }))
        text += line("cards.sensitive", list(concept.sensitive.map { strings("content.\($0.rawValue)") }))
        text += line("cards.deprecated", concept.deprecated ?? "")
        text += block("cards.definition", [concept.definition].compactMap(\.self))
        text += block("cards.scope", concept.scopeNotes.filter { $0.confusable == nil }.map(\.text))
        text += block(
            "handout.confusions",
            concept.scopeNotes.compactMap { note in
                note.confusable.flatMap { scheme[$0] }.map { label($0) + ": " + note.text }
            })
        text += block("cards.notes", concept.notes)
        for level in ["aim", "notice", "interpret", "apply"] {
            text += block("discussion.\(level)", concept.prompts.filter { $0.level == level }.map(\.text))
        }
        text += block(
            "handout.tools",
            concept.tools.map { tool in [tool.heading, tool.text].compactMap(\.self).joined(separator: ". ") })
        text += block(
            "handout.sources",
            concept.sources.map { $0.text + ($0.doi.map { " https://doi.org/" + $0 } ?? "") })
        return text
    }

    private func line(_ key: String, _ content: String) -> String {
        guard !content.isEmpty else { return "" }
        let name = strings(key) + ": "
        let lines = TextTable.wrap(name + content, to: width)
        return lines.enumerated().map { index, line in
            // The name alone is set apart, and only where it was not broken.
            index == 0 && line.hasPrefix(name) ? styled("2", name) + line.dropFirst(name.count) + "\n" : line + "\n"
        }.joined()
    }

    private func block(_ key: String, _ paragraphs: [String]) -> String {
        guard !paragraphs.isEmpty else { return "" }
        var text = "\n" + styled("1", strings(key)) + "\n"
        for paragraph in paragraphs {
            let lines = TextTable.wrap(paragraph, to: width - 4)
            for (index, line) in lines.enumerated() {
                text +=
                    (index == 0 && paragraphs.count > 1 ? "  – " : paragraphs.count > 1 ? "    " : "  ") + line + "\n"
            }
        }
        return text
    }

    private func list(_ items: [String]) -> String { items.joined(separator: ", ") }

    private func label(_ concept: Concept) -> String { concept.preferredLabel(in: strings.language) }

    private func styled(_ code: String, _ text: String) -> String { colours ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text }
}
