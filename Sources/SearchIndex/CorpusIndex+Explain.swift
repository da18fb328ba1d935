import GRDB
package import QueryLanguage

extension CorpusIndex {
    /// What is asked of SQLite for a query, statement by statement, each with SQLite's plan: for `--explain` and for
    /// seeing that every statement goes by an index.
    ///
    /// The query is answered meanwhile; `limit` says how many hits are made.
    package func explanation(_ query: ResolvedQuery, _ options: QueryOptions = QueryOptions(limit: 1)) throws -> String
    {
        try translatingErrors {
            try queue.read { database in
                var statements: [String] = []
                database.trace { event in
                    if case .statement(let statement) = event, !statements.contains(statement.sql) {
                        statements.append(statement.sql)
                    }
                }
                defer { database.trace() }
                _ = try Answering(Evaluator(database, query, options), options).run { _ in true }
                database.trace()
                return try statements.filter { $0.hasPrefix("SELECT") }.map { sql in
                    let statement = try database.makeStatement(sql: "EXPLAIN QUERY PLAN " + sql)
                    // The plan does not depend on the values.
                    statement.setUncheckedArguments(
                        StatementArguments(Array(repeating: 0, count: sql.count { $0 == "?" })))
                    let plan = try Row.fetchAll(statement).map { "    " + ($0["detail"] as String) }
                    return ([sql] + plan).joined(separator: "\n")
                }.joined(separator: "\n\n") + "\n"
            }
        }
    }
}
