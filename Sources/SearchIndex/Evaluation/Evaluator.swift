import GRDB
import QueryLanguage
import TextModel
import WordForms

/// Answers one query: finds the passages and the ranges of its parts and joins them in memory.
///
/// SQLite and FTS5 hold the lists (postings of concepts, places of words); what the operators do with them is done
/// here, on bits for passages and on sorted arrays for ranges.
final class Evaluator {
    let database: Database
    let store: DocumentStore
    let corpus: Corpus
    let resolved: ResolvedQuery
    let fieldTests: FieldTests
    private let finder: WordFinder
    /// By place in ``Corpus/entries``: is the document looked at.
    let isInScope: [Bool]
    /// Kinds that are searched: those that always are, and those that the query names.
    let searchedKinds: Set<PassageKind>
    /// What patterns found; a query is small, so that a list does.
    private var found: [(pattern: Query.Pattern, ranges: FoundRanges)] = []
    var joins: [(query: Query, joined: Joined)] = []
    private var conceptSets: [[Int64]: Int32] = [:]
    private lazy var closures = ConceptClosures(database)
    private lazy var equalRanges = EqualRanges(database)
    private(set) lazy var rangeRanks = RangeRanks(store, corpus)
    private var wordOwners: [WordPlace: Int32] = [:]

    private struct WordPlace: Hashable {
        var document: Int32
        var range: ByteRange
    }

    init(_ database: Database, _ resolved: ResolvedQuery, _ options: QueryOptions) throws {
        self.database = database
        self.resolved = resolved
        store = DocumentStore(database)
        finder = WordFinder(database, store)
        let corpus = try Corpus(database, sort: options.sort)
        let fieldTests = FieldTests(corpus: corpus)
        self.corpus = corpus
        self.fieldTests = fieldTests
        let fields = resolved.query.patterns.flatMap(\.fields)
        let reached = fields.filter { $0.name == .in && !$0.isNegated }.flatMap(\.values)
            .compactMap { if case .text(let value) = $0 { value } else { nil } }
        isInScope = corpus.entries.map { entry in
            options.includes(entry.path) || reached.contains { fieldTests.reaches($0, entry) }
        }
        var kinds = Set(PassageKind.allCases.filter(\.isSearched))
        for field in fields where field.name == .kind {
            for case .text(let kind) in field.values {
                if let kind = PassageKind(rawValue: kind) { kinds.insert(kind) }
            }
        }
        searchedKinds = kinds
    }

    // MARK: Passages

    /// The passages that a query finds.
    func passages(_ query: Query) throws -> PassageSet {
        switch query {
        case .pattern(let pattern):
            if case .group(let inner) = pattern.core, pattern.counts.isEmpty, pattern.fields.isEmpty {
                return try passages(inner)
            }
            return isOfPassages(pattern)
                ? try passages(ofFields: pattern.fields) : try passages(of: ranges(pattern), pattern)
        case .not(let negated):
            var all = try universe()
            all.subtract(try passages(negated))
            return all
        case .and(let queries): return try intersection(queries)
        case .or(let queries):
            var union = PassageSet(capacity: corpus.passageCount)
            for query in queries { union.formUnion(try passages(query)) }
            return union
        case .relation, .near, .chain: return try passages(of: ranges(query), nil)
        }
    }

    /// What is negated takes away from the others, so that an annotation on a title page is not lost because title
    /// pages are not searched; only where all is negated, all searched passages are the start.
    private func intersection(_ queries: [Query]) throws -> PassageSet {
        var result: PassageSet?
        var taken: [Query] = []
        for query in queries {
            if case .not(let negated) = query {
                taken.append(negated)
            } else {
                let found = try passages(query)
                if result?.formIntersection(found) == nil { result = found }
                if result?.isEmpty == true { break }
            }
        }
        var left = try result ?? universe()
        for query in taken where !left.isEmpty { left.subtract(try passages(query)) }
        return left
    }

