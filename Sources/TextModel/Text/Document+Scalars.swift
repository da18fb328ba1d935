extension Document {
    /// Scalar offset, in the raw stream of a passage, of a byte offset in ``raw``. Costs the bytes between.
    package func scalarOffset(ofByte byte: Int32, in passage: Passage) -> Int {
        countScalars(raw, from: passage.raw.start, to: byte)
    }

    /// Byte offset in ``raw`` of a scalar offset in the raw stream of a passage; `nil` past the passage's end.
    package func byteOffset(ofScalar scalar: Int, in passage: Passage) -> Int32? {
        guard scalar >= 0 else { return nil }
        var left = scalar
        var byte = passage.raw.start
        while byte < passage.raw.end {
            if raw[Int(byte)] & 0xC0 != 0x80 {
                if left == 0 { return byte }
                left -= 1
            }
            byte += 1
        }
        return left == 0 ? passage.raw.end : nil
    }

    /// Text of a range of ``raw``.
    package func rawText(_ range: ByteRange) -> String {
        String(decoding: raw[range.indices], as: UTF8.self)
    }

    /// Reading text of a passage.
    package func readingText(_ passage: Passage) -> String {
        String(decoding: reading[passage.reading.indices], as: UTF8.self)
    }

    /// Byte offset in ``raw`` of a byte offset in ``reading``. Something put in stands at its place in the raw text.
    ///
    /// `isEnd` asks for the end of a range: the raw offset just after the byte before.
    package func rawOffset(ofReading offset: Int32, in passage: Passage, isEnd: Bool = false) -> Int32 {
        runs.rawOffset(ofReading: offset, in: passage, isEnd: isEnd)
    }

    /// Byte offset in ``reading`` of the first shown byte at or after a byte offset in ``raw``.
    package func readingOffset(ofRaw offset: Int32, in passage: Passage) -> Int32 {
        runs.readingOffset(ofRaw: offset, in: passage)
    }
}

/// The map between the two texts, without the rest of a document: who has read the runs of one passage alone asks
/// them.
extension [ReadingRun] {
    /// See ``Document/rawOffset(ofReading:in:isEnd:)``.
    package func rawOffset(ofReading offset: Int32, in passage: Passage, isEnd: Bool = false) -> Int32 {
        if isEnd, offset > passage.reading.start {
            let before = run(at: offset - 1, in: passage)
            return before.isCopied ? before.raw + (offset - before.reading) : before.raw
        }
        let run = run(at: offset, in: passage)
        return run.isCopied ? run.raw + (offset - run.reading) : run.raw
    }

    /// The last run of a passage that starts at or before an offset of the reading text.
    private func run(at offset: Int32, in passage: Passage) -> ReadingRun {
        var low = Int(passage.runs.lowerBound)
        var high = Int(passage.runs.upperBound)
        while high - low > 1 {
            let middle = (low + high) / 2
            if self[middle].reading <= offset { low = middle } else { high = middle }
        }
        return self[low]
    }

    /// See ``Document/readingOffset(ofRaw:in:)``.
    package func readingOffset(ofRaw offset: Int32, in passage: Passage) -> Int32 {
        // Runs of one passage rise in both texts, but for `app`, `choice` and `subst`, whose shown branch may come
        // last: it still lies inside its element, so the order holds.
        var low = Int(passage.runs.lowerBound)
        var high = Int(passage.runs.upperBound)
        while low < high {
            let middle = (low + high) / 2
            if self[middle].raw <= offset { low = middle + 1 } else { high = middle }
        }
        guard low > Int(passage.runs.lowerBound) else { return passage.reading.start }
        let run = self[low - 1]
        let next = low < Int(passage.runs.upperBound) ? self[low].reading : passage.reading.end
        guard run.isCopied else { return run.raw == offset ? run.reading : next }
        return Swift.min(run.reading + (offset - run.raw), next)
    }
}

/// Number of Unicode scalars that start between two byte offsets of UTF-8.
package func countScalars(_ bytes: [UInt8], from start: Int32, to end: Int32) -> Int {
    var count = 0
    for index in Int(start)..<max(Int(start), Int(end)) where bytes[index] & 0xC0 != 0x80 { count += 1 }
    return count
}
