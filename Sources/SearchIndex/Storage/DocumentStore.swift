import Foundation
import GRDB
import TextModel

/// Documents as they stand in the index, each opened once and only when something asks for it.
///
/// Belongs to one access of the database.
final class DocumentStore {
    private let database: Database
    private var opened: [Int64: StoredDocument] = [:]
    private var annotations: [Int64: AnnotationRow] = [:]

    init(_ database: Database) {
        self.database = database
    }

    func document(_ id: Int64) throws -> StoredDocument? {
        if let document = opened[id] { return document }
        let row = try Row.fetchOne(
            database.cachedStatement(sql: "SELECT name, path, spine FROM document WHERE id = ?"), arguments: [id])
        guard let row else { return nil }
        let spine = try Spine(decoding: Array(row[2] as Data))
        let document = StoredDocument(id: id, name: row[0], path: row[1], spine: spine, database: database)
        opened[id] = document
        return document
    }

    /// An annotation by its number.
    func annotation(_ id: Int64) throws -> AnnotationRow? {
        if let row = annotations[id] { return row }
        let row = try Row.fetchOne(
            database.cachedStatement(
                sql: """
                    SELECT \(AnnotationRow.columns)
                    FROM annotation
                    LEFT JOIN layer ON layer.id = annotation.layer
                    WHERE annotation.id = ?
                    """), arguments: [id])
        guard let row = try row.map(AnnotationRow.init) else { return nil }
        annotations[id] = row
        return row
    }

    /// A whole stream of a document, of about so many bytes.
    func wholeStream(_ stream: TextStream, of document: Int64, expecting size: Int = 0) throws -> [UInt8] {
        let rows = try Row.fetchCursor(
            database.cachedStatement(
                sql: "SELECT bytes FROM chunk WHERE document = ? AND stream = ? ORDER BY number"),
            arguments: [document, stream.rawValue])
        var bytes: [UInt8] = []
        bytes.reserveCapacity(size)
        while let row = try rows.next() {
            try row.withUnsafeData(atIndex: 0) { data in bytes.append(contentsOf: data ?? Data()) }
        }
        return bytes
    }
}
