import QueryLanguage
import Testing

@Suite struct `Relations of ranges` {
    @Test(arguments: RangeRelation.allCases, [1, 3])
    func `agree with nested loops`(relation: RangeRelation, pieces: Int) throws {
        for seed in 1...150 as ClosedRange<UInt64> {
            let samples = JoinSamples(seed: seed, annotations: 4 + Int(seed % 30), pieces: pieces)
            for (one, other) in [(0, 1), (1, 0), (0, 0), (2, 1)] {
                let left = samples.list(one)
                let right = samples.list(other)
                let join = RangeJoin(relation, pairsItself: one != other, blankEnd: samples.blankEnd)
                let expected = naivePairs(left, right, pairsItself: one != other) { a, b in
                    a.has(relation, to: b, isBlank: samples.isBlank(a.document))
                }
                var found: Set<[Int]> = []
                join.forEachPair(left, right) { a, b in
                    #expect(found.insert([a, b]).inserted, "twice: \(a) \(b)")
                }
                try #require(found == expected, "seed \(seed), concepts \(one) and \(other)")
                try #require(join.pairCount(left, right) == expected.count, "seed \(seed)")
                let partners = join.partners(of: left, in: right)
                let have = Set(expected.map { $0[0] })
                try #require(partners.indices.allSatisfy { (partners[$0] >= 0) == have.contains($0) }, "seed \(seed)")
                for (item, partner) in partners.enumerated() where partner >= 0 {
                    #expect(expected.contains([item, Int(partner)]))
                }
            }
        }
    }

    /// STAM 0.12 finds 77 % of these: it looks at too little where the reference lies behind the middle of the text.
    @Test func `find in the second half of a text what they find in the first`() {
        let length: Int32 = 2000
        let first = (0..<900 as Range<Int32>).map {
            Interval(document: 0, start: ($0 * 37) % 900, end: ($0 * 37) % 900 + 1 + ($0 * 13) % 90, owner: $0)
        }
        let second = first.map {
            Interval(document: 0, start: length - $0.end, end: length - $0.start, owner: $0.owner)
        }
        func pairs(_ intervals: [Interval]) -> Int {
            RangeJoin(.overlaps, pairsItself: true).pairCount(
                RangeList(intervals.filter { $0.owner % 2 == 0 }), RangeList(intervals.filter { $0.owner % 2 == 1 }))
        }
        let expected = first.filter { $0.owner % 2 == 0 }.reduce(0) { count, one in
            count + first.count { $0.owner % 2 == 1 && one.start < $0.end && $0.start < one.end }
        }
        #expect(pairs(first) == expected)
        #expect(pairs(second) == expected)
        // Those inside the reference are what STAM loses.
        let reference = RangeList([Interval(document: 0, start: 1500, end: 1600, owner: 0)])
        let inside = RangeList([Interval(document: 0, start: 1550, end: 1560, owner: 1)])
        #expect(RangeJoin(.overlaps, pairsItself: true).partners(of: reference, in: inside) == [0])
    }

    /// STAM does not take two annotations on the same words for overlapping.
    @Test(arguments: [RangeRelation.overlaps, .within, .contains, .equals, .touches])
    func `hold between identical spans`(relation: RangeRelation) {
        let left = RangeList([Interval(document: 0, start: 10, end: 20, owner: 0)])
        let right = RangeList([Interval(document: 0, start: 10, end: 20, owner: 1)])
        let join = RangeJoin(relation, pairsItself: false)
        #expect(join.partners(of: left, in: right) == [0])
        #expect(join.pairCount(left, right) == 1)
    }

    @Test func `pair an annotation with itself only across two concepts`() {
        let both = RangeList([Interval(document: 0, start: 3, end: 9, owner: 7)])
        #expect(RangeJoin(.overlaps, pairsItself: true).pairCount(both, both) == 1)
        #expect(RangeJoin(.overlaps, pairsItself: false).pairCount(both, both) == 0)
        #expect(RangeJoin(.overlaps, pairsItself: false).partners(of: both, in: both) == [-1])
    }

    @Test(arguments: [
        // A point strictly inside, at the borders, and on an equal point.
        (5 as Int32, 3 as Int32, 9 as Int32, true), (3, 3, 9, false), (9, 3, 9, false), (5, 5, 5, true),
        (5, 4, 4, false),
    ])
    func `overlap points only inside and on points`(point: Int32, start: Int32, end: Int32, overlaps: Bool) {
        let left = RangeList([Interval(document: 0, start: point, end: point, owner: 0)])
        let right = RangeList([Interval(document: 0, start: start, end: end, owner: 1)])
        let join = RangeJoin(.overlaps, pairsItself: true)
        #expect(join.pairCount(left, right) == (overlaps ? 1 : 0))
        #expect(join.pairCount(right, left) == (overlaps ? 1 : 0))
        #expect(join.partners(of: left, in: right) == [overlaps ? 0 : -1])
    }

