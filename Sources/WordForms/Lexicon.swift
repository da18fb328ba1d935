/// All words seen so far in one language, each with its number, its folded form and its stem.
///
/// Folding and stemming cost far more than a look-up, and a text repeats its words: each distinct spelling is
/// folded and stemmed once. Numbers rise from 0 and never change. A lexicon belongs to one task.
package struct Lexicon: ~Copyable {
    package let language: String
    private let stemmer: Stemmer
    private var spellings = ByteStringTable()
    private var strings = ByteStringTable()
    /// Word number → number of its folded form, its form without accents and its stem, all in `strings`.
    package private(set) var forms: [WordForm] = []

    /// `language` is a language tag, `en-GB`.
    package init(language: String) {
        self.language = language
        stemmer = Stemmer(language: language)
    }

    /// The number of a spelling; a new one is folded and stemmed.
    package mutating func word(_ bytes: Span<UInt8>) -> Int32 {
        word(bytes, packed: ByteStringTable.packed(bytes))
    }

    /// As ``word(_:)``, for who has the packed bytes at hand (see
    /// ``ByteStringTable/packed(_:)``).
    mutating func word(_ bytes: Span<UInt8>, packed: UInt64) -> Int32 {
        let (number, isNew) = spellings.insert(bytes, packed: packed)
        if isNew { forms.append(form(of: bytes)) }
        return number
    }

    /// The number of the string that a word is compared by, for cues and queries: a folded form or a stem.
    package mutating func string(_ text: String) -> Int32 { strings.insert(text.utf8Span.span).number }

    package func text(ofString number: Int32) -> String { String(decoding: strings[number], as: UTF8.self) }

    /// Does a form or a stem begin with a slice of some bytes; makes no slice of it.
    package func string(_ number: Int32, startsWith prefix: Span<UInt8>) -> Bool {
        strings.string(number, startsWith: prefix)
    }

    /// UTF-8 of a form or a stem.
    package func bytes(ofString number: Int32) -> ArraySlice<UInt8> { strings[number] }

    /// Stem of a word of a cue or a query, folded first.
    package mutating func stem(of text: String) -> Int32 {
        let number = word(text.utf8Span.span)
        return forms[Int(number)].stem
    }

    private mutating func form(of bytes: Span<UInt8>) -> WordForm {
        var lowered: [UInt8] = []
        lowered.reserveCapacity(bytes.count)
        var isASCII = true
        for index in bytes.indices {
            let byte = bytes[index]
            isASCII = isASCII && byte < 0x80
            lowered.append(byte &- 0x41 < 26 ? byte | 0x20 : byte)
        }
        if isASCII {
            let folded = strings.insert(lowered.span).number
            let stem = strings.insert(stemmer.stem(lowered).span).number
            return WordForm(folded: folded, withoutAccents: folded, stem: stem)
        }
        let text = String(decoding: lowered, as: UTF8.self)
        let folded = Folding.folded(text)
        let bare = Folding.foldedWithoutAccents(folded)
        let stem = String(decoding: stemmer.stem(Array(folded.utf8)), as: UTF8.self)
        return WordForm(
            folded: string(folded), withoutAccents: string(bare), stem: string(Folding.foldedWithoutAccents(stem)))
    }
}

/// What a word is compared by; numbers of strings in its ``Lexicon``.
package struct WordForm: Sendable, Hashable {
    /// Case, quotes and dashes folded, accents kept: quoted words.
    package var folded: Int32
    package var withoutAccents: Int32
    /// Without accents: unquoted words.
    package var stem: Int32
}
