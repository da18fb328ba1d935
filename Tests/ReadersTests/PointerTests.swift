import Foundation
import Readers
import TestSupport
import Testing
import TextModel

@Suite struct PointerTests {
    private let file = tei(
        "<p xml:id='one'>A <hi>b<hi>c</hi></hi> d<note xml:id='n'>in a note</note> e.</p><sp><speaker>X</speaker>"
            + "<p>Said.</p></sp><p>Last é𝄞 word.</p>")

    private func text(_ place: Pointer.Place, all: Bool = false) throws -> String? {
        let reading = TEIReader.read(Array(file.utf8), path: "test.xml", recordsEveryElement: all)
        let places = DocumentPlaces(try #require(reading.documents.first))
        return places.rawRange(of: place).map { places.document.rawText($0) }
    }

    @Test func `resolves offsets from any recorded element, past its end`() throws {
        #expect(try text(.range(base: .id("one"), offset: 2, length: 2)) == "bc")
        #expect(try text(.range(base: .path("/TEI[1]/text[1]/body[1]/p[2]"), offset: 5, length: 4)) == "é𝄞 w")
        #expect(try text(.range(base: .path("/TEI/text"), offset: 0, length: 3)) == "A b")
        #expect(try text(.range(base: .id("n"), offset: 5, length: 7)) == "note e.")
        #expect(try text(.range(base: .id("n"), offset: -2, length: 4)) == " din")
        #expect(try text(.range(base: .id("one"), offset: 0, length: 9_999)) == nil)
        #expect(try text(.range(base: .path("/TEI[1]"), offset: 0, length: 1)) == nil)
        #expect(try text(.element(.path("//*[@xml:id='n']"))) == "in a note")
    }

    @Test func `resolves inline elements when every element is recorded`() throws {
        let inline = Pointer.Place.range(base: .path("/TEI[1]/text[1]/body[1]/p[1]/hi[1]/hi[1]"), offset: 0, length: 1)
        #expect(try text(inline) == nil)
        #expect(try text(inline, all: true) == "c")
    }

    @Test(arguments: [
        ("range(left(one),right(n))", "A bc din a note"), ("match(one,'b.')", "bc"), ("match(one,' ',2)", " "),
        ("match(one,'x')", nil), ("match(one,'(a+)+b')", nil), ("string-range(one,0,1,4,1)", "A bc "),
        ("range(string-index(one,2),string-index(one,3))", "b"),
        ("xpath(/TEI[1]/text[1]/body[1]/p[2])", "Last é𝄞 word."),
        ("nonsense(one)", nil), ("id('n')", nil),
    ])
    func `resolves the rarer schemes`(scheme: String, expected: String?) throws {
        #expect(try text(.other(scheme)) == expected)
    }

    @Test func `names every passage so that it is found again`() throws {
        let document = try #require(try read(fixture("hard.xml")).documents.first)
        let bytes = [UInt8](try Data(contentsOf: fixture("hard.xml")))
        let oracle = try #require(Oracle(bytes))
        let places = DocumentPlaces(document)
        for passage in document.passages {
            let base = document.base(ofElement: passage.element)
            #expect(places.element(at: base) == passage.element)
            let xpath =
                switch base {
                case .id(let id): "//*[@xml:id='\(id)']"
                case .path(let path): prefixed(path)
                }
            #expect(oracle.string(at: xpath) == document.rawText(passage.raw))
        }
    }
}