    @Test func `never cross documents`() {
        let left = RangeList([Interval(document: 0, start: 0, end: .max, owner: 0)])
        let right = RangeList((1..<4).map { Interval(document: $0, start: 0, end: .max, owner: 1) })
        for relation in RangeRelation.allCases {
            let join = RangeJoin(relation, pairsItself: true)
            #expect(join.pairCount(left, right) == 0)
            #expect(join.partners(of: left, in: right) == [-1])
            #expect(join.partners(of: right, in: left) == [-1, -1, -1])
        }
    }

    /// With nested loops each of these is ten thousand million steps: the run would not come to its end.
    @Test(arguments: RangeRelation.allCases)
    func `are not quadratic where everything overlaps`(relation: RangeRelation) {
        let count: Int32 = 100_000
        let left = RangeList(
            (0..<count).map { Interval(document: 0, start: $0, end: 4 * count - $0, owner: $0) })
        let right = RangeList(
            (0..<count).map { Interval(document: 0, start: $0, end: 4 * count - $0, owner: count + $0) })
        let join = RangeJoin(relation, pairsItself: false)
        let pairs = Int(count) * Int(count)
        let expected =
            switch relation {
            case .overlaps, .touches: pairs
            case .within, .contains: (pairs + Int(count)) / 2
            case .equals: Int(count)
            }
        #expect(join.pairCount(left, right) == expected)
        #expect(join.partners(of: left, in: right).allSatisfy { $0 >= 0 })
    }
}

