import Foundation
import GRDB
package import TextModel

/// Changes an index: one transaction a call, so that a process killed in between leaves of each document the old or
/// the new state.
///
/// An index filled from nothing commits some documents at a time, without waiting for the disk: whoever is killed
/// then has fewer documents, each of them whole.
package final class IndexUpdate {
    private let database: Database
    private let encoder = DocumentEncoder()
    private let isFromNothing: Bool
    /// Bytes of text since the last commit, from nothing.
    private var pending = 0
    /// Transactions of ours that are open, one in the other.
    private var depth = 0
    private var postings = PostingChanges()

    /// Bytes of text in one transaction when filling from nothing: a few novels. Twice as much gains nothing more,
    /// and what is not committed stays in memory.
    private static let transactionSize = 8_000_000

    init(_ database: Database) throws {
        self.database = database
        isFromNothing = try Int.fetchOne(database, sql: "SELECT 1 FROM document LIMIT 1") == nil
        // Where all can be made again in seconds there is nothing to wait for.
        if isFromNothing { try database.execute(sql: "PRAGMA synchronous = OFF") }
    }

    func finish() throws {
        if database.isInsideTransaction { try database.commit() }
        if isFromNothing { try database.execute(sql: "PRAGMA synchronous = NORMAL") }
    }

    func abandon() {
        if database.isInsideTransaction { try? database.rollback() }
    }

    /// What is known of each file that was read; by path.
    package func fingerprints() throws -> [String: Fingerprint] { try fetchFingerprints(database) }

    /// Puts the documents of a text file in the place of what the index had of that file, annotations included.
    package func replaceText(_ path: String, _ fingerprint: Fingerprint, with documents: [IndexedDocument]) throws {
        try transaction(bytes: documents.reduce(0) { $0 + $1.document.reading.count }) {
            try removeDocuments(of: path)
            for document in documents { try insert(document) }
            try store(fingerprint, of: path)
        }
    }

    /// Puts suggestions in the place of a document's; `decided` has the ids of those that are accepted or declined.
    package func replaceSuggestions(of document: String, with suggestions: [Suggestion], decided: Set<String>) throws {
        try transaction {
            guard let id = try documentID(document) else { return }
            try removeAnnotations("document = ? AND layer IS NULL", [id])
            for suggestion in suggestions {
                try insert(AnnotationRow(suggestion, isDecided: decided.contains(suggestion.id)), into: id)
            }
        }
    }

    /// Puts these schemes in the place of those that the index had.
    package func replaceSchemes(with schemes: [ConceptScheme]) throws {
        try transaction {
            for table in ["label", "scheme_concept", "scheme"] { try database.execute(sql: "DELETE FROM \(table)") }
            for (position, scheme) in schemes.enumerated() { try insert(scheme, at: position) }
        }
    }

    /// Remembers a file that has no rows of its own: persons, cues, a scheme, a layer without text.
    package func record(_ fingerprint: Fingerprint, of path: String) throws {
        try transaction { try store(fingerprint, of: path) }
    }

    /// Forgets a file that is gone: its documents, or its annotations.
    package func remove(_ path: String) throws {
        try transaction {
            try removeDocuments(of: path)
            if let layer = try layerID(path) {
                try removeAnnotations("layer = ?", [layer])
                try execute("DELETE FROM layer WHERE id = ?", [layer])
            }
            try execute("DELETE FROM file WHERE path = ?", [path])
        }
    }

    /// Forgets what is known of a file, which will then be read again.
    package func forget(_ path: String) throws {
        try transaction { try execute("DELETE FROM file WHERE path = ?", [path]) }
    }

    // MARK: Statements

    /// Puts several changes into one transaction: all of them are made, or none.
    package func inTransaction(_ body: () throws -> Void) throws {
        try transaction(body)
    }

    private func transaction(bytes: Int = 0, _ body: () throws -> Void) throws {
        let isOutermost = depth == 0
        if !database.isInsideTransaction { try database.beginTransaction(.immediate) }
        depth += 1
        defer { depth -= 1 }
        do {
            try body()
            if isOutermost { try postings.write(to: database) }
        } catch {
            postings = PostingChanges()
            if database.isInsideTransaction { try? database.rollback() }
            throw error
        }
        pending += bytes
        if isOutermost, !isFromNothing || pending >= Self.transactionSize {
            pending = 0
            try database.commit()
        }
    }

    private func execute(_ sql: String, _ arguments: StatementArguments) throws {
        try database.cachedStatement(sql: sql).execute(arguments: arguments)
    }

    private func documentID(_ name: String) throws -> Int64? {
        try Int64.fetchOne(
            database.cachedStatement(sql: "SELECT id FROM document WHERE name = ?"), arguments: [name])
    }

    private func layerID(_ path: String) throws -> Int64? {
        try Int64.fetchOne(database.cachedStatement(sql: "SELECT id FROM layer WHERE path = ?"), arguments: [path])
    }

    private func store(_ fingerprint: Fingerprint, of path: String) throws {
        try execute(
            "INSERT OR REPLACE INTO file(path, size, modified, inode, sha256) VALUES (?, ?, ?, ?, ?)",
            [path, fingerprint.size, fingerprint.modified, fingerprint.inode, fingerprint.sha256])
    }
}

