import TextModel

/// Makes the questions of a quiz; the same selection gives the same quiz.
struct QuizMaker {
    private let material: SheetMaterial
    private var generator: SplitMix64
    /// Concepts that any layer has on a passage, whatever the stance.
    private let present: [Int: Set<String>]

    private var strings: SheetStrings { material.strings }

    /// Four to choose from: with three one guesses too well, for five there are seldom good distractors.
    private static let optionCount = 4
    /// Longer than this, words are no option but a passage.
    private static let longestQuote = 40
    /// To put in order more than this is a test of patience.
    private static let longestOrder = 6

    init(_ material: SheetMaterial) {
        self.material = material
        // The checksum is the seed: another selection, another order.
        let seed = material.checksum.utf8.reduce(UInt64(7)) { $0 &* 31 &+ UInt64($1) }
        generator = SplitMix64(seed: material.options.worksheet.seed ?? seed)
        present = Dictionary(
            uniqueKeysWithValues: material.passages.map { passage in
                let concepts = passage.marks.flatMap { material.annotation($0, passage).annotation.concepts.map(\.id) }
                let others = material.selection.works[passage.work].unselectedConcepts[passage.passage] ?? []
                return (passage.number, others.union(concepts))
            })
    }

    mutating func questions() -> [QuizQuestion] {
        var questions: [QuizQuestion] = []
        // The same words are not asked for twice, whoever has marked them.
        var asked: Set<String> = []
        let marks = material.passages.flatMap { passage in passage.marks.map { ($0, passage) } }
        for (mark, passage) in marks {
            // Words that are withheld are told apart by their place.
            let words =
                passage.withheldWords == nil
                ? material.quote(mark, passage) : material.reference(mark, passage)
            guard !asked.contains(words), let question = whichConcept(mark, passage) else { continue }
            asked.insert(words)
            questions.append(question)
        }
        for concept in material.focus { if let question = whichPassage(concept) { questions.append(question) } }
        questions += truths(marks)
        for work in Set(material.passages.map(\.work)).sorted() {
            if let question = order(work) { questions.append(question) }
        }
        return questions
    }

    // MARK: - Kinds of questions

    /// Words that support one concept of the sheet, and concepts that are easily taken for it.
    private mutating func whichConcept(_ mark: MarkedPassage.Mark, _ passage: MarkedPassage) -> QuizQuestion? {
        let annotation = material.annotation(mark, passage).annotation
        guard annotation.stance ?? .supports == .supports, material.isFocus(annotation),
            annotation.concepts.count == 1, let right = material.selection.scheme[annotation.concepts[0].id]
        else { return nil }
        let here = present[passage.number] ?? []
        var wrong: [QuizOption] = []
        for note in right.scopeNotes {
            guard let other = note.confusable.flatMap({ material.selection.scheme[$0] }), !here.contains(other.id)
            else { continue }
            wrong.append(QuizOption(text: material.label(of: other), isRight: false, feedback: note.text))
        }
        guard wrong.count > 1 else { return nil }
        let reason = annotation.comment.map(material.plain(passage).text)
        var options = Array(wrong.prefix(Self.optionCount - 1))
        options.append(QuizOption(text: material.label(of: right), isRight: true, feedback: reason))
        options.shuffle(using: &generator)
        return question(
            .concept, mark, passage, text: strings("quiz.which-concept"), body: .choice(options), reason: reason)
    }

