/// Cuts the text of a query into tokens. Never fails: what is wrong becomes a token that no rule expects.
///
///     word     = wordchar {wordchar}      wordchar = any character but white space, quotes and the signs below
///     field    = word ":"                 prefix = word "*"
///     quoted   = quote {any | "\" any} quote        quote = " “ ” „ ‟ « »
///     regex    = "/" {any | "\" any} "/"
///     sign     = & && | || ! ( ) , : ; = ^ # @ * ? < <= > >= .. [ ] { } and "-" by itself
///     operator = and or not then near overlaps within contains equals touches as count per, in any case
///
/// A `/` or `#` inside a word belongs to it (`work/part`, `corpus.xml#emma`), and so do `-` and a single `.`
/// (`impaired-bonding`, `p.17`); `..` never does.
struct QueryLexer {
    let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// All tokens, the last of kind `end`.
    static func tokens(of bytes: [UInt8]) -> [QueryToken] {
        var lexer = QueryLexer(bytes)
        var tokens: [QueryToken] = []
        tokens.reserveCapacity(bytes.count / 4 + 2)
        repeat { tokens.append(lexer.next()) } while tokens[tokens.count - 1].kind != .end
        return tokens
    }

    /// True where the text is read back as one plain word and nothing else.
    static func isPlainWord(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        var lexer = QueryLexer(bytes)
        let token = lexer.next()
        return token.kind == .word && token.whole == 0..<bytes.count
    }

    private mutating func next() -> QueryToken {
        let before = position
        while let length = Self.blankLength(in: bytes, at: position) { position += length }
        let isJoined = before == position && position > 0
        let start = position
        var token = scan(from: start)
        token.isJoined = isJoined
        position = token.whole.upperBound
        return token
    }

    private func scan(from start: Int) -> QueryToken {
        guard start < bytes.count else { return token(.end, start, start) }
        if quoteLength(at: start) != nil { return quoted(from: start) }
        let byte = bytes[start]
        let following = start + 1 < bytes.count ? bytes[start + 1] : 0
        switch byte {
        case UInt8(ascii: "&"): return token(.and, start, following == byte ? start + 2 : start + 1)
        case UInt8(ascii: "|"): return token(.or, start, following == byte ? start + 2 : start + 1)
        case UInt8(ascii: "!"): return token(.not, start, start + 1)
        case UInt8(ascii: "("): return token(.open, start, start + 1)
        case UInt8(ascii: ")"): return token(.close, start, start + 1)
        case UInt8(ascii: ","): return token(.comma, start, start + 1)
        case UInt8(ascii: ":"): return token(.colon, start, start + 1)
        case UInt8(ascii: ";"): return token(.semicolon, start, start + 1)
        case UInt8(ascii: "="): return token(.comparison(.equal), start, start + 1)
        case UInt8(ascii: "^"): return token(.caret, start, start + 1)
        case UInt8(ascii: "#"): return token(.hash, start, start + 1)
        case UInt8(ascii: "@"): return token(.at, start, start + 1)
        case UInt8(ascii: "*"): return token(.star, start, start + 1)
        case UInt8(ascii: "?"): return token(.question, start, start + 1)
        case UInt8(ascii: "["): return token(.bracketOpen, start, start + 1)
        case UInt8(ascii: "]"): return token(.bracketClose, start, start + 1)
        case UInt8(ascii: "{"): return token(.braceOpen, start, start + 1)
        case UInt8(ascii: "}"): return token(.braceClose, start, start + 1)
        case UInt8(ascii: "<"):
            return following == UInt8(ascii: "=")
                ? token(.comparison(.lessOrEqual), start, start + 2) : token(.comparison(.less), start, start + 1)
        case UInt8(ascii: ">"):
            return following == UInt8(ascii: "=")
                ? token(.comparison(.greaterOrEqual), start, start + 2)
                : token(.comparison(.greater), start, start + 1)
        case UInt8(ascii: "/"): return regex(from: start)
        case UInt8(ascii: ".") where following == byte: return token(.dots, start, start + 2)
        default: return word(from: start)
        }
    }

