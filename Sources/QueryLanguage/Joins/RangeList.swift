/// Ranges to be joined, in document order; each has one piece or several.
package struct RangeList: Sendable {
    /// A range: from the start of its first piece to the end of its last.
    package struct Item: Sendable, Hashable {
        package var document: Int32
        package var start: Int32
        package var end: Int32
        package var owner: Int32
        /// Slice of ``RangeList/pieces``.
        package var pieces: Range<Int32>
    }

    /// Sorted by document and then by their pieces: start and end of the first, of the second, …
    package let items: [Item]
    /// Grouped by item; inside an item in order.
    package let pieces: [Interval]
    /// True where every range has one piece: item and piece then have the same index.
    package let isSimple: Bool

    /// Groups the pieces by document and owner. Costs a sort; nothing but a look where the intervals come sorted
    /// with rising owners.
    package init(_ intervals: [Interval]) {
        var byOwner = intervals
        let isGrouped = zip(intervals, intervals.dropFirst()).allSatisfy {
            ($0.document, $0.owner, $0.start, $0.end) <= ($1.document, $1.owner, $1.start, $1.end)
        }
        if !isGrouped {
            byOwner.sort {
                ($0.document, $0.owner, $0.start, $0.end) < ($1.document, $1.owner, $1.start, $1.end)
            }
        }
        var groups: [Range<Int>] = []
        groups.reserveCapacity(byOwner.count)
        var start = 0
        for index in byOwner.indices {
            let isLast =
                index + 1 == byOwner.count || byOwner[index + 1].owner != byOwner[index].owner
                || byOwner[index + 1].document != byOwner[index].document
            if isLast {
                groups.append(start..<index + 1)
                start = index + 1
            }
        }
        self = groups.count == byOwner.count ? RangeList(singles: byOwner) : RangeList(groups: groups, of: byOwner)
    }

    /// Ranges of one piece each, none of them twice: what stands in the intervals is trusted.
    package init(singles intervals: [Interval]) {
        let isSorted = zip(intervals, intervals.dropFirst()).allSatisfy { $0 <= $1 }
        let sorted = isSorted ? intervals : intervals.sorted()
        pieces = sorted
        isSimple = true
        items = sorted.indices.map { index in Self.item(of: sorted, index..<index + 1, from: index) }
    }

    private init(groups: [Range<Int>], of grouped: [Interval]) {
        let ordered = groups.sorted { Self.precedes(grouped[$0], grouped[$1]) }
        var pieces: [Interval] = []
        pieces.reserveCapacity(grouped.count)
        var items: [Item] = []
        items.reserveCapacity(ordered.count)
        for group in ordered {
            items.append(Self.item(of: grouped, group, from: pieces.count))
            pieces += grouped[group]
        }
        self.items = items
        self.pieces = pieces
        isSimple = false
    }

    private static func item(of grouped: [Interval], _ group: Range<Int>, from first: Int) -> Item {
        let start = grouped[group.lowerBound]
        var end = start.end
        for piece in grouped[group].dropFirst() { end = max(end, piece.end) }
        return Item(
            document: start.document, start: start.start, end: end, owner: start.owner,
            pieces: Int32(first)..<Int32(first + group.count))
    }

    /// Order by document and pieces, then by owner.
    private static func precedes(_ left: ArraySlice<Interval>, _ right: ArraySlice<Interval>) -> Bool {
        for (one, other) in zip(left, right) where !one.isSamePlace(as: other) {
            return (one.document, one.start, one.end) < (other.document, other.start, other.end)
        }
        if left.count != right.count { return left.count < right.count }
        guard let one = left.first, let other = right.first else { return false }
        return one.owner < other.owner
    }

    /// The pieces of an item.
    package func pieces(of item: Int) -> ArraySlice<Interval> {
        pieces[Int(items[item].pieces.lowerBound)..<Int(items[item].pieces.upperBound)]
    }

    /// The list of the items with one piece, or of those with several.
    func part(isSimple wanted: Bool) -> RangeList {
        if isSimple { return wanted ? self : RangeList(singles: []) }
        return RangeList(
            items.indices.filter { (items[$0].pieces.count == 1) == wanted }.flatMap { pieces(of: $0) })
    }
}
