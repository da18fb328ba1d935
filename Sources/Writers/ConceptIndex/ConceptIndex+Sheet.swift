import TextModel

extension ConceptIndex {
    /// The index as the tree that its JSON form shows and its templates walk; entries are grouped by letter.
    ///
    /// `checksum` is that of the chosen passages, where the index goes with sheets of them.
    package func sheetValue(order: HeadingOrder, paper: Paper = .auto, checksum: String? = nil) -> SheetValue {
        var groups: [(letter: String, entries: [SheetValue])] = []
        for entry in entries {
            let letter = order.initial(of: entry.heading)
            if groups.last?.letter == letter {
                groups[groups.count - 1].entries.append(entry.sheetValue)
            } else {
                groups.append((letter, [entry.sheetValue]))
            }
        }
        return [
            "kind": "concept-index", "language": .string(language), "title": .string(title),
            "documentTitle": .string(title + " · " + SheetStrings(language: language)("kinds.concept-index")),
            "runningTitle": .string(cssString([title, checksum].compactMap(\.self).joined(separator: " · "))),
            "checksum": .text(checksum), "paper": paper.sheetValue,
            "headnote": .strings(headnote),
            "legend": .array(
                legend.map { line in
                    [
                        "sign": .string(line.sign), "meaning": .string(line.meaning),
                        "isPrincipal": .bool(line.isPrincipal),
                    ]
                }),
            "sigla": .array(sigla.map(\.sheetValue)),
            "letters": .array(
                groups.map { group in
                    [
                        "letter": .string(group.letter),
                        "anchor": .string(group.letter == "#" ? "letter-0" : "letter-" + group.letter),
                        "entries": .array(group.entries),
                    ]
                }),
            "locorum": .array(locorum.map(\.sheetValue)), "unplaced": .array(unplaced.map { unplacedValue($0) }),
            "quoted": .array(
                locorum.map { SheetStrings(language: language).quotedLine($0.quoted) }
                    + absent.map { SheetStrings(language: language).absentLine($0) }),
            "statement": .text(statement), "citation": .string(citation), "date": .string(date),
        ]
    }

    private func unplacedValue(_ annotation: UnplacedAnnotation) -> SheetValue {
        annotation.sheetValue(strings: SheetStrings(language: language))
    }
}

extension IndexEntry {
    var sheetValue: SheetValue {
        [
            "heading": .string(heading), "anchor": .string(anchor), "concept": .text(concept),
            "locators": .array(
                locators.enumerated().map { $1.sheetValue(isFirst: $0 == 0, isLast: $0 == locators.count - 1) }),
            "subentries": .array(subentries.map(\.sheetValue)),
            "see": CrossReference.list(see), "seeUnder": CrossReference.list(seeUnder),
            "seeAlso": CrossReference.list(seeAlso),
            "seeSpecific": CrossReference.list(seeSpecific),
        ]
    }
}

extension CrossReference {
    fileprivate static func list(_ references: [CrossReference]) -> SheetValue {
        guard !references.isEmpty else { return .null }
        return [
            "targets": .array(
                references.enumerated().map { index, reference in
                    [
                        "heading": .string(reference.heading), "anchor": .string(reference.anchor),
                        "isLast": .bool(index == references.count - 1),
                    ]
                })
        ]
    }
}

extension WorkLocators {
    fileprivate func sheetValue(isFirst: Bool, isLast: Bool) -> SheetValue {
        [
            "siglum": .string(siglum), "isFirst": .bool(isFirst), "isLast": .bool(isLast),
            "locators": .array(
                locators.enumerated().map { index, locator in
                    [
                        "text": .string(locator.text), "stance": .string(locator.stance.rawValue),
                        "sign": .text(locator.sign), "isPrincipal": .bool(locator.isPrincipal),
                        "anchor": .string(locator.anchor), "isLast": .bool(index == locators.count - 1),
                    ]
                }),
        ]
    }
}

extension ConceptIndex.Siglum {
    fileprivate var sheetValue: SheetValue {
        [
            "siglum": .string(siglum), "authors": .text(citation.authors), "date": .text(citation.date),
            "title": .string(citation.title), "edition": .text(citation.edition), "note": .text(note),
        ]
    }
}

extension ConceptIndex.WorkPassages {
    fileprivate var sheetValue: SheetValue {
        [
            "siglum": .string(siglum), "title": .string(title), "document": .string(document),
            "passages": .array(
                passages.map { passage in
                    [
                        "anchor": .string(passage.anchor), "locator": .text(passage.locator),
                        "incipit": .text(passage.incipit),
                        "concepts": .array(
                            passage.concepts.enumerated().map { index, concept in
                                [
                                    "heading": .string(concept.heading), "anchor": .string(concept.anchor),
                                    "stance": .string(concept.stance.rawValue), "sign": .text(concept.stance.sign),
                                    "isPrincipal": .bool(concept.isPrincipal),
                                    "isLast": .bool(index == passage.concepts.count - 1),
                                ]
                            }),
                    ]
                }),
        ]
    }
}
