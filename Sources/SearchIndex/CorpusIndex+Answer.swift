import GRDB
package import QueryLanguage

extension CorpusIndex {
    /// Answers a query, hit by hit in the order of the text.
    ///
    /// - Parameters:
    ///   - query: its names are looked up.
    ///   - options: what counts as a hit, in which order, how many.
    ///   - body: called with each hit up to the limit; returning false ends the answer. The database is read in one
    ///     transaction meanwhile.
    /// - Returns: the count of all hits, also where `body` ended the answer.
    /// - Throws: ``QueryError``, ``IndexError``, and what `body` throws.
    package func answer(
        _ query: ResolvedQuery, _ options: QueryOptions = QueryOptions(), _ body: (Hit) throws -> Bool
    ) throws -> QueryAnswer {
        try translatingErrors {
            try queue.read { database in
                let answer = try Answering(Evaluator(database, query, options), options)
                return try answer.run(body)
            }
        }
    }

    /// All hits, in the order of the text.
    ///
    /// - Throws: ``QueryError``, ``IndexError``.
    package func hits(of query: ResolvedQuery, _ options: QueryOptions = QueryOptions()) throws -> [Hit] {
        var hits: [Hit] = []
        _ = try answer(query, options) { hit in
            hits.append(hit)
            return true
        }
        return hits
    }

    /// Number of hits.
    ///
    /// - Throws: ``QueryError``, ``IndexError``.
    package func count(_ query: ResolvedQuery, _ options: QueryOptions = QueryOptions()) throws -> Int {
        try translatingErrors {
            try queue.read { database in
                try Answering(Evaluator(database, query, options), options).count()
            }
        }
    }
}
