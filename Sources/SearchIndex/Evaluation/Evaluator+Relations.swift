import QueryLanguage
import TextModel

/// What a relation found: ranges of its left side, each with a partner.
struct Joined {
    /// Those with a partner, or with none where the relation is negated.
    var ranges: FoundRanges
    /// Of each range the next one of the chain; empty for a negated relation.
    var partners: [Partner]

    /// The nearest range on the other side, or the first that overlaps, and behind it the rest of a chain.
    struct Partner {
        var range: FoundRange
        var pieces: [FoundPiece]
        /// At most one: a structure cannot hold itself.
        var next: [Partner]
    }
}

extension Evaluator {
    /// Joins the two sides of a relation, or the elements of a chain.
    func joined(_ query: Query) throws -> Joined {
        if let known = joins.first(where: { $0.query == query }) { return known.joined }
        let joined = try join(query)
        joins.append((query, joined))
        return joined
    }

    private func join(_ query: Query) throws -> Joined {
        switch query {
        case .pattern(let pattern):
            if case .group(let inner) = pattern.core { return try joined(inner) }
        case .relation(let left, let relation, let isNegated, let right):
            let (left, right) = (try side(left), try side(right, unlike: left))
            return related(left, relation, isNegated, right)
        case .near(let left, let right, let distance):
            let step = Query.Step(right, distance ?? .ofNear)
            return try chained(left, [step], .near)
        case .chain(let first, let steps):
            return try chained(first, steps.map { Query.Step($0.query, $0.distance ?? .ofThen) }, .then)
        case .not, .and, .or: break
        }
        return Joined(ranges: try ranges(query), partners: [])
    }

    /// Number of pairs of a range on the left and one on the right.
    func pairCount(_ query: Query) throws -> Int {
        switch query {
        case .pattern(let pattern):
            if case .group(let inner) = pattern.core { return try pairCount(inner) }
        case .relation(let left, let relation, false, let right):
            let (first, second) = (try side(left), try side(right, unlike: left))
            return join(relation, first, second).pairCount(first.list, second.list)
        case .near(let left, let right, let distance):
            return try pairCount(left, right, .near, distance ?? .ofNear)
        case .chain(let first, let steps) where steps.count == 1:
            return try pairCount(first, steps[0].query, .then, steps[0].distance ?? .ofThen)
        default: break
        }
        throw QueryError(
            .type, at: query.place, in: resolved.text, "only a relation of two sides has pairs",
            advice: ["count matches: --unit match"])
    }

    /// Calls with each pair, in the order of the left.
    func forEachPair(_ query: Query, _ body: (FoundRange, FoundRanges, FoundRange, FoundRanges) -> Void) throws {
        switch query {
        case .pattern(let pattern):
            if case .group(let inner) = pattern.core { return try forEachPair(inner, body) }
        case .relation(let left, let relation, false, let right):
            let (first, second) = (try side(left), try side(right, unlike: left))
            join(relation, first, second).forEachPair(first.list, second.list) { one, other in
                body(first.range(one), first.found, second.range(other), second.found)
            }
        case .near(let left, let right, let distance):
            try forEachPair(left, right, .near, distance ?? .ofNear, body)
        case .chain(let first, let steps) where steps.count == 1:
            try forEachPair(first, steps[0].query, .then, steps[0].distance ?? .ofThen, body)
        default: _ = try pairCount(query)
        }
    }

