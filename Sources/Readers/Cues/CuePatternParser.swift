/// Reads the language of cues:
///
///     pattern  = sequence { "|" sequence }
///     sequence = item { item }
///     item     = ( word | prefix | quoted | any | class | gap | group | optional ) [ "?" ]
///     word     = letters, digits, apostrophes inside       the word in all its forms: compared by its stem
///     prefix   = word "*"                                  words that begin so
///     quoted   = '"' word { word } '"'                     the words as written, but for case
///     any      = "_"                                       one word, whichever
///     class    = "@" name                                  a word class of the cue set: @child
///     gap      = ".." digits                               at most so many words between
///     group    = "(" pattern ")"
///     optional = "[" pattern "]"                           with it or without
///
/// White space separates; a hyphen does too (`mother-in-law` is three words, as in a text). `item?` is `[item]`.
package struct CuePatternParser {
    /// What is wrong with a pattern, and where.
    package struct Problem: Error, Equatable {
        /// UTF-8 bytes from the start of the pattern.
        package var offset: Int
        package var summary: String
        package var advice: String
    }

    /// Gaps beyond this many words say nothing: sentences of prose have 20 words on average.
    package static let longestGap = 30
    /// Deeper nesting than any pattern needs; it keeps hostile input off the stack.
    private static let deepest = 40

    private let bytes: [UInt8]
    private var index = 0
    private var depth = 0

    private init(_ text: String) { bytes = Array(text.utf8) }

    package static func parse(_ text: String) throws(Problem) -> CuePattern {
        var parser = CuePatternParser(text)
        let pattern = try parser.pattern()
        if let byte = parser.peek() {
            throw parser.problem(
                "`\(Character(Unicode.Scalar(byte)))` closes nothing", "take it out, or open the bracket before it")
        }
        if pattern.canBeEmpty {
            throw Problem(
                offset: 0, summary: "pattern that no word at all would match", advice: "let one word be required")
        }
        if pattern.hasGap(atStart: true) || pattern.hasGap(atStart: false) {
            throw Problem(
                offset: 0, summary: "gap at the border of the pattern", advice: "a gap stands between words")
        }
        return pattern
    }

    private mutating func pattern() throws(Problem) -> CuePattern {
        depth += 1
        defer { depth -= 1 }
        if depth > Self.deepest { throw problem("pattern nested too deeply", "write a word class for a part of it") }
        var branches = [try sequence()]
        while peek() == UInt8(ascii: "|") {
            index += 1
            branches.append(try sequence())
        }
        return branches.count == 1 ? branches[0] : .alternatives(branches)
    }

    private mutating func sequence() throws(Problem) -> CuePattern {
        var items: [CuePattern] = []
        while let byte = peek(), ![UInt8(ascii: "|"), UInt8(ascii: ")"), UInt8(ascii: "]")].contains(byte) {
            let first = items.count
            try item(byte, into: &items)
            if index < bytes.count, bytes[index] == UInt8(ascii: "?") {
                index += 1
                let inner = Array(items[first...])
                items.removeSubrange(first...)
                items.append(.optional(inner.count == 1 ? inner[0] : .sequence(inner)))
            }
        }
        switch items.count {
        case 0: throw problem("nothing where a word is expected", "write a word, or take the bracket or bar out")
        case 1: return items[0]
        default: return .sequence(items)
        }
    }

    private mutating func item(_ byte: UInt8, into items: inout [CuePattern]) throws(Problem) {
        switch byte {
        case UInt8(ascii: "("):
            index += 1
            items.append(try pattern())
            try close(UInt8(ascii: ")"))
        case UInt8(ascii: "["):
            index += 1
            items.append(.optional(try pattern()))
            try close(UInt8(ascii: "]"))
        case UInt8(ascii: "@"):
            index += 1
            let name = letters(hyphens: true)
            if name.isEmpty { throw problem("`@` without a name", "write the name of a word class: @child") }
            items.append(.memberOf(name))
        case UInt8(ascii: "."):
            items.append(.gap(try gap()))
        case UInt8(ascii: "_"):
            index += 1
            items.append(.any)
        case UInt8(ascii: "\""):
            index += 1
            items += try quoted()
        default:
            let start = index
            let word = letters(hyphens: false)
            if word.isEmpty {
                let scalar = String(decoding: bytes[index...], as: UTF8.self).unicodeScalars.first.map(String.init)
                throw problem("`\(scalar ?? "")` means nothing here", "see the language of cues: Documentation/cues.md")
            }
            if index < bytes.count, bytes[index] == UInt8(ascii: "*") {
                index += 1
                // One letter would match a tenth of all words.
                if word.unicodeScalars.count < 2 {
                    throw Problem(
                        offset: start, summary: "`\(word)*` is too short", advice: "write two letters or more")
                }
                items.append(.prefix(word))
            } else {
                items.append(.word(word))
            }
        }
    }

    private mutating func gap() throws(Problem) -> Int {
        let start = index
        while index < bytes.count, bytes[index] == UInt8(ascii: ".") { index += 1 }
        let dots = index - start
        let digits = bytes[index...].prefix { $0 &- 0x30 < 10 }
        index += digits.count
        guard dots == 2, let limit = Int(String(decoding: digits, as: UTF8.self)), (1...Self.longestGap).contains(limit)
        else {
            throw Problem(
                offset: start, summary: "gap without a limit from 1 to \(Self.longestGap)",
                advice: "write ..3 for at most three words between")
        }
        return limit
    }

    private mutating func quoted() throws(Problem) -> [CuePattern] {
        let start = index - 1
        var words: [CuePattern] = []
        while true {
            skipBlanks()
            guard index < bytes.count else {
                throw Problem(offset: start, summary: "quotation mark that is not closed", advice: "close it")
            }
            if bytes[index] == UInt8(ascii: "\"") {
                index += 1
                break
            }
            let word = letters(hyphens: false)
            if word.isEmpty { throw problem("something other than words in quotation marks", "write words only") }
            words.append(.exact(word))
        }
        if words.isEmpty {
            throw Problem(offset: start, summary: "empty quotation marks", advice: "write words in them")
        }
        return words
    }

    private mutating func close(_ bracket: UInt8) throws(Problem) {
        guard peek() == bracket else {
            throw problem(
                "`\(Character(Unicode.Scalar(bracket)))` is missing", "close each bracket before its pattern ends")
        }
        index += 1
    }

    /// Letters, digits and apostrophes between them from here on; the typographic apostrophe becomes the plain one.
    private mutating func letters(hyphens: Bool) -> String {
        let text = String(decoding: bytes[index...], as: UTF8.self)
        var word = String.UnicodeScalarView()
        var pending: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            if scalar.properties.isAlphabetic || scalar.properties.numericType == .decimal
                || scalar.properties.generalCategory == .nonspacingMark
            {
                if let joined = pending { word.append(joined) }
                pending = nil
                word.append(scalar)
            } else if pending == nil, !word.isEmpty, scalar == "'" || scalar == "\u{2019}" || (hyphens && scalar == "-")
            {
                pending = scalar == "-" ? "-" : "'"
            } else {
                break
            }
        }
        // Counted in the source, where an apostrophe may have three bytes.
        var left = word.count
        for scalar in text.unicodeScalars {
            guard left > 0 else { break }
            index += UTF8.width(scalar)
            left -= 1
        }
        return String(word)
    }

    private mutating func peek() -> UInt8? {
        skipBlanks()
        return index < bytes.count ? bytes[index] : nil
    }

    private mutating func skipBlanks() {
        while index < bytes.count {
            let byte = bytes[index]
            guard byte == 0x20 || byte &- 9 < 5 || byte == UInt8(ascii: "-") else { return }
            index += 1
        }
    }

    private func problem(_ summary: String, _ advice: String) -> Problem {
        Problem(offset: min(index, bytes.count), summary: summary, advice: advice)
    }
}
