extension Query {
    /// What a query finds before hits are made of it.
    package enum Result: Sendable {
        /// Places in the text: concepts, words, and what relations leave of them.
        case ranges
        /// Whole passages: `&`, `!`, fields of documents and passages.
        case passages
    }

    /// Saved queries that were not put in count as ranges.
    package var result: Result {
        switch self {
        case .pattern(let pattern):
            switch pattern.core {
            case .group(let query): query.result
            case .some: .ranges
            // Fields of annotations find annotations, which have a place.
            case nil: pattern.fields.contains { $0.name.isOfAnnotation && !$0.isNegated } ? .ranges : .passages
            }
        case .relation, .near, .chain: .ranges
        case .not, .and: .passages
        case .or(let queries): queries.allSatisfy { $0.result == .ranges } ? .ranges : .passages
        }
    }

    /// How a relation with an operand that finds passages may be meant: `(a & b) overlaps c` as
    /// `a overlaps c & b overlaps c`. `nil` where there is no such form.
    func translation(of operand: Query) -> String? {
        let index = children.firstIndex { $0.place.start == operand.place.start && $0.place.end == operand.place.end }
        guard let index else { return nil }
        let meant: Query
        switch operand {
        case .and(let queries):
            guard queries.allSatisfy({ $0.result == .ranges }) else { return nil }
            meant = .and(queries.map { replacing(child: index, by: $0) })
        case .not(let negated):
            guard case .relation(let left, let relation, let isNegated, let right) = self else { return nil }
            // Without any a at the place of b, said of the ranges of b.
            meant =
                index == 1
                ? .relation(left, relation, isNegated: !isNegated, negated)
                : .relation(right, relation.converse, isNegated: !isNegated, negated)
        case .pattern(let pattern) where pattern.core == nil:
            // `in:love-story overlaps a` is a restriction of the other side.
            guard children.count == 2, case .pattern(var other) = children[1 - index] else { return nil }
            other.fields += pattern.fields
            meant = .pattern(other)
        case .pattern(let pattern):
            guard case .group(let query) = pattern.core, case .and(let queries) = query,
                queries.allSatisfy({ $0.result == .ranges })
            else { return nil }
            meant = .and(
                queries.map {
                    replacing(child: index, by: .pattern(Pattern(.group($0), fields: pattern.fields)))
                })
        default: return nil
        }
        return QueryPrinter().text(meant)
    }

    private func replacing(child index: Int, by query: Query) -> Query {
        switch self {
        case .relation(let left, let relation, let isNegated, let right):
            .relation(index == 0 ? query : left, relation, isNegated: isNegated, index == 1 ? query : right)
        case .near(let left, let right, let distance):
            .near(index == 0 ? query : left, index == 1 ? query : right, distance)
        case .chain(let first, let steps):
            index == 0
                ? .chain(query, steps)
                : .chain(
                    first,
                    steps.enumerated().map { $0.offset == index - 1 ? Step(query, $0.element.distance) : $0.element })
        default: self
        }
    }
}

extension RangeRelation {
    /// `b R' a` says the same as `a R b`.
    package var converse: RangeRelation {
        switch self {
        case .within: .contains
        case .contains: .within
        case .overlaps, .equals, .touches: self
        }
    }
}