    /// The ranges on the left of `near` that have something near them, without the offsets of words, which cost more
    /// than all the rest; `nil` for other relations and for sentences, whose borders lie at offsets.
    func rangesNear(_ query: Query) throws -> FoundRanges? {
        guard case .near(let left, let right, let distance) = query else { return nil }
        let measured = distance ?? .ofNear
        guard measured.unit != .sentences else { return nil }
        func side(_ query: Query) throws -> (found: FoundRanges, documents: [Int32], ranks: Ranks) {
            var found: FoundRanges
            if case .pattern(let pattern) = query {
                found = try ranges(pattern)
            } else {
                found = try ranges(query)
            }
            found.ranges.removeAll { $0.pieces.isEmpty }
            let documents = found.ranges.map(\.document)
            if measured.unit == .documents { return (found, documents, .sameDocument(count: documents.count)) }
            var firsts: [Int32] = []
            var lasts: [Int32] = []
            firsts.reserveCapacity(documents.count)
            lasts.reserveCapacity(documents.count)
            for range in found.ranges {
                let ranks = try rangeRanks.ranks(of: range, found.pieces(of: range), in: measured.unit)
                firsts.append(ranks.0)
                lasts.append(ranks.1)
            }
            return (found, documents, Ranks(firsts: firsts, lasts: lasts))
        }
        let (one, other) = (try side(left), try side(right))
        let join = DistanceJoin(.near, measured, pairsItself: left != right)
        let areNear = join.areNear(one.ranks, in: one.documents, other.ranks, in: other.documents)
        var found = one.found
        found.ranges = zip(one.found.ranges, areNear).compactMap { $1 ? $0 : nil }
        return found
    }

    // MARK: Sides

    /// Ranges as the joins want them, with the way back.
    fileprivate struct Side {
        var found: FoundRanges
        var list: RangeList
        /// Index in ``found`` of each item of ``list``.
        var indices: [Int]
        /// False where the other side asks for the very same: then nothing is a pair with itself.
        var pairsItself = true

        func range(_ item: Int) -> FoundRange { found.ranges[indices[item]] }

        func pieces(_ item: Int) -> [FoundPiece] { Array(found.pieces(of: range(item))) }
    }

    private func side(_ query: Query, unlike other: Query? = nil) throws -> Side {
        var found = try ranges(query)
        found.ranges.removeAll { $0.pieces.isEmpty }
        var intervals: [Interval] = []
        intervals.reserveCapacity(found.pieces.count)
        var owners: [Int32] = []
        owners.reserveCapacity(found.ranges.count)
        for range in found.ranges {
            let owner = owner(of: range, found)
            owners.append(owner)
            for piece in found.pieces(of: range) {
                intervals.append(
                    Interval(document: range.document, start: piece.start, end: piece.end, owner: owner))
            }
        }
        let pairsItself = other.map { $0 != query } ?? true
        // Annotations of one piece stand in the order of the list already.
        let isPlain =
            found.ranges.allSatisfy { $0.pieces.count == 1 && $0.annotation != 0 }
            && zip(intervals, intervals.dropFirst()).allSatisfy { $0 < $1 }
        if isPlain {
            return Side(
                found: found, list: RangeList(singles: intervals), indices: Array(intervals.indices),
                pairsItself: pairsItself)
        }
        let list = RangeList(intervals)
        var places: [Int64: Int] = [:]
        places.reserveCapacity(owners.count)
        for (index, owner) in owners.enumerated() {
            places[Self.key(found.ranges[index].document, owner)] = index
        }
        let indices = list.items.map { places[Self.key($0.document, $0.owner)] ?? 0 }
        return Side(found: found, list: list, indices: indices, pairsItself: pairsItself)
    }

    private static func key(_ document: Int32, _ owner: Int32) -> Int64 {
        Int64(document) << 32 | Int64(UInt32(bitPattern: owner))
    }

    /// Annotations own their ranges by their number, words by where they stand.
    private func owner(of range: FoundRange, _ ranges: FoundRanges) -> Int32 {
        if range.annotation != 0 { return Int32(truncatingIfNeeded: range.annotation) }
        return ownerOfWords(at: ranges.hull(of: range), in: range.document)
    }

    // MARK: Relations

    private func join(_ relation: RangeRelation, _ left: Side, _ right: Side) -> RangeJoin {
        RangeJoin(relation, pairsItself: right.pairsItself) { [self] document, offset in
            guard let document = try? store.document(corpus.entries[Int(document)].id) else { return offset }
            return document.endOfBlanks(from: offset)
        }
    }