    /// Of four quotations the one that shows a concept; the others are of passages without it.
    private mutating func whichPassage(_ concept: Concept) -> QuizQuestion? {
        // Blanks cannot be told apart.
        guard material.options.showsQuotations else { return nil }
        var right: [(quote: String, passage: MarkedPassage, reason: String?)] = []
        var wrong: [(quote: String, feedback: String)] = []
        for passage in material.passages {
            let isHere = present[passage.number]?.contains(concept.id) ?? false
            for mark in passage.marks {
                let annotation = material.annotation(mark, passage).annotation
                let quote = material.quote(mark, passage)
                guard quote.wordCount <= Self.longestQuote else { continue }
                let isOwn = annotation.concepts.contains { $0.id == concept.id }
                if isOwn, annotation.stance ?? .supports == .supports {
                    right.append((quote, passage, annotation.comment.map(material.plain(passage).text)))
                } else if !isHere {
                    wrong.append(
                        (quote, material.sentence(material.labels(of: annotation).joined(separator: ", ")) + "."))
                }
            }
        }
        guard let answer = right.randomElement(using: &generator), wrong.count > 1 else { return nil }
        wrong.shuffle(using: &generator)
        var options = wrong.prefix(Self.optionCount - 1).map {
            QuizOption(text: strings.quoted($0.quote), isRight: false, feedback: $0.feedback)
        }
        options.append(QuizOption(text: strings.quoted(answer.quote), isRight: true, feedback: answer.reason))
        options.shuffle(using: &generator)
        return QuizQuestion(
            type: .passage, name: strings("quiz.names.passage", ["concept": material.label(of: concept)]),
            text: strings("quiz.which-passage", ["concept": strings.quoted(material.label(of: concept))]),
            note: material.work(of: answer.passage).sheetNote, body: .choice(options), reason: answer.reason)
    }

    /// True or false: what speaks against a concept is false, and as many statements are true, so that nobody can
    /// answer by habit.
    private mutating func truths(_ marks: [(MarkedPassage.Mark, MarkedPassage)]) -> [QuizQuestion] {
        let all = marks.compactMap { truth($0.0, $0.1) }
        let wrong = all.filter { $0.body == .truth(false) }
        var right = all.filter { $0.body == .truth(true) }
        right.shuffle(using: &generator)
        var chosen = wrong + right.prefix(max(1, wrong.count))
        chosen.shuffle(using: &generator)
        var seen: Set<String> = []
        return chosen.filter {
            seen.insert(material.options.showsQuotations ? $0.quote ?? "" : $0.name).inserted
        }
    }

    private func truth(_ mark: MarkedPassage.Mark, _ passage: MarkedPassage) -> QuizQuestion? {
        let annotation = material.annotation(mark, passage).annotation
        let stance = annotation.stance ?? .supports
        guard stance != .ambiguous, material.isFocus(annotation), annotation.concepts.count == 1,
            let concept = material.selection.scheme[annotation.concepts[0].id], let comment = annotation.comment
        else { return nil }
        let about = material.about(annotation, in: passage.work)
        let claim = strings(
            about == nil ? "quiz.claim-in-general" : "quiz.claim",
            ["concept": strings.quoted(material.label(of: concept)), "about": about ?? ""])
        return question(
            .truth, mark, passage, text: claim, body: .truth(stance == .supports),
            reason: material.plain(passage).text(comment))
    }

    /// Passages of one work, to be put in the order in which the text tells them.
    private mutating func order(_ work: Int) -> QuizQuestion? {
        guard material.options.showsQuotations else { return nil }
        let told = material.passages.filter { $0.work == work }.sorted { $0.passage < $1.passage }
            .prefix(Self.longestOrder)
        guard told.count > 2 else { return nil }
        var places = Array(told.indices)
        places.shuffle(using: &generator)
        let items = zip(told, places).map { passage, place in
            QuizItem(text: strings.quoted(material.text(of: passage).shortened(to: 12)), shown: place)
        }
        let title = WorkCitation.title(material.selection.works[work].document.work.title)
        return QuizQuestion(
            type: .order, name: strings("quiz.names.order", ["title": title]),
            text: strings("quiz.order", ["title": strings.quoted(title)]),
            note: material.selection.works[work].document.work.sheetNote, body: .order(items))
    }

    private func question(
        _ type: QuizQuestion.Kind, _ mark: MarkedPassage.Mark, _ passage: MarkedPassage, text: String,
        body: QuizQuestion.Body, reason: String?
    ) -> QuizQuestion {
        QuizQuestion(
            type: type,
            name: strings("quiz.names.\(type.rawValue)", ["reference": material.reference(mark, passage)]), text: text,
            quote: material.quote(mark, passage),
            source: [
                material.title(of: passage),
                passage.withheldWords == nil
                    ? passage.locator.label
                    : material.locator(material.annotation(mark, passage), in: passage.work) ?? "",
            ].filter { !$0.isEmpty }.joined(separator: ", "),
            note: material.work(of: passage).sheetNote, body: body, reason: reason)
    }
}
