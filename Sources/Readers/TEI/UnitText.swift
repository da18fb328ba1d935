import TextModel

/// The text of one open unit while it is read: its own pieces of the raw text and its reading text.
///
/// Units are kept in a pool, one for each depth of units inside each other, so that their arrays are made once.
struct UnitText {
    // What the unit is.
    var serial: Int32 = -1
    var element: Int32 = -1
    var kind = PassageKind.text
    var language: Int32 = 0
    var part: Int32 = -1
    var rawStart: Int32 = 0

    /// Raw offset of the first own byte that is not white space; -1 before there is one.
    private(set) var firstOwn: Int32 = -1
    private(set) var pieces: [ByteRange] = []
    private(set) var reading: [UInt8] = []
    /// Offsets count in ``reading``.
    private(set) var runs: [ReadingRun] = []
    private(set) var hyphens: [Int32] = []
    private(set) var calls: [Call] = []
    /// True where something of the raw text is shown.
    private(set) var isVisible = false

    struct Call {
        var reading: Int32
        /// Serial number of the note's unit.
        var note: Int32
        var mark: String?
    }

    /// What stands between the last shown byte and the next one.
    private var gap = Gap()
    /// Raw offset just after the last copied byte: a byte that follows goes on with its run.
    private var copiedEnd: Int32 = -1
    /// Nothing before this offset of ``reading`` may be taken back: a branch that is still open starts here.
    private var floor = 0

    /// Bytes that the unit's arrays need, about.
    var memory: Int {
        reading.count + runs.count * MemoryLayout<ReadingRun>.stride + pieces.count * MemoryLayout<ByteRange>.stride
            + hyphens.count * 4 + calls.count * 40
    }

    fileprivate struct Gap {
        /// Raw offset of the first white space, -1 where there is none.
        var space: Int32 = -1
        /// White space by a rule: the border of a line, of an island.
        var isBorder = false
        /// A break inside a word: white space around it is none.
        var joins = false
    }

    init(serial: Int32 = -1) {
        self.serial = serial
    }

    mutating func open(
        serial: Int32, element: Int32, kind: PassageKind, language: Int32, part: Int32, rawStart: Int32
    ) {
        self.serial = serial
        self.element = element
        self.kind = kind
        self.language = language
        self.part = part
        self.rawStart = rawStart
        firstOwn = -1
        pieces.removeAll(keepingCapacity: true)
        reading.removeAll(keepingCapacity: true)
        runs.removeAll(keepingCapacity: true)
        hyphens.removeAll(keepingCapacity: true)
        calls.removeAll(keepingCapacity: true)
        isVisible = false
        gap = Gap()
        copiedEnd = -1
        floor = 0
    }

    // MARK: - Text

    /// Text that belongs to the unit. What is hidden is its own all the same.
    mutating func append(_ bytes: Span<UInt8>, raw: Int32, isHidden: Bool) {
        let end = raw + Int32(bytes.count)
        if let last = pieces.last, last.end == raw {
            pieces[pieces.count - 1].end = end
        } else {
            pieces.append(ByteRange(raw, end))
        }
        if firstOwn < 0 {
            for index in 0..<bytes.count where !isXMLSpace(bytes[index]) {
                firstOwn = raw + Int32(index)
                break
            }
        }
        if !isHidden { show(bytes, raw: raw) }
    }

    private mutating func show(_ bytes: Span<UInt8>, raw: Int32) {
        var index = 0
        let count = bytes.count
        while index < count {
            if isXMLSpace(bytes[index]) {
                if gap.space < 0 { gap.space = raw + Int32(index) }
                repeat { index += 1 } while index < count && isXMLSpace(bytes[index])
                continue
            }
            // Words with single spaces between them are copied at once.
            let start = index
            index = endOfWords(bytes, from: start)
            startRun(raw: raw + Int32(start))
            reading.append(bytes.extracting(start..<index))
            copiedEnd = raw + Int32(index)
            isVisible = true
        }
    }

