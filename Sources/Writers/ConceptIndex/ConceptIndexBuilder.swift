import TextModel
import WordForms

/// Choices of an index.
package struct ConceptIndexOptions: Sendable {
    package var alphabetization = Alphabetization.wordByWord
    package var ranges = RangeStyle.full
    /// An entry with more locators than this is divided; with at most as many it is printed again under its other
    /// names instead of *see*. Five is what handbooks of indexing advise.
    package var undivided = 5
    /// Persons and pairs have entries too, which lead to the concepts under which they stand; each concept is then
    /// divided by them, however short it is.
    package var hasPersons = false
    /// The second index names each passage by its first words; without them by its place alone.
    package var showsIncipits = true

    package init() {}
}

/// Makes a concept index from the annotations of a selection. Suggestions never come in here.
package struct ConceptIndexBuilder {
    private let selection: TeachingSelection
    private let options: ConceptIndexOptions
    private let strings: SheetStrings
    private let sigla: [String]
    package let order: HeadingOrder
    private let subentryOrder: HeadingOrder
    private let lists: LocatorList

    package init(_ selection: TeachingSelection, strings: SheetStrings, options: ConceptIndexOptions = .init()) {
        self.selection = selection
        self.options = options
        self.strings = strings
        sigla = selection.sigla(strings: strings)
        let collation = Collation(language: selection.language)
        order = HeadingOrder(options.alphabetization, collation: collation)
        let ignored = strings("index.ignored").split(separator: " ").map(String.init)
        subentryOrder = HeadingOrder(options.alphabetization, collation: collation, ignoringFirst: Set(ignored))
        lists = LocatorList(works: selection.works, sigla: sigla, strings: strings, rangeStyle: options.ranges)
    }

    package func build() -> ConceptIndex {
        let occurrences = collectOccurrences()
        let entries = entries(for: occurrences)
        return ConceptIndex(
            title: selection.title ?? defaultTitle, language: strings.language,
            headnote: headnote(), legend: legend(),
            sigla: selection.works.indices.flatMap { sigla(ofWork: $0) },
            entries: entries, locorum: locorum(), absent: selection.chosenAbsentWorks,
            unplaced: selection.unplaced(strings: strings, sigla: sigla),
            citation: selection.citation(strings: strings), date: selection.date,
            statement: selection.scheme.statement("concepts-statement") ?? strings.find("statements.concepts"))
    }

    /// How a work is cited; where its pages are those of several editions, once for each.
    private func sigla(ofWork index: Int) -> [ConceptIndex.Siglum] {
        let work = selection.works[index].document.work
        let citation = WorkCitation(work, strings: strings)
        return lists.editions[index].map { edition in
            var cited = citation
            if let name = edition.name { cited.edition = strings("index.pages-of", ["edition": name]) }
            return ConceptIndex.Siglum(
                siglum: edition.siglum, citation: cited, note: work.sheetNote)
        }
    }

    private var defaultTitle: String {
        let title = selection.scheme.title.isEmpty ? strings("index.title") : selection.scheme.title
        return title.prefix(1).uppercased() + title.dropFirst()
    }

    // MARK: - Entries

    /// Per concept of the scheme, by index.
    private func collectOccurrences() -> [Int: [Occurrence]] {
        let indices = Dictionary(
            selection.scheme.concepts.enumerated().map { ($0.element.id, $0.offset) },
            uniquingKeysWith: { first, _ in first })
        let chosen = selection.chosenConcepts
        var found: [Int: [Occurrence]] = [:]
        for (index, work) in selection.works.enumerated() {
            for annotation in work.annotations where annotation.verdict.isShown && selection.isMatched(annotation) {
                let stretches = work.occurrences(of: annotation, work: index)
                for concept in annotation.annotation.concepts {
                    guard let number = indices[concept.id], chosen.contains(concept.id) else { continue }
                    found[number, default: []] += stretches
                }
            }
        }
        return found
    }

    private func entries(for occurrences: [Int: [Occurrence]]) -> [IndexEntry] {
        let scheme = selection.scheme
        // A facet stands in the index when anything under it does.
        let present = scheme.concepts.indices.filter { index in
            scheme.closure(of: index).contains { occurrences[$0] != nil }
        }
        let isPresent = Set(present)
        var entries: [IndexEntry] = []
        for index in present {
            let entry = entry(of: index, occurrences[index] ?? [], isPresent: isPresent)
            entries.append(entry)
            entries += otherNames(of: index, entry: entry)
        }
        if options.hasPersons { entries += persons(under: entries) }
        entries = withoutDoubles(entries).sorted { order.areInOrder($0.heading, $1.heading) }
        return withoutNeighbours(entries)
    }

    private func entry(of index: Int, _ occurrences: [Occurrence], isPresent: Set<Int>) -> IndexEntry {
        let scheme = selection.scheme
        let concept = scheme.concepts[index]
        var entry = IndexEntry(heading: heading(of: concept), anchor: anchor(of: concept), concept: concept.id)
        divide(occurrences, into: &entry)
        let related = concept.related.compactMap { id in scheme.index(of: id) }.filter(isPresent.contains)
        entry.seeAlso = references(to: related)
        entry.seeSpecific = references(to: scheme.narrower(of: index).filter(isPresent.contains))
        return entry
    }

    private func references(to concepts: [Int]) -> [CrossReference] {
        concepts.map { index in
            let concept = selection.scheme.concepts[index]
            return CrossReference(heading: heading(of: concept), anchor: anchor(of: concept))
        }
        .sorted { order.areInOrder($0.heading, $1.heading) }
    }

    /// What is said of people in general stands apart from what is said of somebody; the rest is divided when it
    /// grows long.
    private func divide(_ occurrences: [Occurrence], into entry: inout IndexEntry) {
        let general = occurrences.filter { $0.about.isEmpty }
        let personal = occurrences.filter { !$0.about.isEmpty }
        if !options.hasPersons, count(personal) <= options.undivided {
            entry.locators = lists.locators(of: personal)
        } else {
            entry.subentries = groups(of: personal, under: entry.anchor, criteria: Criterion.allCases)
        }
        if !general.isEmpty {
            var subentry = IndexEntry(
                heading: strings("index.in-general"), anchor: entry.anchor + "-general", concept: nil)
            fill(&subentry, general, criteria: Array(Criterion.allCases.dropFirst()))
            entry.subentries.append(subentry)
        }
        entry.subentries.sort { subentryOrder.areInOrder($0.heading, $1.heading) }
    }

    /// What an entry is divided by, in the order in which readers ask: whom it is about, where, how it speaks, what it
    /// rests on, and as the last resort the part of the work.
    private enum Criterion: CaseIterable { case subject, work, stance, basis, part }

    /// Stretches that share a sub-entry.
    private struct Group {
        var heading: String
        var occurrences: [Occurrence]
    }

    /// Divides by the first criterion that makes more than one group; by the subject always.
    private func groups(of occurrences: [Occurrence], under anchor: String, criteria: [Criterion]) -> [IndexEntry] {
        guard let criterion = criteria.first else { return [] }
        let rest = Array(criteria.dropFirst())
        var groups = groups(of: occurrences, by: criterion)
        if criterion != .subject {
            if groups.count == 1 { return self.groups(of: occurrences, under: anchor, criteria: rest) }
            // Two levels of sub-entries are the most that a reader can follow: what is still long on the second is
            // divided there, “The Door, speaks against”.
            groups = groups.flatMap { refined($0, by: rest) }
        }
        return groups.enumerated().map { number, group in
            var entry = IndexEntry(heading: group.heading, anchor: "\(anchor)-\(number + 1)", concept: nil)
            fill(&entry, group.occurrences, criteria: criterion == .subject ? rest : [])
            return entry
        }
        .sorted { subentryOrder.areInOrder($0.heading, $1.heading) }
    }

    /// In the order in which they come first.
    private func groups(of occurrences: [Occurrence], by criterion: Criterion) -> [Group] {
        var groups: [Group] = []
        for occurrence in occurrences {
            for heading in headings(of: occurrence, by: criterion) {
                if let index = groups.firstIndex(where: { $0.heading == heading }) {
                    groups[index].occurrences.append(occurrence)
                } else {
                    groups.append(Group(heading: heading, occurrences: [occurrence]))
                }
            }
        }
        return groups
    }

    /// A group that is too long by itself in smaller ones, as far as anything tells its places apart.
    private func refined(_ group: Group, by criteria: [Criterion]) -> [Group] {
        guard let criterion = criteria.first, count(group.occurrences) > options.undivided else { return [group] }
        let rest = Array(criteria.dropFirst())
        let parts = groups(of: group.occurrences, by: criterion)
        guard parts.count > 1 else { return refined(group, by: rest) }
        return parts.flatMap { part in
            refined(Group(heading: group.heading + ", " + part.heading, occurrences: part.occurrences), by: rest)
        }
    }

    private func fill(_ entry: inout IndexEntry, _ occurrences: [Occurrence], criteria: [Criterion]) {
        if count(occurrences) > options.undivided {
            entry.subentries = groups(of: occurrences, under: entry.anchor, criteria: criteria)
        }
        if entry.subentries.isEmpty { entry.locators = lists.locators(of: occurrences) }
    }

    private func count(_ occurrences: [Occurrence]) -> Int {
        lists.count(of: occurrences)
    }

    private func headings(of occurrence: Occurrence, by criterion: Criterion) -> [String] {
        let work = selection.works[occurrence.work].document.work
        switch criterion {
        case .subject:
            let phrases = SubjectPhrases(work: work, strings: strings)
            return occurrence.about.map { subject in
                let phrase = phrases.phrase(subject)
                guard isShared(phrase, by: occurrence.work) else { return phrase }
                return phrase + " (" + WorkCitation.title(work.title) + ")"
            }
        case .work: return [WorkCitation.title(work.title)]
        case .stance: return [strings("stance.\(occurrence.stance.rawValue)")]
        case .basis: return [strings("basis.\(occurrence.basis?.rawValue ?? "unsaid")")]
        case .part:
            let document = selection.works[occurrence.work].document
            return [document.partName(of: document.passages[Int(occurrence.firstPassage)]) ?? strings("index.no-part")]
        }
    }

    /// Has another work a person of the same name: then the title tells them apart.
    private func isShared(_ phrase: String, by work: Int) -> Bool {
        selection.works.indices.contains { other in
            guard other != work else { return false }
            let phrases = SubjectPhrases(work: selection.works[other].document.work, strings: strings)
            return selection.works[other].annotations.contains { annotation in
                annotation.annotation.about.contains { phrases.phrase($0) == phrase }
            }
        }
    }

    /// An entry for each person and pair, that leads to those under which they stand.
    private func persons(under entries: [IndexEntry]) -> [IndexEntry] {
        let general = strings("index.in-general")
        var headings: [String] = []
        var under: [String: [CrossReference]] = [:]
        // Other names of a concept repeat its entry: one of them is enough.
        for entry in entries where entry.anchor == "c-" + (entry.concept ?? "") {
            for subentry in entry.subentries where subentry.heading != general {
                if under[subentry.heading] == nil { headings.append(subentry.heading) }
                under[subentry.heading, default: []].append(
                    CrossReference(heading: entry.heading, anchor: entry.anchor))
            }
        }
        return headings.enumerated().map { number, heading in
            var entry = IndexEntry(heading: heading, anchor: "who-\(number + 1)", concept: nil)
            entry.seeUnder = (under[heading] ?? []).sorted { order.areInOrder($0.heading, $1.heading) }
            return entry
        }
    }

    // MARK: - Other names

    private func otherNames(of index: Int, entry: IndexEntry) -> [IndexEntry] {
        // A reference to an entry without locators would lead nowhere.
        guard entry.locatorCount > 0 else { return [] }
        let concept = selection.scheme.concepts[index]
        let own = concept.labels.filter { $0.kind == .alternative || $0.kind == .indexHeading }
        let language = own.contains { $0.language == strings.language } ? strings.language : "en"
        return own.filter { ($0.language ?? language) == language }.enumerated().map { number, label in
            let anchor = anchor(of: concept) + "-n\(number + 1)"
            guard entry.locatorCount > options.undivided else {
                var double = entry
                double.heading = label.text
                double.anchor = anchor
                double.subentries = double.subentries.map { $0.moved(under: anchor, from: entry.anchor) }
                return double
            }
            var reference = IndexEntry(heading: label.text, anchor: anchor, concept: concept.id)
            reference.see = [CrossReference(heading: entry.heading, anchor: entry.anchor)]
            return reference
        }
    }

    /// The preferred label keeps its heading when another concept has it as another name; a name that two concepts
    /// share leads to both.
    private func withoutDoubles(_ entries: [IndexEntry]) -> [IndexEntry] {
        var result: [IndexEntry] = []
        let isMain = { (entry: IndexEntry) in entry.anchor == "c-" + (entry.concept ?? "") }
        let copies = entries.filter { !isMain($0) && $0.see.isEmpty }
        for entry in entries.filter(isMain) + copies + entries.filter({ !$0.see.isEmpty }) {
            guard let same = result.firstIndex(where: { $0.heading == entry.heading }) else {
                result.append(entry)
                continue
            }
            let main = entries.first { $0.concept == entry.concept && isMain($0) }
            let copied = main.map { [CrossReference(heading: $0.heading, anchor: $0.anchor)] } ?? []
            for target in entry.see.isEmpty ? copied : entry.see where target.heading != entry.heading {
                if result[same].see.isEmpty {
                    if !result[same].seeAlso.contains(target) { result[same].seeAlso.append(target) }
                } else if !result[same].see.contains(target) {
                    result[same].see.append(target)
                }
            }
        }
        return result
    }

    /// Another name is left out where the entry that it stands for is the next or the last one anyway.
    private func withoutNeighbours(_ entries: [IndexEntry]) -> [IndexEntry] {
        var entries = entries
        while let index = entries.indices.first(where: { index in
            guard entries[index].see.count < 2, let main = mainAnchor(of: entries[index]) else { return false }
            return [index - 1, index + 1].contains { other in
                entries.indices.contains(other) && entries[other].anchor == main
                    // Under another letter it is not beside it for the reader.
                    && order.initial(of: entries[other].heading) == order.initial(of: entries[index].heading)
            }
        }) {
            entries.remove(at: index)
        }
        return entries
    }

    /// The anchor of the entry under the preferred label; `nil` for that entry itself.
    private func mainAnchor(of entry: IndexEntry) -> String? {
        if let target = entry.see.first { return target.anchor }
        guard let concept = entry.concept, entry.anchor != "c-" + concept else { return nil }
        return "c-" + concept
    }

    private func heading(of concept: Concept) -> String { concept.preferredLabel(in: strings.language) }
    private func anchor(of concept: Concept) -> String { "c-" + concept.id }

    // MARK: - Second index, headnote

    private func locorum() -> [ConceptIndex.WorkPassages] {
        let chosen = selection.chosenConcepts
        return selection.works.enumerated().compactMap { number, work in
            var rows: [Int32: [ConceptIndex.PassageConcept]] = [:]
            for annotation in work.annotations where annotation.verdict.isShown && selection.isMatched(annotation) {
                let concepts = annotation.annotation.concepts.compactMap { selection.scheme[$0.id] }
                    .filter { chosen.contains($0.id) }
                for passage in Set(annotation.pieces.map(\.passage)) {
                    for concept in concepts {
                        let item = ConceptIndex.PassageConcept(
                            heading: heading(of: concept), anchor: anchor(of: concept),
                            stance: annotation.annotation.stance ?? .supports,
                            isPrincipal: annotation.annotation.isPrincipal)
                        var row = rows[passage] ?? []
                        if let same = row.firstIndex(where: {
                            $0.anchor == item.anchor && $0.stance == item.stance
                        }) {
                            row[same].isPrincipal = row[same].isPrincipal || item.isPrincipal
                        } else {
                            row.append(item)
                        }
                        rows[passage] = row
                    }
                }
            }
            guard !rows.isEmpty else { return nil }
            let document = work.document
            var counter = WordCounter(document)
            let quoted = rows.keys.reduce(0) {
                $0 + counter.count(in: $1, [incipit(of: document.passages[Int($1)], document)])
            }
            return ConceptIndex.WorkPassages(
                quoted: work.quoted(quoted, of: work.wordTotal, limit: selection.quotationLimit), siglum: sigla[number],
                title: WorkCitation.title(document.work.title), document: document.name,
                passages: rows.keys.sorted().map { index in
                    let passage = document.passages[Int(index)]
                    return ConceptIndex.AnnotatedPassage(
                        anchor: lists.anchor(work: number, passage: index),
                        locator: document.locator(for: passage.raw, in: index).label,
                        incipit: incipit(passage, document),
                        concepts: (rows[index] ?? []).sorted { left, right in
                            let byHeading = order.compare(left.heading, right.heading)
                            return byHeading == 0 ? left.stance.order < right.stance.order : byHeading < 0
                        })
                })
        }
    }

    /// The first words of a passage, so that a reader of another edition finds it too.
    private func incipit(_ passage: Passage, _ document: Document) -> String {
        let range = incipit(of: passage, document)
        let words = String(decoding: document.reading[range.indices], as: UTF8.self)
        return range.end < passage.reading.end && !words.isEmpty ? words + " …" : words
    }

    private func incipit(of passage: Passage, _ document: Document) -> ByteRange {
        guard options.showsIncipits else { return ByteRange(passage.reading.start, passage.reading.start) }
        // Six words name a paragraph as hymns and poems are named by their first line.
        var blanks = 0
        for index in passage.reading.indices where document.reading[index] == UInt8(ascii: " ") {
            blanks += 1
            if blanks == 6 { return ByteRange(passage.reading.start, Int32(index)) }
        }
        return passage.reading
    }

    private func headnote() -> [String] {
        var notes = [
            strings("index.headnote.locators"), strings("index.headnote.order.\(options.alphabetization.rawValue)"),
        ]
        if let query = selection.query { notes.append(strings("index.headnote.query", ["query": query])) }
        if !selection.layers.isEmpty {
            notes.append(
                strings.counted(
                    "index.headnote.layers", selection.layers.count, ["layers": strings.list(selection.layers)]))
        }
        return notes
    }

    private func legend() -> [ConceptIndex.LegendLine] {
        [("12", "plain"), ("12", "principal"), ("12†", "contradicts"), ("12?", "ambiguous"), ("12n3", "note")]
            .map { sign, name in
                ConceptIndex.LegendLine(
                    sign: sign, meaning: strings("index.legend.\(name)"), isPrincipal: name == "principal")
            }
    }
}

extension IndexEntry {
    /// The same entry with anchors of its own, for a second place.
    fileprivate func moved(under anchor: String, from old: String) -> IndexEntry {
        var entry = self
        entry.anchor = anchor + self.anchor.dropFirst(old.count)
        entry.subentries = subentries.map { $0.moved(under: anchor, from: old) }
        return entry
    }
}
