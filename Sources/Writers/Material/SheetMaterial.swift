import TextModel

/// What all sheets of a family are made of: the chosen passages, numbered and marked, and the concepts on them.
///
/// It holds annotations only, never suggestions. Costs one pass over the texts and annotations of the chosen works.
package struct SheetMaterial: Sendable {
    let selection: TeachingSelection
    let strings: SheetStrings
    package var options: SheetOptions
    let sigla: [String]
    /// In the order of the sheet.
    let passages: [MarkedPassage]
    /// Concepts that the sheet is about, in the scheme's order, as far as they occur on the chosen passages or
    /// were asked for by name.
    let focus: [Concept]
    /// All other concepts that are marked on the chosen passages.
    let others: [Concept]
    /// ``TeachingSelection/checksum``
    let checksum: String
    /// Words of the chosen passages, work by work; what a sheet quotes that has them whole.
    let quoted: [QuotedWords]
    /// For works whose words are withheld: takes them out of comments.
    let removers: [Int: QuotationRemover]
    /// Words of each work with chosen passages.
    let totals: [Int: Int?]

    package init(_ selection: TeachingSelection, strings: SheetStrings, options: SheetOptions = .init()) {
        self.selection = selection
        self.strings = strings
        self.options = options
        sigla = selection.sigla(strings: strings)
        let passages = selection.places.enumerated().map { number, place -> MarkedPassage in
            var marked = PassageMarker(work: selection.works[place.work], index: place.work, strings: strings)
                .mark(place.passage, number: number + 1)
            if !options.showsQuotations { marked.withhold(selection.works[place.work].document) }
            return marked
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
        checksum = selection.checksum
        let places = selection.places
        let quotes = options.showsQuotations
        let chosenWorks = Set(places.map(\.work)).sorted()
        totals = Dictionary(uniqueKeysWithValues: chosenWorks.map { ($0, selection.works[$0].wordTotal) })
        let totals = totals
        removers =
            quotes
            ? [:]
            : Dictionary(
                uniqueKeysWithValues: chosenWorks.map { ($0, QuotationRemover(selection.works[$0].document)) })
        quoted = chosenWorks.map { index in
            var counter = WordCounter(selection.works[index].document)
            var count = 0
            if quotes {
                for passage in Set(places.filter { $0.work == index }.map(\.passage)) {
                    count += counter.count(in: passage)
                }
            }
            return selection.works[index].quoted(
                count, of: totals[index] ?? nil, limit: selection.quotationLimit)
        }
    }

    /// The day that is printed on the sheet, `2026-03-07`.
    package var date: String { selection.date }

    /// Does a handout of it have an index.
    package var hasIndex: Bool { selection.audience != .parent && options.shows(.index) }

    // MARK: - Words

    func label(of concept: Concept) -> String { concept.preferredLabel(in: strings.language) }

    /// With a capital letter.
    func sentence(_ text: String) -> String { text.capitalized(in: strings.language) }

    func work(of passage: MarkedPassage) -> Work { selection.works[passage.work].document.work }

    /// "Wuthering Heights", without what an electronic edition adds.
    func title(of passage: MarkedPassage) -> String { WorkCitation.title(work(of: passage).title) }

    func plain(_ passage: MarkedPassage) -> PlainComment {
        plain(inWork: passage.work)
    }

    func plain(inWork work: Int) -> PlainComment {
        PlainComment(
            scheme: selection.scheme, document: selection.works[work].document, strings: strings,
            remover: removers[work])
    }

    /// Reading text of a passage; empty where it is withheld.
    func text(of passage: MarkedPassage) -> String { passage.segments.map(\.text).joined() }

    func wordCount(of passage: MarkedPassage) -> Int { passage.withheldWords ?? text(of: passage).wordCount }

    /// What stands in the place of a passage that is withheld.
    func withheld(_ passage: MarkedPassage) -> String? {
        passage.withheldWords.map {
            strings.counted("withheld.passage", $0, ["place": passage.locator.label])
        }
    }

    /// Words, or as many blanks as the reader is to fill in from a copy of their own.
    func words(_ text: String) -> String {
        options.showsQuotations ? text : strings.counted("withheld.words", text.wordCount)
    }

    func headnote(of passage: MarkedPassage) -> String? {
        selection.plan.headnotes[PassagePlace(work: passage.work, passage: passage.passage)]
            // Where the words of a paper copy are withheld, the teacher's paraphrase need not be.
            ?? passage.paraphrase
    }

    /// Title of the sheet where the teacher has not given one: the concepts of the query.
    var title: String {
        if let title = selection.title { return title }
        let named = selection.concepts.compactMap { selection.scheme[$0] }.map { label(of: $0) }
        guard named.isEmpty else { return sentence(strings.list(named)) }
        // A query says more to the one who wrote it than to a class; two works are named.
        let works = Set(passages.map(\.work)).sorted().map {
            WorkCitation.title(selection.works[$0].document.work.title)
        }
        return (1...2).contains(works.count) ? strings.list(works) : selection.query ?? strings("handout.title")
    }

    // MARK: - Annotations

    func annotation(_ mark: MarkedPassage.Mark, _ passage: MarkedPassage) -> AnchoredAnnotation {
        selection.works[passage.work].annotations[mark.annotation]
    }

    func labels(of annotation: Annotation) -> [String] {
        annotation.concepts.map { reference in selection.scheme[reference.id].map(label) ?? reference.id }
    }

    /// "Jane towards Max"; `nil` for what is said of people in general.
    func about(_ annotation: Annotation, in work: Int) -> String? {
        guard !annotation.about.isEmpty else { return nil }
        let phrases = SubjectPhrases(work: selection.works[work].document.work, strings: strings)
        return strings.list(annotation.about.map(phrases.phrase))
    }

    func isFocus(_ annotation: Annotation) -> Bool {
        annotation.concepts.contains { concept in focus.contains { $0.id == concept.id } }
    }

    /// The marked words; pieces of a discontinuous target are joined with an ellipsis.
    func quote(_ mark: MarkedPassage.Mark, _ passage: MarkedPassage) -> String {
        let reading = selection.works[passage.work].document.reading
        return words(mark.ranges.map { String(decoding: reading[$0.indices], as: UTF8.self) }.joined(separator: " … "))
    }

    func anchor(_ passage: MarkedPassage) -> String { "p\(passage.number)" }
    func anchor(_ mark: MarkedPassage.Mark, _ passage: MarkedPassage) -> String { "m\(passage.number)\(mark.key)" }

    /// "3a": passage 3, mark a.
    func reference(_ mark: MarkedPassage.Mark, _ passage: MarkedPassage) -> String { "\(passage.number)\(mark.key)" }
}

extension String {
    /// With a capital letter at the start.
    func capitalized(in language: String) -> String {
        (first.map { String($0).uppercased() } ?? "") + dropFirst()
    }

    /// Words as people count them on paper: stretches between blanks.
    var wordCount: Int { split { $0.isWhitespace }.count }
}

/// Text inside the quotes of a CSS string.
func cssString(_ text: String) -> String {
    text.replacing("\\", with: "").replacing("\"", with: "”").replacing("<", with: "").replacing("\n", with: " ")
}
