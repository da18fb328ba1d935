/// The number in the heading of a part: `CHAPTER XII`, `2. Auftritt`, `Volume the Second`, `Erster Aufzug`.
enum HeadNumeral {
    /// The number that a heading counts its part by; `nil` where it has none.
    ///
    /// A numeral counts beside a word for a level, or at the start of the heading when nothing or a full stop
    /// follows: the `I` of *I am born* is none.
    static func number(in head: String) -> Int? {
        // A heading is short; a paragraph that is marked as one is not searched to its end.
        let words = words(of: head.prefix(200))
        for (index, word) in words.enumerated() where isLevel(word.text) {
            for next in words[(index + 1)...].prefix(2) where next.text != "the" {
                if let number = roman(next) ?? arabic(next) ?? counted(next.text) { return number }
                break
            }
            if index > 0, let number = arabic(words[index - 1]) ?? counted(words[index - 1].text) { return number }
        }
        guard let first = words.first else { return nil }
        if let number = arabic(first) { return number }
        if let number = roman(first), first.isStopped || words.count == 1 { return number }
        return words.count == 1 ? counted(first.text) : nil
    }

    private struct Word {
        /// Lower case.
        var text: String
        var isUpperCase: Bool
        /// Followed by something that is neither a letter nor a blank.
        var isStopped: Bool
    }

    private static func words(of head: Substring) -> [Word] {
        var words: [Word] = []
        var current = ""
        func flush(isStopped: Bool) {
            guard !current.isEmpty else {
                return
            }
            words.append(
                Word(text: current.lowercased(), isUpperCase: current == current.uppercased(), isStopped: isStopped))
            current = ""
        }
        for character in head {
            if character.isLetter || character.isNumber {
                current.append(character)
            } else {
                flush(isStopped: !character.isWhitespace)
            }
        }
        flush(isStopped: true)
        return words
    }

    private static let levels: Set<String> = [
        "chapter", "chap", "volume", "vol", "book", "part", "act", "scene", "letter", "canto", "section", "stave",
        "phase", "number", "no", "kapitel", "band", "buch", "teil", "theil", "akt", "aufzug", "szene", "scene",
        "auftritt", "auftrit", "brief", "abteilung", "handlung", "bild", "chapitre", "livre", "tome", "acte", "scène",
        "partie", "lettre", "epilogue", "capitulo", "capítulo", "libro", "acto", "escena", "capitolo", "atto", "scena",
    ]

    private static func isLevel(_ word: String) -> Bool { levels.contains(word) }

    private static func arabic(_ word: Word) -> Int? {
        guard word.text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), word.text.utf8.count < 6 else {
            // 1st, 2nd, 3d
            let digits = word.text.prefix { $0.isASCII && $0.isNumber }
            guard !digits.isEmpty,
                ["st", "nd", "rd", "d", "th", "te", "ter", "er", "e"].contains(word.text.dropFirst(digits.count))
            else { return nil }
            return Int(digits)
        }
        return Int(word.text)
    }

    /// Roman numerals as they are printed: capitals, or small letters that are longer than one.
    private static func roman(_ word: Word) -> Int? {
        guard word.isUpperCase || word.text.count > 1 || word.isStopped else { return nil }
        let values: [Character: Int] = ["i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000]
        var total = 0
        var last = 0
        for letter in word.text.reversed() {
            guard let value = values[letter] else { return nil }
            if value < last {
                total -= value
            } else {
                total += value
                last = value
            }
        }
        // `mild` and `dim` are made of the same letters: only what is written as the number is one.
        return total > 0 && spelled(total) == word.text ? total : nil
    }

    private static func spelled(_ number: Int) -> String {
        let parts = [
            (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
            (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
        ]
        var rest = number
        var text = ""
        for (value, letters) in parts {
            while rest >= value {
                text += letters
                rest -= value
            }
        }
        return text
    }

    /// Numbers as words in English, German and French, as far as headings go.
    private static func counted(_ word: String) -> Int? {
        for words in [cardinals, ordinals, frenchOrdinals] {
            if let index = words.firstIndex(of: word) { return index + 1 }
        }
        // erster, erste, erstes, ersten
        for ending in ["er", "es", "en", "em", "e"] where word.hasSuffix(ending) {
            if let index = germanOrdinals.firstIndex(of: String(word.dropLast(ending.count))) { return index + 1 }
        }
        return nil
    }

    private static let cardinals = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
        "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
    ]
    private static let ordinals = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
        "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
        "twentieth",
    ]
    private static let germanOrdinals = [
        "erst", "zweit", "dritt", "viert", "fünft", "sechst", "siebent", "acht", "neunt", "zehnt", "elft", "zwölft",
        "dreizehnt", "vierzehnt", "fünfzehnt", "sechzehnt", "siebzehnt", "achtzehnt", "neunzehnt", "zwanzigst",
    ]
    private static let frenchOrdinals = [
        "premier", "deuxième", "troisième", "quatrième", "cinquième", "sixième", "septième", "huitième", "neuvième",
        "dixième",
    ]
}
