import TextModel

/// What finding words and passages needs of a document: a tenth of its ``Outline``, so that a query of the whole
/// casebook reads little.
struct Spine: Sendable {
    var kinds: [PassageKind] = []
    /// First part of the language tag of each passage: an index in ``tags``.
    private(set) var languages: [UInt8] = []
    private(set) var tags: [String] = []
    /// Number of the first word of each passage in the document, and of the word after the last.
    var firstWord: [Int32] = [0]
    /// Numbers of words that a printed line divides, rising.
    var joinedWords: [Int32] = []

    init(_ document: Document) {
        kinds = document.passages.map(\.kind)
        let primary = document.languages.map(primaryLanguage)
        tags = Array(Set(primary)).sorted()
        // More than 255 languages in one document would be a mistake of its markup: the rest count as the last.
        languages = document.passages.map { passage in
            let tag = document.languages.indices.contains(Int(passage.language)) ? primary[Int(passage.language)] : ""
            return UInt8(clamping: tags.firstIndex(of: tag) ?? 0)
        }
        firstWord.reserveCapacity(document.passages.count + 1)
    }

    var passageCount: Int { kinds.count }

    var wordCount: Int32 { firstWord.last ?? 0 }

    func language(of passage: Int32) -> String {
        tags.isEmpty ? "" : tags[Int(languages[Int(passage)])]
    }

    /// Words of the reading text of a passage.
    func words(of passage: Int32) -> Range<Int32> { firstWord[Int(passage)]..<firstWord[Int(passage) + 1] }

    /// Passage that holds a word of the document.
    func passage(ofWord word: Int32) -> Int32 {
        var low = 0
        var high = firstWord.count - 1
        // The last passage that begins at or before the word; empty passages before it begin there too.
        while high - low > 1 {
            let middle = (low + high) / 2
            if firstWord[middle] <= word { low = middle } else { high = middle }
        }
        return Int32(low)
    }

    /// The word of a number that counts words as printed lines divide them, and which half of it where it is divided.
    func word(ofDivided number: Int32) -> (number: Int32, half: Int?) {
        // The second half of the n-th divided word has the number of the word, and one more for each up to it.
        var low = 0
        var high = joinedWords.count
        while low < high {
            let middle = (low + high) / 2
            if joinedWords[middle] + Int32(middle) + 1 <= number { low = middle + 1 } else { high = middle }
        }
        let word = number - Int32(low)
        if low > 0, joinedWords[low - 1] == word { return (word, 1) }
        if low < joinedWords.count, joinedWords[low] == word { return (word, 0) }
        return (word, nil)
    }
}

extension Spine {
    func encoded() -> [UInt8] {
        var writer = ByteWriter()
        writer.append(list: kinds) { $0.append(byte: UInt8(PassageKind.allCases.firstIndex(of: $1) ?? 0)) }
        writer.append(list: languages) { $0.append(byte: $1) }
        writer.append(tags)
        writer.append(column: firstWord)
        writer.append(column: joinedWords)
        return writer.bytes
    }

    /// - Throws: ``IndexError/damaged(_:)``.
    init(decoding bytes: [UInt8]) throws {
        var reader = ByteReader(bytes)
        let allKinds = PassageKind.allCases
        kinds = try reader.list { reader in
            let number = Int(try reader.byte())
            guard number < allKinds.count else { throw IndexError.damaged("unknown kind of passage") }
            return allKinds[number]
        }
        languages = try reader.list { try $0.byte() }
        tags = try reader.strings()
        firstWord = try reader.column()
        joinedWords = try reader.column()
        guard reader.isAtEnd, firstWord.count == kinds.count + 1, languages.count == kinds.count,
            languages.allSatisfy({ $0 < tags.count }) || tags.isEmpty
        else { throw IndexError.damaged("columns of a document differ in length") }
    }
}
