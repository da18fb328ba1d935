/// The right side of `then` or `near`, made ready to be asked for the nearest partner of any range.
struct DistanceMatcher {
    private let list: RangeList
    /// Items in the order of the list, and their starts.
    private let order: [Int32]
    private let starts: [Int64]
    private let forward: RankTree
    /// Items from the last end of a document to the first, and their ends as rising numbers; empty for `then`.
    private let backOrder: [Int32]
    private let backEnds: [Int64]
    private let backward: RankTree

    init(_ list: RangeList, _ ranks: Ranks, among: [Bool]?, looksBack: Bool) {
        self.list = list
        let order = list.items.indices.filter { among?[$0] ?? true }.map(Int32.init)
        self.order = order
        starts = order.map { JoinKey.at(list.items[Int($0)].document, list.items[Int($0)].start) }
        forward = RankTree(list, ranks, order: order)
        let keyed =
            looksBack
            ? order.map { (key: Self.backKey(list.items[Int($0)].document, list.items[Int($0)].end), item: $0) }
                .sorted { ($0.key, $0.item) < ($1.key, $1.item) } : []
        backOrder = keyed.map(\.item)
        backEnds = keyed.map(\.key)
        backward = RankTree(list, ranks, order: backOrder)
    }

    /// Rises as the end falls, inside a document.
    private static func backKey(_ document: Int32, _ end: Int32) -> Int64 {
        JoinKey.first(of: document + 1) - 1 - Int64(end)
    }

    /// The first item that starts at or after the end of a range.
    func following(_ range: RangeList.Item, _ question: RankTree.Question, but itself: Int32?) -> Int32? {
        let places = placesOf(range.document, from: range.end)
        return first(forward, order, places, question, but: itself)
    }

    /// The item with the fewest bytes between, in either order.
    func nearest(_ range: RangeList.Item, _ question: RankTree.Question, but itself: Int32?) -> Int32? {
        let behind = starts.firstIndex(atLeast: JoinKey.at(range.document, range.end) + 1)
        let document = placesOf(range.document, from: 0)
        // Nothing between: it starts before this one ends, and ends after it starts.
        var meeting = question
        meeting.endAtLeast = range.start
        if let item = first(forward, order, document.lowerBound..<behind, meeting, but: itself) { return item }
        let after = first(forward, order, behind..<document.upperBound, question, but: itself)
        let backStart = backEnds.firstIndex(atLeast: Self.backKey(range.document, range.start) + 1)
        let backEnd = backEnds.firstIndex(atLeast: JoinKey.first(of: range.document + 1))
        let before = first(backward, backOrder, backStart..<max(backStart, backEnd), question, but: itself)
        guard let after, let before else { return after ?? before }
        let gapAfter = list.items[Int(after)].start - range.end
        let gapBefore = range.start - list.items[Int(before)].end
        if gapAfter == gapBefore { return min(after, before) }
        return gapAfter < gapBefore ? after : before
    }

    /// Calls with every item of a document from an offset on that answers.
    func forEach(from offset: Int32, in document: Int32, _ question: RankTree.Question, _ body: (Int32) -> Void) {
        let places = placesOf(document, from: max(0, offset))
        var next = places.lowerBound
        while let place = forward.first(in: next..<places.upperBound, question) {
            body(order[place])
            next = place + 1
        }
    }

    private func placesOf(_ document: Int32, from offset: Int32) -> Range<Int> {
        let start = starts.firstIndex(atLeast: JoinKey.at(document, offset))
        return start..<max(start, starts.firstIndex(atLeast: JoinKey.first(of: document + 1)))
    }

    private func first(
        _ tree: RankTree, _ order: [Int32], _ places: Range<Int>, _ question: RankTree.Question, but itself: Int32?
    ) -> Int32? {
        var next = places.lowerBound
        while next < places.upperBound, let place = tree.first(in: next..<places.upperBound, question) {
            if list.items[Int(order[place])].owner != itself || itself == nil { return order[place] }
            next = place + 1
        }
        return nil
    }
}
