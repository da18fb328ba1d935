import TextModel

/// A text as it is compared: the scalars that are not white space, folded, each with the bytes it comes from.
///
/// White space is a mark on the scalar after it, not a scalar: re-wrapped, indented and re-formatted texts have
/// the same scalars.
struct FoldedText: Sendable {
    private(set) var codes: [UInt32] = []
    /// Bytes that each code comes from, in the source; of text that was put in, the place.
    private(set) var starts: [Int32] = []
    private(set) var ends: [Int32] = []
    /// True where white space stands before a code.
    private(set) var hasBlank: [Bool] = []
    private var isBlankPending = false

    var count: Int { codes.count }

    init() {}

    /// Folds bytes that are their own source.
    init(_ bytes: [UInt8], _ range: Range<Int>) {
        reserve(range.count)
        append(bytes, range) { Int32($0) }
    }

    init(_ text: String) {
        let bytes = Array(text.utf8)
        self.init(bytes, 0..<bytes.count)
    }

    /// The whole raw text of a document.
    init(rawTextOf document: Document) {
        self.init(document.raw, 0..<document.raw.count)
    }

    /// The reading texts of all passages, one after the other, with their bytes in the raw text. Notes and speakers'
    /// names come last: words run on across them.
    init(readingTextOf document: Document) {
        reserve(document.reading.count)
        func isAside(_ passage: Passage) -> Bool { passage.kind == .note || passage.kind == .speaker }
        for passage in document.passages where !isAside(passage) { append(passage, of: document) }
        for passage in document.passages where isAside(passage) { append(passage, of: document) }
    }

    private mutating func append(_ passage: Passage, of document: Document) {
        isBlankPending = true
        for index in passage.runs {
            let run = document.runs[Int(index)]
            let isLast = index + 1 == passage.runs.upperBound
            let next = isLast ? passage.reading.end : document.runs[Int(index) + 1].reading
            let range = Int(run.reading)..<max(Int(run.reading), Int(next))
            if run.isCopied {
                let shift = run.raw - run.reading
                append(document.reading, range) { Int32($0) + shift }
            } else {
                append(document.reading, range) { _ in run.raw }
            }
        }
    }

    private mutating func reserve(_ count: Int) {
        codes.reserveCapacity(count)
        starts.reserveCapacity(count)
        ends.reserveCapacity(count)
        hasBlank.reserveCapacity(count)
    }

    private mutating func append(_ bytes: [UInt8], _ range: Range<Int>, source: (Int) -> Int32) {
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = bytes[index]
            if byte < 0x80 {
                let start = source(index)
                index += 1
                if byte <= 0x20 {
                    isBlankPending = true
                } else {
                    append(UInt32(byte), start, source(index - 1) + 1)
                }
                continue
            }
            let length = min(byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4, range.upperBound - index)
            var value = UInt32(byte) & (length == 2 ? 0x1F : length == 3 ? 0x0F : 0x07)
            for next in 1..<max(1, length) { value = value << 6 | UInt32(bytes[index + next]) & 0x3F }
            let (start, end) = (source(index), source(index + length - 1) + 1)
            index += length
            if ComparisonForm.isBlank(value) {
                isBlankPending = true
                continue
            }
            for code in ComparisonForm.codes(of: value) { append(code, start, end) }
        }
    }

    private mutating func append(_ code: UInt32, _ start: Int32, _ end: Int32) {
        if code == ComparisonForm.dash, codes.last == code, !isBlankPending {
            // "--" is a dash.
            ends[ends.count - 1] = max(ends[ends.count - 1], end)
            return
        }
        codes.append(code)
        starts.append(start)
        ends.append(end)
        hasBlank.append(isBlankPending)
        isBlankPending = false
        if code >= 0x300 { sortMarks() }
    }

    /// Marks on one letter stand in their canonical order.
    private mutating func sortMarks() {
        var index = codes.count - 1
        while index > 0, let mark = Unicode.Scalar(codes[index]), let before = Unicode.Scalar(codes[index - 1]) {
            let own = mark.properties.canonicalCombiningClass.rawValue
            guard own > 0, before.properties.canonicalCombiningClass.rawValue > own else { return }
            codes.swapAt(index, index - 1)
            index -= 1
        }
    }

    /// The source of some codes.
    func source(_ range: Range<Int>) -> ByteRange {
        guard !range.isEmpty else {
            let place = range.lowerBound < count ? starts[range.lowerBound] : ends.last ?? 0
            return ByteRange(place, place)
        }
        return ByteRange(starts[range.lowerBound], max(starts[range.lowerBound], ends[range.upperBound - 1]))
    }

    /// True where a match may begin and end: not between a letter and its marks, or in the middle of a ligature.
    func isWhole(_ range: Range<Int>) -> Bool {
        let cutsStart =
            range.lowerBound > 0 && range.lowerBound < count && starts[range.lowerBound] == starts[range.lowerBound - 1]
            && ends[range.lowerBound] == ends[range.lowerBound - 1] && ends[range.lowerBound] > starts[range.lowerBound]
        return !cutsStart && !(range.upperBound < count && ComparisonForm.isMark(codes[range.upperBound]))
    }
}
