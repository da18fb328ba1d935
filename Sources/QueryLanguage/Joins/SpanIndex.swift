/// Closed spans sorted by their low ends, with a tree of the highest high end of every stretch: finds one span after the
/// other that reaches far enough, in logarithmic time each.
struct SpanIndex {
    let lows: [Int64]
    private let highs: [Int64]
    /// The item that a span belongs to.
    let items: [Int32]
    /// A complete binary tree, root at 1, leaves from `size`.
    private let tree: [Int64]
    private let size: Int

    init(_ unsorted: [(low: Int64, high: Int64, item: Int32)]) {
        let isSorted = zip(unsorted, unsorted.dropFirst()).allSatisfy { $0.low <= $1.low }
        let spans = isSorted ? unsorted : unsorted.sorted { ($0.low, $0.high, $0.item) < ($1.low, $1.high, $1.item) }
        lows = spans.map(\.low)
        highs = spans.map(\.high)
        items = spans.map(\.item)
        var size = 1
        while size < spans.count { size *= 2 }
        var tree = [Int64](repeating: .min, count: 2 * size)
        for (index, span) in spans.enumerated() { tree[size + index] = span.high }
        for node in stride(from: size - 1, to: 0, by: -1) { tree[node] = max(tree[2 * node], tree[2 * node + 1]) }
        self.size = size
        self.tree = tree
    }

    /// The first span at or after an index whose high end is at least a given number.
    func first(from index: Int, highAtLeast high: Int64) -> Int? {
        guard index < lows.count else { return nil }
        var node = size + index
        // Up while nothing in the stretch reaches far enough, then to the next stretch on the right.
        while tree[node] < high {
            while node & 1 == 1 { node >>= 1 }
            guard node > 0 else { return nil }
            node += 1
        }
        while node < size {
            node *= 2
            if tree[node] < high { node += 1 }
        }
        return node - size
    }

    /// Calls for each span that shares a number with the closed span given, in order, until told to stop.
    ///
    /// - Returns: false where the call was told to stop.
    func forEach(meeting low: Int64, _ high: Int64, _ body: (Int32) -> Bool) -> Bool {
        var index = 0
        while let found = first(from: index, highAtLeast: low), lows[found] <= high {
            guard body(items[found]) else { return false }
            index = found + 1
        }
        return true
    }

    /// Calls for each span that holds the closed span given.
    func forEach(holding low: Int64, _ high: Int64, _ body: (Int32) -> Bool) -> Bool {
        var index = 0
        while let found = first(from: index, highAtLeast: high), lows[found] <= low {
            guard body(items[found]) else { return false }
            index = found + 1
        }
        return true
    }

    /// Calls for each span that lies in the closed span given. High ends must have been negated when the index was made.
    func forEach(inside low: Int64, _ high: Int64, _ body: (Int32) -> Bool) -> Bool {
        var index = lows.firstIndex(atLeast: low)
        while let found = first(from: index, highAtLeast: -high) {
            guard body(items[found]) else { return false }
            index = found + 1
        }
        return true
    }
}