@Suite struct `Order and distance of ranges` {
    @Test(arguments: [DistanceJoin.Order.then, .near], Distance.Unit.allCases)
    func `agree with nested loops`(order: DistanceJoin.Order, unit: Distance.Unit) throws {
        for seed in 1...60 as ClosedRange<UInt64> {
            let samples = JoinSamples(seed: seed, annotations: 4 + Int(seed % 30), pieces: 1 + Int(seed % 2) * 2)
            let distance = Distance(
                [.less, .lessOrEqual, .greater, .greaterOrEqual][Int(seed % 4)], Int(seed / 4 % 5) + Int(seed % 2), unit
            )
            for (one, other) in [(0, 1), (0, 0), (2, 1)] {
                let left = samples.list(one)
                let right = samples.list(other)
                let leftRanks = samples.ranks(left, unit)
                let rightRanks = samples.ranks(right, unit)
                let join = DistanceJoin(order, distance, pairsItself: one != other)
                let expected = naivePairs(left, right, pairsItself: one != other) { a, b in
                    a.document == b.document && (order == .near || b.start >= a.end)
                }.filter {
                    distance.comparison.holds(leftRanks.distance(of: $0[0], to: $0[1], in: rightRanks), distance.number)
                }
                var found: Set<[Int]> = []
                join.forEachPair(left, leftRanks, right, rightRanks) { a, b in
                    #expect(found.insert([a, b]).inserted, "twice: \(a) \(b)")
                }
                try #require(found == expected, "seed \(seed), \(distance.text), concepts \(one) and \(other)")
                try #require(
                    join.pairCount(left, leftRanks, right, rightRanks) == expected.count,
                    "seed \(seed), \(distance.text)")
                let partners = join.partners(of: left, leftRanks, in: right, rightRanks)
                for (item, partner) in partners.enumerated() {
                    let nearest = expected.filter { $0[0] == item }.map { $0[1] }.min { a, b in
                        let range = NaiveRange(item, of: left)
                        return (range.gap(to: NaiveRange(a, of: right)), a) < (
                            range.gap(to: NaiveRange(b, of: right)), b
                        )
                    }
                    try #require(Int(partner) == nearest ?? -1, "seed \(seed), \(distance.text), item \(item)")
                }
            }
        }
    }

    @Test func `chain from element to element`() throws {
        for seed in 1...60 as ClosedRange<UInt64> {
            let samples = JoinSamples(seed: seed, annotations: 30, pieces: 1)
            let lists = [samples.list(0), samples.list(1), samples.list(2)]
            let steps = [
                (Distance(.less, 2, .passages), Distance.Unit.passages), (Distance(.lessOrEqual, 9, .words), .words),
            ]
            let joins = steps.map { DistanceJoin(.then, $0.0, pairsItself: true) }
            let found = DistanceJoin.chain(
                first: lists[0],
                steps.indices.map { index in
                    DistanceJoin.Step(
                        joins[index], ranksBefore: samples.ranks(lists[index], steps[index].1), lists[index + 1],
                        samples.ranks(lists[index + 1], steps[index].1))
                })
            func follows(_ index: Int, _ a: Int, _ b: Int) -> Bool {
                let one = NaiveRange(a, of: lists[index])
                let two = NaiveRange(b, of: lists[index + 1])
                let ranks = (
                    samples.ranks(lists[index], steps[index].1), samples.ranks(lists[index + 1], steps[index].1)
                )
                return one.document == two.document && two.start >= one.end
                    && steps[index].0.comparison.holds(
                        ranks.0.distance(of: a, to: b, in: ranks.1), steps[index].0.number)
            }
            let ends = lists[1].items.indices.map { b in lists[2].items.indices.contains { follows(1, b, $0) } }
            for item in lists[0].items.indices {
                let hasChain = lists[1].items.indices.contains { ends[$0] && follows(0, item, $0) }
                try #require((found[0][item] >= 0) == hasChain, "seed \(seed), item \(item)")
                if hasChain {
                    let second = Int(found[0][item])
                    #expect(follows(0, item, second) && found[1][second] >= 0)
                    #expect(follows(1, second, Int(found[1][second])))
                }
            }
        }
    }

    @Test(arguments: [
        // Words from 0, the second range, the distance, whether it holds for "1…2 then" and for "near".
        (3, 4, Distance(.less, 1, .words), true, true), (4, 5, Distance(.less, 1, .words), false, false),
        (4, 5, Distance(.lessOrEqual, 1, .words), true, true), (0, 1, Distance(.less, 1, .words), false, true),
        (2, 3, Distance(.less, 1, .words), false, true), (9, 10, Distance(.less, 1, .documents), true, true),
        (9, 10, Distance(.greaterOrEqual, 1, .documents), false, false),
    ])
    func `count the words between`(first: Int, last: Int, distance: Distance, then: Bool, near: Bool) {
        // Words of one byte: 1…2 is [1,3).
        let left = RangeList([Interval(document: 0, start: 1, end: 3, owner: 0)])
        let right = RangeList([Interval(document: 0, start: Int32(first), end: Int32(last), owner: 1)])
        func ranks(_ list: RangeList) -> Ranks {
            distance.unit == .documents
                ? .sameDocument(count: 1) : Ranks(firsts: list.items.map(\.start), lasts: list.items.map(\.end))
        }
        for (order, holds) in [(DistanceJoin.Order.then, then), (.near, near)] {
            let join = DistanceJoin(order, distance, pairsItself: true)
            #expect(join.partners(of: left, ranks(left), in: right, ranks(right)) == [holds ? 0 : -1])
        }
    }

    /// With nested loops the run would not come to its end.
    @Test(arguments: [DistanceJoin.Order.then, .near])
    func `are not quadratic where everything is near`(order: DistanceJoin.Order) {
        let count: Int32 = 100_000
        func list(_ first: Int32) -> RangeList {
            RangeList(
                (0..<count).map {
                    Interval(document: 0, start: 3 * $0 + first, end: 3 * $0 + first + 1, owner: 2 * $0 + first)
                })
        }
        let left = list(0)
        let right = list(1)
        let ranks = Ranks.sameDocument(count: Int(count))
        let join = DistanceJoin(order, Distance(.less, 1, .documents), pairsItself: false)
        let pairs = Int(count) * Int(count)
        #expect(join.pairCount(left, ranks, right, ranks) == (order == .near ? pairs : (pairs + Int(count)) / 2))
        #expect(join.partners(of: left, ranks, in: right, ranks) == (0..<count).map { $0 })
    }
}

/// All pairs for which a test holds.
private func naivePairs(
    _ left: RangeList, _ right: RangeList, pairsItself: Bool, _ holds: (NaiveRange, NaiveRange) -> Bool
) -> Set<[Int]> {
    var pairs: Set<[Int]> = []
    let ones = left.items.indices.map { NaiveRange($0, of: left) }
    let others = right.items.indices.map { NaiveRange($0, of: right) }
    for (a, one) in ones.enumerated() {
        for (b, other) in others.enumerated() where pairsItself || one.owner != other.owner {
            if holds(one, other) { pairs.insert([a, b]) }
        }
    }
    return pairs
}
