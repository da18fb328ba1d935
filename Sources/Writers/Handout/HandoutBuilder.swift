package import TextModel
import WordForms

/// A handout, ready to be rendered.
package struct Handout: Sendable {
    /// Everything on the sheet; what its JSON form shows and its templates use.
    package var sheet: SheetValue
    package var quoted: [QuotedWords]
    /// A limit of quotation that is passed, a help field that is empty, annotations without a place.
    package var warnings: [Diagnostic]
}

package struct HandoutOptions: Sendable {
    package var paper = Paper.auto
    /// Works with more persons than this show those only that an annotation is about.
    package var personLimit = 8

    package init() {}
}

/// Paper that a page is laid out for; `auto` leaves it to the printer.
package enum Paper: String, Sendable, CaseIterable {
    case auto, a4 = "A4", letter
}

/// Makes a handout from a selection: annotations only, never suggestions.
package struct HandoutBuilder {
    let selection: TeachingSelection
    let options: HandoutOptions
    let strings: SheetStrings
    let sigla: [String]
    /// Concepts that the sheet is about, in the scheme's order, as far as they occur on the chosen passages or
    /// were asked for by name.
    let focus: [Concept]
    /// All other concepts that are marked on the chosen passages.
    let others: [Concept]
    let passages: [MarkedPassage]

    package init(_ selection: TeachingSelection, strings: SheetStrings, options: HandoutOptions = .init()) {
        self.selection = selection
        self.options = options
        self.strings = strings
        sigla = selection.sigla(strings: strings)
        var number = 0
        var passages: [MarkedPassage] = []
        for (index, work) in selection.works.enumerated() {
            let marker = PassageMarker(work: work, index: index, strings: strings)
            for passage in work.passages {
                number += 1
                passages.append(marker.mark(passage, number: number))
            }
        }
        self.passages = passages
        var occurring: Set<String> = []
        for passage in passages {
            for mark in passage.marks {
                occurring.formUnion(
                    selection.works[passage.work].annotations[mark.annotation].annotation.concepts.map(\.id))
            }
        }
        let chosen = selection.chosenConcepts
        let scheme = selection.scheme
        focus = scheme.concepts.filter { concept in
            chosen.contains(concept.id) && (occurring.contains(concept.id) || selection.concepts.contains(concept.id))
        }
        others = scheme.concepts.filter { occurring.contains($0.id) && !chosen.contains($0.id) }
    }

    package func build() -> Handout {
        let quoted = selection.works.filter { !$0.passages.isEmpty }
            .map { $0.quotedWords(limit: selection.quotationLimit) }
        let unplaced = selection.unplaced(strings: strings, sigla: sigla)
        let words = quoted.reduce(0) { $0 + $1.quoted }
        // 200 words a minute: slow enough for reading with a pencil.
        let minutes = max(1, (words + 100) / 200)
        let title = selection.title ?? defaultTitle
        let sheet: SheetValue = [
            "kind": "handout", "language": .string(strings.language), "title": .string(title),
            "subtitle": .string(subtitle(words: words, minutes: minutes)),
            "paper": options.paper == .auto ? .null : .string(options.paper.rawValue),
            "runningTitle": .string(cssString(title)),
            "audience": .string(selection.audience.rawValue), "moment": .string(selection.moment.rawValue),
            "contentNote": .text(contentNote()), "statement": .text(statement("concepts-statement", "concepts")),
            "aims": .array(aims()), "concepts": .array(focus.map(panel)), "cases": .array(cases()),
            "legend": hasMarks ? .bool(true) : .null, "evidence": .array(focus.compactMap(evidence)),
            "discussion": .array(discussion()), "tools": .array(tools()), "glossary": .array(others.map(glossaryEntry)),
            "references": .array(references()), "quoted": .array(quoted.map(quotedLine)),
            "unplaced": .array(unplaced.map { $0.sheetValue(strings: strings) }),
            "unplacedSummary": unplaced.isEmpty
                ? .null : .string(strings.counted("sheet.unplaced", unplaced.count)),
            "disclaimer": .text(statement("disclaimer", "disclaimer")), "urgentHelp": urgentHelp(),
            "citation": .string(selection.citation(strings: strings)), "date": .string(selection.date),
            "query": .text(selection.query), "layers": .strings(selection.layers),
        ]
        return Handout(sheet: sheet, quoted: quoted, warnings: warnings(quoted: quoted, unplaced: unplaced))
    }

    // MARK: - Cover

    private var hasMarks: Bool { passages.contains { !$0.marks.isEmpty } }

    private var defaultTitle: String {
        let named = selection.concepts.compactMap { selection.scheme[$0] }.map { label(of: $0) }
        guard !named.isEmpty else { return selection.query ?? strings("handout.title") }
        return sentence(strings.list(named))
    }

    private func subtitle(words: Int, minutes: Int) -> String {
        let works = Set(passages.map(\.work)).count
        return strings.list([
            strings.counted("handout.cases", works), strings.counted("handout.passages", passages.count),
            strings.counted("handout.words", words),
        ]) + strings.counted("handout.minutes", minutes)
    }

    /// What the chosen passages hold that a reader may want to be warned of.
    private var contentTags: [ContentTag] {
        var tags: Set<ContentTag> = []
        for passage in passages {
            for mark in passage.marks { tags.formUnion(selection.contentTags(of: annotation(mark, passage))) }
        }
        return ContentTag.allCases.filter { tags.contains($0) && $0 != .none }
    }

    private func contentNote() -> String? {
        let items = contentTags.map { strings("content.\($0.rawValue)") }
        guard !items.isEmpty else { return nil }
        return strings("statements.content", ["items": strings.list(items)])
    }

    private func aims() -> [SheetValue] {
        // Four aims are as many as one class can keep.
        focus.flatMap { concept in concept.prompts.filter { $0.level == "aim" } }.prefix(4).map { .string($0.text) }
    }

    // MARK: - Help

    /// Concepts whose passages may speak of a wish to die call for the urgent-help statement wherever they appear.
    var urgentHelpIsShown: Bool {
        selection.audience == .parent || contentTags.contains(.suicideSelfHarm)
            || (focus + others).contains { $0.sensitive.contains(.suicideSelfHarm) }
    }

    private func urgentHelp() -> SheetValue {
        guard urgentHelpIsShown else { return .null }
        let help = selection.help
        let field = strings("help.field")
        let number = help.emergencyNumber ?? field
        let text = (statement("urgent-help", "urgent") ?? "")
            .replacing("[emergency number]", with: number).replacing("{number}", with: number)
        var lines = help.lines
        if lines.isEmpty { lines = [strings("help.line-field")] }
        return [
            "text": .string(text), "lines": .strings(lines),
            "checked": .string(
                strings("help.checked", ["date": help.checked.map(strings.day) ?? strings("help.date-field")])),
            "isComplete": .bool(help.isComplete && !help.lines.isEmpty),
        ]
    }

    private func statement(_ name: String, _ key: String) -> String? {
        // The scheme's own words where they are in the sheet's language; schemes speak English.
        let own = strings.language == "en" ? selection.scheme.statement(name) : nil
        return own ?? strings.find("statements.\(key)")
    }

    // MARK: - Help for the other parts

    func label(of concept: Concept) -> String { concept.preferredLabel(in: strings.language) }

    func annotation(_ mark: MarkedPassage.Mark, _ passage: MarkedPassage) -> AnchoredAnnotation {
        selection.works[passage.work].annotations[mark.annotation]
    }

    /// With a capital letter.
    func sentence(_ text: String) -> String { (text.first.map { String($0).uppercased() } ?? "") + text.dropFirst() }
}

/// Text inside the quotes of a CSS string.
func cssString(_ text: String) -> String {
    text.replacing("\\", with: "").replacing("\"", with: "”").replacing("<", with: "").replacing("\n", with: " ")
}

extension TeachingSelection {
    /// Content tags of an annotation: its own, else those that its concepts bring; `none` takes these away.
    package func contentTags(of anchored: AnchoredAnnotation) -> Set<ContentTag> {
        let own = Set(anchored.annotation.contentTags)
        guard own.isEmpty else { return own.subtracting([.none]) }
        return Set(anchored.annotation.concepts.flatMap { scheme[$0.id]?.sensitive ?? [] })
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
