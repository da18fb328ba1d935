/// A line of a concordance, keyword in context: what stands left of a match, the match, what stands right of it.
package struct ConcordanceLine: Sendable, Equatable {
    /// Without padding; ends with the blank before the match where there is one.
    package var left: String
    package var match: String
    package var right: String

    /// Cuts a line out of a text.
    ///
    /// - Parameters:
    ///   - text: what people read, of one passage.
    ///   - range: the match, UTF-8 offsets on borders of characters.
    ///   - context: terminal columns on each side. Words are not cut, but for one that is alone wider than that.
    ///   - widest: columns of the match; a longer one keeps both its ends and has `…` between.
    package init(text: String, range: Range<Int>, context: Int, widest: Int = 60) {
        let bytes = Array(text.utf8)
        let start = min(max(range.lowerBound, 0), bytes.count)
        let end = min(max(range.upperBound, start), bytes.count)
        let left = Self.collapsed(bytes[..<start])
        let match = Self.collapsed(bytes[start..<end])
        let right = Self.collapsed(bytes[end...])
        self.left = String(Self.fitting(left.reversed(), context).reversed())
        self.match = Self.shortened(match, to: widest)
        self.right = String(Self.fitting(right, context))
    }

    /// The line with the left context set flush right, so that matches stand under each other.
    package func padded(context: Int) -> String {
        String(repeating: " ", count: max(0, context - columnWidth(of: left))) + left + match + right
    }

    /// Each run of white space as one blank.
    private static func collapsed(_ bytes: ArraySlice<UInt8>) -> [Character] {
        var characters: [Character] = []
        for character in String(decoding: bytes, as: UTF8.self) {
            if !character.isWhitespace {
                characters.append(character)
            } else if characters.last != " " {
                characters.append(" ")
            }
        }
        return characters
    }

    /// The longest run from the start that fits, cut where a word ends.
    private static func fitting(_ characters: some Sequence<Character>, _ columns: Int) -> [Character] {
        var fitting: [Character] = []
        var width = 0
        var lastBorder = 0
        for character in characters {
            width += columnWidth(of: character)
            if width > columns {
                // A single word that is too wide is cut.
                let cutsWord = character != " " && lastBorder > 0
                return cutsWord ? Array(fitting[..<lastBorder]) : fitting
            }
            if character == " " { lastBorder = fitting.count }
            fitting.append(character)
        }
        return fitting
    }

    private static func shortened(_ characters: [Character], to columns: Int) -> String {
        let width = characters.reduce(0) { $0 + columnWidth(of: $1) }
        guard width > columns, columns > 4 else { return String(characters) }
        let half = (columns - 3) / 2
        return String(fitting(characters, half)) + " … " + String(fitting(characters.reversed(), half).reversed())
    }
}

/// Columns that a text takes in a terminal.
package func columnWidth(of text: String) -> Int {
    text.reduce(0) { $0 + columnWidth(of: $1) }
}

/// 2 for what East Asian scripts and emoji draw wide, 0 for marks and control characters that stand alone, else 1.
package func columnWidth(of character: Character) -> Int {
    guard let scalar = character.unicodeScalars.first else { return 0 }
    switch scalar.value {
    case 0x20...0x7E: return 1
    // The blocks that Unicode's EastAsianWidth gives as wide, and emoji.
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF,
        0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF,
        0x20000...0x3FFFD:
        return 2
    default: break
    }
    switch scalar.properties.generalCategory {
    case .control, .format, .nonspacingMark, .enclosingMark: return 0
    default: return 1
    }
}
