package import TextModel

/// Measures a work in words of its reading text, from its first word to its last.
///
/// Words are what lies between blanks. Kinds that a query does not search (title pages, speakers' names) have no
/// length. Making one costs a pass over the reading text; a question costs the bytes of one passage.
package struct WordScale: Sendable {
    package let document: Document
    /// Words of the whole work.
    package let total: Int
    /// Words before each passage, and after the last one.
    private let before: [Int]

    package init(_ document: Document) {
        self.document = document
        var before = [0]
        before.reserveCapacity(document.passages.count + 1)
        var count = 0
        for passage in document.passages {
            if passage.kind.isSearched { count += Self.words(in: document.reading, passage.reading.indices) }
            before.append(count)
        }
        self.before = before
        total = count
    }

    /// Words that begin before a byte of ``Document/raw`` that a passage holds, from the start of the work.
    package func position(ofRaw byte: Int32, in passage: Int32) -> Int {
        let index = Int(passage)
        let own = document.passages[index]
        guard own.kind.isSearched else { return before[index] }
        let end = document.readingOffset(ofRaw: byte, in: own)
        return before[index] + Self.words(in: document.reading, Int(own.reading.start)..<Int(end))
    }

    /// The stretch of words that a piece of a target covers; at least a point.
    package func range(of piece: AnchoredPiece) -> Range<Double> {
        let start = position(ofRaw: piece.raw.start, in: piece.passage)
        let end = position(ofRaw: piece.raw.end, in: piece.passage)
        return Double(start)..<Double(max(start, end))
    }

    /// Words that a passage covers.
    package func range(ofPassage index: Int32) -> Range<Int> { before[Int(index)]..<before[Int(index) + 1] }

    /// Number of words that begin in a stretch of bytes.
    private static func words(in text: [UInt8], _ range: Range<Int>) -> Int {
        var count = 0
        var isInside = false
        for byte in text[range] {
            // Reading text has white space collapsed to blanks; line feeds stay in verse.
            let isBlank = byte == 0x20 || byte == 0x0A || byte == 0x09
            if !isBlank, !isInside { count += 1 }
            isInside = !isBlank
        }
        return count
    }
}
