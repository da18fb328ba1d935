package import QueryLanguage

/// What came of a query besides its hits.
package struct QueryAnswer: Sendable, Equatable {
    /// All hits, those beyond the limit too, split by stance.
    package var count: HitCount
    /// Distinct documents with a hit.
    package var documents: Int

    package init(count: HitCount, documents: Int) {
        self.count = count
        self.documents = documents
    }
}
