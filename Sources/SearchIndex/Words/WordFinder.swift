import GRDB
import TextModel
import WordForms

/// Finds words by FTS5's lists of places, which are our word numbers.
///
/// Belongs to one access of the database; answers are kept, as one query may ask for a word several times.
final class WordFinder {
    private let database: Database
    let store: DocumentStore
    private var found: [Table: [WordTest: [Int64: Places]]] = [:]
    private var dividedWordsAreThere: Bool?

    init(_ database: Database, _ store: DocumentStore) {
        self.database = database
        self.store = store
    }

    /// Languages of the texts, with their numbers.
    private lazy var languages: [(id: Int64, tag: String)] = {
        let rows = try? Row.fetchAll(database, sql: "SELECT id, tag FROM language ORDER BY id")
        return (rows ?? []).map { ($0[0], $0[1]) }
    }()

    /// A term of FTS5 under which words that pass a test may stand.
    private struct Candidate {
        /// Languages in which the term is the stem of such a word.
        var languages: Set<String>
        /// True where every word of those languages under the term passes: nothing is left to look at.
        var isCertain: Bool
    }

    // MARK: Places

    /// One of the two tables of words.
    enum Table: String {
        case word = "word_place"
        /// Numbers count the words as printed lines divide them.
        case divided = "divided_word_place"
    }

    /// Words that may pass a test, in one document.
    struct Places {
        /// Numbers, rising.
        var numbers: [Int32] = []
        /// False where the words themselves must still be looked at.
        var areCertain = true
    }

    /// Words that may pass a test, by document. What FTS5 alone says: see ``verified(_:of:_:_:)``.
    func places(of test: WordTest, in table: Table) throws -> [Int64: Places] {
        if let places = found[table]?[test] { return places }
        let places = try look(for: test, in: table)
        found[table, default: [:]][test] = places
        return places
    }

    /// False in most casebooks: only texts that keep their printed lines have words divided by them.
    func hasDividedWords() throws -> Bool {
        if let known = dividedWordsAreThere { return known }
        let isThere = try Int.fetchOne(database, sql: "SELECT 1 FROM divided_word_place LIMIT 1") != nil
        dividedWordsAreThere = isThere
        return isThere
    }

    private func look(for test: WordTest, in table: Table) throws -> [Int64: Places] {
        let candidates = try candidates(for: test)
        // Document and number in one integer, which GRDB reads without a row between.
        let statement = try database.cachedStatement(
            sql: "SELECT (doc << 32) | offset FROM \(table.rawValue) WHERE term = ?")
        var places: [Int64: Places] = [:]
        for (term, candidate) in candidates.sorted(by: { $0.key < $1.key }) {
            let cursor = try Int64.fetchCursor(statement, arguments: [term])
            var current: (id: Int64, numbers: [Int32]) = (-1, [])
            while let packed = try cursor.next() {
                if packed >> 32 != current.id {
                    try add(current.numbers, of: current.id, candidate, table, to: &places)
                    current = (packed >> 32, [])
                }
                current.numbers.append(Int32(truncatingIfNeeded: packed))
            }
            try add(current.numbers, of: current.id, candidate, table, to: &places)
        }
        if candidates.count > 1 { for id in places.keys { places[id]?.numbers.sort() } }
        return places
    }

    /// Adds what stands under one term, without the passages of other languages.
    private func add(
        _ numbers: [Int32], of id: Int64, _ candidate: Candidate, _ table: Table, to places: inout [Int64: Places]
    ) throws {
        // Rows of a document that is gone.
        guard !numbers.isEmpty, let document = try store.document(id) else { return }
        var numbers = numbers
        let spine = document.spine
        if !spine.tags.allSatisfy(candidate.languages.contains) {
            numbers = numbers.filter { number in
                let word = table == .word ? number : spine.word(ofDivided: number).number
                return word < spine.wordCount
                    && candidate.languages.contains(spine.language(of: spine.passage(ofWord: word)))
            }
        }
        guard !numbers.isEmpty else { return }
        places[id, default: Places()].numbers += numbers
        if !candidate.isCertain { places[id]?.areCertain = false }
    }

