/// The pieces of a pattern's ranges by passage, so that a hit finds what matched in it.
struct Occurrences {
    struct Occurrence {
        /// Number of the passage among all passages of the corpus.
        var passage: Int
        /// Index in ``FoundRanges/ranges``.
        var range: Int
        /// Index in ``FoundRanges/pieces``.
        var piece: Int
    }

    let ranges: FoundRanges
    private let list: [Occurrence]

    /// `isCounted` is false for pieces that a field of the pattern excludes.
    init(_ ranges: FoundRanges, in corpus: Corpus, isCounted: (FoundPiece, FoundRange) throws -> Bool) rethrows {
        self.ranges = ranges
        var list: [Occurrence] = []
        list.reserveCapacity(ranges.ranges.count)
        for (index, range) in ranges.ranges.enumerated() {
            for piece in range.pieces where try isCounted(ranges.pieces[Int(piece)], range) {
                let passage = corpus.number(range.document, ranges.pieces[Int(piece)].passage)
                list.append(Occurrence(passage: passage, range: index, piece: Int(piece)))
            }
        }
        // Words come by passage already; annotations may reach over several.
        let isSorted = list.indices.dropFirst().allSatisfy { list[$0 - 1].passage <= list[$0].passage }
        if !isSorted {
            list.sort { ($0.passage, $0.range, $0.piece) < ($1.passage, $1.range, $1.piece) }
        }
        self.list = list
    }

    func inPassage(_ passage: Int) -> ArraySlice<Occurrence> {
        let start = list.partitioningIndex { $0.passage >= passage }
        let end = list.partitioningIndex { $0.passage > passage }
        return list[start..<end]
    }
}