    /// All passages in scope of the searched kinds.
    private func universe() throws -> PassageSet {
        var all = PassageSet(capacity: corpus.passageCount)
        for (index, entry) in corpus.entries.enumerated() where isInScope[index] {
            guard let document = try store.document(entry.id) else { continue }
            for (number, kind) in document.spine.kinds.enumerated() where searchedKinds.contains(kind) {
                all.insert(entry.firstPassage + number)
            }
        }
        return all
    }

    /// True where a pattern has fields of documents and passages alone.
    private func isOfPassages(_ pattern: Query.Pattern) -> Bool { Query.pattern(pattern).result == .passages }

    private func passages(ofFields fields: [Query.Field]) throws -> PassageSet {
        var all = PassageSet(capacity: corpus.passageCount)
        for (index, entry) in corpus.entries.enumerated() where isInScope[index] {
            guard satisfies(fields, entry), let document = try store.document(entry.id) else { continue }
            for number in document.spine.kinds.indices {
                let passage = Int32(number)
                guard searchedKinds.contains(document.spine.kinds[number]),
                    try satisfies(fields, document, entry, passage, nil)
                else { continue }
                all.insert(entry.firstPassage + number)
            }
        }
        return all
    }

    /// Passages in which ranges of a pattern have pieces; a piece in a passage that a field of the pattern excludes
    /// does not count.
    func passages(of ranges: FoundRanges, _ pattern: Query.Pattern?) throws -> PassageSet {
        var passages = PassageSet(capacity: corpus.passageCount)
        let fields = (pattern?.fields ?? []).filter(\.name.isOfPassage)
        for range in ranges.ranges {
            for piece in ranges.pieces(of: range) where try isCounted(piece, of: range, fields) {
                passages.insert(corpus.number(range.document, piece.passage))
            }
        }
        return passages
    }

    /// Does a piece lie where the fields of its pattern want it.
    func isCounted(_ piece: FoundPiece, of range: FoundRange, _ fields: [Query.Field]) throws -> Bool {
        if fields.isEmpty { return true }
        let entry = corpus.entries[Int(range.document)]
        guard let document = try store.document(entry.id) else { return false }
        return try satisfies(fields, document, entry, piece.passage, ByteRange(piece.start, piece.end))
    }

    // MARK: Ranges

    /// The ranges that a query finds, sorted, with their offsets.
    ///
    /// - Throws: ``QueryError`` where it finds passages; names were looked up before, and there it is reported.
    func ranges(_ query: Query) throws -> FoundRanges {
        switch query {
        case .pattern(let pattern):
            if case .group(let inner) = pattern.core, pattern.counts.isEmpty, pattern.fields.isEmpty {
                return try ranges(inner)
            }
            return try withOffsets(ranges(pattern))
        case .or(let queries):
            var union = FoundRanges()
            for query in queries { union.formUnion(try ranges(query)) }
            return union
        case .relation, .near, .chain: return try joined(query).ranges
        case .and, .not:
            throw QueryError(
                .type, at: query.place, in: resolved.text, "a relation stands between ranges, and this finds passages")
        }
    }

    /// The ranges of a pattern; words without offsets.
    func ranges(_ pattern: Query.Pattern) throws -> FoundRanges {
        if let known = found.first(where: { $0.pattern == pattern }) { return known.ranges }
        var ranges = try core(of: pattern)
        ranges = try restricted(ranges, by: pattern)
        for count in pattern.counts { ranges = try counted(ranges, by: count) }
        found.append((pattern, ranges))
        return ranges
    }

    private func core(of pattern: Query.Pattern) throws -> FoundRanges {
        let fields = pattern.fields.filter(\.name.isOfAnnotation)
        switch pattern.core {
        case nil: return try annotations(AnnotationFilter(fields), concepts: nil)
        case .concept(let id, let mode):
            return try annotations(AnnotationFilter(fields), concepts: closures.concepts(id, mode))
        case .name(let name):
            return try annotations(AnnotationFilter(fields), concepts: closures.concepts(name, .withNarrower))
        case .word(let word, let any):
            return try words(WordSequence(WordSequence.words(of: word).map { .stem($0) }), any)
        case .phrase(let phrase): return try words(WordSequence(phrase))
        case .prefix(let prefix):
            var tests = WordSequence.words(of: prefix).map { WordTest.form(Folding.folded($0)) }
            if !tests.isEmpty {
                let last = WordSequence.words(of: prefix)[tests.count - 1]
                tests[tests.count - 1] = .prefix(Folding.foldedWithoutAccents(last))
            }
            return try words(WordSequence(tests))
        case .regex(let expression, let ignoresCase):
            return try matches(of: expression, ignoresCase: ignoresCase, at: pattern.place)
        case .group(let query): return try ranges(query)
        case .saved(let name):
            throw QueryError(.unknownSaved, at: pattern.place, in: resolved.text, "@\(name) was not looked up")
        }
    }

