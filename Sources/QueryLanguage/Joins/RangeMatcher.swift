/// The right side of a relation of ranges, made ready to be asked for the partners of any range.
///
/// Ranges of one piece cost a logarithm and their answers; only where both sides have several pieces are candidates
/// looked at that may turn out to be none.
struct RangeMatcher {
    private let relation: RangeRelation
    private let right: RangeList
    private let blankEnd: (Int32, Int32) -> Int32
    /// overlaps, touches, within: all pieces. contains: whole items, ends negated.
    private let spans: SpanIndex
    /// within: the pieces of items with several. contains: their first pieces, ends negated.
    private let severals: SpanIndex

    init(_ relation: RangeRelation, _ right: RangeList, blankEnd: @escaping (Int32, Int32) -> Int32) {
        self.relation = relation
        self.right = right
        self.blankEnd = blankEnd
        var spans: [(low: Int64, high: Int64, item: Int32)] = []
        var severals: [(low: Int64, high: Int64, item: Int32)] = []
        for (index, item) in right.items.enumerated() {
            let pieces = right.pieces(of: index)
            let isSeveral = pieces.count > 1
            switch relation {
            case .overlaps:
                for piece in pieces { spans.append((JoinKey.low(piece), JoinKey.high(piece), Int32(index))) }
            case .touches:
                for piece in pieces {
                    let (low, high) = Self.touching(piece, blankEnd)
                    spans.append((low, high, Int32(index)))
                }
            case .within:
                for piece in pieces {
                    let span = (Self.start(piece), Self.end(piece), Int32(index))
                    spans.append(span)
                    if isSeveral { severals.append(span) }
                }
            case .contains:
                let hull = Interval(document: item.document, start: item.start, end: item.end, owner: item.owner)
                spans.append((Self.start(hull), -Self.end(hull), Int32(index)))
                if isSeveral, let first = pieces.first {
                    severals.append((Self.start(first), -Self.end(first), Int32(index)))
                }
            case .equals: break
            }
        }
        self.spans = SpanIndex(spans)
        self.severals = SpanIndex(severals)
    }

    private static func start(_ piece: Interval) -> Int64 { JoinKey.at(piece.document, piece.start) }
    private static func end(_ piece: Interval) -> Int64 { JoinKey.at(piece.document, piece.end) }

    /// A piece with the white space behind it: two pieces touch where these share a number.
    private static func touching(_ piece: Interval, _ blankEnd: (Int32, Int32) -> Int32) -> (Int64, Int64) {
        (start(piece), JoinKey.at(piece.document, max(piece.end, blankEnd(piece.document, piece.end))))
    }

    /// Calls with the items on the right that a range on the left has as partners, some of them more than once, until
    /// told to stop by false.
    func forEachPartner(of item: Int, in left: RangeList, _ body: (Int32) -> Bool) {
        let pieces = left.pieces(of: item)
        guard let first = pieces.first else { return }
        let whole = left.items[item]
        let hull = Interval(document: whole.document, start: whole.start, end: whole.end, owner: whole.owner)
        switch relation {
        case .overlaps:
            for piece in pieces {
                guard spans.forEach(meeting: JoinKey.low(piece), JoinKey.high(piece), body) else { return }
            }
        case .touches:
            for piece in pieces {
                let (low, high) = Self.touching(piece, blankEnd)
                guard spans.forEach(meeting: low, high, body) else { return }
            }
        case .within:
            guard spans.forEach(holding: Self.start(hull), Self.end(hull), body), pieces.count > 1 else { return }
            _ = severals.forEach(holding: Self.start(first), Self.end(first)) { candidate in
                !lie(pieces, in: right.pieces(of: Int(candidate))) || body(candidate)
            }
        case .contains:
            for piece in pieces {
                guard spans.forEach(inside: Self.start(piece), Self.end(piece), body) else { return }
                guard pieces.count > 1 else { continue }
                let goesOn = severals.forEach(inside: Self.start(piece), Self.end(piece)) { candidate in
                    !lie(right.pieces(of: Int(candidate)), in: pieces) || body(candidate)
                }
                guard goesOn else { return }
            }
        case .equals: forEachEqual(to: pieces, body)
        }
    }

    private func lie(_ pieces: ArraySlice<Interval>, in others: ArraySlice<Interval>) -> Bool {
        pieces.allSatisfy { piece in others.contains { piece.lies(in: $0) } }
    }

    /// Items are sorted by their pieces: equal ones stand together.
    private func forEachEqual(to pieces: ArraySlice<Interval>, _ body: (Int32) -> Bool) {
        var low = 0
        var high = right.items.count
        while low < high {
            let middle = (low + high) / 2
            if order(right.pieces(of: middle), pieces) < 0 { low = middle + 1 } else { high = middle }
        }
        while low < right.items.count, order(right.pieces(of: low), pieces) == 0 {
            guard body(Int32(low)) else { return }
            low += 1
        }
    }

    /// Negative, zero or positive, as in the order of a list.
    private func order(_ left: ArraySlice<Interval>, _ right: ArraySlice<Interval>) -> Int {
        for (one, other) in zip(left, right) where !one.isSamePlace(as: other) {
            return (one.document, one.start, one.end) < (other.document, other.start, other.end) ? -1 : 1
        }
        return left.count - right.count
    }
}
