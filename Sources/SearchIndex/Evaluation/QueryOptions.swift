/// How a query is answered.
package struct QueryOptions: Sendable {
    /// What counts as one hit.
    package enum Unit: String, Sendable, CaseIterable {
        case passage, match, pair, document, annotation
    }

    /// In which order hits come.
    package enum Sort: String, Sendable, CaseIterable {
        /// Documents by path, hits as they stand in the text.
        case text
        /// Works by their date, undated ones last, then as they stand in the text.
        case year
    }

    /// `nil`: ranges with a partner for relations, else passages.
    package var unit: Unit?
    /// Hits to make at most; the count is of all.
    package var limit: Int?
    package var sort: Sort
    /// Paths of the texts that are looked at, from the casebook: files, or folders with what is in them. Empty: all.
    /// `in:` reaches further.
    package var scope: [String]
    /// Paths that the scope leaves out.
    package var outOfScope: [String]

    package init(
        unit: Unit? = nil, limit: Int? = nil, sort: Sort = .text, scope: [String] = [], outOfScope: [String] = []
    ) {
        self.unit = unit
        self.limit = limit
        self.sort = sort
        self.scope = scope
        self.outOfScope = outOfScope
    }

    /// Is a text looked at unless a query says more.
    func includes(_ path: String) -> Bool {
        (scope.isEmpty || scope.contains { Self.holds($0, path) }) && !outOfScope.contains { Self.holds($0, path) }
    }

    private static func holds(_ folder: String, _ path: String) -> Bool {
        let folder = folder.hasSuffix("/") ? String(folder.dropLast()) : folder
        return path == folder || path.hasPrefix(folder + "/")
    }
}
