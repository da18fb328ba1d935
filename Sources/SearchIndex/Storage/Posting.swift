import TextModel

/// A piece of an annotation that has a concept.
struct Posting {
    /// Number of the document in the index.
    var document: Int64
    /// Raw bytes.
    var start: Int32
    var end: Int32
    var annotation: Int64
    var passage: Int32
    var concept: Int64
    /// Number of the piece in its annotation.
    var piece: Int32
    var stance: Stance?
}

/// The postings of a concept in a document as a row of the index holds them: sorted, a column after the other.
///
/// A frequent concept has thousands, and a query does little else than read them: as columns that is five copies,
/// where a row of SQLite for each posting takes ten times as long.
enum PostingList {
    /// Orders as the joins want it.
    static func precedes(_ left: Posting, _ right: Posting) -> Bool {
        (left.start, left.end, left.annotation, left.piece) < (right.start, right.end, right.annotation, right.piece)
    }

    /// A list of postings of one concept and document, sorted, as it is stored.
    static func encoded(_ postings: [Posting]) -> [UInt8] {
        var writer = ByteWriter()
        writer.append(column: postings.map(\.start))
        writer.append(column: postings.map(\.end))
        // SQLite numbers annotations from 1; two thousand million of them would be a file of a terabyte.
        writer.append(column: postings.map { Int32(clamping: $0.annotation) })
        writer.append(column: postings.map(\.passage))
        writer.append(column: postings.map { $0.piece << stanceBits | code(of: $0.stance) })
        return writer.bytes
    }

    /// Appends the postings of a list.
    ///
    /// - Throws: ``IndexError/damaged(_:)``.
    static func decode(_ bytes: [UInt8], document: Int64, concept: Int64, into postings: inout [Posting]) throws {
        var reader = ByteReader(bytes)
        let starts = try reader.column()
        let ends = try reader.column()
        let annotations = try reader.column()
        let passages = try reader.column()
        let marks = try reader.column()
        let count = starts.count
        guard reader.isAtEnd, ends.count == count, annotations.count == count, passages.count == count,
            marks.count == count
        else { throw IndexError.damaged("columns of postings differ in length") }
        postings.reserveCapacity(postings.count + count)
        for index in 0..<count {
            let mark = marks[index]
            postings.append(
                Posting(
                    document: document, start: starts[index], end: ends[index], annotation: Int64(annotations[index]),
                    passage: passages[index], concept: concept, piece: mark >> stanceBits,
                    stance: stances[Int(mark & (1 << stanceBits - 1))]))
        }
    }

    /// Room for no stance and three.
    private static let stanceBits: Int32 = 2
    private static let stances: [Stance?] = [nil, .supports, .contradicts, .ambiguous]

    private static func code(of stance: Stance?) -> Int32 {
        switch stance {
        case nil: 0
        case .supports: 1
        case .contradicts: 2
        case .ambiguous: 3
        }
    }
}