    /// Fields beside a core.
    private func restricted(_ ranges: FoundRanges, by pattern: Query.Pattern) throws -> FoundRanges {
        var ranges = ranges.filter { isInScope[Int($0.document)] }
        let ofDocuments = pattern.fields.filter(\.name.isOfDocument)
        if !ofDocuments.isEmpty {
            ranges = ranges.filter { satisfies(ofDocuments, corpus.entries[Int($0.document)]) }
        }
        let ofPassages = pattern.fields.filter(\.name.isOfPassage)
        if !ofPassages.isEmpty {
            ranges = try withOffsets(ranges)
            ranges = try ranges.filter { range in
                try ranges.pieces(of: range).contains { try isCounted($0, of: range, ofPassages) }
            }
        }
        for field in pattern.fields where field.name == .word { ranges = try holding(field, ranges) }
        if isOfWords(pattern) { ranges = try annotated(ranges, pattern.fields.filter(\.name.isOfAnnotation)) }
        return ranges
    }

    private func isOfWords(_ pattern: Query.Pattern) -> Bool {
        switch pattern.core {
        case .word, .phrase, .prefix, .regex: true
        default: false
        }
    }

    /// How often a pattern must be found in a passage, a chapter or a document: what stands where it is not found
    /// often enough falls away.
    private func counted(_ ranges: FoundRanges, by count: Query.Count) throws -> FoundRanges {
        struct Scope: Hashable {
            var document: Int32
            var number: Int32
        }
        func scope(_ range: FoundRange) throws -> Scope? {
            guard let piece = ranges.pieces(of: range).first else { return nil }
            switch count.scope {
            case .document: return Scope(document: range.document, number: 0)
            case .passage: return Scope(document: range.document, number: piece.passage)
            case .chapter:
                let document = try store.document(corpus.entries[Int(range.document)].id)
                return Scope(
                    document: range.document, number: try document?.passage(piece.passage).part ?? -1)
            }
        }
        var places: [Scope: Set<MatchKey>] = [:]
        for range in ranges.ranges {
            if let scope = try scope(range) { places[scope, default: []].insert(MatchKey(range, in: ranges)) }
        }
        return try ranges.filter { range in
            guard let scope = try scope(range) else { return false }
            return count.comparison.holds(places[scope]?.count ?? 0, count.number)
        }
    }

    // MARK: Annotations

    /// Annotations of some concepts, `nil` for whatever concepts.
    private func annotations(_ filter: AnnotationFilter, concepts: [Int64]?) throws -> FoundRanges {
        if let concepts, concepts.isEmpty { return FoundRanges() }
        guard let concepts, !filter.asksForUnplaced else {
            return try annotationsByRow(filter, concepts: concepts.map(Set.init))
        }
        let (sql, arguments) = filter.statement(concepts: concepts)
        let rows = try Row.fetchCursor(database.cachedStatement(sql: sql), arguments: arguments)
        var postings: [Posting] = []
        while let row = try rows.next() {
            guard let document = corpus.places[row[0]] else { continue }
            postings.append(
                Posting(
                    annotation: row[3], document: document, start: row[1], end: row[2], passage: row[4],
                    concept: row[5], stance: (row[6] as String?).flatMap(Stance.init)))
        }
        var ranges = gathered(postings)
        if !filter.tests.isEmpty {
            ranges = try ranges.filter { range in
                guard let row = try store.annotation(range.annotation) else { return false }
                return try passes(filter, row, range.document)
            }
        }
        return ranges
    }