    /// Where a stretch of words with single spaces between them ends: at a line end, a tab, or white space that
    /// another follows.
    ///
    /// Eight bytes at a time: this looks at every byte of a text.
    @inline(__always)
    private func endOfWords(_ bytes: Span<UInt8>, from start: Int) -> Int {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let tops = ones << 7
        let count = bytes.count
        var index = start
        // True where the byte before is a space.
        var follows: UInt64 = 0
        unsafe bytes.withUnsafeBytes { bytes in
            while index + 8 <= count {
                let word = unsafe UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
                // Bytes over 0x7F have their top bit already; adding cannot carry into the next byte.
                let low = word & ~tops
                let notWhite = (low + ones * (0x80 - 0x21)) | word
                let notControl = (low + ones * (0x80 - 0x20)) | word
                let white = ~notWhite & tops
                let doubled = white & (white << 8 | follows)
                if (~notControl & tops) | doubled != 0 { return }
                follows = white >> 56
                index += 8
            }
        }
        // The last bytes, and the eight in which something was found, one by one.
        while index < count {
            if bytes[index] > 0x20 {
                index += 1
            } else if bytes[index] == 0x20, bytes[index - 1] > 0x20, index + 1 < count, bytes[index + 1] > 0x20 {
                index += 1
            } else {
                break
            }
        }
        // The first of two spaces may be the last byte of the eight before.
        while index > start, bytes[index - 1] == 0x20 { index -= 1 }
        return index
    }

    /// Writes the white space that is due, and makes sure that the next byte is mapped.
    private mutating func startRun(raw: Int32) {
        writeGap(raw: raw)
        if copiedEnd != raw || runs.isEmpty {
            runs.append(ReadingRun(reading: Int32(reading.count), raw: raw, isCopied: true))
        }
    }

    private mutating func writeGap(raw: Int32) {
        defer { gap = Gap() }
        guard !reading.isEmpty, !gap.joins else { return }
        if gap.space >= 0 {
            if copiedEnd != gap.space {
                runs.append(ReadingRun(reading: Int32(reading.count), raw: gap.space, isCopied: true))
            }
            copiedEnd = gap.space + 1
        } else if gap.isBorder {
            runs.append(ReadingRun(reading: Int32(reading.count), raw: raw, isCopied: false))
            copiedEnd = -1
        } else {
            return
        }
        reading.append(UInt8(ascii: " "))
    }

    /// White space by a rule.
    mutating func border() { gap.isBorder = true }

    /// `[…]`: shown, not searched.
    mutating func omission(raw: Int32) {
        writeGap(raw: raw)
        runs.append(ReadingRun(reading: Int32(reading.count), raw: raw, isCopied: false))
        reading += "[…]".utf8
        copiedEnd = -1
    }

    /// The end of a line, page or column of print.
    mutating func printBreak(joins: Bool) {
        let hyphen = trailingHyphen
        let divides = hyphen > 0 && followsLetter(reading.count - hyphen)
        if joins {
            if divides, reading.count - hyphen >= floor { removeLast(hyphen) }
            gap = Gap(joins: true)
        } else {
            if divides, hyphens.last != Int32(reading.count - hyphen) {
                hyphens.append(Int32(reading.count - hyphen))
            }
            gap.isBorder = true
        }
    }

    mutating func call(note: Int32, mark: String?) {
        calls.append(Call(reading: Int32(reading.count), note: note, mark: mark))
    }

    /// Bytes of the hyphen that the reading text ends with, 0 where it ends with something else.
    private var trailingHyphen: Int {
        guard let last = reading.last, runs.last?.isCopied == true else { return 0 }
        let count = reading.count
        if last == UInt8(ascii: "-") { return 1 }
        // Soft hyphen and ¬, then ‐
        if count >= 2, reading[count - 2] == 0xC2, last == 0xAD || last == 0xAC { return 2 }
        if count >= 3, reading[count - 3] == 0xE2, reading[count - 2] == 0x80, last == 0x90 { return 3 }
        return 0
    }

