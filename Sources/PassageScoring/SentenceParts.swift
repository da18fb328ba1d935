import TextModel
import WordForms

/// Cuts passages into sentences, clauses and windows. One instance belongs to one task.
struct SentenceParts: ~Copyable {
    private var borders: SentenceBorders
    private var starts: [Int32] = []

    /// Passages of more words are scored in windows.
    private static let longPassage = Passage.mostWordsScoredTogether

    init(language: String) { borders = SentenceBorders(language: language) }

    /// The sentences of a stretch of a reading text, each with the blanks behind it.
    mutating func sentences(_ reading: [UInt8], _ range: ByteRange) -> [ByteRange] {
        borders.starts(in: reading, range.indices, into: &starts)
        let bounds = [range.start] + starts + [range.end]
        return zip(bounds, bounds.dropFirst()).map { ByteRange($0, $1) }.filter { !$0.isEmpty }
    }

    /// Windows of whole sentences with at most ``longPassage`` words, about equally long; a longer sentence is cut
    /// between words.
    mutating func windows(_ reading: [UInt8], _ passage: ByteRange) -> [ByteRange] {
        let words = Self.countWords(reading, passage)
        guard words > Self.longPassage else { return [passage] }
        var pieces: [(range: ByteRange, words: Int)] = []
        for sentence in sentences(reading, passage) {
            let count = Self.countWords(reading, sentence)
            if count <= Self.longPassage {
                pieces.append((sentence, count))
            } else {
                pieces += Self.cut(sentence, reading, words: count)
            }
        }
        // As few windows as the limit allows, filled evenly.
        let wanted = (words + Self.longPassage - 1) / Self.longPassage
        let share = (words + wanted - 1) / wanted
        var windows: [(range: ByteRange, words: Int)] = []
        for piece in pieces {
            if let last = windows.last, last.words < share, last.words + piece.words <= Self.longPassage {
                windows[windows.count - 1] = (ByteRange(last.range.start, piece.range.end), last.words + piece.words)
            } else {
                windows.append(piece)
            }
        }
        return windows.map { Self.trimmed($0.range, reading) }
    }

    /// The parts whose absence shows what matters in a window: its sentences, or the clauses of the only one.
    mutating func parts(_ reading: [UInt8], _ window: ByteRange) -> [ByteRange] {
        let sentences = sentences(reading, window)
        return sentences.count > 1 ? sentences : Self.clauses(reading, window)
    }

    /// Cut behind commas, semicolons, colons and dashes; parts of less than four words go with the part before.
    static func clauses(_ reading: [UInt8], _ sentence: ByteRange) -> [ByteRange] {
        var clauses: [ByteRange] = []
        var start = sentence.start
        for index in sentence.indices {
            guard isBorder(reading, index, sentence) else { continue }
            let clause = ByteRange(start, Int32(index) + 1)
            let rest = ByteRange(Int32(index) + 1, sentence.end)
            guard countWords(reading, clause) >= 4, countWords(reading, rest) >= 4 else { continue }
            clauses.append(clause)
            start = rest.start
        }
        return clauses + [ByteRange(start, sentence.end)]
    }

    private static func isBorder(_ reading: [UInt8], _ index: Int, _ range: ByteRange) -> Bool {
        let isBlankNext = index + 1 < Int(range.end) && reading[index + 1] == UInt8(ascii: " ")
        switch reading[index] {
        case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"): return isBlankNext
        // The last byte of – and —: E2 80 93, E2 80 94.
        case 0x93, 0x94:
            return index >= Int(range.start) + 2 && reading[index - 2] == 0xE2 && reading[index - 1] == 0x80
        default: return false
        }
    }

    private static func cut(_ sentence: ByteRange, _ reading: [UInt8], words: Int) -> [(range: ByteRange, words: Int)] {
        let size = (words + longPassage - 1) / longPassage
        let share = (words + size - 1) / size
        var pieces: [(range: ByteRange, words: Int)] = []
        var start = Int(sentence.start)
        var count = 0
        for index in sentence.indices where isWordStart(reading, index, sentence) {
            if count == share {
                pieces.append((ByteRange(start, index), count))
                start = index
                count = 0
            }
            count += 1
        }
        return pieces + [(ByteRange(start, Int(sentence.end)), count)]
    }

    /// Words between blanks.
    static func countWords(_ reading: [UInt8], _ range: ByteRange) -> Int {
        var count = 0
        for index in range.indices where isWordStart(reading, index, range) { count += 1 }
        return count
    }

    /// The words between blanks, without the marks around them.
    static func words(_ reading: [UInt8], _ range: ByteRange) -> [ByteRange] {
        var words: [ByteRange] = []
        var index = Int(range.start)
        while index < Int(range.end) {
            let start = index
            while index < Int(range.end), reading[index] > 0x20 { index += 1 }
            if index > start {
                var (first, last) = (start, index)
                while first < last, isMark(reading[first]) { first += 1 }
                while last > first, isMark(reading[last - 1]) { last -= 1 }
                if first < last { words.append(ByteRange(first, last)) }
            }
            while index < Int(range.end), reading[index] <= 0x20 { index += 1 }
        }
        return words
    }

    /// A mark of ASCII; those beyond stay with their word.
    private static func isMark(_ byte: UInt8) -> Bool {
        byte < 0x80 && ASCIIKind.of[Int(byte)] == .mark
    }

    private static func isWordStart(_ reading: [UInt8], _ index: Int, _ range: ByteRange) -> Bool {
        reading[index] > 0x20 && (index == Int(range.start) || reading[index - 1] <= 0x20)
    }

    /// Without blanks at its ends.
    static func trimmed(_ range: ByteRange, _ reading: [UInt8]) -> ByteRange {
        var (start, end) = (range.start, range.end)
        while end > start, reading[Int(end) - 1] <= 0x20 { end -= 1 }
        while start < end, reading[Int(start)] <= 0x20 { start += 1 }
        return ByteRange(start, end)
    }
}
