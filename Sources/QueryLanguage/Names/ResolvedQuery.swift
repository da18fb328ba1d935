/// A query whose names were looked up.
package struct ResolvedQuery: Sendable, Equatable {
    package var text: String
    /// Without bare names and saved queries: concepts are ids, persons are ids, dyads are split.
    package var query: Query
    /// To be shown on standard error.
    package var notes: [QueryNote]

    package init(text: String, query: Query, notes: [QueryNote]) {
        self.text = text
        self.query = query
        self.notes = notes
    }

    /// The query as it was understood, with ids and `word:`.
    package var printed: String { QueryPrinter(namesAreResolved: true).text(query) }
}
