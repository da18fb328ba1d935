import GRDB
import TextModel
import WordForms

/// Finds words by FTS5's lists of places, which are our word numbers.
///
/// Belongs to one access of the database; answers are kept, as one query may ask for a word several times.
final class WordFinder {
    private let database: Database
    let store: DocumentStore
    private var found: [Table: [WordTest: [Int64: [Int32]]]] = [:]
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

    /// Numbers of the words that pass a test, rising, by document.
    func places(of test: WordTest, in table: Table) throws -> [Int64: [Int32]] {
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

    private func look(for test: WordTest, in table: Table) throws -> [Int64: [Int32]] {
        let candidates = try candidates(for: test)
        var places: [Int64: [Int32]] = [:]
        for (term, candidate) in candidates.sorted(by: { $0.key < $1.key }) {
            let rows = try Row.fetchCursor(
                database.cachedStatement(sql: "SELECT doc, offset FROM \(table.rawValue) WHERE term = ?"),
                arguments: [term])
            var ofTerm: [Int64: [Int32]] = [:]
            var current: (id: Int64, places: [Int32]) = (-1, [])
            while let row = try rows.next() {
                let id: Int64 = row[0]
                if id != current.id {
                    if current.id >= 0 { ofTerm[current.id] = current.places }
                    current = (id, [])
                }
                current.places.append(row[1])
            }
            if current.id >= 0 { ofTerm[current.id] = current.places }
            for (id, list) in ofTerm {
                let kept = try kept(list, of: id, test, candidate, table)
                places[id, default: []] += kept
            }
        }
        if candidates.count > 1 { for id in places.keys { places[id]?.sort() } }
        return places.filter { !$0.value.isEmpty }
    }

    /// Places whose passage has the right language and whose word passes the test itself.
    private func kept(
        _ places: [Int32], of id: Int64, _ test: WordTest, _ candidate: Candidate, _ table: Table
    ) throws -> [Int32] {
        // Rows of a document that is gone.
        guard let document = try store.document(id) else { return [] }
        let tags = document.outline.document.languages.map(primaryLanguage)
        let isRightLanguage = tags.map(candidate.languages.contains)
        if candidate.isCertain, isRightLanguage.allSatisfy({ $0 }) { return places }
        return try places.filter { place in
            let word = table == .word ? (number: place, half: nil) : document.outline.word(ofDivided: place)
            guard word.number < document.outline.wordCount else { return false }
            let passage = document.outline.passage(ofWord: word.number)
            guard isRightLanguage[Int(document.passages[Int(passage)].language)] else { return false }
            if candidate.isCertain { return true }
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
        let rows = try Row.fetchCursor(database.cachedStatement(sql: sql), arguments: arguments)
        while let row = try rows.next() {
            if row.count > 2, !test.passes(row[3]) { continue }
            let language: Int64 = row[1]
            guard let tag = languages.first(where: { $0.id == language })?.tag else { continue }
            let term = indexTerm(of: row[0])
            candidates[term, default: Candidate(languages: [], isCertain: false)].languages.insert(tag)
        }
        return candidates
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