// MARK: Documents

extension IndexUpdate {
    private func insert(_ indexed: IndexedDocument) throws {
        let document = indexed.document
        let encoded = encoder.encode(document, passageIDs: givenNames(of: document))
        try execute(
            """
            INSERT INTO document(name, path, title, authors, date, passages, words, spine, outline)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                document.name, document.path, document.work.title, document.work.authors.joined(separator: "\n"),
                document.work.date, document.passages.count, encoded.spine.wordCount,
                Data(encoded.spine.encoded()), Data(encoded.outline.encoded()),
            ])
        let id = database.lastInsertedRowID
        try store(document.raw, as: .raw, of: id)
        try store(document.reading, as: .reading, of: id)
        try store(encoded.words, as: .words, of: id)
        try store(encoded.runs, as: .runs, of: id)
        try execute("INSERT INTO word(rowid, stems) VALUES (?, ?)", [id, encoded.joined])
        if !encoded.divided.isEmpty {
            try execute("INSERT INTO divided_word(rowid, stems) VALUES (?, ?)", [id, encoded.divided])
        }
        try storeNewForms()
        for person in document.work.persons {
            try execute(
                "INSERT OR IGNORE INTO person(document, id, names, role) VALUES (?, ?, ?, ?)",
                [id, person.id, person.names.joined(separator: "\n"), person.role])
        }
        for relation in document.work.relations {
            guard let name = relation.id else { continue }
            try execute(
                "INSERT OR IGNORE INTO person(document, id, names, role) VALUES (?, ?, '', NULL)", [id, name])
        }
        for annotation in indexed.annotations { try insert(AnnotationRow(annotation), into: id) }
        for decision in indexed.decisions { try insert(AnnotationRow(decision), into: id) }
        for suggestion in indexed.suggestions {
            let isDecided = indexed.decided.contains(suggestion.id)
            try insert(AnnotationRow(suggestion, isDecided: isDecided), into: id)
        }
    }

    /// Names of passages, empty where it is the generated one.
    private func givenNames(of document: Document) -> [String] {
        let names = PassageIdentifiers(document)
        return document.passages.indices.map { names[$0] == "p.\($0 + 1)" ? "" : names[$0] }
    }

    private func store(_ bytes: [UInt8], as stream: TextStream, of document: Int64) throws {
        for (number, start) in stride(from: 0, to: bytes.count, by: TextStream.chunkSize).enumerated() {
            let end = min(start + TextStream.chunkSize, bytes.count)
            try execute(
                "INSERT INTO chunk(document, stream, number, bytes) VALUES (?, ?, ?, ?)",
                [document, stream.rawValue, number, Data(bytes[start..<end])])
        }
    }

    private func storeNewForms() throws {
        for form in encoder.newForms() {
            try execute("INSERT OR IGNORE INTO language(tag) VALUES (?)", [form.language])
            try execute(
                """
                INSERT OR IGNORE INTO form(bare, folded, language, stem)
                VALUES (?, ?, (SELECT id FROM language WHERE tag = ?), ?)
                """, [form.bare, form.folded, form.language, form.stem])
        }
    }

    private func removeDocuments(of path: String) throws {
        let ids = try Int64.fetchAll(
            database.cachedStatement(sql: "SELECT id FROM document WHERE path = ?"), arguments: [path])
        for id in ids {
            try forgetWords(of: id)
            try removeAnnotations("document = ?", [id])
            for table in ["chunk", "person"] { try execute("DELETE FROM \(table) WHERE document = ?", [id]) }
            try execute("DELETE FROM document WHERE id = ?", [id])
        }
    }

    /// A contentless FTS5 table forgets a row only by the words it was given.
    private func forgetWords(of id: Int64) throws {
        let store = DocumentStore(database)
        guard var document = try store.document(id)?.outline().document else { return }
        document.reading = try store.wholeStream(.reading, of: id)
        let stems = encoder.stems(of: document)
        try execute("INSERT INTO word(word, rowid, stems) VALUES ('delete', ?, ?)", [id, stems.joined])
        if !stems.divided.isEmpty {
            try execute(
                "INSERT INTO divided_word(divided_word, rowid, stems) VALUES ('delete', ?, ?)", [id, stems.divided])
        }
    }
}

// MARK: Annotations

extension IndexUpdate {
    private func insert(_ row: AnnotationRow, into document: Int64) throws {
        var layer: Int64?
        if !row.layerFile.isEmpty {
            layer = try layerID(row.layerFile)
            if layer == nil {
                try execute("INSERT INTO layer(path, name) VALUES (?, ?)", [row.layerFile, row.layer])
                layer = database.lastInsertedRowID
            }
        }
        try execute(
            """
            INSERT INTO annotation(document, state, layer, name, concepts, about, stance, basis, certainty, comment,
                contents, principal, creator, created, modified, anchor, suggester, score, reason, pieces)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                document, row.state.rawValue, layer, row.name, row.concepts.joined(separator: "\n"),
                row.about.map(\.stored).joined(separator: "\n"), row.stance?.rawValue, row.basis?.rawValue,
                row.certainty, row.comment, row.contents.map(\.rawValue).joined(separator: " "), row.isPrincipal,
                row.creator, row.created, row.modified, row.anchor.rawValue, row.suggester, row.score, row.reason,
                Data(row.encodedPieces),
            ])
        let id = database.lastInsertedRowID
        for concept in row.concepts {
            let concept = try conceptID(concept)
            for (number, piece) in row.pieces.enumerated() {
                postings.add(
                    Posting(
                        document: document, start: piece.raw.start, end: piece.raw.end, annotation: id,
                        passage: piece.passage, concept: concept, piece: Int32(number), stance: row.stance),
                    row.state)
            }
        }
    }

    private func conceptID(_ name: String) throws -> Int64 {
        if let id = try Int64.fetchOne(
            database.cachedStatement(sql: "SELECT id FROM concept WHERE name = ?"), arguments: [name])
        {
            return id
        }
        try execute("INSERT INTO concept(name) VALUES (?)", [name])
        return database.lastInsertedRowID
    }

    /// Removes annotations with their postings.
    private func removeAnnotations(_ condition: String, _ arguments: StatementArguments) throws {
        try postings.write(to: database)
        let rows = try Row.fetchAll(
            database.cachedStatement(
                sql: "SELECT id, document, state, concepts FROM annotation WHERE \(condition)"),
            arguments: arguments)
        for row in rows {
            for concept in splitLines(row[3]) {
                postings.remove(annotation: row[0], concept: try conceptID(concept), state: row[2], document: row[1])
            }
        }
        try execute("DELETE FROM annotation WHERE \(condition)", arguments)
    }
}

// MARK: Schemes

extension IndexUpdate {
    private func insert(_ scheme: ConceptScheme, at position: Int) throws {
        try execute(
            "INSERT INTO scheme(position, id, path, version) VALUES (?, ?, ?, ?)",
            [position, scheme.id, scheme.path, scheme.version])
        for (index, concept) in scheme.concepts.enumerated() {
            try execute(
                "INSERT INTO scheme_concept(scheme, position, id, broader, deprecated) VALUES (?, ?, ?, ?, ?)",
                [position, index, concept.id, concept.broader, concept.deprecated])
            for (number, label) in concept.labels.enumerated() {
                try execute(
                    "INSERT INTO label(scheme, concept, position, kind, text, language) VALUES (?, ?, ?, ?, ?, ?)",
                    [position, index, number, label.kind.rawValue, label.text, label.language])
            }
        }
    }
}
