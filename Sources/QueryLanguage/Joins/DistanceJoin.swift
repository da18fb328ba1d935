/// `then` and `near` between two lists of ranges, with a distance: merge joins over offsets and ranks.
///
/// Both look at whole ranges, from the start of the first piece to the end of the last. Nothing is near or after
/// something in another document.
package struct DistanceJoin {
    package enum Order: Sendable {
        /// The right starts at or after the end of the left.
        case then
        /// In either order or overlapping.
        case near
    }

    package var order: Order
    package var pairsItself: Bool
    let limit: DistanceLimit

    package init(_ order: Order, _ distance: Distance, pairsItself: Bool) {
        self.order = order
        self.pairsItself = pairsItself
        limit = DistanceLimit(distance)
    }

    /// For each item on the left the index of its nearest partner on the right, -1 where it has none.
    ///
    /// Nearest in the text: fewest bytes between; of equally near ones the first in the order of the list. `among`
    /// leaves out items on the right.
    package func partners(
        of left: RangeList, _ leftRanks: Ranks, in right: RangeList, _ rightRanks: Ranks, among: [Bool]? = nil
    ) -> [Int32] {
        let matcher = DistanceMatcher(right, rightRanks, among: among, looksBack: order == .near)
        return left.items.indices.map { item in
            let question = RankTree.Question(
                limit: limit, first: Int(leftRanks.firsts[item]), last: Int(leftRanks.lasts[item]),
                endAtLeast: .min)
            let range = left.items[item]
            let itself = pairsItself ? nil : range.owner
            let partner =
                order == .then
                ? matcher.following(range, question, but: itself) : matcher.nearest(range, question, but: itself)
            return partner ?? -1
        }
    }

    /// Calls with each pair of items once, in the order of the left, partners in the order of the right.
    package func forEachPair(
        _ left: RangeList, _ leftRanks: Ranks, _ right: RangeList, _ rightRanks: Ranks, _ body: (Int, Int) -> Void
    ) {
        let matcher = DistanceMatcher(right, rightRanks, among: nil, looksBack: false)
        for item in left.items.indices {
            let question = RankTree.Question(
                limit: limit, first: Int(leftRanks.firsts[item]), last: Int(leftRanks.lasts[item]), endAtLeast: .min)
            let range = left.items[item]
            matcher.forEach(from: order == .then ? range.end : .min, in: range.document, question) { candidate in
                if pairsItself || right.items[Int(candidate)].owner != range.owner { body(item, Int(candidate)) }
            }
        }
    }

    /// Of a chain `first then … then …` the partner of each item in the next list, such that the chain can be ended from
    /// there; -1 where it cannot. The result has a list for each step; the items of `first` with a partner are the hits.
    package static func chain(first: RangeList, _ steps: [Step]) -> [[Int32]] {
        var partners: [[Int32]] = []
        var alive: [Bool]?
        for index in steps.indices.reversed() {
            let step = steps[index]
            let before = index > 0 ? steps[index - 1].list : first
            let found = step.join.partners(
                of: before, step.ranksBefore, in: step.list, step.ranks, among: alive)
            alive = found.map { $0 >= 0 }
            partners.append(found)
        }
        return partners.reversed()
    }

    /// A step of a chain: how it is joined to the element before, and the ranks of both in the unit of its distance.
    package struct Step {
        package var join: DistanceJoin
        package var ranksBefore: Ranks
        package var list: RangeList
        package var ranks: Ranks

        package init(_ join: DistanceJoin, ranksBefore: Ranks, _ list: RangeList, _ ranks: Ranks) {
            self.join = join
            self.ranksBefore = ranksBefore
            self.list = list
            self.ranks = ranks
        }
    }
}
