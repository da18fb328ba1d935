package import TextModel

/// Cuts a reading text into words: the same words for cues, search and index.
///
/// A word is a run of letters, marks and digits, with single apostrophes inside (`don't`, `l’amour` is one word);
/// soft hyphens and joiners inside a word do not end it. Hyphens do, but at the end of a printed line: there
/// `noth-⏎ing` is the word `nothing` (or, with `splitsLineEnds`, the two words `noth` and `ing`).
package enum Tokenizer {
    /// The words of a passage; offsets count in ``Document/reading``.
    package static func tokens(
        of passage: Passage, in document: Document, lexicon: inout Lexicon, splitsLineEnds: Bool = false,
        into tokens: inout [Token]
    ) {
        var hyphens = document.lineEndHyphens[...]
        if splitsLineEnds || hyphens.isEmpty {
            hyphens = []
        } else {
            let first = hyphens.partitioningIndex { $0 >= passage.reading.start }
            let end = hyphens.partitioningIndex { $0 >= passage.reading.end }
            hyphens = hyphens[first..<end]
        }
        cut(document.reading.span, passage.reading.indices, hyphens, &lexicon, &tokens)
    }

    /// The words of any text; offsets count its UTF-8 bytes.
    package static func tokens(of text: String, lexicon: inout Lexicon) -> [Token] {
        var tokens: [Token] = []
        let span = text.utf8Span.span
        cut(span, 0..<span.count, [], &lexicon, &tokens)
        return tokens
    }

    private static func cut(
        _ bytes: Span<UInt8>, _ range: Range<Int>, _ lineEndHyphens: ArraySlice<Int32>, _ lexicon: inout Lexicon,
        _ tokens: inout [Token]
    ) {
        var hyphens = lineEndHyphens
        var index = range.lowerBound
        while index < range.upperBound {
            let start = index
            // Most words are up to seven letters of ASCII: cut by one look at eight bytes, which are the key as well.
            if hyphens.isEmpty, index + 8 <= bytes.count {
                let eight = EightBytes(bytes, at: index)
                let count = eight.leadingWordBytes
                if count > 0, count < 8, index + count < range.upperBound, eight.endsWord(at: count) {
                    let end = index + count
                    let word = lexicon.word(bytes.extracting(index..<end), packed: eight.first(count))
                    tokens.append(Token(start: Int32(index), end: Int32(end), word: word))
                    // What ended the word is no part of the next one.
                    index = end + 1
                    continue
                }
            }
            if bytes[index] < 0x80 {
                let isWord = isASCIIWordByte(bytes[index])
                index += 1
                guard isWord else { continue }
            } else {
                let (isWord, length) = classifyBeyondASCII(bytes, index, range.upperBound)
                index += length
                guard isWord else { continue }
            }
            index = endOfWord(bytes, from: index, to: range.upperBound)
            while let hyphen = hyphens.first, Int(hyphen) < index { hyphens.removeFirst() }
            if let hyphen = hyphens.first, Int(hyphen) == index,
                let rest = startAfterHyphen(bytes, index, range.upperBound)
            {
                let end = endOfWord(bytes, from: rest, to: range.upperBound)
                var joined: [UInt8] = []
                for part in start..<index { joined.append(bytes[part]) }
                for part in rest..<end { joined.append(bytes[part]) }
                tokens.append(Token(start: Int32(start), end: Int32(end), word: lexicon.word(joined.span)))
                index = end
                continue
            }
            let word = lexicon.word(bytes.extracting(start..<index))
            tokens.append(Token(start: Int32(start), end: Int32(index), word: word))
        }
    }

    /// End of a word that has begun before `index`.
    private static func endOfWord(_ bytes: Span<UInt8>, from index: Int, to limit: Int) -> Int {
        var index = index
        while index < limit {
            let byte = bytes[index]
            if byte < 0x80 {
                if isASCIIWordByte(byte) {
                    index += 1
                    continue
                }
                // Blanks and marks: most words end here.
                if byte != UInt8(ascii: "'") { return index }
            } else {
                let (isWord, length) = classifyBeyondASCII(bytes, index, limit)
                if isWord {
                    index += length
                    continue
                }
            }
            let joiner = joinerLength(bytes, index, limit)
            guard joiner > 0, index + joiner < limit, classify(bytes, index + joiner, limit).isWord else { break }
            index += joiner
        }
        return index
    }

    /// Where a word goes on after a hyphen at the end of a line and the white space after it.
    private static func startAfterHyphen(_ bytes: Span<UInt8>, _ hyphen: Int, _ limit: Int) -> Int? {
        var index = hyphen + scalarLength(bytes[hyphen])
        while index < limit, bytes[index] == UInt8(ascii: " ") { index += 1 }
        return index < limit && classify(bytes, index, limit).isWord ? index : nil
    }

    /// Length of an apostrophe or an invisible joiner that may stand inside a word; 0 for anything else.
    private static func joinerLength(_ bytes: Span<UInt8>, _ index: Int, _ limit: Int) -> Int {
        switch bytes[index] {
        case UInt8(ascii: "'"): return 1
        case 0xC2: return index + 1 < limit && bytes[index + 1] == 0xAD ? 2 : 0  // soft hyphen
        case 0xCA: return index + 1 < limit && bytes[index + 1] == 0xBC ? 2 : 0  // modifier apostrophe
        case 0xE2:
            guard index + 2 < limit else { return 0 }
            let rest = (bytes[index + 1], bytes[index + 2])
            // ’, zero-width non-joiner and joiner, word joiner
            return rest == (0x80, 0x99) || rest == (0x80, 0x8C) || rest == (0x80, 0x8D) || rest == (0x81, 0xA0) ? 3 : 0
        default: return 0
        }
    }

    /// Is the scalar at `index` part of a word, and how many bytes has it.
    private static func classify(_ bytes: Span<UInt8>, _ index: Int, _ limit: Int) -> (isWord: Bool, length: Int) {
        let byte = bytes[index]
        return byte < 0x80 ? (isASCIIWordByte(byte), 1) : classifyBeyondASCII(bytes, index, limit)
    }

    private static func classifyBeyondASCII(
        _ bytes: Span<UInt8>, _ index: Int, _ limit: Int
    ) -> (isWord: Bool, length: Int) {
        let byte = bytes[index]
        let length = min(scalarLength(byte), limit - index)
        // Quotes, dashes and dots (U+2000…203F): by far the commonest beyond ASCII in English.
        if length == 3, byte == 0xE2, bytes[index + 1] == 0x80 { return (false, 3) }
        var value = UInt32(byte) & (length == 2 ? 0x1F : length == 3 ? 0x0F : 0x07)
        for next in 1..<max(1, length) { value = value << 6 | UInt32(bytes[index + next]) & 0x3F }
        return (isWordScalar(value), length)
    }

    private static func scalarLength(_ byte: UInt8) -> Int { byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4 }

    @inline(__always)
    private static func isASCIIWordByte(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte &- UInt8(ascii: "0") < 10
    }

    /// Letters, marks and numbers of the scripts up to Arabic Extended and Devanagari and on, looked up once: the
    /// Unicode tables cost a hundred times as much as a bit.
    private static let wordScalars: [Bool] = (0..<UInt32(0x3000)).map(hasWordCategory)

    private static func isWordScalar(_ value: UInt32) -> Bool {
        value < 0x3000 ? wordScalars[Int(value)] : hasWordCategory(value)
    }

    private static func hasWordCategory(_ value: UInt32) -> Bool {
        guard let scalar = Unicode.Scalar(value) else { return false }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
            .spacingMark, .enclosingMark, .decimalNumber, .letterNumber:
            return value != 0x2BC
        default: return false
        }
    }
}

extension ArraySlice<Int32> {
    /// First index whose element satisfies a condition that holds from there on.
    fileprivate func partitioningIndex(_ isAfter: (Int32) -> Bool) -> Int {
        var low = startIndex
        var high = endIndex
        while low < high {
            let middle = (low + high) / 2
            if isAfter(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
