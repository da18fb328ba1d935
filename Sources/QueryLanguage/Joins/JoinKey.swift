/// Places of all documents on one line of numbers, so that no join has to look at documents.
///
/// A document has 2^33 numbers, twice as many as an offset can need: offsets are doubled, which leaves room for points
/// between characters. The piece [s,e) covers 2s+1 … 2e-1, a point p only 2p; two pieces overlap where these share a
/// number, and a point overlaps what holds it strictly inside, and an equal point, as `Documentation/query-language.md`
/// says.
enum JoinKey {
    static func first(of document: Int32) -> Int64 { Int64(document) << 33 }

    static func at(_ document: Int32, _ offset: Int32) -> Int64 { first(of: document) + 2 * Int64(offset) }

    static func low(_ piece: Interval) -> Int64 {
        at(piece.document, piece.start) + (piece.start == piece.end ? 0 : 1)
    }

    static func high(_ piece: Interval) -> Int64 {
        at(piece.document, piece.end) - (piece.start == piece.end ? 0 : 1)
    }
}

extension Array where Element == Int64 {
    /// The first index whose number is at least a given one; the array is sorted.
    func firstIndex(atLeast key: Int64) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < key { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
