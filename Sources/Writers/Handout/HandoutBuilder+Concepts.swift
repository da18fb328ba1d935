import TextModel

extension HandoutBuilder {
    /// A concept with its definition, and what it is easily confused with on this very sheet.
    func panel(_ concept: Concept) -> SheetValue {
        let present = Set((focus + others).map(\.id))
        let confusions = concept.scopeNotes.filter { note in
            note.confusable.map { present.contains($0) } ?? false
        }
        return [
            "id": .string(concept.id), "label": .string(label(of: concept)),
            "heading": .string(sentence(label(of: concept))), "definition": .text(concept.definition),
            "scope": .text(concept.scopeNotes.first { $0.confusable == nil }?.text),
            "confusions": .array(
                confusions.map { note in
                    let other = note.confusable.flatMap { selection.scheme[$0] }
                    return ["label": .text(other.map(label)), "text": .string(note.text)]
                }),
            "sources": .text(shortCitations(concept.sources)),
        ]
    }

    func glossaryEntry(_ concept: Concept) -> SheetValue {
        ["label": .string(label(of: concept)), "definition": .text(concept.definition)]
    }

    /// "Brockington et al., 2001; Taylor et al., 2005".
    private func shortCitations(_ sources: [Source]) -> String {
        sources.map { source in
            let names = source.authors.map { $0.split(separator: ",").first.map { $0.trimmed } ?? $0 }
            let who =
                switch names.count {
                case 0: source.text.split(separator: ".").first.map { $0.trimmed } ?? source.text
                case 1: names[0]
                case 2: names[0] + strings("list.ampersand") + names[1]
                default: names[0] + " et al."
                }
            return who + ", " + (source.year ?? strings("references.no-date"))
        }
        .joined(separator: "; ")
    }

    // MARK: - Discussion and tools

    /// Prompts in three levels; each names its concept where the sheet is about several.
    func discussion() -> [SheetValue] {
        ["notice", "interpret", "apply"].compactMap { level in
            let prompts = focus.flatMap { concept in
                concept.prompts.filter { $0.level == level }.map { prompt -> SheetValue in
                    [
                        "text": .string(prompt.text),
                        "concept": focus.count > 1 ? .string(label(of: concept)) : .null,
                    ]
                }
            }
            guard !prompts.isEmpty else { return nil }
            return [
                "level": .string(level), "label": .string(strings("discussion.\(level)")), "prompts": .array(prompts),
            ]
        }
    }

    func tools() -> [SheetValue] {
        focus.filter { !$0.tools.isEmpty }.map { concept in
            [
                "concept": focus.count > 1 ? .string(label(of: concept)) : .null,
                "items": .array(
                    concept.tools.map { ["heading": .text($0.heading), "text": .string($0.text)] }),
            ]
        }
    }

    // MARK: - References

    /// Sources of the concepts and the works themselves, each once, in the order of APA: by authors, then year.
    func references() -> [SheetValue] {
        var sources = focus.flatMap(\.sources)
        for index in Set(passages.map(\.work)).sorted() {
            let work = selection.works[index].document.work
            sources.append(Self.source(of: work, strings: strings))
        }
        return ReferenceList.sorted(sources, strings: strings)
    }

    private static func source(of work: Work, strings: SheetStrings) -> Source {
        let citation = WorkCitation(work, strings: strings)
        let date = citation.date ?? strings("references.no-date")
        var text = citation.authors.map { $0.hasSuffix(".") ? $0 : $0 + "." } ?? ""
        text += citation.authors == nil ? "\(citation.title). (\(date))." : " (\(date)). \(citation.title)."
        if let edition = citation.edition { text += " " + edition + (edition.hasSuffix(".") ? "" : ".") }
        if let note = work.sheetNote { text += " [" + (note.hasSuffix(".") ? String(note.dropLast()) : note) + "]." }
        return Source(text: text, italic: [citation.title], doi: nil, year: citation.date, authors: work.authors)
    }
}
