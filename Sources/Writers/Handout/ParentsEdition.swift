import TextModel

/// The teaching page for parents: its own words in large type, what one can try as a list to tick, where help is.
///
/// It shows no annotation. Passages about how a child may fare, and about neglect, are left out: a parent who reads
/// them alone at night is not helped.
struct ParentsEdition {
    let material: SheetMaterial
    private var document: Document { material.selection.works[work].document }
    private let work: Int

    private var strings: SheetStrings { material.strings }

    init?(_ material: SheetMaterial) {
        self.material = material
        guard let work = material.passages.first?.work else { return nil }
        self.work = work
    }

    /// A line of the page.
    private struct Block {
        var part: Int32
        var text: String
        var isItem: Bool
    }

    func build() -> Handout {
        var empty: Set<String> = []
        let blocks = blocks(&empty)
        var sections: [SheetValue] = []
        var start = blocks.startIndex
        while start < blocks.endIndex {
            let end = blocks[start...].firstIndex { $0.part != blocks[start].part } ?? blocks.endIndex
            sections.append(section(Array(blocks[start..<end]), isFirst: start == 0))
            start = end
        }
        let sheet = material.frame(
            .handout, title: material.selection.title ?? WorkCitation.title(document.work.title), audience: .parent,
            moment: nil,
            [
                .init("sections", .array(sections)),
                .init("hasUrgent", .bool(sections.contains { $0["isUrgent"] == .bool(true) })),
                .init("hasDisclaimer", .bool(sections.contains { $0["isDisclaimer"] == .bool(true) })),
            ])
        var warnings = material.helpWarnings("handout") + material.quotationWarnings
        for name in empty.sorted() {
            warnings.append(
                Diagnostic(
                    "empty-field", .warning, file: "handout",
                    "nothing is given for [\(name)]: the sentence with it is left out",
                    advice: "Write it under `fields:` of the packet."))
        }
        return Handout(sheet: sheet, quoted: material.quoted, warnings: warnings)
    }

    // MARK: - Lines

    private func blocks(_ empty: inout Set<String>) -> [Block] {
        material.passages.filter { $0.work == work && !isLeftOut($0) }.compactMap { passage in
            let place = document.passages[Int(passage.passage)]
            guard place.kind != .heading, place.kind != .note else { return nil }
            let part = place.part
            let text =
                type(part) == "references"
                ? material.text(of: passage) : filled(material.text(of: passage), &empty)
            return text.isEmpty ? nil : Block(part: part, text: text, isItem: place.kind == .list || isCitation(place))
        }
    }

    private func isCitation(_ place: Passage) -> Bool {
        document.elementNames[Int(document.elements[Int(place.element)].name)] == "bibl"
    }

    private func isLeftOut(_ passage: MarkedPassage) -> Bool {
        let scheme = material.selection.scheme
        let outcome = scheme.index(of: "outcome").map(scheme.closure) ?? []
        let ids = Set(outcome.map { scheme.concepts[$0].id } + ["neglect"])
        return passage.marks.contains { mark in
            material.annotation(mark, passage).annotation.concepts.contains { ids.contains($0.id) }
        }
    }

    /// `[name]` filled in; a sentence with an empty one is left out.
    private func filled(_ text: String, _ empty: inout Set<String>) -> String {
        guard text.contains("[") else { return text }
        var fields = material.selection.plan.fields
        fields["emergency number"] = material.selection.help.emergencyNumber ?? strings("help.field")
        var result = ""
        for sentence in text.sentences {
            var sentence = sentence
            var isWhole = true
            for match in sentence.matches(of: /\[([^\[\]]+)\]/) {
                let name = String(match.1)
                if let value = fields[name] {
                    sentence = sentence.replacing("[\(name)]", with: value)
                } else {
                    empty.insert(name)
                    isWhole = false
                }
            }
            if isWhole { result += sentence }
        }
        return result.last == " " ? String(result.dropLast()) : result
    }

    // MARK: - Sections

    private func type(_ part: Int32) -> String? { part < 0 ? nil : document.parts[Int(part)].type }

    private func section(_ blocks: [Block], isFirst: Bool) -> SheetValue {
        let part = blocks[0].part
        let type = type(part)
        var groups: [SheetValue] = []
        var items: [String] = []
        func closeList() {
            if !items.isEmpty { groups.append(["items": .strings(items)]) }
            items = []
        }
        for block in blocks {
            if block.isItem {
                items.append(block.text)
            } else {
                closeList()
                groups.append(["text": .string(block.text)])
            }
        }
        closeList()
        let isUrgent = type == "help" && blocks.contains { isUrgentText($0.text) }
        // The heading of a part around this one stands above its first part only.
        let parent = part < 0 ? -1 : document.parts[Int(part)].parent
        let isNested = parent >= 0 && document.parts[Int(parent)].head != nil
        return [
            "heading": .text(part < 0 ? nil : document.parts[Int(part)].head),
            "isNested": .bool(isNested), "type": .text(type),
            "isChecklist": .bool(type == "tip" || type == "safety"), "isUrgent": .bool(isUrgent),
            "isDisclaimer": .bool(type == "disclaimer"), "isSmall": .bool(type == "references" || type == "disclaimer"),
            "isLead": .bool(isFirst && !isNested), "blocks": .array(groups),
        ]
    }

    /// The paragraph that names the number to call.
    private func isUrgentText(_ text: String) -> Bool {
        text.contains(material.selection.help.emergencyNumber ?? strings("help.field"))
    }
}
