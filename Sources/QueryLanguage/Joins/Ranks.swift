/// Where the ranges of a list stand in one unit of distance: the numbers, in their document, of the first and the last
/// unit that each reaches, the lower one first.
///
/// For sentences, passages and chapters these are the numbers of the units themselves: two ranges are as many borders
/// apart as the numbers differ, none where they share one. For words ``lasts`` holds the number of the word *after* the
/// range, so that what is left between two ranges is the number of words between. A point has the number of the word
/// behind it twice. For documents use ``sameDocument(count:)``.
///
/// Numbers need not rise with the offsets: a paragraph goes on behind the island in it.
package struct Ranks: Sendable {
    /// Parallel to ``RangeList/items``.
    package let firsts: [Int32]
    package let lasts: [Int32]

    package init(firsts: [Int32], lasts: [Int32]) {
        precondition(firsts.count == lasts.count, "each range has two ranks")
        self.firsts = firsts
        self.lasts = lasts
    }

    /// No border of documents is ever crossed.
    package static func sameDocument(count: Int) -> Ranks {
        let zeros = [Int32](repeating: 0, count: count)
        return Ranks(firsts: zeros, lasts: zeros)
    }

    /// How far apart an item is from one of another list: 0 where they meet.
    package func distance(of item: Int, to other: Int, in ranks: Ranks) -> Int {
        max(0, Int(ranks.firsts[other]) - Int(lasts[item]), Int(firsts[item]) - Int(ranks.lasts[other]))
    }
}
