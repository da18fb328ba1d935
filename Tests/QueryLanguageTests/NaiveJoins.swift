import QueryLanguage

/// Relations by nested loops over plain arrays, straight from the definitions: what the joins are held against.
struct NaiveRange {
    var document: Int32
    var owner: Int32
    var pieces: [(start: Int32, end: Int32)]

    var start: Int32 { pieces.map(\.start).min() ?? 0 }
    var end: Int32 { pieces.map(\.end).max() ?? 0 }

    init(_ item: Int, of list: RangeList) {
        document = list.items[item].document
        owner = list.items[item].owner
        pieces = list.pieces(of: item).map { ($0.start, $0.end) }
    }

    func has(_ relation: RangeRelation, to other: NaiveRange, isBlank: (Int32) -> Bool) -> Bool {
        guard document == other.document else { return false }
        switch relation {
        case .overlaps: return pieces.contains { one in other.pieces.contains { overlap(one, $0) } }
        case .within:
            return pieces.allSatisfy { one in other.pieces.contains { $0.start <= one.start && one.end <= $0.end } }
        case .contains: return other.has(.within, to: self, isBlank: isBlank)
        case .equals:
            return pieces.count == other.pieces.count && zip(pieces, other.pieces).allSatisfy { $0 == $1 }
        case .touches:
            return pieces.contains { one in
                other.pieces.contains { two in
                    overlap(one, two) || onlyBlank(one.end, two.start, isBlank)
                        || onlyBlank(two.end, one.start, isBlank)
                }
            }
        }
    }

    private func overlap(_ one: (start: Int32, end: Int32), _ two: (start: Int32, end: Int32)) -> Bool {
        if one.start == one.end, two.start == two.end { return one.start == two.start }
        return one.start < two.end && two.start < one.end
    }

    private func onlyBlank(_ end: Int32, _ start: Int32, _ isBlank: (Int32) -> Bool) -> Bool {
        end <= start && (end..<start).allSatisfy(isBlank)
    }

    /// Bytes between, 0 where they meet.
    func gap(to other: NaiveRange) -> Int32 { max(0, other.start - end, start - other.end) }
}
