import Foundation
import GRDB

/// Which concepts stand on exactly the same range, for `is:alone`.
///
/// Read once a document: whoever asks of one annotation asks of many.
final class EqualRanges {
    private let database: Database
    /// Concepts by document, then by pieces.
    private var concepts: [Int64: [Data: Set<String>]] = [:]

    init(_ database: Database) {
        self.database = database
    }

    /// True where neither the annotation nor another one says a second concept of its range.
    func isAlone(_ row: AnnotationRow) throws -> Bool {
        if row.concepts.count > 1 { return false }
        let onRange = try load(row.document)[Data(row.encodedPieces)] ?? []
        return onRange.subtracting(row.concepts).isEmpty
    }

    private func load(_ document: Int64) throws -> [Data: Set<String>] {
        if let known = concepts[document] { return known }
        let rows = try Row.fetchCursor(
            database.cachedStatement(sql: "SELECT pieces, concepts FROM annotation WHERE document = ? AND state = ?"),
            arguments: [document, AnnotationState.annotation.rawValue])
        var found: [Data: Set<String>] = [:]
        while let row = try rows.next() { found[row[0], default: []].formUnion(splitLines(row[1])) }
        concepts[document] = found
        return found
    }
}
