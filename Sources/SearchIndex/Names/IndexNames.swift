import GRDB
package import QueryLanguage
import Synchronization
import TextModel
import WordForms

extension CorpusIndex {
    /// What queries may name, as the index has it; `language` is that of labels to show.
    ///
    /// Each list is read when it is first asked for: make one a query, or one a state of the index.
    package func names(saved: SavedQueries = SavedQueries(), language: String = "en") -> IndexNames {
        IndexNames(index: self, saved: saved, language: language)
    }
}

/// Names of concepts, persons, works, layers and words, looked up in an index.
///
/// A list that cannot be read is empty: the query itself then meets the damage and reports it.
package final class IndexNames: QueryNames {
    private let index: CorpusIndex
    private let saved: SavedQueries
    private let language: String
    private let lists = Mutex(Lists())

    private struct Lists {
        var concepts: [ConceptName]?
        var persons: [PersonName]?
        var works: [String]?
        var layers: [String]?
        var annotators: [String]?
        var roles: [String]?
        var languages: [String]?
    }

    init(index: CorpusIndex, saved: SavedQueries, language: String) {
        self.index = index
        self.saved = saved
        self.language = language
    }

    package var concepts: [ConceptName] { list(\.concepts, readConcepts) }

    package var persons: [PersonName] {
        list(\.persons) { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT document.path, document.name, person.id, person.names
                    FROM person JOIN document ON document.id = person.document ORDER BY document.name, person.id
                    """)
            return rows.map { row in
                PersonName(
                    work: workName(of: row[0], document: row[1]), id: row[2], names: splitLines(row[3]))
            }
        }
    }

    package var works: [String]? {
        list(\.works) { database in
            let rows = try Row.fetchAll(database, sql: "SELECT path, name FROM document ORDER BY name")
            return Set(rows.flatMap { FieldTests.names(of: $0[0], fragment: $0[1]) }).sorted()
        }
    }

    package var layers: [String]? {
        list(\.layers) { try String.fetchAll($0, sql: "SELECT DISTINCT name FROM layer ORDER BY name") }
    }

    package var annotators: [String]? {
        list(\.annotators) { database in
            try String.fetchAll(
                database, sql: "SELECT DISTINCT creator FROM annotation WHERE creator IS NOT NULL ORDER BY creator")
        }
    }

    /// Those that texts give, and those that follow from `parent_of`.
    package var roles: [String]? {
        list(\.roles) { database in
            let given = try String.fetchAll(database, sql: "SELECT DISTINCT role FROM person WHERE role IS NOT NULL")
            return Set(given + FieldTests.derivedRoles).sorted()
        }
    }

    package var savedNames: [String] { saved.names }

    package func savedQuery(_ name: String) -> String? { saved[name] }

    package func folded(_ text: String) -> String { Folding.foldedWithoutAccents(text) }

    package func wordOccurs(_ word: String) -> Bool {
        let languages = list(\.languages) { try String.fetchAll($0, sql: "SELECT tag FROM language") }
        let words = WordSequence.words(of: word)
        let occurs = try? index.queue.read { database in
            try languages.contains { language in
                var lexicon = Lexicon(language: language)
                let terms = words.map { indexTerm(of: lexicon.text(ofString: lexicon.stem(of: $0))) }
                guard terms.count > 1 else {
                    return try Int.fetchOne(
                        database.cachedStatement(sql: "SELECT 1 FROM word_count WHERE term = ?"),
                        arguments: [terms.first]) != nil
                }
                // `mother-in-law` is three words, and occurs where they stand side by side.
                let phrase = "\"" + terms.joined(separator: " ") + "\""
                return try Int.fetchOne(
                    database.cachedStatement(sql: "SELECT 1 FROM word WHERE word MATCH ? LIMIT 1"),
                    arguments: [phrase]) != nil
            }
        }
        return !words.isEmpty && occurs == true
    }

    package func nearestWord(to word: String) -> String? {
        let folded = folded(word)
        // An edit changes the length by one, and at most a third of the letters may differ.
        let slack = max(1, folded.unicodeScalars.count / 3)
        let length = folded.unicodeScalars.count
        let known = try? index.queue.read { database in
            try String.fetchAll(
                database, sql: "SELECT DISTINCT bare FROM form WHERE length(bare) BETWEEN ? AND ?",
                arguments: [length - slack, length + slack])
        }
        // Forms of texts that are gone stay in the list.
        return nearestNames(to: folded, among: known ?? []).first(where: wordOccurs)
    }

    private func readConcepts(_ database: Database) throws -> [ConceptName] {
        var names: [ConceptName] = []
        for scheme in try Row.fetchAll(database, sql: "SELECT position, id FROM scheme ORDER BY position") {
            let position: Int = scheme[0]
            var labels: [Int: [Label]] = [:]
            let rows = try Row.fetchCursor(
                database,
                sql: "SELECT concept, kind, text, language FROM label WHERE scheme = ? ORDER BY concept, position",
                arguments: [position])
            while let row = try rows.next() {
                guard let kind = Label.Kind(rawValue: row[1]) else { continue }
                labels[row[0], default: []].append(Label(kind: kind, text: row[2], language: row[3]))
            }
            let concepts = try Row.fetchAll(
                database, sql: "SELECT id, broader, deprecated FROM scheme_concept WHERE scheme = ? ORDER BY position",
                arguments: [position])
            for (number, row) in concepts.enumerated() {
                var concept = Concept(id: row[0], broader: row[1])
                concept.labels = labels[number] ?? []
                let broader = concept.broader.flatMap {
                    concepts.indices.contains($0) ? concepts[$0][0] as String : nil
                }
                names.append(
                    ConceptName(
                        id: concept.id, scheme: scheme[1], label: concept.preferredLabel(in: language),
                        labels: concept.labels.map(\.text), broader: broader, deprecated: row[2]))
            }
        }
        return names
    }

    private func list<Element: Sendable>(
        _ path: any WritableKeyPath<Lists, [Element]?> & Sendable, _ read: (Database) throws -> [Element]
    ) -> [Element] {
        if let known = lists.withLock({ $0[keyPath: path] }) { return known }
        let new = (try? index.queue.read(read)) ?? []
        lists.withLock { $0[keyPath: path] = new }
        return new
    }
}