    /// Those of some places whose words pass the test, looked at one by one.
    func verified(_ places: Places, of document: StoredDocument, _ test: WordTest, _ table: Table) throws -> [Int32] {
        if places.areCertain { return places.numbers }
        return try places.numbers.filter { number in
            let word = table == .word ? (number: number, half: nil) : document.spine.word(ofDivided: number)
            guard word.number < document.spine.wordCount else { return false }
            let passage = document.spine.passage(ofWord: word.number)
            return test.passes(Folding.folded(try document.word(word.number, of: passage, half: word.half)))
        }
    }

    // MARK: Candidates

    private func candidates(for test: WordTest) throws -> [String: Candidate] {
        switch test {
        case .stem(let word):
            var candidates: [String: Candidate] = [:]
            for (_, tag) in languages {
                var lexicon = Lexicon(language: tag)
                let term = indexTerm(of: lexicon.text(ofString: lexicon.stem(of: word)))
                candidates[term, default: Candidate(languages: [], isCertain: true)].languages.insert(tag)
            }
            return candidates
        case .form(let word):
            return try candidates(
                "SELECT stem, language FROM form WHERE bare = ? AND folded = ?",
                [Folding.foldedWithoutAccents(word), word], test)
        case .prefix(let prefix):
            return try candidates("bare", prefix, test)
        case .wildcard(let wildcard):
            return try candidates("bare", Folding.foldedWithoutAccents(wildcard.literalPrefix), test)
        }
    }

    /// Terms of the forms whose column begins so.
    private func candidates(_ column: String, _ prefix: String, _ test: WordTest) throws -> [String: Candidate] {
        // No folded letter is beyond the last scalar.
        try candidates(
            "SELECT stem, language, bare, folded FROM form WHERE \(column) >= ? AND \(column) < ?",
            [prefix, prefix + "\u{10FFFF}"], test)
    }

    private func candidates(
        _ sql: String, _ arguments: StatementArguments, _ test: WordTest
    ) throws -> [String: Candidate] {
        var candidates: [String: Candidate] = [:]
        var seen: Set<Stem> = []
        let rows = try Row.fetchCursor(database.cachedStatement(sql: sql), arguments: arguments)
        while let row = try rows.next() {
            if row.count > 2, !test.passes(row[3]) { continue }
            let stem = Stem(text: row[0], language: row[1])
            guard seen.insert(stem).inserted, let tag = languages.first(where: { $0.id == stem.language })?.tag else {
                continue
            }
            let isCertain = try allForms(of: stem, pass: test)
            let term = indexTerm(of: stem.text)
            candidates[term, default: Candidate(languages: [], isCertain: true)].languages.insert(tag)
            if !isCertain { candidates[term]?.isCertain = false }
        }
        return candidates
    }
}

extension WordFinder {
    private struct Stem: Hashable {
        var text: String
        var language: Int64
    }

    /// True where no word with a stem can fail a test.
    private func allForms(of stem: Stem, pass test: WordTest) throws -> Bool {
        let forms = try String.fetchCursor(
            database.cachedStatement(sql: "SELECT folded FROM form WHERE stem = ? AND language = ?"),
            arguments: [stem.text, stem.language])
        while let form = try forms.next() {
            if !test.passes(form) { return false }
        }
        return true
    }
}

extension WordTest {
    /// Does a folded form pass. A stem is not looked at: its term says all.
    func passes(_ folded: String) -> Bool {
        switch self {
        case .stem: true
        case .form(let form): folded == form
        case .prefix(let prefix): Folding.foldedWithoutAccents(folded).hasPrefix(prefix)
        case .wildcard(let wildcard): wildcard.matches(folded)
        }
    }
}