    private func followsLetter(_ end: Int) -> Bool {
        var start = end - 1
        while start > 0, reading[start] & 0xC0 == 0x80 { start -= 1 }
        guard start >= 0 else { return false }
        return String(decoding: reading[start..<end], as: UTF8.self).unicodeScalars.last?.properties.isAlphabetic
            ?? false
    }

    private mutating func removeLast(_ count: Int) {
        reading.removeLast(count)
        if let run = runs.last, Int(run.reading) >= reading.count { runs.removeLast() }
        copiedEnd = -1
    }

    // MARK: - Branches

    /// How far everything had come at one point.
    struct Mark {
        var reading = 0
        var runs = 0
        var hyphens = 0
        var calls = 0
        fileprivate var floor = 0
        fileprivate var gap = Gap()
        fileprivate var isVisible = false
    }

    /// Starts a stretch that may be taken back: runs do not cross its border.
    mutating func mark() -> Mark {
        let mark = Mark(
            reading: reading.count, runs: runs.count, hyphens: hyphens.count, calls: calls.count, floor: floor,
            gap: gap, isVisible: isVisible)
        copiedEnd = -1
        floor = reading.count
        return mark
    }

    /// Goes back to what stood between the words at a mark: each branch starts as if it were the only one.
    mutating func restoreGap(of mark: Mark) {
        gap = mark.gap
        isVisible = mark.isVisible
        copiedEnd = -1
        floor = reading.count
    }

    /// Keeps one stretch of those since a mark, or none.
    mutating func keep(_ kept: (start: Mark, end: Mark)?, since start: Mark) {
        floor = start.floor
        copiedEnd = -1
        guard let kept else {
            truncate(to: start)
            gap = start.gap
            isVisible = start.isVisible
            return
        }
        let end = kept.end
        truncate(to: end)
        gap = end.gap
        isVisible = start.isVisible || end.isVisible
        let shift = Int32(kept.start.reading - start.reading)
        guard shift > 0 || kept.start.runs > start.runs else { return }
        reading.removeSubrange(start.reading..<kept.start.reading)
        runs.removeSubrange(start.runs..<kept.start.runs)
        hyphens.removeSubrange(start.hyphens..<kept.start.hyphens)
        calls.removeSubrange(start.calls..<kept.start.calls)
        for index in start.runs..<runs.count { runs[index].reading -= shift }
        for index in start.hyphens..<hyphens.count { hyphens[index] -= shift }
        for index in start.calls..<calls.count { calls[index].reading -= shift }
    }

    private mutating func truncate(to mark: Mark) {
        reading.removeLast(reading.count - mark.reading)
        runs.removeLast(runs.count - mark.runs)
        hyphens.removeLast(hyphens.count - mark.hyphens)
        calls.removeLast(calls.count - mark.calls)
    }

    /// “ ” ‘ ’ – —: what most texts have of the letters that start with this byte.
    private func isQuote(at index: Int) -> Bool {
        reading[index + 1] == 0x80 && (0x93...0x9F).contains(reading[index + 2])
    }

    /// True where nothing but blanks is shown, those of Unicode included.
    var isBlank: Bool {
        guard isVisible else { return true }
        var index = 0
        while index < reading.count {
            let byte = reading[index]
            let length = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
            // Of the bytes that a blank of Unicode can start with, few start one.
            switch byte {
            case 0x20: break
            case 0xE2 where index + 2 < reading.count && isQuote(at: index): return false
            case 0xC2, 0xE1, 0xE2, 0xE3:
                let end = min(index + length, reading.count)
                let scalar = String(decoding: reading[index..<end], as: UTF8.self).unicodeScalars.first
                if scalar?.properties.isWhitespace != true { return false }
            default: return false
            }
            index += length
        }
        return true
    }
}