    private func related(_ left: Side, _ relation: RangeRelation, _ isNegated: Bool, _ right: Side) -> Joined {
        let partners = join(relation, left, right).partners(of: left.list, in: right.list)
        return kept(left, partners, isNegated: isNegated) { partner in
            Joined.Partner(range: right.range(partner), pieces: right.pieces(partner), next: [])
        }
    }

    /// Ranges with a partner, or without, back in the order of the text.
    private func kept(
        _ left: Side, _ partners: [Int32], isNegated: Bool, _ partner: (Int) -> Joined.Partner
    ) -> Joined {
        var partnerOf = [Int32](repeating: -1, count: left.found.ranges.count)
        for (item, found) in partners.enumerated() { partnerOf[left.indices[item]] = found }
        let indices = left.found.ranges.indices.filter { (partnerOf[$0] >= 0) != isNegated }
        var ranges = left.found
        ranges.ranges = indices.map { left.found.ranges[$0] }
        return Joined(ranges: ranges, partners: isNegated ? [] : indices.map { partner(Int(partnerOf[$0])) })
    }

    // MARK: Order and distance

    private func chained(_ first: Query, _ steps: [Query.Step], _ order: DistanceJoin.Order) throws -> Joined {
        var sides = [try side(first)]
        var before = first
        for step in steps {
            sides.append(try side(step.query, unlike: before))
            before = step.query
        }
        var joins: [DistanceJoin.Step] = []
        for (number, step) in steps.enumerated() {
            guard let distance = step.distance else { continue }
            let (left, right) = (sides[number], sides[number + 1])
            joins.append(
                DistanceJoin.Step(
                    DistanceJoin(order, distance, pairsItself: right.pairsItself),
                    ranksBefore: try ranks(of: left, with: right, distance.unit), right.list,
                    try ranks(of: right, with: left, distance.unit)))
        }
        let partners = DistanceJoin.chain(first: sides[0].list, joins)
        func chain(_ step: Int, _ item: Int) -> Joined.Partner {
            let side = sides[step + 1]
            let next = step + 1 < partners.count ? partners[step + 1][item] : -1
            return Joined.Partner(
                range: side.range(item), pieces: side.pieces(item), next: next >= 0 ? [chain(step + 1, Int(next))] : [])
        }
        return kept(sides[0], partners[0], isNegated: false) { chain(0, $0) }
    }

    /// Ranks of one side; documents that the other side has not are left at 0, as nothing there can be a partner.
    private func ranks(of side: Side, with other: Side, _ unit: Distance.Unit) throws -> Ranks {
        if unit == .documents { return .sameDocument(count: side.list.items.count) }
        let documents = Set(other.list.items.map(\.document))
        var firsts: [Int32] = []
        var lasts: [Int32] = []
        for item in side.list.items.indices {
            let range = side.range(item)
            let ranks =
                documents.contains(range.document)
                ? try rangeRanks.ranks(of: range, side.found.pieces(of: range), in: unit) : (0, 0)
            firsts.append(ranks.0)
            lasts.append(ranks.1)
        }
        return Ranks(firsts: firsts, lasts: lasts)
    }

    private func pairCount(
        _ left: Query, _ right: Query, _ order: DistanceJoin.Order, _ distance: Distance
    ) throws -> Int {
        let (first, second) = (try side(left), try side(right, unlike: left))
        return DistanceJoin(order, distance, pairsItself: second.pairsItself).pairCount(
            first.list, try ranks(of: first, with: second, distance.unit), second.list,
            try ranks(of: second, with: first, distance.unit))
    }

    private func forEachPair(
        _ left: Query, _ right: Query, _ order: DistanceJoin.Order, _ distance: Distance,
        _ body: (FoundRange, FoundRanges, FoundRange, FoundRanges) -> Void
    ) throws {
        let (first, second) = (try side(left), try side(right, unlike: left))
        DistanceJoin(order, distance, pairsItself: second.pairsItself).forEachPair(
            first.list, try ranks(of: first, with: second, distance.unit), second.list,
            try ranks(of: second, with: first, distance.unit)
        ) { one, other in body(first.range(one), first.found, second.range(other), second.found) }
    }
}
