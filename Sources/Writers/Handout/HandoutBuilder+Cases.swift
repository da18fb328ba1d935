import TextModel

extension HandoutBuilder {
    /// The works with chosen passages: the case in brief, its people, its passages.
    func cases() -> [SheetValue] {
        selection.works.indices.compactMap { index in
            let own = passages.filter { $0.work == index }
            guard !own.isEmpty else { return nil }
            let work = selection.works[index].document.work
            let citation = WorkCitation(work, strings: strings)
            return [
                "siglum": .string(sigla[index]), "title": .string(citation.title),
                "byline": .string([citation.authors, citation.date].compactMap(\.self).joined(separator: ", ")),
                "note": .text(work.sheetNote), "brief": .text(work.abstract), "setting": .text(work.setting),
                "persons": .array(persons(of: index)), "relations": .strings(relations(of: index)),
                "passages": .array(own.map(passageValue)),
            ]
        }
    }

    private func persons(of index: Int) -> [SheetValue] {
        shownPersons(of: index).map { ["name": .string($0.name), "role": .text($0.role)] }
    }

    private func relations(of index: Int) -> [String] {
        let work = selection.works[index].document.work
        let shown = Set(shownPersons(of: index).map(\.id))
        let phrases = SubjectPhrases(work: work, strings: strings)
        return work.relations.filter { relation in
            (relation.active + relation.passive + relation.mutual).allSatisfy(shown.contains)
        }
        .map(phrases.phrase)
    }

    /// All persons of a small cast; of a large one those that an annotation on the chosen passages is about.
    private func shownPersons(of index: Int) -> [Person] {
        let work = selection.works[index].document.work
        guard work.persons.count > options.personLimit else { return work.persons }
        let phrases = SubjectPhrases(work: work, strings: strings)
        var named: Set<String> = []
        for passage in passages where passage.work == index {
            for mark in passage.marks {
                for subject in annotation(mark, passage).annotation.about {
                    named.formUnion(phrases.persons(of: subject))
                }
            }
        }
        return work.persons.filter { named.contains($0.id) }
    }

    // MARK: - Passages

    private func passageValue(_ passage: MarkedPassage) -> SheetValue {
        let work = selection.works[passage.work].document
        let place = work.passages[Int(passage.passage)]
        let title = WorkCitation.title(work.work.title)
        return [
            "number": .int(passage.number), "anchor": .string(anchor(passage)),
            "passage": .string(passageID(passage)), "kind": .string(place.kind.rawValue),
            "isVerse": .bool(place.kind == .verse || passage.segments.contains { $0.breaksLine }),
            "language": .text(language(of: place, in: work)),
            "locator": .text(passage.locator.label), "title": .string(title),
            "note": .text(work.work.sheetNote), "speaker": .text(passage.speaker),
            "segments": .array(passage.segments.map { segmentValue($0, passage) }),
            "marks": .array(passage.marks.map { markValue($0, passage) }),
            "hasComments": .bool(passage.marks.contains { annotation($0, passage).annotation.comment != nil }),
            "notes": .array(passage.notes.map { ["call": .string($0.call), "text": .string($0.text)] }),
        ]
    }

    /// The passage's language where it is another one than the sheet's.
    private func language(of place: Passage, in document: Document) -> String? {
        guard document.languages.indices.contains(Int(place.language)) else { return nil }
        let language = document.languages[Int(place.language)]
        return language == strings.language ? nil : language
    }

    /// `xml:id` or `p.N`: for programs that read the JSON form, never printed.
    private func passageID(_ passage: MarkedPassage) -> String {
        PassageIdentifiers(selection.works[passage.work].document)[Int(passage.passage)]
    }

    private func segmentValue(_ segment: MarkedPassage.Segment, _ passage: MarkedPassage) -> SheetValue {
        [
            "text": .string(segment.text), "breaksLine": .bool(segment.breaksLine), "call": .text(segment.call),
            "opens": .array(segment.opens.map { reference(passage.marks[$0], passage) }),
            "marks": .array(segment.marks.map { reference(passage.marks[$0], passage) }),
            "closes": .array(segment.closes.map { reference(passage.marks[$0], passage) }),
        ]
    }

