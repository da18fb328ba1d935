import Foundation
import GRDB
import TextModel

extension CorpusIndex {
    /// All that the index says, as text, in an order that does not depend on when it was said: two indexes with the
    /// same dump give the same answers. For tests and for looking into one.
    package func dump() throws -> String {
        try translatingErrors {
            try queue.read { database in
                var lines: [String] = []
                let store = DocumentStore(database)
                let documents = try Row.fetchAll(database, sql: "SELECT id, name FROM document ORDER BY name")
                let names = Dictionary(uniqueKeysWithValues: documents.map { ($0[0] as Int64, $0[1] as String) })
                for document in documents { lines += try describe(document[0], store) }
                for table in ["word_place", "divided_word_place"] {
                    let rows = try Row.fetchCursor(
                        database, sql: "SELECT term, doc, offset FROM \(table) ORDER BY term, doc, offset")
                    var words: [String] = []
                    while let row = try rows.next() {
                        let name = names[row[1]] ?? "a document that is gone"
                        words.append("\(table) \(row[0] as String) \(name) \(row[2] as Int)")
                    }
                    lines += words.sorted()
                }
                lines += try annotations(database, names)
                for sql in [
                    "SELECT path || ' ' || size || ' ' || modified || ' ' || inode || ' ' || sha256 FROM file ORDER BY 1",
                    """
                    SELECT document.name || ' ' || person.id || ' ' || names || ' ' || ifnull(role, '-')
                    FROM person JOIN document ON document.id = person.document ORDER BY 1
                    """,
                    "SELECT scheme || ' ' || position || ' ' || id || ' ' || ifnull(broader, '-') FROM scheme_concept",
                    "SELECT scheme || ' ' || concept || ' ' || position || ' ' || kind || ' ' || text FROM label",
                ] { lines += try String.fetchAll(database, sql: sql) }
                return lines.joined(separator: "\n") + "\n"
            }
        }
    }

    private func describe(_ id: Int64, _ store: DocumentStore) throws -> [String] {
        guard let document = try store.document(id) else { return [] }
        var lines = ["document \(document.name) \(try document.outline().document.work.title)"]
        for (index, passage) in try document.outline().document.passages.enumerated() {
            let number = Int32(index)
            let words = try document.words(of: number).map { try document.readingText($0) }
            lines.append(
                "\(try document.passageID(number)) \(passage.kind) \(try document.rawText(passage.raw)) | "
                    + (try document.readingText(passage.reading)) + " | " + words.joined(separator: " "))
        }
        return lines
    }

    private func annotations(_ database: Database, _ names: [Int64: String]) throws -> [String] {
        let rows = try Row.fetchAll(
            database,
            sql: "SELECT \(AnnotationRow.columns) FROM annotation LEFT JOIN layer ON layer.id = annotation.layer")
        var lines: [String] = []
        var postingsOf: [Int64: [String]] = [:]
        let lists = try Row.fetchCursor(
            database,
            sql: """
                SELECT document, concept, postings, concept.name, state, annotations
                FROM posting_list JOIN concept ON concept.id = posting_list.concept
                """)
        while let list = try lists.next() {
            var postings: [Posting] = []
            try PostingList.decode(Array(list[2] as Data), document: list[0], concept: list[1], into: &postings)
            for posting in postings {
                postingsOf[posting.annotation, default: []].append(
                    "\(list[3] as String) \(list[4] as Int) \(posting.start)-\(posting.end) \(posting.passage) "
                        + (posting.stance?.rawValue ?? "-"))
            }
            lines.append("list \(list[3] as String) \(names[list[0]] ?? "-") \(list[4] as Int) \(list[5] as Int)")
        }
        for stored in rows {
            let row = try AnnotationRow(stored)
            let postings = (postingsOf[row.id] ?? []).sorted()
            let pieces = row.pieces.map { "\($0.passage):\($0.raw.start)-\($0.raw.end)" }
            var fields = [names[row.document] ?? "-", "\(row.state)", row.qualifiedID, row.layer]
            fields += [row.concepts.joined(separator: ","), row.about.map(\.stored).joined(separator: ",")]
            fields += [row.stance?.rawValue, row.basis?.rawValue, row.certainty.map { "\($0)" }, row.comment]
                .map { $0 ?? "-" }
            fields += [row.creator, row.created, row.modified, row.suggester, row.reason].map { $0 ?? "-" }
            fields += [row.anchor.rawValue, pieces.joined(separator: ","), postings.joined(separator: "; ")]
            lines.append("annotation " + fields.joined(separator: " | "))
        }
        return lines.sorted()
    }
}
