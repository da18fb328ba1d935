extension DistanceJoin {
    /// Number of pairs that ``forEachPair(_:_:_:_:_:)`` would call with, without listing them.
    package func pairCount(
        _ left: RangeList, _ leftRanks: Ranks, _ right: RangeList, _ rightRanks: Ranks
    ) -> Int {
        let count: Int
        switch (order, limit) {
        case (.near, .atMost(let limit)): count = nearCount(left, leftRanks, right, rightRanks, atMost: limit)
        case (.near, .atLeast(let limit)):
            count =
                sameDocumentCount(left, right) { _ in .min }
                - nearCount(left, leftRanks, right, rightRanks, atMost: limit - 1)
        case (.then, .atMost(let limit)):
            count = thenCount(left, leftRanks, right, rightRanks, atMost: limit)
        case (.then, .atLeast(let limit)):
            count =
                sameDocumentCount(left, right, from: \.end)
                - thenCount(left, leftRanks, right, rightRanks, atMost: limit - 1)
        }
        guard !pairsItself, limit.holds(0) else { return count }
        // A range is no distance from itself; after itself stands only a point.
        return count - RangeJoin.sharedOwners(left, right) { order == .near || $0.start == $0.end }
    }

    /// Of each range on the left whether any on the right is near it. That is a question of ranks alone: nobody need
    /// know where in the text the ranges stand.
    package func areNear(
        _ left: Ranks, in leftDocuments: [Int32], _ right: Ranks, in rightDocuments: [Int32]
    ) -> [Bool] {
        let firsts = rightDocuments.indices.map { RankKey.at(rightDocuments[$0], Int(right.firsts[$0])) }.sorted()
        let lasts = rightDocuments.indices.map { RankKey.at(rightDocuments[$0], Int(right.lasts[$0])) }.sorted()
        func count(_ item: Int, atMost limit: Int) -> Int {
            guard limit >= 0 else { return 0 }
            let document = leftDocuments[item]
            return firsts.firstIndex(atLeast: RankKey.at(document, Int(left.lasts[item]) + limit) + 1)
                - lasts.firstIndex(atLeast: RankKey.at(document, Int(left.firsts[item]) - limit))
        }
        // A range is no distance from itself.
        let itself = !pairsItself && limit.holds(0) ? 1 : 0
        return leftDocuments.indices.map { item in
            switch limit {
            case .atMost(let limit): return count(item, atMost: limit) > itself
            case .atLeast(let limit):
                let document = leftDocuments[item]
                let all =
                    firsts.firstIndex(atLeast: RankKey.at(document + 1, -1))
                    - firsts.firstIndex(atLeast: RankKey.at(document, -1))
                return all - count(item, atMost: limit - 1) > itself
            }
        }
    }

    /// Pairs in one document of which the right starts at or after an offset that depends on the left.
    private func sameDocumentCount(
        _ left: RangeList, _ right: RangeList, from offset: (RangeList.Item) -> Int32
    ) -> Int {
        let starts = right.items.map { JoinKey.at($0.document, $0.start) }
        return left.items.reduce(0) { count, item in
            let first = starts.firstIndex(atLeast: JoinKey.at(item.document, max(0, offset(item))))
            return count + max(0, starts.firstIndex(atLeast: JoinKey.first(of: item.document + 1)) - first)
        }
    }

    /// Near is meeting on the line of ranks: those that begin in time, less those that end too early.
    private func nearCount(
        _ left: RangeList, _ leftRanks: Ranks, _ right: RangeList, _ rightRanks: Ranks, atMost limit: Int
    ) -> Int {
        guard limit >= 0 else { return 0 }
        let firsts = right.items.indices.map { RankKey.at(right.items[$0].document, Int(rightRanks.firsts[$0])) }
            .sorted()
        let lasts = right.items.indices.map { RankKey.at(right.items[$0].document, Int(rightRanks.lasts[$0])) }.sorted()
        return left.items.indices.reduce(0) { count, item in
            let document = left.items[item].document
            let begun = firsts.firstIndex(atLeast: RankKey.at(document, Int(leftRanks.lasts[item]) + limit) + 1)
            let ended = lasts.firstIndex(atLeast: RankKey.at(document, Int(leftRanks.firsts[item]) - limit))
            return count + begun - ended
        }
    }

    /// Of those on the right that start late enough: all, less those too far ahead in ranks, less those too far behind.
    /// Ranges on the left from the last to the first, those on the right added as soon as they start late enough.
    private func thenCount(
        _ left: RangeList, _ leftRanks: Ranks, _ right: RangeList, _ rightRanks: Ranks, atMost limit: Int
    ) -> Int {
        guard limit >= 0 else { return 0 }
        let firsts = right.items.indices.map { RankKey.at(right.items[$0].document, Int(rightRanks.firsts[$0])) }
        let lasts = right.items.indices.map { RankKey.at(right.items[$0].document, Int(rightRanks.lasts[$0])) }
        let sortedFirsts = firsts.sorted()
        let sortedLasts = lasts.sorted()
        var begun = CountingTree(count: firsts.count)
        var ended = CountingTree(count: lasts.count)
        let byEnd = left.items.indices
            .map { (end: JoinKey.at(left.items[$0].document, left.items[$0].end), item: $0) }
            .sorted { ($0.end, $0.item) > ($1.end, $1.item) }
        var next = right.items.count - 1
        var count = 0
        for (end, item) in byEnd {
            while next >= 0, JoinKey.at(right.items[next].document, right.items[next].start) >= end {
                begun.add(at: sortedFirsts.firstIndex(atLeast: firsts[next]))
                ended.add(at: sortedLasts.firstIndex(atLeast: lasts[next]))
                next -= 1
            }
            let document = left.items[item].document
            let near = sortedFirsts.firstIndex(atLeast: RankKey.at(document, Int(leftRanks.lasts[item]) + limit) + 1)
            let behind = sortedLasts.firstIndex(atLeast: RankKey.at(document, Int(leftRanks.firsts[item]) - limit))
            count += begun.count(before: near) - ended.count(before: behind)
        }
        return count
    }
}

/// Ranks of all documents on one line of numbers.
enum RankKey {
    /// Ranks are below 2^31; what lies outside a document's share of 2^32 is moved to its border.
    static func at(_ document: Int32, _ rank: Int) -> Int64 {
        Int64(document) << 32 + Int64(min(max(rank, -1), Int(Int32.max))) + 1
    }
}
