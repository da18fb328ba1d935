/// Relations between two lists of ranges: which ranges on the left have a partner on the right, and how many pairs there
/// are.
///
/// The cost is that of sorting, and of the answers where pairs are listed; counting pairs of one piece each does not
/// list them. `pairsItself` says whether an annotation on both sides is a pair with itself: it is where the two sides
/// ask for different things (`a overlaps b`), and is not in `a overlaps a`.
package struct RangeJoin {
    package var relation: RangeRelation
    package var pairsItself: Bool
    /// The offset after the white space that begins at an offset of a document: asked for `touches` only.
    private let blankEnd: (Int32, Int32) -> Int32

    package init(
        _ relation: RangeRelation, pairsItself: Bool,
        blankEnd: @escaping (_ document: Int32, _ offset: Int32) -> Int32 = { _, offset in offset }
    ) {
        self.relation = relation
        self.pairsItself = pairsItself
        self.blankEnd = blankEnd
    }

    /// For each item on the left the index of a partner on the right, the first one found from the start of the text;
    /// -1 where it has none.
    package func partners(of left: RangeList, in right: RangeList) -> [Int32] {
        let matcher = RangeMatcher(relation, right, blankEnd: blankEnd)
        return left.items.indices.map { item in
            var partner: Int32 = -1
            matcher.forEachPartner(of: item, in: left) { candidate in
                guard isPair(left.items[item], right.items[Int(candidate)]) else { return true }
                partner = candidate
                return false
            }
            return partner
        }
    }

    /// Calls with each pair of items once, in the order of the left.
    package func forEachPair(_ left: RangeList, _ right: RangeList, _ body: (Int, Int) -> Void) {
        let matcher = RangeMatcher(relation, right, blankEnd: blankEnd)
        // Several pieces may lead to the same partner more than once.
        var seen = [Int32](repeating: -1, count: right.items.count)
        for item in left.items.indices {
            matcher.forEachPartner(of: item, in: left) { candidate in
                let isNew = seen[Int(candidate)] != Int32(item)
                seen[Int(candidate)] = Int32(item)
                if isNew, isPair(left.items[item], right.items[Int(candidate)]) { body(item, Int(candidate)) }
                return true
            }
        }
    }

    /// Number of pairs that ``forEachPair(_:_:_:)`` would call with.
    package func pairCount(_ left: RangeList, _ right: RangeList) -> Int {
        var counting = self
        counting.pairsItself = true
        var count: Int
        if left.isSimple, right.isSimple {
            count = counting.simplePairCount(left, right)
        } else {
            // Only pairs in which somebody has several pieces are listed: those are few.
            let simpleLeft = left.part(isSimple: true)
            count = counting.simplePairCount(simpleLeft, right.part(isSimple: true))
            counting.forEachPair(left.part(isSimple: false), right) { _, _ in count += 1 }
            counting.forEachPair(simpleLeft, right.part(isSimple: false)) { _, _ in count += 1 }
        }
        // A range has each of the five relations to itself.
        if !pairsItself { count -= Self.sharedOwners(left, right) { _ in true } }
        return count
    }

    private func isPair(_ left: RangeList.Item, _ right: RangeList.Item) -> Bool {
        pairsItself || left.owner != right.owner || left.document != right.document
    }

    /// Number of owners on both sides whose range on the left passes a test.
    static func sharedOwners(_ left: RangeList, _ right: RangeList, _ test: (RangeList.Item) -> Bool) -> Int {
        func key(_ item: RangeList.Item) -> Int64 { Int64(item.document) << 32 | Int64(UInt32(bitPattern: item.owner)) }
        let owners = Set(right.items.map(key))
        return left.items.count { owners.contains(key($0)) && test($0) }
    }

    // MARK: Counting without listing

    private func simplePairCount(_ left: RangeList, _ right: RangeList) -> Int {
        switch relation {
        case .overlaps:
            Self.meetingCount(
                left.pieces.map { (JoinKey.low($0), JoinKey.high($0)) },
                right.pieces.map { (JoinKey.low($0), JoinKey.high($0)) })
        case .touches:
            Self.meetingCount(left.pieces.map(touching), right.pieces.map(touching))
        case .within: Self.holdingCount(held: left, by: right)
        case .contains: Self.holdingCount(held: right, by: left)
        case .equals: Self.equalCount(left, right)
        }
    }

    private func touching(_ piece: Interval) -> (Int64, Int64) {
        let end = max(piece.end, blankEnd(piece.document, piece.end))
        return (JoinKey.at(piece.document, piece.start), JoinKey.at(piece.document, end))
    }

    /// Pairs of closed spans that share a number: those on the right that begin in time, less those that end too early.
    static func meetingCount(_ left: [(Int64, Int64)], _ right: [(Int64, Int64)]) -> Int {
        let lows = right.map(\.0).sorted()
        let highs = right.map(\.1).sorted()
        return left.reduce(0) { count, span in
            count + lows.firstIndex(atLeast: span.1 + 1) - highs.firstIndex(atLeast: span.0)
        }
    }

    /// Pairs in which the first lies in the second: by rising start, counting the ends seen so far.
    private static func holdingCount(held: RangeList, by holders: RangeList) -> Int {
        let ends = holders.pieces.map { JoinKey.at($0.document, $0.end) }.sorted()
        var seen = CountingTree(count: ends.count)
        var next = 0
        var count = 0
        for piece in held.pieces {
            let start = JoinKey.at(piece.document, piece.start)
            while next < holders.pieces.count {
                let holder = holders.pieces[next]
                guard JoinKey.at(holder.document, holder.start) <= start else { break }
                seen.add(at: ends.firstIndex(atLeast: JoinKey.at(holder.document, holder.end)))
                next += 1
            }
            // Those of earlier documents end before this one begins.
            count += next - seen.count(before: ends.firstIndex(atLeast: JoinKey.at(piece.document, piece.end)))
        }
        return count
    }

    private static func equalCount(_ left: RangeList, _ right: RangeList) -> Int {
        var count = 0
        var next = 0
        var run = 0
        for (index, piece) in left.pieces.enumerated() {
            if index > 0, piece.isSamePlace(as: left.pieces[index - 1]) {
                count += run
                continue
            }
            run = 0
            while next < right.pieces.count {
                let other = right.pieces[next]
                if other.isSamePlace(as: piece) {
                    run += 1
                } else if (other.document, other.start, other.end) > (piece.document, piece.start, piece.end) {
                    break
                }
                next += 1
            }
            count += run
        }
        return count
    }
}
