/// Finds the first of many ranges, in a given order, that is near enough in ranks and reaches far enough in the text.
///
/// A complete binary tree over the ranges; each node knows the extremes of its stretch. Where ranks rise with the order,
/// as they do but for islands, a search is logarithmic.
struct RankTree {
    private struct Node {
        var lowestFirst = Int32.max
        var highestFirst = Int32.min
        var lowestLast = Int32.max
        var highestLast = Int32.min
        var highestEnd = Int32.min

        mutating func include(_ other: Node) {
            lowestFirst = min(lowestFirst, other.lowestFirst)
            highestFirst = max(highestFirst, other.highestFirst)
            lowestLast = min(lowestLast, other.lowestLast)
            highestLast = max(highestLast, other.highestLast)
            highestEnd = max(highestEnd, other.highestEnd)
        }
    }

    /// What is asked of a range: its distance from another, and where it ends.
    struct Question {
        var limit: DistanceLimit
        /// Ranks of the other range.
        var first: Int
        var last: Int
        var endAtLeast: Int32
    }

    private var nodes: [Node]
    private let size: Int

    /// `order` holds indices of the list's items.
    init(_ list: RangeList, _ ranks: Ranks, order: [Int32]) {
        var size = 1
        while size < order.count { size *= 2 }
        var nodes = [Node](repeating: Node(), count: 2 * size)
        for (place, item) in order.enumerated() {
            let first = ranks.firsts[Int(item)]
            let last = ranks.lasts[Int(item)]
            nodes[size + place] = Node(
                lowestFirst: first, highestFirst: first, lowestLast: last, highestLast: last,
                highestEnd: list.items[Int(item)].end)
        }
        for node in stride(from: size - 1, to: 0, by: -1) {
            nodes[node] = nodes[2 * node]
            nodes[node].include(nodes[2 * node + 1])
        }
        self.size = size
        self.nodes = nodes
    }

    /// The first place in a stretch of the order that answers the question.
    func first(in places: Range<Int>, _ question: Question) -> Int? {
        places.isEmpty ? nil : first(under: 1, from: 0, size, places, question)
    }

    private func first(
        under node: Int, from start: Int, _ count: Int, _ places: Range<Int>, _ question: Question
    ) -> Int? {
        guard start < places.upperBound, start + count > places.lowerBound, mayHold(nodes[node], question) else {
            return nil
        }
        if count == 1 { return start }
        let half = count / 2
        return first(under: 2 * node, from: start, half, places, question)
            ?? first(under: 2 * node + 1, from: start + half, half, places, question)
    }

    /// False where no range of a stretch answers; on a single range exact.
    private func mayHold(_ node: Node, _ question: Question) -> Bool {
        guard node.highestEnd >= question.endAtLeast, node.lowestFirst <= node.highestFirst else { return false }
        switch question.limit {
        case .atMost(let limit):
            guard limit >= 0 else { return false }
            return Int(node.lowestFirst) <= question.last + limit && Int(node.highestLast) >= question.first - limit
        case .atLeast(let limit):
            guard limit > 0 else { return true }
            return Int(node.highestFirst) >= question.last + limit || Int(node.lowestLast) <= question.first - limit
        }
    }
}
