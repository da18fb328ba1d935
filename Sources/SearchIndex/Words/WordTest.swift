import QueryLanguage
import WordForms

/// What a word of a text must be to match one place of a pattern.
enum WordTest: Hashable {
    /// Any word with the same stem in the passage's language, accents and case aside: `word:felt`.
    case stem(String)
    /// This very form, accents and all, case aside: `"felt"`.
    case form(String)
    /// A form that begins so, accents and case aside: `felt*`.
    case prefix(String)
    /// `wom?n`, `un*ed`, accents and all.
    case wildcard(Wildcard)
}

/// `?` stands for one letter, `*` for any number; everything else for itself.
struct Wildcard: Hashable {
    private let scalars: [Unicode.Scalar]
    /// What every match begins with.
    let literalPrefix: String

    /// `pattern` is folded.
    init(_ pattern: String) {
        scalars = Array(pattern.unicodeScalars)
        var prefix = ""
        for scalar in pattern.unicodeScalars {
            if scalar == "*" || scalar == "?" { break }
            prefix.unicodeScalars.append(scalar)
        }
        literalPrefix = prefix
    }

    /// Linear in the word times the number of stars at worst.
    func matches(_ word: String) -> Bool {
        let word = Array(word.unicodeScalars)
        var place = 0
        var next = 0
        /// Where the last star stands, and how far the word went when it was met.
        var star: (pattern: Int, word: Int)?
        while place < word.count {
            if next < scalars.count, scalars[next] == "*" {
                star = (next, place)
                next += 1
            } else if next < scalars.count, scalars[next] == "?" || scalars[next] == word[place] {
                next += 1
                place += 1
            } else if let last = star {
                star = (last.pattern, last.word + 1)
                next = last.pattern + 1
                place = last.word + 1
            } else {
                return false
            }
        }
        return scalars[next...].allSatisfy { $0 == "*" }
    }
}

/// Words in a row: what a word, a prefix or a phrase of a query comes down to.
struct WordSequence: Hashable {
    /// At least one.
    var tests: [WordTest]
    /// Fewest and most words from each test's word to the next one's: 1 and 1 where they stand side by side.
    var distances: [ClosedRange<Int32>]
    /// Any words before the first and after the last that belong to the match.
    var before: Int32 = 0
    var after: Int32 = 0

    /// One after the other.
    init(_ tests: [WordTest]) {
        self.tests = tests
        distances = Array(repeating: 1...1, count: max(0, tests.count - 1))
    }

    init(_ phrase: Phrase) {
        tests = []
        distances = []
        var least: Int32 = 1
        var most: Int32 = 1
        for item in phrase.items {
            switch item {
            case .anyWord:
                if tests.isEmpty { before += 1 }
                least += 1
                most += 1
            case .gap(let limit): most += Int32(limit)
            case .word(let text): append(Self.words(of: text).map { .form(Folding.folded($0)) }, &least, &most)
            case .wildcard(let text):
                append(Self.words(ofWildcard: text).map { .wildcard(Wildcard(Folding.folded($0))) }, &least, &most)
            }
        }
        after = tests.isEmpty ? 0 : least - 1
    }

    private mutating func append(_ new: [WordTest], _ least: inout Int32, _ most: inout Int32) {
        for test in new {
            if !tests.isEmpty { distances.append(least...most) }
            tests.append(test)
            (least, most) = (1, 1)
        }
    }

    /// The words that are compared by their stems.
    var stems: [String] {
        tests.compactMap { test in
            guard case .stem(let word) = test else { return nil }
            return word
        }
    }

    /// The words of what somebody typed: `mother-in-law` are three.
    static func words(of text: String) -> [String] {
        var lexicon = Lexicon(language: "und")
        let bytes = Array(text.utf8)
        return Tokenizer.tokens(of: text, lexicon: &lexicon).map {
            String(decoding: bytes[Int($0.start)..<Int($0.end)], as: UTF8.self)
        }
    }

    /// The same of a text in which `*` and `?` stand for letters.
    static func words(ofWildcard text: String) -> [String] {
        // Private-use letters would not be cut as words; these two rare letters are no part of anybody's query.
        let (star, mark) = ("\u{A9F4}", "\u{A9F5}")
        var letters = ""
        for character in text {
            switch character {
            case "*": letters += star
            case "?": letters += mark
            default: letters.append(character)
            }
        }
        return words(of: letters).map { word in
            String(word.map { $0 == Character(star) ? "*" : $0 == Character(mark) ? "?" : $0 })
        }
    }
}
