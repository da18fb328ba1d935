import TextModel

extension SheetMaterial {
    /// A concept with its definition, and what it is easily confused with on this very sheet.
    func panel(_ concept: Concept) -> SheetValue {
        [
            "id": .string(concept.id), "label": .string(label(of: concept)),
            "heading": .string(sentence(label(of: concept))), "definition": .text(concept.definition),
            "scope": .text(concept.scopeNotes.first { $0.confusable == nil }?.text),
            "confusions": .array(
                confusions(of: concept).map { note in
                    let other = note.confusable.flatMap { selection.scheme[$0] }
                    return ["label": .text(other.map(label)), "text": .string(note.text)]
                }),
            "sources": .text(shortCitations(concept.sources)),
        ]
    }

    /// Rules that tell a concept from others that are on this sheet.
    func confusions(of concept: Concept) -> [ScopeNote] {
        let present = Set((focus + others).map(\.id))
        return concept.scopeNotes.filter { note in note.confusable.map { present.contains($0) } ?? false }
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

    // MARK: - Aims, prompts, tools

    /// The teacher's aims, else those of the concepts.
    var aims: [String] {
        let aims =
            selection.plan.aims.isEmpty
            ? focus.flatMap { concept in concept.prompts.filter { $0.level == "aim" }.map(\.text) }
            : selection.plan.aims
        return Array(aims.prefix(TeachingPlan.aimLimit))
    }

    /// A question, and the concept that it comes from where the scheme asks it.
    struct Question {
        var level: String
        var text: String
        var concept: Concept?
        var plan: PlannedPrompt?
    }

    static let levels = ["notice", "interpret", "apply"]

    /// Prompts in three levels: the teacher's where there are any of the level, else the scheme's.
    var questions: [Question] {
        Self.levels.flatMap { level -> [Question] in
            let planned = selection.plan.prompts.filter { $0.level == level }
            guard planned.isEmpty else {
                return planned.map { Question(level: level, text: $0.text, plan: $0) }
            }
            return focus.flatMap { concept in
                concept.prompts.filter { $0.level == level }
                    .map { Question(level: level, text: $0.text, concept: concept) }
            }
        }
    }

    /// Each prompt names its concept where the sheet is about several.
    func discussion() -> [SheetValue] {
        let questions = questions
        return Self.levels.compactMap { level in
            let prompts = questions.filter { $0.level == level }.map { question -> SheetValue in
                [
                    "text": .string(question.text),
                    "concept": .text(focus.count > 1 ? question.concept.map(label) : nil),
                ]
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
        ReferenceList.sorted(focus.flatMap(\.sources) + works(), strings: strings)
    }

    /// The works that passages were chosen from.
    func works() -> [Source] {
        Set(passages.map(\.work)).sorted().map { index in
            Self.source(of: selection.works[index].document.work, strings: strings)
        }
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
