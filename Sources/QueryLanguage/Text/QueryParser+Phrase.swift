extension QueryParser {
    /// The items of a quotation: words, `*`, wildcards, `..3`.
    func phrase(_ token: QueryToken) throws(QueryError) -> Phrase {
        var items: [Phrase.Item] = []
        var offset = token.start
        while offset < token.end {
            if let length = QueryLexer.blankLength(in: bytes, at: offset) {
                offset += length
                continue
            }
            var end = offset
            while end < token.end, QueryLexer.blankLength(in: bytes, at: end) == nil {
                end += bytes[end] == UInt8(ascii: "\\") && end + 1 < token.end ? 2 : 1
            }
            items.append(try item(offset..<end))
            offset = end
        }
        guard items.contains(where: Self.hasLetter) else {
            throw error(
                .badPhrase, at: token, "no word between the quotes", advice: ["at least one letter, as in \"felt *\""])
        }
        for (end, item) in [("begin", items.first), ("end", items.last)] {
            if case .gap = item {
                throw error(
                    .badPhrase, at: token, "a phrase cannot \(end) with a gap",
                    advice: ["a gap stands between words: \"felt ..3 nothing\""])
            }
        }
        return Phrase(items)
    }

    private func item(_ range: Range<Int>) throws(QueryError) -> Phrase.Item {
        let written = bytes[range]
        let star = UInt8(ascii: "*")
        let dot = UInt8(ascii: ".")
        if written.count == 1, written.first == star { return .anyWord }
        if written.starts(with: [dot, dot]) {
            let digits = written.dropFirst(2)
            // Up to three digits: a sentence has fewer words.
            guard (1...3).contains(digits.count), digits.allSatisfy({ (48...57).contains($0) }),
                let limit = Int(String(decoding: digits, as: UTF8.self)), limit > 0
            else {
                throw error(
                    .badPhrase, at: Place(range.lowerBound, range.upperBound),
                    "expected a number right after the two dots",
                    advice: ["..3 stands for up to three words"])
            }
            return .gap(limit)
        }
        var text: [UInt8] = []
        var hasWildcard = false
        var offset = range.lowerBound
        while offset < range.upperBound {
            if bytes[offset] == UInt8(ascii: "\\"), offset + 1 < range.upperBound {
                offset += 1
            } else if bytes[offset] == star || bytes[offset] == UInt8(ascii: "?") {
                hasWildcard = true
            }
            text.append(bytes[offset])
            offset += 1
        }
        let word = String(decoding: text, as: UTF8.self)
        return hasWildcard ? .wildcard(word) : .word(word)
    }

    /// True where an item has something to look up.
    private static func hasLetter(_ item: Phrase.Item) -> Bool {
        switch item {
        case .word(let word), .wildcard(let word):
            word.unicodeScalars.contains { $0.properties.isAlphabetic || $0.properties.numericType != nil }
        case .anyWord, .gap: false
        }
    }
}