    private struct Posting {
        var annotation: Int64
        var document: Int32
        var start: Int32
        var end: Int32
        var passage: Int32
        var concept: Int64
        var stance: Stance?
    }

    /// Postings made ranges: the pieces of an annotation together, each once though several concepts hold it.
    private func gathered(_ postings: [Posting]) -> FoundRanges {
        let sorted = postings.sorted { left, right in
            (left.annotation, left.start, left.end, left.concept) < (
                right.annotation, right.start, right.end, right.concept
            )
        }
        var ranges = FoundRanges()
        var index = 0
        while index < sorted.count {
            let first = sorted[index]
            var pieces: [FoundPiece] = []
            var concepts: [Int64] = []
            while index < sorted.count, sorted[index].annotation == first.annotation {
                let posting = sorted[index]
                let piece = FoundPiece(passage: posting.passage, start: posting.start, end: posting.end)
                if pieces.last != piece { pieces.append(piece) }
                if !concepts.contains(posting.concept) { concepts.append(posting.concept) }
                index += 1
            }
            ranges.append(
                FoundRange(
                    document: first.document, pieces: 0..<0, annotation: first.annotation, stance: first.stance,
                    concepts: number(ofConcepts: concepts)),
                pieces)
        }
        ranges.sort()
        return ranges
    }

    private func annotationsByRow(_ filter: AnnotationFilter, concepts: Set<Int64>?) throws -> FoundRanges {
        var ranges = FoundRanges()
        let names = try concepts.map { try closures.names(of: $0) }
        let (sql, arguments) = filter.statement
        let rows = try Row.fetchCursor(database.cachedStatement(sql: sql), arguments: arguments)
        while let stored = try rows.next() {
            let row = try AnnotationRow(stored)
            guard let document = corpus.places[row.document], try passes(filter, row, document) else { continue }
            var matched = row.concepts
            if let names {
                matched = row.concepts.filter(names.contains)
                if matched.isEmpty { continue }
            }
            let concepts = try matched.compactMap { try closures.number(of: $0) }
            ranges.append(
                FoundRange(
                    document: document, pieces: 0..<0, annotation: row.id, stance: row.stance,
                    concepts: number(ofConcepts: concepts)),
                row.pieces.map { FoundPiece(passage: $0.passage, start: $0.raw.start, end: $0.raw.end) })
        }
        // Annotations without a place are found only where they are asked for.
        if !filter.asksForUnplaced { ranges = ranges.filter { !$0.pieces.isEmpty } }
        ranges.sort()
        return ranges
    }

    private func passes(_ filter: AnnotationFilter, _ row: AnnotationRow, _ document: Int32) throws -> Bool {
        if filter.tests.isEmpty { return true }
        let entry = corpus.entries[Int(document)]
        guard let work = try store.document(entry.id)?.outline().document.work else { return false }
        let tests = AnnotationTests(fields: fieldTests) { [equalRanges] in try equalRanges.isAlone($0) }
        return try filter.tests.allSatisfy { try tests.holds($0, row, entry, work) }
    }

    private func number(ofConcepts concepts: [Int64]) -> Int32 {
        let key = concepts.sorted()
        if let number = conceptSets[key] { return number }
        let number = Int32(conceptSets.count)
        conceptSets[key] = number
        return number
    }

    // MARK: Words

    /// A negative number for words at a place, the same whenever they are found.
    func ownerOfWords(at range: ByteRange, in document: Int32) -> Int32 {
        let place = WordPlace(document: document, range: range)
        if let owner = wordOwners[place] { return owner }
        let owner = -1 - Int32(wordOwners.count)
        wordOwners[place] = owner
        return owner
    }

    private func words(_ sequence: WordSequence, _ withHidden: Bool = false) throws -> FoundRanges {
        var ranges = FoundRanges()
        ranges.hasOffsets = false
        let matches = try finder.matches(of: sequence)
        for (index, entry) in corpus.entries.enumerated() where isInScope[index] {
            guard let list = matches[entry.id], let document = try store.document(entry.id) else { continue }
            for match in list where searchedKinds.contains(document.spine.kinds[Int(match.passage)]) {
                ranges.append(
                    FoundRange(
                        document: Int32(index), pieces: 0..<0, firstWord: match.first, lastWord: match.last),
                    CollectionOfOne(FoundPiece(passage: match.passage, start: -1, end: -1)))
            }
        }
        guard withHidden else { return ranges }
        ranges = try withOffsets(ranges)
        ranges.formUnion(try hidden(sequence))
        return ranges
    }

