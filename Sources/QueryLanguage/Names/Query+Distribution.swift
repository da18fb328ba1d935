extension Query {
    /// The same query without fields beside groups: `(a | b) layer:key` as `a layer:key | b layer:key`.
    ///
    /// A field of an annotation restricts each concept and word inside. A field of a document or a passage restricts
    /// the passages found, also those of a negation: `(!a) in:x` is `!a & in:x`.
    package var distributed: Query { distributing([]) }

    private func distributing(_ fields: [Field]) -> Query {
        switch self {
        case .pattern(var pattern):
            guard case .group(let query) = pattern.core else {
                pattern.fields += fields
                return .pattern(pattern)
            }
            let inner = query.distributing(pattern.fields + fields)
            // A count or a name belongs to the group as a whole.
            if pattern.counts.isEmpty, pattern.capture == nil { return inner }
            return .pattern(
                Pattern(.group(inner), counts: pattern.counts, capture: pattern.capture, place: pattern.place))
        case .relation(let left, let relation, let isNegated, let right):
            return .relation(
                left.distributing(fields), relation, isNegated: isNegated, right.distributing(fields))
        case .near(let left, let right, let distance):
            return .near(left.distributing(fields), right.distributing(fields), distance)
        case .chain(let first, let steps):
            return .chain(
                first.distributing(fields), steps.map { Step($0.query.distributing(fields), $0.distance) })
        case .not(let query):
            let ofPassages = fields.filter { !$0.name.isOfAnnotation && $0.name != .word }
            let negated = Query.not(query.distributing(fields.filter { $0.name.isOfAnnotation || $0.name == .word }))
            guard let first = ofPassages.first else { return negated }
            // A pattern of fields alone begins with one that is not negated.
            let positive = ofPassages.filter { !$0.isNegated }
            if positive.isEmpty {
                return .and(
                    [negated] + ofPassages.map { .not(.pattern(Pattern(nil, fields: [Field($0.name, $0.values)]))) })
            }
            return .and([
                negated,
                .pattern(Pattern(nil, fields: positive + ofPassages.filter(\.isNegated), place: first.place)),
            ])
        case .and(let queries): return .and(queries.map { $0.distributing(fields) })
        case .or(let queries): return .or(queries.map { $0.distributing(fields) })
        }
    }
}
