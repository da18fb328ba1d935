import GRDB
import GRDBSQLite
import TextModel

/// A piece of an annotation that has a concept.
struct Posting {
    /// Number of the document in the index.
    var document: Int64
    /// Raw bytes.
    var start: Int32
    var end: Int32
    var annotation: Int64
    var passage: Int32
    var concept: Int64
    /// Number of the piece in its annotation.
    var piece: Int32
    var stance: Stance?

    /// What ``forEachPosting(_:_:_:)`` reads, in this order.
    static let columns = """
        posting.document, posting.start, posting.end, posting.annotation, posting.passage, posting.concept,
            posting.piece, posting.stance
        """
}

/// Calls with each posting that a statement finds, whose columns are ``Posting/columns``.
///
/// A frequent concept has thousands, and a query does little else than read them: straight from SQLite, without a row
/// of GRDB for each, that takes a third of the time.
func forEachPosting(
    _ statement: Statement, _ arguments: StatementArguments, _ body: (Posting) throws -> Void
) throws {
    try statement.setArguments(arguments)
    let row = unsafe statement.sqliteStatement
    unsafe sqlite3_reset(row)
    defer { unsafe sqlite3_reset(row) }
    while true {
        let code = unsafe sqlite3_step(row)
        guard code == SQLITE_ROW else {
            guard code == SQLITE_DONE else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
            return
        }
        try body(
            Posting(
                document: unsafe sqlite3_column_int64(row, 0), start: unsafe sqlite3_column_int(row, 1),
                end: unsafe sqlite3_column_int(row, 2), annotation: unsafe sqlite3_column_int64(row, 3),
                passage: unsafe sqlite3_column_int(row, 4), concept: unsafe sqlite3_column_int64(row, 5),
                piece: unsafe sqlite3_column_int(row, 6),
                stance: unsafe sqlite3_column_text(row, 7).flatMap { unsafe Stance(rawValue: String(cString: $0)) }))
    }
}