    /// Words in branches that the reading text hides.
    private func hidden(_ sequence: WordSequence) throws -> FoundRanges {
        var ranges = FoundRanges()
        for (index, entry) in corpus.entries.enumerated() where isInScope[index] {
            guard let document = try store.document(entry.id) else { continue }
            for piece in try document.outline().hiddenPieces {
                guard searchedKinds.contains(document.spine.kinds[Int(piece.passage)]) else { continue }
                var lexicon = Lexicon(language: document.spine.language(of: piece.passage))
                let stems = sequence.stems.map { lexicon.stem(of: $0) }
                let words = Tokenizer.tokens(of: try document.rawText(piece.raw), lexicon: &lexicon)
                guard !stems.isEmpty, words.count >= stems.count else { continue }
                for first in 0...words.count - stems.count {
                    let run = words[first..<first + stems.count]
                    guard run.map({ lexicon.forms[Int($0.word)].stem }) == stems, let start = run.first?.start,
                        let end = run.last?.end
                    else { continue }
                    ranges.append(
                        FoundRange(document: Int32(index), pieces: 0..<0),
                        CollectionOfOne(
                            FoundPiece(
                                passage: piece.passage, start: piece.raw.start + start, end: piece.raw.start + end)))
                }
            }
        }
        ranges.sort()
        return ranges
    }

    private func matches(of expression: String, ignoresCase: Bool, at place: Place) throws -> FoundRanges {
        let regex: RegularExpression
        do throws(RegularExpression.Problem) {
            regex = try RegularExpression(expression, ignoresCase: ignoresCase)
        } catch {
            throw QueryError(
                .badRegex, at: place, in: resolved.text, "regular expression: \(error.message)",
                advice: ["after " + String(decoding: expression.utf8.prefix(error.offset), as: UTF8.self)])
        }
        var ranges = FoundRanges()
        for (index, entry) in corpus.entries.enumerated() where isInScope[index] {
            guard let document = try store.document(entry.id) else { continue }
            let text = try store.wholeStream(.reading, of: entry.id)
            for (number, passage) in try document.outline().document.passages.enumerated()
            where searchedKinds.contains(passage.kind) {
                guard passage.reading.end <= text.count else { throw IndexError.damaged("text is too short") }
                var matches: [ByteRange] = []
                let isComplete = regex.forEachMatch(in: text, passage.reading.indices) {
                    matches.append(ByteRange($0.lowerBound, $0.upperBound))
                }
                guard isComplete else {
                    throw QueryError(
                        .badRegex, at: place, in: resolved.text, "this regular expression takes too many steps",
                        advice: ["write it without a repetition inside a repetition, as in (a+)+"])
                }
                for match in matches {
                    let raw = try document.rawRange(ofReading: match, in: Int32(number))
                    ranges.append(
                        FoundRange(document: Int32(index), pieces: 0..<0),
                        CollectionOfOne(FoundPiece(passage: Int32(number), start: raw.start, end: raw.end)))
                }
            }
        }
        ranges.sort()
        return ranges
    }

    /// The same ranges with offsets for their words, sorted.
    func withOffsets(_ ranges: FoundRanges) throws -> FoundRanges {
        if ranges.hasOffsets { return ranges }
        var ranges = ranges
        for range in ranges.ranges where range.firstWord >= 0 {
            let piece = Int(range.pieces.lowerBound)
            guard ranges.pieces[piece].start < 0 else { continue }
            let raw = try rawRange(of: range, in: ranges.pieces[piece].passage)
            ranges.pieces[piece].start = raw.start
            ranges.pieces[piece].end = raw.end
        }
        ranges.hasOffsets = true
        ranges.sort()
        return ranges
    }

