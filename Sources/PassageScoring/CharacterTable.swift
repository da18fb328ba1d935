import WordForms

/// What becomes of the characters of ASCII.
enum ASCIIKind: Sendable {
    case letter, space, mark, dropped

    static let of: [ASCIIKind] = (UInt8(0)..<128).map { byte in
        switch byte {
        case 9, 10, 13, 32: .space
        case 0..<32, 127: .dropped
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: .letter
        default: .mark
        }
    }
}

/// What becomes of a character beyond ASCII before words are cut into pieces.
enum CharacterPart: Sendable, Equatable {
    /// Goes on with a word: in lower case and without accents, UTF-8.
    case letters([UInt8])
    /// A word by itself: punctuation, and a Chinese character.
    case mark([UInt8])
    /// Ends a word.
    case space
}

/// Remembers what becomes of each character: Unicode's tables are slow, and a text has few different ones.
struct CharacterTable {
    private var known: [UInt32: [CharacterPart]] = [:]

    mutating func parts(of value: UInt32) -> [CharacterPart] {
        if let parts = known[value] { return parts }
        let parts = Self.makeParts(of: value)
        known[value] = parts
        return parts
    }

    private static func makeParts(of value: UInt32) -> [CharacterPart] {
        // U+FFFD stands for bytes that were no text.
        guard let scalar = Unicode.Scalar(value), value != 0xFFFD, !isControl(scalar) else { return [] }
        if scalar.properties.isWhitespace { return [.space] }
        let isChinese = isChinese(value)
        var parts: [CharacterPart] = []
        for part in decomposedScalars(String(scalar)) where part.properties.generalCategory != .nonspacingMark {
            for lower in part.properties.lowercaseMapping.unicodeScalars {
                let bytes = Array(String(lower).utf8)
                if lower.properties.isWhitespace {
                    parts.append(.space)
                } else if isChinese || isPunctuation(lower) {
                    parts.append(.mark(bytes))
                } else {
                    parts.append(.letters(bytes))
                }
            }
        }
        return parts
    }

    /// Control and format characters and private use; what Unicode has not given out passes, as in the reference.
    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .privateUse, .surrogate: true
        default: false
        }
    }

    private static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.value < 0x80 { return ASCIIKind.of[Int(scalar.value)] == .mark }
        switch scalar.properties.generalCategory {
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
            .finalPunctuation, .otherPunctuation:
            return true
        default: return false
        }
    }

    /// The blocks that BERT takes for Chinese: each character is a word.
    private static func isChinese(_ value: UInt32) -> Bool {
        switch value {
        case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x20000...0x2A6DF, 0x2A700...0x2B73F, 0x2B740...0x2B81F,
            0x2B920...0x2CEAF, 0xF900...0xFAFF, 0x2F800...0x2FA1F:
            true
        default: false
        }
    }
}
