package import TextModel

/// A handout, ready to be rendered.
package struct Handout: Sendable {
    /// Everything on the sheet; what its JSON form shows and its templates use.
    package var sheet: SheetValue
    package var quoted: [QuotedWords]
    /// A limit of quotation or of the preset that is passed, a help field that is empty, annotations without a place.
    package var warnings: [Diagnostic]
}

/// Makes a handout from a selection: annotations only, never suggestions.
package struct HandoutBuilder {
    let material: SheetMaterial

    var selection: TeachingSelection { material.selection }
    var strings: SheetStrings { material.strings }
    var options: SheetOptions { material.options }

    package init(_ material: SheetMaterial) { self.material = material }

    package init(_ selection: TeachingSelection, strings: SheetStrings, options: SheetOptions = .init()) {
        material = SheetMaterial(selection, strings: strings, options: options)
    }

    package func build() -> Handout {
        let unplaced = selection.unplaced(strings: strings, sigla: material.sigla)
        func shown(_ part: SheetPart, _ value: @autoclosure () -> [SheetValue]) -> SheetValue {
            .array(options.shows(part) ? value() : [])
        }
        let sheet = material.frame(
            .handout, title: material.title, moment: selection.moment,
            [
                .init("subtitle", .string(subtitle)),
                .init("isSeminar", .bool(options.preset == .seminar)),
                .init("notesBeneath", .bool(options.notesBeneath)),
                .init("aims", shown(.aims, material.aims.map { .string($0) })),
                .init("concepts", shown(.concepts, material.focus.map(panel))),
                .init("cases", .array(cases())),
                .init("legend", hasMarks ? .bool(true) : .null),
                .init("charts", shown(.charts, material.charts(areLinked: marksAreShown).map(\.sheetValue))),
                .init("evidence", shown(.evidence, material.focus.compactMap(material.evidence))),
                .init("unknown", shown(.unknown, material.unknown())),
                .init("discussion", shown(.discussion, material.discussion())),
                .init("tools", shown(.tools, material.tools())),
                .init("glossary", shown(.glossary, material.others.map(material.glossaryEntry))),
                .init("references", shown(.references, references())),
                .init("index", shown(.index, HandoutIndex(material).entries)),
                .init(
                    "indexNote",
                    .string(strings(options.pages == nil ? "handout.index-note" : "handout.index-note-pages"))),
                .init("unplaced", .array(unplaced.map { $0.sheetValue(strings: strings) })),
                .init(
                    "unplacedSummary",
                    unplaced.isEmpty ? .null : .string(strings.counted("sheet.unplaced", unplaced.count))),
            ])
        return Handout(
            sheet: sheet, quoted: material.quoted,
            warnings: presetWarnings + material.quotationWarnings + material.helpWarnings("handout")
                + material.placeWarnings(unplaced))
    }

    // MARK: - Parts

    var marksAreShown: Bool { options.shows(.marks) }

    private var hasMarks: Bool { marksAreShown && material.passages.contains { !$0.marks.isEmpty } }

    /// For one class a concept is its definition and what it is most easily taken for; its scope stands on its card.
    private func panel(_ concept: Concept) -> SheetValue {
        let panel = material.panel(concept)
        guard options.preset == .seminar, case .object(let members) = panel else { return panel }
        return .object(
            members.map { member in
                switch (member.key, member.value) {
                case ("scope", _), ("sources", _): .init(member.key, .null)
                case ("confusions", .array(let rules)): .init(member.key, .array(Array(rules.prefix(2))))
                default: member
                }
            })
    }

    /// For one class the works; the literature of the concepts stands on their cards.
    private func references() -> [SheetValue] {
        options.preset == .seminar
            ? ReferenceList.sorted(material.works(), strings: strings) : material.references()
    }

    private var subtitle: String {
        let words = material.passages.reduce(0) { $0 + material.wordCount(of: $1) }
        // 200 words a minute: slow enough for reading with a pencil.
        let minutes = max(1, (words + 100) / 200)
        return strings.list([
            strings.counted("handout.cases", Set(material.passages.map(\.work)).count),
            strings.counted("handout.passages", material.passages.count), strings.counted("handout.words", words),
        ]) + strings.counted("handout.minutes", minutes)
    }

    // MARK: - Warnings

    private var presetWarnings: [Diagnostic] {
        let preset = options.preset
        var warnings: [Diagnostic] = []
        let words = material.passages.reduce(0) { $0 + material.wordCount(of: $1) }
        if let limit = preset.passageLimit, material.passages.count > limit {
            warnings.append(
                Diagnostic(
                    "seminar-limit", .warning, file: "handout",
                    "\(material.passages.count) passages are more than the \(limit) that one class reads",
                    advice: "Choose fewer, or take the preset `reader`."))
        }
        if let limit = preset.wordLimit, words > limit {
            warnings.append(
                Diagnostic(
                    "seminar-limit", .warning, file: "handout",
                    "\(words) words are more than the \(limit) that one class reads",
                    advice: "Choose fewer passages, or take the preset `reader`."))
        }
        return warnings
    }
}

extension [SheetValue] {
    /// Each object with `isLast`: templates put a mark between items, not after the last one.
    func markingLast() -> [SheetValue] {
        enumerated().map { $0.element.with([.init("isLast", .bool($0.offset == count - 1))]) }
    }
}
