import WordForms

/// Cuts text into word pieces as BERT does: accents and case taken off, marks of punctuation by themselves, each word
/// into the longest pieces of the vocabulary from left to right.
///
/// Remembers the words it has met; one instance belongs to one task.
package struct WordPieceTokenizer {
    /// `[CLS]` and `[SEP]`, put around each text.
    package let start: Int32
    package let end: Int32
    private let unknown: Int32
    private let vocabulary: WordPieceVocabulary
    /// Words met, and their pieces: word n has `pieces[bounds[n]..<bounds[n + 1]]`.
    private var words = ByteStringTable()
    private var pieces: [Int32] = []
    private var bounds: [Int32] = [0]
    private var characters = CharacterTable()
    /// Where the words stand that the pieces of the last text came from, a range a piece; empty for `[CLS]` and
    /// `[SEP]`.
    package private(set) var places: [Range<Int>] = []
    /// `##` and the rest of a word.
    private var continuation: [UInt8] = []

    /// Words of more scalars are unknown as a whole.
    private static let longestWord = 100
    /// Distinct words that are remembered: those of some novels.
    private static let rememberedWords = 100_000

    package init(_ vocabulary: WordPieceVocabulary) {
        self.vocabulary = vocabulary
        start = vocabulary.start
        end = vocabulary.end
        unknown = vocabulary.unknown
    }

    /// The pieces of a stretch of UTF-8, `[CLS]` and `[SEP]` around them, at most `limit` in all, added to `ids`.
    package mutating func append(_ bytes: [UInt8], _ range: Range<Int>, limit: Int, to ids: inout [Int32]) {
        let first = ids.count
        places.removeAll(keepingCapacity: true)
        ids.append(start)
        places.append(range.lowerBound..<range.lowerBound)
        var word: [UInt8] = []
        // Where the word in hand began.
        var begin = range.lowerBound
        var index = range.lowerBound
        while index < range.upperBound, ids.count - first < limit {
            let byte = bytes[index]
            if byte < 0x80 {
                switch ASCIIKind.of[Int(byte)] {
                case .letter:
                    if word.isEmpty { begin = index }
                    word.append(byte &- 0x41 < 26 ? byte | 0x20 : byte)
                case .space: finish(&word, begin..<index, &ids)
                case .mark:
                    finish(&word, begin..<index, &ids)
                    word.append(byte)
                    finish(&word, index..<index + 1, &ids)
                case .dropped: break
                }
                index += 1
                continue
            }
            let (scalar, length) = Self.scalar(bytes, index, range.upperBound)
            index += length
            for part in characters.parts(of: scalar) {
                switch part {
                case .letters(let letters):
                    if word.isEmpty { begin = index - length }
                    word += letters
                case .space: finish(&word, begin..<index - length, &ids)
                case .mark(let mark):
                    finish(&word, begin..<index - length, &ids)
                    word += mark
                    finish(&word, index - length..<index, &ids)
                }
            }
        }
        finish(&word, begin..<index, &ids)
        let extra = ids.count - first - (limit - 1)
        if extra > 0 {
            ids.removeLast(extra)
            places.removeLast(extra)
        }
        ids.append(end)
        places.append(index..<index)
    }

    /// Adds the pieces of a word, which is empty afterwards.
    private mutating func finish(_ word: inout [UInt8], _ place: Range<Int>, _ ids: inout [Int32]) {
        guard !word.isEmpty else { return }
        if words.count >= Self.rememberedWords {
            words = ByteStringTable()
            pieces.removeAll(keepingCapacity: true)
            bounds = [0]
        }
        let (number, isNew) = words.insert(word.span)
        if isNew {
            cut(word)
            bounds.append(Int32(pieces.count))
        }
        let found = pieces[Int(bounds[Int(number)])..<Int(bounds[Int(number) + 1])]
        ids += found
        for _ in found { places.append(place) }
        word.removeAll(keepingCapacity: true)
    }

    /// Adds the pieces of a new word to `pieces`.
    private mutating func cut(_ word: [UInt8]) {
        let scalars = word.reduce(0) { $0 + ($1 & 0xC0 != 0x80 ? 1 : 0) }
        guard scalars <= Self.longestWord else { return pieces.append(unknown) }
        let first = pieces.count
        var place = 0
        while place < word.count {
            var end = word.count
            var found: Int32?
            while end > place {
                found = vocabulary.piece(word, place..<end, &continuation)
                if found != nil { break }
                repeat { end -= 1 } while end > place && word[end] & 0xC0 == 0x80
            }
            guard let found else {
                pieces.removeLast(pieces.count - first)
                return pieces.append(unknown)
            }
            pieces.append(found)
            place = end
        }
    }

    private static func scalar(_ bytes: [UInt8], _ index: Int, _ limit: Int) -> (value: UInt32, length: Int) {
        let byte = bytes[index]
        let length = min(byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4, limit - index)
        var value = UInt32(byte) & (byte < 0xE0 ? 0x1F : byte < 0xF0 ? 0x0F : 0x07)
        for next in 1..<max(1, length) { value = value << 6 | UInt32(bytes[index + next]) & 0x3F }
        return (value, length)
    }
}

/// The pieces of a model; shared by all tasks.
package struct WordPieceVocabulary: Sendable {
    private let table: ByteStringTable
    let start: Int32
    let end: Int32
    let unknown: Int32
    package var count: Int { table.count }

    /// One piece a line; `nil` where a piece stands there twice or a special one is missing.
    init?(lines: [UInt8]) {
        var table = ByteStringTable()
        for line in lines.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            guard table.insert(Array(line).span).isNew else { return nil }
        }
        self.table = table
        guard let start = table.find("[CLS]".utf8Span.span), let end = table.find("[SEP]".utf8Span.span),
            let unknown = table.find("[UNK]".utf8Span.span)
        else { return nil }
        self.start = start
        self.end = end
        self.unknown = unknown
    }

    /// Number of a piece of a word; one that does not begin the word is written with `##`.
    func piece(_ word: [UInt8], _ range: Range<Int>, _ continuation: inout [UInt8]) -> Int32? {
        if range.lowerBound == 0 { return table.find(word.span.extracting(range)) }
        continuation.removeAll(keepingCapacity: true)
        continuation.append(UInt8(ascii: "#"))
        continuation.append(UInt8(ascii: "#"))
        continuation += word[range]
        return table.find(continuation.span)
    }

    /// As the file has it.
    package func piece(_ id: Int32) -> String { String(decoding: table[id], as: UTF8.self) }
}