    private func reference(_ mark: MarkedPassage.Mark, _ passage: MarkedPassage) -> SheetValue {
        let annotation = annotation(mark, passage).annotation
        return [
            "key": .string(mark.key), "sign": .text((annotation.stance ?? .supports).sign),
            "anchor": .string(anchor(mark, passage)), "lane": .int(mark.lane),
            "stance": .string((annotation.stance ?? .supports).rawValue), "isFocus": .bool(isFocus(annotation)),
            "label": .string(strings("mark.label", ["key": mark.key, "what": summary(annotation, passage)])),
            // A mark that meets another says at its end which one ends.
            "isCrossed": .bool(meetsAnother(mark, passage)),
        ]
    }

    private func meetsAnother(_ mark: MarkedPassage.Mark, _ passage: MarkedPassage) -> Bool {
        passage.marks.contains { other in
            other.key != mark.key
                && other.ranges.contains { range in
                    mark.ranges.contains { $0.start < range.end && range.start < $0.end }
                }
        }
    }

    private func markValue(_ mark: MarkedPassage.Mark, _ passage: MarkedPassage) -> SheetValue {
        let anchored = annotation(mark, passage)
        let annotation = anchored.annotation
        let stance = annotation.stance ?? .supports
        return [
            "key": .string(mark.key), "sign": .text(stance.sign), "anchor": .string(anchor(mark, passage)),
            "concepts": .strings(labels(of: annotation)),
            "heading": .string(labels(of: annotation).joined(separator: ", ")),
            "about": .text(about(annotation, passage)), "stance": .string(stance.rawValue),
            "stanceLabel": stance == .supports ? .null : .string(strings("stance.\(stance.rawValue)")),
            "basis": .text(annotation.basis?.rawValue),
            "basisLabel": .text(annotation.basis.map { strings("basis.\($0.rawValue)") }),
            "comment": .text(annotation.comment.map(plain(passage).text)), "layer": .string(anchored.layer),
            "isFocus": .bool(isFocus(annotation)), "quote": .string(quote(mark, passage)),
        ]
    }

    private func plain(_ passage: MarkedPassage) -> PlainComment {
        PlainComment(scheme: selection.scheme, document: selection.works[passage.work].document, strings: strings)
    }

    /// "impaired bonding, Jane towards Max, speaks against".
    private func summary(_ annotation: Annotation, _ passage: MarkedPassage) -> String {
        let stance = annotation.stance ?? .supports
        return [
            labels(of: annotation).joined(separator: ", "), about(annotation, passage),
            stance == .supports ? nil : strings("stance.\(stance.rawValue)"),
        ]
        .compactMap(\.self).joined(separator: "; ")
    }

    func labels(of annotation: Annotation) -> [String] {
        annotation.concepts.map { reference in selection.scheme[reference.id].map(label) ?? reference.id }
    }

    func about(_ annotation: Annotation, _ passage: MarkedPassage) -> String? {
        let work = selection.works[passage.work].document.work
        let phrases = SubjectPhrases(work: work, strings: strings)
        guard !annotation.about.isEmpty else { return nil }
        return strings.list(annotation.about.map(phrases.phrase))
    }

    func isFocus(_ annotation: Annotation) -> Bool {
        annotation.concepts.contains { concept in focus.contains { $0.id == concept.id } }
    }

    /// The marked words; pieces of a discontinuous target are joined with an ellipsis.
    func quote(_ mark: MarkedPassage.Mark, _ passage: MarkedPassage) -> String {
        let reading = selection.works[passage.work].document.reading
        return mark.ranges.map { String(decoding: reading[$0.indices], as: UTF8.self) }.joined(separator: " … ")
    }

    func anchor(_ passage: MarkedPassage) -> String { "p\(passage.number)" }
    func anchor(_ mark: MarkedPassage.Mark, _ passage: MarkedPassage) -> String { "m\(passage.number)\(mark.key)" }
}
