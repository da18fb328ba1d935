import TextModel

extension HandoutBuilder {
    /// A case in brief is read before the passages: longer, and it is read in their place.
    private static let briefLimit = 120

    /// The passages, work by work as they follow each other; a work's first group tells the case and its people.
    func cases() -> [SheetValue] {
        var groups: [[MarkedPassage]] = []
        for passage in material.passages {
            if groups.last?.last?.work == passage.work {
                groups[groups.count - 1].append(passage)
            } else {
                groups.append([passage])
            }
        }
        var told: Set<Int> = []
        return groups.compactMap { group in
            guard let index = group.first?.work else { return nil }
            return caseValue(index, group, isFirst: told.insert(index).inserted)
        }
    }

    private func caseValue(_ index: Int, _ group: [MarkedPassage], isFirst: Bool) -> SheetValue {
        let work = selection.works[index].document.work
        let citation = WorkCitation(work, strings: strings)
        let brief = isFirst && options.shows(.brief) ? work.abstract.map { Self.brief($0) } : nil
        return [
            "siglum": .string(material.sigla[index]), "title": .string(citation.title),
            "byline": .string([citation.authors, citation.date].compactMap(\.self).joined(separator: ", ")),
            "note": .text(work.caseNote), "brief": .text(brief), "setting": .text(work.setting),
            "persons": .array(isFirst && options.shows(.persons) ? persons(of: index) : []),
            "relations": .strings(isFirst && options.shows(.relations) ? relations(of: index) : []),
            "passages": .array(group.map(passageValue)),
        ]
    }

    /// Whole sentences, as many as fit; one sentence that is too long by itself is kept.
    package static func brief(_ abstract: String) -> String {
        guard abstract.wordCount > briefLimit else { return abstract }
        var brief = ""
        for sentence in abstract.sentences {
            guard brief.isEmpty || (brief + sentence).wordCount <= briefLimit else { break }
            brief += sentence
        }
        return brief.last == " " ? String(brief.dropLast()) : brief
    }

    private func persons(of index: Int) -> [SheetValue] {
        shownPersons(of: index).map { person in
            ["name": .string(person.name), "role": .text(person.role.map { strings.find("role.\($0)") ?? $0 })]
        }
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
        for passage in material.passages where passage.work == index {
            for mark in passage.marks {
                for subject in material.annotation(mark, passage).annotation.about {
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
        let marks = marksAreShown ? passage.marks : []
        return [
            "number": .int(passage.number), "anchor": .string(material.anchor(passage)),
            "passage": .string(passageID(passage)), "kind": .string(place.kind.rawValue),
            "isVerse": .bool(place.kind == .verse || passage.segments.contains { $0.breaksLine }),
            "language": .text(language(of: place, in: work)),
            "locator": .text(passage.locator.label), "title": .string(material.title(of: passage)),
            "headnote": .text(material.headnote(of: passage)),
            "note": .text(work.work.sheetNote), "speaker": .text(passage.speaker),
            "source": source(of: passage), "withheld": .text(material.withheld(passage)),
            "lines": .array(
                passage.lines.enumerated().map { index, segments in
                    [
                        "number": .int(index + 1),
                        "isNumbered": .bool(NumberedLines.isNumbered(index + 1)),
                        "segments": .array(segments.map { segmentValue($0, passage) }),
                    ]
                }),
            "marks": .array(marks.map { markValue($0, passage) }),
            "hasComments": .bool(
                options.shows(.comments)
                    && marks.contains { material.annotation($0, passage).annotation.comment != nil }),
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
        func references(_ marks: [Int]) -> SheetValue {
            .array(marksAreShown ? marks.map { reference(passage.marks[$0], passage) } : [])
        }
        return [
            "text": .string(segment.text), "call": .text(segment.call), "opens": references(segment.opens),
            "marks": references(segment.marks), "closes": references(segment.closes),
        ]
    }

    private func reference(_ mark: MarkedPassage.Mark, _ passage: MarkedPassage) -> SheetValue {
        let annotation = material.annotation(mark, passage).annotation
        return [
            "key": .string(mark.key), "sign": .text((annotation.stance ?? .supports).sign),
            "anchor": .string(material.anchor(mark, passage)), "lane": .int(mark.lane),
            "stance": .string((annotation.stance ?? .supports).rawValue),
            "isFocus": .bool(material.isFocus(annotation)),
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
        let anchored = material.annotation(mark, passage)
        let annotation = anchored.annotation
        let stance = annotation.stance ?? .supports
        let labels = material.labels(of: annotation)
        return [
            "key": .string(mark.key), "sign": .text(stance.sign), "anchor": .string(material.anchor(mark, passage)),
            "concepts": .strings(labels), "heading": .string(labels.joined(separator: ", ")),
            "about": .text(material.about(annotation, in: passage.work)), "stance": .string(stance.rawValue),
            "stanceLabel": stance == .supports ? .null : .string(strings("stance.\(stance.rawValue)")),
            "basis": .text(annotation.basis?.rawValue),
            "basisLabel": .text(annotation.basis.map { strings("basis.\($0.rawValue)") }),
            "comment": .text(
                options.shows(.comments) ? annotation.comment.map(material.plain(passage).text) : nil),
            "layer": .string(anchored.layer), "isFocus": .bool(material.isFocus(annotation)),
            "quote": .string(material.quote(mark, passage)),
            // To be filled in from the reader's own copy, beside the place where the words stand.
            "blank": .text(passage.withheldWords.map { _ in material.quote(mark, passage) }),
            "place": .text(passage.withheldWords.flatMap { _ in material.locator(anchored, in: passage.work) }),
        ]
    }

    /// Whose words these are: author and edition of a work that was not made for teaching.
    private func source(of passage: MarkedPassage) -> SheetValue {
        let work = material.work(of: passage)
        guard work.notes.allSatisfy({ !["invented", "account"].contains($0.type) }) else { return .null }
        let citation = WorkCitation(work, strings: strings)
        return [
            "authors": .text(citation.authors),
            "edition": .text([citation.edition ?? citation.date].compactMap(\.self).joined()),
        ]
    }

    /// "impaired bonding, Jane towards Max, speaks against".
    private func summary(_ annotation: Annotation, _ passage: MarkedPassage) -> String {
        let stance = annotation.stance ?? .supports
        return [
            material.labels(of: annotation).joined(separator: ", "), material.about(annotation, in: passage.work),
            stance == .supports ? nil : strings("stance.\(stance.rawValue)"),
        ]
        .compactMap(\.self).joined(separator: "; ")
    }
}

extension String {
    /// At most so many of its sentences.
    func firstSentences(_ limit: Int) -> String {
        let first = sentences.prefix(limit).joined()
        return first.last == " " ? String(first.dropLast()) : first
    }

    /// Sentences with the blank after them, well enough for a header's prose: a stop, a blank, a capital letter.
    var sentences: [String] {
        var sentences: [String] = []
        var current = ""
        var stopped = false
        for character in self {
            if stopped, character.isUppercase || character == "“" || character == "‘" {
                sentences.append(current)
                current = ""
            }
            current.append(character)
            stopped = character == " " ? current.dropLast().last.map { ".!?".contains($0) } ?? false : false
        }
        if !current.isEmpty { sentences.append(current) }
        return sentences
    }
}
