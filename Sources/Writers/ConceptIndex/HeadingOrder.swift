package import WordForms

/// How headings of an index are ordered.
package enum Alphabetization: String, Sendable, CaseIterable {
    /// A space comes before any letter: New York before newborn. The default of ISO 999 and of Chicago since its
    /// 18th edition. A hyphenated compound is one word.
    case wordByWord = "word-by-word"
    /// Spaces count for nothing: newborn before New York.
    case letterByLetter = "letter-by-letter"
}

/// Compares headings of an index.
///
/// In both orders a parenthesis, then a comma, interrupts: `new (adj.)`, `New, Aaron`, then everything longer.
/// Hyphens, slashes and quotation marks count for nothing; case and accents only between headings that are alike.
package struct HeadingOrder {
    package let alphabetization: Alphabetization
    private let collation: Collation
    /// Words that count for nothing at the start of a heading, in lower case.
    private let ignoredFirst: Set<String>

    package init(_ alphabetization: Alphabetization, collation: Collation, ignoringFirst words: Set<String> = []) {
        self.alphabetization = alphabetization
        self.collation = collation
        ignoredFirst = words
    }

    package func areInOrder(_ left: String, _ right: String) -> Bool { compare(left, right) < 0 }

    /// Negative, zero or positive; zero for the same heading only.
    package func compare(_ left: String, _ right: String) -> Int {
        let byKey = compare(key(left, isFirst: true), key(right, isFirst: true))
        if byKey != 0 { return byKey }
        let byText = collation.compare(left, right)
        if byText != 0 { return byText }
        return left == right ? 0 : left < right ? -1 : 1
    }

    /// The letter that a heading stands under: a letter of its own in the sheet's language or the bare one.
    package func initial(of heading: String) -> String {
        guard let first = key(heading, isFirst: true).words.first?.first else { return "" }
        guard first.isLetter else { return "#" }
        let letter = String(first).uppercased()
        guard let scalar = letter.decomposedFirst, scalar != letter else { return letter }
        return collation.compareLetters(scalar, letter) == 0 ? scalar : letter
    }

    // MARK: - Inside

    /// A heading cut where it is interrupted.
    private struct Key {
        var words: [String]
        /// 1 a parenthesis, 2 a comma, 3 anything else of the sort; `nil`: the end.
        var interruption: Int?
        var rest: [Key]
    }

    private func key(_ heading: String, isFirst: Bool) -> Key {
        var text = ""
        var interruption: Int?
        var rest = heading[...]
        while let character = rest.first {
            rest = rest.dropFirst()
            switch character {
            case "(": interruption = 1
            case ",": interruption = 2
            case ";", ":": interruption = 3
            case ")", "-", "‐", "‑", "–", "—", "/", "\"", "'", "“", "”", "‘", "’", "«", "»", "„", ".": continue
            default: text.append(character)
            }
            if interruption != nil { break }
        }
        var words = text.split(whereSeparator: \.isWhitespace).map(String.init)
        if isFirst {
            while words.count > 1, let first = words.first, ignoredFirst.contains(first.lowercased()) {
                words.removeFirst()
            }
        }
        if alphabetization == .letterByLetter, !words.isEmpty { words = [words.joined()] }
        let isMore = rest.contains { !$0.isWhitespace && $0 != ")" }
        return Key(
            words: words, interruption: isMore ? interruption : nil,
            rest: isMore && interruption != nil ? [key(String(rest), isFirst: false)] : [])
    }

    private func compare(_ left: Key, _ right: Key) -> Int {
        for (a, b) in zip(left.words, right.words) {
            let order = collation.compareLetters(a, b)
            if order != 0 { return order }
        }
        if left.words.count != right.words.count { return left.words.count - right.words.count }
        let order = (left.interruption ?? 0) - (right.interruption ?? 0)
        if order != 0 { return order }
        guard let a = left.rest.first, let b = right.rest.first else { return 0 }
        return compare(a, b)
    }
}

extension String {
    /// The first scalar of the canonical decomposition: the letter without its accents.
    fileprivate var decomposedFirst: String? {
        decomposedScalars(self).first.map { String(Character($0)) }
    }
}