    private func token(_ kind: QueryToken.Kind, _ start: Int, _ end: Int) -> QueryToken {
        QueryToken(kind: kind, start: start, end: end, whole: start..<end, isJoined: false)
    }

    // MARK: Words

    private func word(from start: Int) -> QueryToken {
        var end = start
        while let length = wordCharacterLength(at: end, from: start) { end += length }
        guard end > start else { return token(.other, start, start + characterLength(at: start)) }
        let following = end < bytes.count ? bytes[end] : 0
        if following == UInt8(ascii: ":") {
            return QueryToken(kind: .field, start: start, end: end, whole: start..<end + 1, isJoined: false)
        }
        if following == UInt8(ascii: "*") || following == UInt8(ascii: "?") { return starred(from: start, to: end) }
        if isDash(start..<end) { return token(.minus, start, end) }
        if let kind = Self.operators[lowercased(start..<end)] {
            var found = token(kind, start, end)
            found.isSpelled = true
            return found
        }
        if let slash = bytes[start..<end].firstIndex(of: UInt8(ascii: "/")), slash == start + 4 {
            // The two operators that can carry a distance, `then` and `near`, have four letters.
            let kind: QueryToken.Kind? =
                switch Self.operators[lowercased(start..<slash)] {
                case .then: .thenWithin
                case .near: .nearWithin
                default: nil
                }
            if let kind {
                return QueryToken(kind: kind, start: slash + 1, end: end, whole: start..<end, isJoined: false)
            }
        }
        return token(.word, start, end)
    }

    /// `felt*`, or a word with a wildcard in it.
    private func starred(from start: Int, to end: Int) -> QueryToken {
        var last = end
        while last < bytes.count {
            if bytes[last] == UInt8(ascii: "*") || bytes[last] == UInt8(ascii: "?") {
                last += 1
            } else if let length = wordCharacterLength(at: last, from: start) {
                last += length
            } else {
                break
            }
        }
        let isPrefix = last == end + 1 && bytes[end] == UInt8(ascii: "*")
        return QueryToken(
            kind: isPrefix ? .prefix : .wildcard, start: start, end: isPrefix ? end : last, whole: start..<last,
            isJoined: false)
    }

