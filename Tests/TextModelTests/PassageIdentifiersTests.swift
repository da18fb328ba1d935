import TestSupport
import Testing
import TextModel

@Suite struct PassageIdentifiersTests {
    @Test func `a real id wins over a generated one`() {
        var document = plainDocument(["One.", "Two.", "Three."])
        let elements = document.passages.map { Int($0.element) }
        document.elements[elements[0]].id = nil
        document.elements[elements[1]].id = nil
        document.elements[elements[2]].id = "p.1"
        let names = PassageIdentifiers(document)
        #expect((0..<3).map { names[$0] } == ["p.1~", "p.2", "p.1"])
        #expect((0..<3).map { names.index(of: names[$0]) } == [0, 1, 2])
        #expect(["p.3", "p.0", "p.9", "p.", "p.2~", "p.02", "x"].allSatisfy { names.index(of: $0) == nil })
    }

    @Test(arguments: [("one", "one"), (" one\n  two ", "one two"), ("", ""), (" \n", ""), ("ä\tö", "ä ö")])
    func `one passage reads with white space collapsed`(text: String, reading: String) {
        let document = Document(onePassage: text, language: "en")
        let passage = document.passages[0]
        #expect(document.readingText(passage) == reading)
        #expect(document.rawText(passage.raw) == text)
        for offset in passage.reading.start..<passage.reading.end where document.reading[Int(offset)] != 0x20 {
            let raw = document.rawOffset(ofReading: offset, in: passage)
            #expect(document.raw[Int(raw)] == document.reading[Int(offset)])
        }
    }
}
