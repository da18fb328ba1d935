import TextModel

/// A piece of what was found, inside one passage.
struct FoundPiece: Hashable {
    var passage: Int32
    /// In ``Document/raw``; -1 while only the words are known.
    var start: Int32
    var end: Int32
}

/// One range that a query found: an annotation's, or that of some words.
struct FoundRange: Hashable {
    /// Place of the document in ``Corpus/entries``.
    var document: Int32
    /// Slice of ``FoundRanges/pieces``; never empty but for annotations without a place.
    var pieces: Range<Int32>
    /// Number of the annotation in the index; 0 for words.
    var annotation: Int64 = 0
    var stance: Stance?
    /// For the concepts by which an annotation was found: two annotations of the same place and concept are one
    /// match. -1 for words.
    var concepts: Int32 = -1
    /// Numbers of the first and the last word in the document; -1 for annotations.
    var firstWord: Int32 = -1
    var lastWord: Int32 = -1
}

/// Ranges in the order of the text: by document, start, end, annotation.
struct FoundRanges {
    var ranges: [FoundRange] = []
    var pieces: [FoundPiece] = []
    /// False while words have no offsets: counting passages needs none, and looking them up costs more than finding.
    var hasOffsets = true

    func pieces(of range: FoundRange) -> ArraySlice<FoundPiece> {
        pieces[Int(range.pieces.lowerBound)..<Int(range.pieces.upperBound)]
    }

    /// Smallest range of raw bytes around all pieces.
    func hull(of range: FoundRange) -> ByteRange {
        if range.pieces.count == 1 {
            let piece = pieces[Int(range.pieces.lowerBound)]
            return ByteRange(piece.start, piece.end)
        }
        let pieces = pieces(of: range)
        return ByteRange(pieces.first?.start ?? -1, pieces.map(\.end).max() ?? -1)
    }

    mutating func append(_ range: FoundRange, _ pieces: some Collection<FoundPiece>) {
        var range = range
        let start = Int32(self.pieces.count)
        self.pieces += pieces
        range.pieces = start..<Int32(self.pieces.count)
        ranges.append(range)
    }

    /// Those that satisfy a condition.
    func filter(_ isKept: (FoundRange) throws -> Bool) rethrows -> FoundRanges {
        var kept = self
        kept.ranges = try ranges.filter(isKept)
        return kept
    }

    /// Both together, sorted; both must have their offsets.
    mutating func formUnion(_ other: FoundRanges) {
        for range in other.ranges { append(range, other.pieces(of: range)) }
        sort()
        // The same annotation or the same words, found by both, now stand side by side.
        var last: FoundRange?
        ranges = ranges.filter { range in
            defer { last = range }
            guard let last, last.annotation == range.annotation, last.document == range.document else { return true }
            return range.annotation == 0 && hull(of: last) != hull(of: range)
        }
    }

    /// Nothing but a look where they stand in order, as postings of one document do.
    mutating func sort() {
        let hulls = ranges.map(hull)
        func precedes(_ left: Int, _ right: Int) -> Bool {
            (ranges[left].document, hulls[left].start, hulls[left].end, ranges[left].annotation)
                < (ranges[right].document, hulls[right].start, hulls[right].end, ranges[right].annotation)
        }
        guard ranges.indices.dropFirst().contains(where: { precedes($0, $0 - 1) }) else { return }
        let order = ranges.indices.sorted(by: precedes)
        ranges = order.map { ranges[$0] }
    }
}