    /// Where words stand in the raw text.
    func rawRange(of range: FoundRange, in passage: Int32) throws -> ByteRange {
        guard let document = try store.document(corpus.entries[Int(range.document)].id) else {
            throw IndexError.damaged("words of a document that is not there")
        }
        let words = try document.words(of: passage)
        let first = Int(range.firstWord - document.spine.firstWord[Int(passage)])
        let last = Int(range.lastWord - document.spine.firstWord[Int(passage)])
        return try document.rawRange(ofReading: ByteRange(words[first].start, words[last].end), in: passage)
    }

    // MARK: Fields beside others

    /// `word:` beside a concept: ranges with that word in one of their pieces.
    private func holding(_ field: Query.Field, _ ranges: FoundRanges) throws -> FoundRanges {
        var wanted = FoundRanges()
        for value in field.values {
            switch value {
            case .text(let word):
                wanted.formUnion(try withOffsets(words(WordSequence(WordSequence.words(of: word).map { .stem($0) }))))
            case .hiddenWord(let word):
                wanted.formUnion(
                    try withOffsets(words(WordSequence(WordSequence.words(of: word).map { .stem($0) }), true)))
            default: break
            }
        }
        let pieces = PieceIndex(wanted)
        let ranges = try withOffsets(ranges)
        return ranges.filter { range in
            let isThere = ranges.pieces(of: range).contains { pieces.holds(within: $0, of: range.document) }
            return isThere != field.isNegated
        }
    }

    /// Fields of annotations beside words: one annotation overlaps the words and is all that the fields ask; a
    /// negated field asks that no overlapping annotation is that.
    private func annotated(_ ranges: FoundRanges, _ fields: [Query.Field]) throws -> FoundRanges {
        var ranges = ranges
        let asked = fields.filter { !$0.isNegated }
        if !asked.isEmpty {
            ranges = try withOffsets(ranges)
            let pieces = PieceIndex(try annotations(AnnotationFilter(asked), concepts: nil))
            ranges = ranges.filter { range in
                ranges.pieces(of: range).contains { pieces.overlaps($0, of: range.document) }
            }
        }
        for var field in fields where field.isNegated {
            field.isNegated = false
            ranges = try withOffsets(ranges)
            let pieces = PieceIndex(try annotations(AnnotationFilter([field]), concepts: nil))
            ranges = ranges.filter { range in
                !ranges.pieces(of: range).contains { pieces.overlaps($0, of: range.document) }
            }
        }
        return ranges
    }

    private func satisfies(_ fields: [Query.Field], _ entry: Corpus.Entry) -> Bool {
        fields.allSatisfy { !$0.name.isOfDocument || fieldTests.holds($0, of: entry) != $0.isNegated }
    }

    private func satisfies(
        _ fields: [Query.Field], _ document: StoredDocument, _ entry: Corpus.Entry, _ passage: Int32,
        _ range: ByteRange?
    ) throws -> Bool {
        try fields.allSatisfy {
            try !$0.name.isOfPassage || fieldTests.holds($0, of: document, entry, passage, range) != $0.isNegated
        }
    }
}

/// By what two ranges are the same match: their place, and the concepts by which they were found.
struct MatchKey: Hashable {
    private let document: Int32
    private let concepts: Int32
    private let pieces: [FoundPiece]

    init(_ range: FoundRange, in ranges: FoundRanges) {
        document = range.document
        concepts = range.concepts
        // Words that have no offsets yet are told apart by their numbers.
        pieces = ranges.pieces(of: range).map {
            $0.start >= 0 ? $0 : FoundPiece(passage: $0.passage, start: -range.firstWord - 1, end: range.lastWord)
        }
    }
}

extension FieldName {
    /// Asks something of the document alone.
    var isOfDocument: Bool {
        switch self {
        case .author, .title, .year: true
        default: false
        }
    }

    /// Asks something of the passage or the place in it; `in:` may name a part.
    var isOfPassage: Bool {
        switch self {
        case .in, .lang, .kind, .chapter, .page, .speaker, .mentions, .length, .nth: true
        default: false
        }
    }
}
