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
    let finder: WordFinder
    /// By place in ``Corpus/entries``: is the document looked at.
    let isInScope: [Bool]
    /// Kinds that are searched: those that always are, and those that the query names.
    let searchedKinds: Set<PassageKind>
    /// What patterns found; a query is small, so that a list does.
    var found: [(pattern: Query.Pattern, ranges: FoundRanges)] = []
    var joins: [(query: Query, joined: Joined)] = []
    var conceptSets: [[Int64]: Int32] = [:]
    private(set) lazy var closures = ConceptClosures(database)
    private(set) lazy var equalRanges = EqualRanges(database)
    private(set) lazy var rangeRanks = RangeRanks(store, corpus)
    var wordOwners: [WordPlace: Int32] = [:]

    struct WordPlace: Hashable {
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

    func core(of pattern: Query.Pattern) throws -> FoundRanges {
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
    func restricted(_ ranges: FoundRanges, by pattern: Query.Pattern) throws -> FoundRanges {
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

    func isOfWords(_ pattern: Query.Pattern) -> Bool {
        switch pattern.core {
        case .word, .phrase, .prefix, .regex: true
        default: false
        }
    }

    /// How often a pattern must be found in a passage, a chapter or a document: what stands where it is not found
    /// often enough falls away.
    func counted(_ ranges: FoundRanges, by count: Query.Count) throws -> FoundRanges {
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
}

/// By what two ranges are the same match: their place, and the concepts by which they were found.
struct MatchKey: Hashable {
    private let document: Int32
    private let concepts: Int32
    private let first: FoundPiece?
    /// Nearly always empty: then nothing is made in memory for it.
    private var others: [FoundPiece] = []

    init(_ range: FoundRange, in ranges: FoundRanges) {
        document = range.document
        concepts = range.concepts
        let pieces = ranges.pieces(of: range)
        first = pieces.first.map { Self.place($0, of: range) }
        if pieces.count > 1 { others = pieces.dropFirst().map { Self.place($0, of: range) } }
    }

    /// Words that have no offsets yet are told apart by their numbers.
    private static func place(_ piece: FoundPiece, of range: FoundRange) -> FoundPiece {
        piece.start >= 0
            ? piece : FoundPiece(passage: piece.passage, start: -range.firstWord - 1, end: range.lastWord)
    }
}
