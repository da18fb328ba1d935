import PassageScoring
import TestSupport
import Testing

@Suite struct WordPieceTokenizerTests {
    @Test func cutsAsHuggingFaceDoes() throws {
        let model = try model("tiny")
        var tokenizer = WordPieceTokenizer(model.vocabulary)
        // Twice: the second time words come from memory.
        for reference in try Reference.all() + Reference.all() {
            let bytes = Array(reference.text.utf8)
            var ids: [Int32] = []
            tokenizer.append(bytes, 0..<bytes.count, limit: model.settings.maximumTokens, to: &ids)
            #expect(ids.map(model.vocabulary.piece) == reference.pieces, "\(reference.text.debugDescription)")
        }
    }

    @Test func cutsASliceOnly() throws {
        let model = try model("tiny")
        var tokenizer = WordPieceTokenizer(model.vocabulary)
        var ids: [Int32] = []
        tokenizer.append(Array("the mother held her".utf8), 4..<10, limit: 64, to: &ids)
        #expect(ids.map(model.vocabulary.piece) == ["[CLS]", "mother", "[SEP]"])
    }

    @Test func piecesKnowTheirWords() throws {
        let model = try model("tiny")
        var tokenizer = WordPieceTokenizer(model.vocabulary)
        for reference in try Reference.all() {
            let bytes = Array(reference.text.utf8)
            var ids: [Int32] = []
            tokenizer.append(bytes, 0..<bytes.count, limit: 64, to: &ids)
            #expect(tokenizer.places.count == ids.count)
            #expect(zip(tokenizer.places, tokenizer.places.dropFirst()).allSatisfy { $0.lowerBound <= $1.lowerBound })
        }
        var ids: [Int32] = []
        let text = Array("“Café, (mamma)—she".utf8)
        tokenizer.append(text, 0..<text.count, limit: 64, to: &ids)
        let words = tokenizer.places.dropFirst().dropLast().map { String(decoding: text[$0], as: UTF8.self) }
        var distinct: [String] = []
        for word in words where distinct.last != word { distinct.append(word) }
        #expect(distinct == ["“", "Café", ",", "(", "mamma", ")", "—", "she"])
    }

    @Test func anyBytesGiveAtMostAsManyPiecesAsAllowed() throws {
        let model = try model("tiny")
        var tokenizer = WordPieceTokenizer(model.vocabulary)
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<300 {
            let bytes = (0..<Int.random(in: 0..<200, using: &generator)).map { _ in
                UInt8.random(in: 0...255, using: &generator)
            }
            // What reaches the tokenizer is UTF-8.
            let text = Array(String(decoding: bytes, as: UTF8.self).utf8)
            var ids: [Int32] = []
            tokenizer.append(text, 0..<text.count, limit: 20, to: &ids)
            #expect((2...20).contains(ids.count))
            #expect(ids.first == tokenizer.start && ids.last == tokenizer.end)
        }
    }
}
