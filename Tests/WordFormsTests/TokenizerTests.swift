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
}
