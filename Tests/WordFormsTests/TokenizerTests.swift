import TestSupport
import Testing
import TextModel
import WordForms

@Suite struct TokenizerTests {
    @Test(arguments: [
        ("She felt nothing at all.", ["She", "felt", "nothing", "at", "all"]),
        ("I don't; I can’t — ‘won’t’", ["I", "don't", "I", "can’t", "won’t"]),
        ("mother-in-law", ["mother", "in", "law"]),
        ("par\u{AD}cel", ["par\u{AD}cel"]),
        ("Ärzte, naïve cafés", ["Ärzte", "naïve", "cafés"]),
        ("1893: no. 7[…]x", ["1893", "no", "7", "x"]),
        ("'tis o’ the boys’", ["tis", "o", "the", "boys"]),
        ("", []), ("’’’", []), ("語る𝒳a", ["語る𝒳a"]),
    ])
    func `cuts a text into words`(text: String, words: [String]) {
        var lexicon = Lexicon(language: "en")
        let tokens = Tokenizer.tokens(of: text, lexicon: &lexicon)
        let bytes = Array(text.utf8)
        #expect(tokens.map { String(decoding: bytes[Int($0.start)..<Int($0.end)], as: UTF8.self) } == words)
    }

    @Test func `joins a word across a printed line and keeps its halves findable`() {
        var document = plainDocument(["and felt noth- ing at all- or"])
        document.lineEndHyphens = [13]
        var lexicon = Lexicon(language: "en")
        var joined: [Token] = []
        Tokenizer.tokens(of: document.passages[0], in: document, lexicon: &lexicon, into: &joined)
        #expect(
            joined.map { lexicon.text(ofString: lexicon.forms[Int($0.word)].folded) }
                == ["and", "felt", "nothing", "at", "all", "or"])
        #expect(joined[2].start == 9 && joined[2].end == 18)
        var apart: [Token] = []
        Tokenizer.tokens(
            of: document.passages[0], in: document, lexicon: &lexicon, splitsLineEnds: true, into: &apart)
        #expect(apart.count == 7)
    }

    @Test(arguments: [
        ("en", "children’s", "children's", "children's", "children"),
        ("en", "NURSING", "nursing", "nursing", "nurs"),
        ("de", "Müttern", "müttern", "muttern", "mutt"),
        ("en", "ſtraſſe", "strasse", "strasse", "strass"),
        ("xx", "Words", "words", "words", "words"),
    ])
    func `folds and stems`(language: String, word: String, folded: String, bare: String, stem: String) {
        var lexicon = Lexicon(language: language)
        let form = lexicon.forms.count
        _ = lexicon.word(word.utf8Span.span)
        let forms = lexicon.forms[form]
        #expect(lexicon.text(ofString: forms.folded) == folded)
        #expect(lexicon.text(ofString: forms.withoutAccents) == bare)
        #expect(lexicon.text(ofString: forms.stem) == stem)
    }

    @Test func `numbers ten thousand words without a collision`() {
        var lexicon = Lexicon(language: "en")
        let numbers = (0..<10_000).map { lexicon.word("w\($0)".utf8Span.span) }
        #expect(Set(numbers).count == 10_000)
        #expect((0..<10_000).allSatisfy { lexicon.word("w\($0)".utf8Span.span) == numbers[$0] })
    }

    /// The same rules, one scalar after the other.
    private func plainly(_ text: String) -> [String] {
        func isWord(_ scalar: Unicode.Scalar) -> Bool {
            switch scalar.properties.generalCategory {
            case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
                .spacingMark, .enclosingMark, .decimalNumber, .letterNumber:
                return scalar != "\u{2BC}"
            default: return false
            }
        }
        let joiners: Set<Unicode.Scalar> = ["'", "\u{2019}", "\u{AD}", "\u{2BC}", "\u{200C}", "\u{200D}", "\u{2060}"]
        let scalars = Array(text.unicodeScalars)
        var words: [String] = []
        var word = String.UnicodeScalarView()
        for (index, scalar) in scalars.enumerated() {
            let isJoint =
                joiners.contains(scalar) && !word.isEmpty && index + 1 < scalars.count && isWord(scalars[index + 1])
            if isWord(scalar) || isJoint {
                word.append(scalar)
            } else if !word.isEmpty {
                words.append(String(word))
                word = String.UnicodeScalarView()
            }
        }
        return word.isEmpty ? words : words + [String(word)]
    }

    /// Every byte of ASCII at every distance from a word's start, and what stands in texts beyond it.
    @Test(arguments: UInt64(1)...40) func `cuts random text as the rules read`(seed: UInt64) {
        var state = seed &* 0x9E37_79B9_7F4A_7C15
        func next(_ limit: Int) -> Int {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Int(state % UInt64(limit))
        }
        let others: [Unicode.Scalar] = [
            "’", "“", "—", "é", "ß", "\u{AD}", "\u{301}", "\u{200D}", "語", "𝒳", "ʼ", "…", "ﬁ", "\u{A0}", "×",
            "\u{3000}",
        ]
        var scalars = String.UnicodeScalarView()
        for _ in 0..<400 {
            switch next(10) {
            case 0...5: scalars.append(Unicode.Scalar(UInt8(97 + next(26))))
            case 6: scalars.append(Unicode.Scalar(UInt8(1 + next(127))))
            case 7: scalars.append(others[next(others.count)])
            case 8: scalars.append("'")
            default: scalars.append(" ")
            }
        }
        let text = String(scalars)
        let bytes = Array(text.utf8)
        var lexicon = Lexicon(language: "en")
        let tokens = Tokenizer.tokens(of: text, lexicon: &lexicon)
        let words = tokens.map { String(decoding: bytes[Int($0.start)..<Int($0.end)], as: UTF8.self) }
        #expect(words == plainly(text))
        // A spelling has one number, and a number one spelling.
        #expect(Set(tokens.map(\.word)).count == Set(words).count)
        #expect(Set(zip(words, tokens).map { "\($0) \($1.word)" }).count == Set(words).count)
    }
}
