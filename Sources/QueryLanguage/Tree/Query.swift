/// A query, as a tree. What each case looks like in source form stands beside it.
///
/// Parentheses leave no trace: `(a & b)` is the tree of `a & b`. Only a group with something beside it is kept,
/// as a pattern whose core is a ``Core/group(_:)``: `(a | b) layer:key`.
package indirect enum Query: Sendable, Equatable {
    /// `impaired-bonding stance:contradicts`, `"felt nothing"`, `in:love-story`
    case pattern(Pattern)
    /// `a overlaps b`, `a !within b`
    case relation(Query, RangeRelation, isNegated: Bool, Query)
    /// `a near b`, `a near b <2p`
    case near(Query, Query, Distance?)
    /// `a then b`, `a then b <3p then c <1c`: one step or more, each distance from the element before.
    case chain(Query, [Step])
    /// `!a`
    case not(Query)
    /// `a & b & c`: two or more.
    case and([Query])
    /// `a | b | c`: two or more.
    case or([Query])

    /// An element of a chain after the first, `then b <3p`.
    package struct Step: Sendable, Equatable {
        package var query: Query
        package var distance: Distance?

        package init(_ query: Query, _ distance: Distance? = nil) {
            self.query = query
            self.distance = distance
        }
    }
}

extension Query {
    /// The queries directly under this one, a group's content included, in the order of the text.
    package var children: [Query] {
        switch self {
        case .pattern(let pattern):
            if case .group(let query) = pattern.core { [query] } else { [] }
        case .relation(let left, _, _, let right), .near(let left, let right, _): [left, right]
        case .chain(let first, let steps): [first] + steps.map(\.query)
        case .not(let query): [query]
        case .and(let queries), .or(let queries): queries
        }
    }

    /// All patterns, in the order of the text; a group's own pattern before those in it.
    package var patterns: [Pattern] {
        var found: [Pattern] = []
        collectPatterns(into: &found)
        return found
    }

    private func collectPatterns(into found: inout [Pattern]) {
        if case .pattern(let pattern) = self { found.append(pattern) }
        for child in children { child.collectPatterns(into: &found) }
    }

    /// Where the query stands in its text, from its first pattern to its last.
    package var place: Place {
        if case .pattern(let pattern) = self { return pattern.place }
        return children.map(\.place).reduce(.nowhere) { $0.joined(with: $1) }
    }

    /// Names of the saved queries that this one uses directly, in the order of the text.
    package var savedNames: [String] {
        patterns.compactMap { if case .saved(let name) = $0.core { name } else { nil } }
    }
}
