import TextModel

/// The pieces of many ranges, for the question whether any of them meets a piece.
struct PieceIndex {
    private struct List {
        var starts: [Int32] = []
        var ends: [Int32] = []
        /// Greatest end up to each piece: where it is not beyond a start, nothing before reaches there.
        var reach: [Int32] = []
    }

    private var lists: [Int32: List] = [:]

    /// - Parameter ranges: with their offsets.
    init(_ ranges: FoundRanges) {
        var pieces: [(document: Int32, range: ByteRange)] = []
        for range in ranges.ranges {
            for piece in ranges.pieces(of: range) {
                pieces.append((range.document, ByteRange(piece.start, piece.end)))
            }
        }
        pieces.sort { ($0.document, $0.range) < ($1.document, $1.range) }
        for piece in pieces {
            lists[piece.document, default: List()].starts.append(piece.range.start)
            lists[piece.document, default: List()].ends.append(piece.range.end)
            let reach = lists[piece.document]?.reach.last ?? -1
            lists[piece.document, default: List()].reach.append(max(reach, piece.range.end))
        }
    }

    /// Does any piece overlap this one.
    func overlaps(_ piece: FoundPiece, of document: Int32) -> Bool {
        let wanted = ByteRange(piece.start, piece.end)
        return contains(document, wanted) { $0.meets(wanted) }
    }

    /// Does any piece lie within this one.
    func holds(within piece: FoundPiece, of document: Int32) -> Bool {
        let wanted = ByteRange(piece.start, piece.end)
        return contains(document, wanted) { wanted.contains($0) }
    }

    /// Looks from the last piece that starts before the end back to where no piece reaches the start.
    private func contains(_ document: Int32, _ wanted: ByteRange, _ test: (ByteRange) -> Bool) -> Bool {
        guard let list = lists[document] else { return false }
        var index = list.starts.partitioningIndex { $0 > wanted.end }
        while index > 0, list.reach[index - 1] >= wanted.start {
            index -= 1
            if test(ByteRange(list.starts[index], list.ends[index])) { return true }
        }
        return false
    }
}