    /// The length in bytes of the character there, where a word may hold it.
    private func wordCharacterLength(at index: Int, from start: Int) -> Int? {
        guard index < bytes.count else { return nil }
        let byte = bytes[index]
        if byte >= 0x80 {
            return Self.blankLength(in: bytes, at: index) == nil && quoteLength(at: index) == nil
                ? characterLength(at: index) : nil
        }
        switch byte {
        case 0...0x20, 0x7F: return nil
        case UInt8(ascii: "."):
            let following = index + 1 < bytes.count ? bytes[index + 1] : 0
            let isDouble = following == byte || index > start && bytes[index - 1] == byte
            return isDouble ? nil : 1
        case UInt8(ascii: "/"): return index > start ? 1 : nil
        case UInt8(ascii: "#"):
            // `corpus.xml#emma`, but `neglect#>2`, `neglect#2`: a number behind it is a count that lacks its sign.
            guard index > start, index + 1 < bytes.count else { return nil }
            return isLetter(at: index + 1) ? 1 : nil
        case UInt8(ascii: "&"), UInt8(ascii: "|"), UInt8(ascii: "!"), UInt8(ascii: "("), UInt8(ascii: ")"),
            UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: ";"), UInt8(ascii: "="), UInt8(ascii: "^"),
            UInt8(ascii: "@"), UInt8(ascii: "*"), UInt8(ascii: "?"), UInt8(ascii: "<"), UInt8(ascii: ">"),
            UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "\""),
            UInt8(ascii: "\\"):
            return nil
        default: return 1
        }
    }

    /// A letter of any script; signs beyond ASCII count as such.
    private func isLetter(at index: Int) -> Bool {
        guard bytes[index] >= 0x80 else { return (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(bytes[index] | 0x20) }
        return Self.blankLength(in: bytes, at: index) == nil && quoteLength(at: index) == nil
    }

    /// `-`, `–`, `—` by itself.
    private func isDash(_ range: Range<Int>) -> Bool {
        switch range.count {
        case 1: bytes[range.lowerBound] == UInt8(ascii: "-")
        case 3:
            bytes[range.lowerBound] == 0xE2 && bytes[range.lowerBound + 1] == 0x80
                && (0x90...0x95).contains(bytes[range.lowerBound + 2])
        default: false
        }
    }

    private func lowercased(_ range: Range<Int>) -> String {
        // The longest operator, `containing`, has ten letters; other words need no look-up.
        guard range.count <= 10 else { return "" }
        return String(decoding: bytes[range].map { (65...90).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
    }

    /// `containing` is what CQL says for `contains`.
    private static let operators: [String: QueryToken.Kind] = [
        "and": .and, "or": .or, "not": .not, "then": .then, "near": .near, "as": .as, "count": .count, "per": .per,
        "overlaps": .relation(.overlaps), "within": .relation(.within), "contains": .relation(.contains),
        "containing": .relation(.contains), "equals": .relation(.equals), "touches": .relation(.touches),
    ]

    // MARK: Quotes and slashes

    private func quoted(from start: Int) -> QueryToken {
        let inside = start + (quoteLength(at: start) ?? 1)
        var end = inside
        while end < bytes.count {
            if let length = quoteLength(at: end) {
                return QueryToken(kind: .quoted, start: inside, end: end, whole: start..<end + length, isJoined: false)
            }
            if bytes[end] == UInt8(ascii: "\\"), end + 1 < bytes.count {
                end += 1 + characterLength(at: end + 1)
            } else {
                end += 1
            }
        }
        return QueryToken(
            kind: .unclosedQuote, start: inside, end: bytes.count, whole: start..<bytes.count, isJoined: false)
    }

    private func regex(from start: Int) -> QueryToken {
        var end = start + 1
        while end < bytes.count, bytes[end] != UInt8(ascii: "/") {
            end += bytes[end] == UInt8(ascii: "\\") && end + 1 < bytes.count ? 2 : 1
        }
        let isClosed = end < bytes.count
        return QueryToken(
            kind: isClosed ? .regex : .unclosedRegex, start: start + 1, end: min(end, bytes.count),
            whole: start..<min(end + 1, bytes.count), isJoined: false)
    }

    // MARK: Characters

    private func characterLength(at index: Int) -> Int { Self.characterLength(in: bytes, at: index) }

    private static func characterLength(in bytes: [UInt8], at index: Int) -> Int {
        let length =
            switch bytes[index] {
            case 0xF0...: 4
            case 0xE0...: 3
            case 0xC0...: 2
            default: 1
            }
        return min(length, bytes.count - index)
    }

    /// Length of the double quote there: `"` “ ” „ ‟ « ».
    private func quoteLength(at index: Int) -> Int? {
        switch bytes[index] {
        case UInt8(ascii: "\""): 1
        case 0xC2 where index + 1 < bytes.count && (bytes[index + 1] == 0xAB || bytes[index + 1] == 0xBB): 2
        case 0xE2 where index + 2 < bytes.count && bytes[index + 1] == 0x80 && (0x9C...0x9F).contains(bytes[index + 2]):
            3
        default: nil
        }
    }

    /// Length of the white space there; control characters and marks without width count as such.
    static func blankLength(in bytes: [UInt8], at index: Int) -> Int? {
        guard index < bytes.count else { return nil }
        let byte = bytes[index]
        if byte <= 0x20 || byte == 0x7F { return 1 }
        guard byte == 0xC2 || byte >= 0xE1 else { return nil }
        let length = characterLength(in: bytes, at: index)
        var value: UInt32 = length == 2 ? UInt32(byte & 0x1F) : length == 3 ? UInt32(byte & 0x0F) : 0
        for next in bytes[index..<index + length].dropFirst() { value = value << 6 | UInt32(next & 0x3F) }
        switch value {
        case 0x80...0xA0, 0x1680, 0x2000...0x200B, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000, 0xFEFF: return length
        default: return nil
        }
    }
}
