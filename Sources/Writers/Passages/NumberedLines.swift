/// Text in lines of its own, so that a sheet and its key number the same lines on every paper and every screen.
struct NumberedLines {
    /// UTF-8 offsets of each line in the text, without the blank at its end.
    let lines: [Range<Int>]
    private let bytes: [UInt8]

    /// About 60 characters are the line that is read best.
    private static let width = 60

    /// `breaks` are offsets at which a line has to begin: lines of verse.
    init(_ text: String, breaks: Set<Int> = []) {
        let bytes = Array(text.utf8)
        var lines: [Range<Int>] = []
        var start = 0
        var width = 0
        var lastBlank: Int?
        var index = 0
        func isBlank(_ index: Int) -> Bool { bytes[index] == UInt8(ascii: " ") }
        func end(_ index: Int) -> Int { index > start && isBlank(index - 1) ? index - 1 : index }
        while index < bytes.count {
            if breaks.contains(index), index > start {
                lines.append(start..<end(index))
                (start, width, lastBlank) = (index, 0, nil)
            }
            if bytes[index] & 0xC0 != 0x80 { width += 1 }
            if isBlank(index) { lastBlank = index }
            if width > Self.width, let blank = lastBlank, blank > start {
                lines.append(start..<blank)
                start = blank + 1
                width = bytes[start...max(start, index)].count { $0 & 0xC0 != 0x80 }
                lastBlank = nil
            }
            index += 1
        }
        if start < bytes.count { lines.append(start..<bytes.count) }
        self.lines = lines
        self.bytes = bytes
    }

    /// The first and every fifth line carry their number, as in editions.
    static func isNumbered(_ number: Int) -> Bool { number == 1 || number % 5 == 0 }

    func text(_ line: Int) -> String { String(decoding: bytes[lines[line]], as: UTF8.self) }

    /// Numbers of the lines that a range of the text touches, from 1.
    func numbers(of range: Range<Int>) -> ClosedRange<Int>? {
        guard let first = lines.firstIndex(where: { $0.upperBound > range.lowerBound }),
            let last = lines.lastIndex(where: { $0.lowerBound < range.upperBound }), last >= first
        else { return nil }
        return first + 1...last + 1
    }
}
