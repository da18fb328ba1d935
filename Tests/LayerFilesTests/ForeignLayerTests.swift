import LayerFiles
import Readers
import TestSupport
import Testing
import TextModel

/// Annotations inside the text file itself.
struct ForeignLayerTests {
    static let text = """
        <TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>T</title></titleStmt>
        <publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc></fileDesc></teiHeader>
        <text><body><div>
        <p xml:id="p1">She held the <seg ana="s.xml#neglect #cold" resp="#kim" xml:id="s1">chïld, and <hi>felt</hi> nothing</seg> at all.</p>
        <p xml:id="p2"><seg resp="#kim">no concept</seg> He is <seg ana="#cold">a stranger</seg> to me.</p>
        <spanGrp resp="#lou" ana="#warm"><span from="#string-index(p2,11)" to="#string-index(p2,16)">why</span><span target="#string-range(p1,0,3)"/></spanGrp>
        </div></body></text>
        <standOff><listAnnotation>
        <annotation xml:id="x1" target="#match(p2,'str\\w+')" resp="#kim"><ptr target="s.xml#cold"/></annotation>
        <annotation xml:id="x2" target="#string-range(p1,4,8)"><ptr type="concept" target="s.xml#cold"/><note type="exact">held the</note></annotation>
        <annotation xml:id="x3" target="#gone"><ptr target="s.xml#cold"/></annotation>
        </listAnnotation></standOff></TEI>
        """

    @Test func `what the text says of itself is a layer each`() throws {
        let bytes = Array(Self.text.utf8)
        let documents = TEIReader.read(bytes, path: "t.xml").documents
        let document = try #require(documents.first)
        let layers = try #require(ForeignLayer.read(bytes, documents: documents).first)
        let lines = layers.flatMap { layer in
            layer.annotations.map { anchored in
                let words = anchored.pieces.map { document.rawText($0.raw) }.joined(separator: "|")
                let concepts = anchored.annotation.concepts.map(\.id).joined(separator: " ")
                return "\(layer.name) \(anchored.annotation.id) \(anchored.verdict) \(concepts): \(words)"
            }
        }
        #expect(
            lines == [
                "kim s1 exact neglect cold: chïld, and felt nothing",
                "kim x1 exact cold: stranger",
                "text foreign-1 exact cold: a stranger",
                "text x2 exact cold: held the",
                "text x3 orphaned cold: ",
                "lou foreign-2 exact warm: He is",
                "lou foreign-3 exact warm: She",
            ])
    }

    @Test(
        arguments: [
            ("left(p2)", ""), ("range(left(p1),right(p1))", "She held the chïld, and felt nothing at all."),
            ("range(string-index(p1,4),string-index(p1,8))", "held"), ("match(p1,'h\\w+',2)", "held"),
            ("string-range(p1,0,3,9,3)", "She held the"),
            ("xpath(/TEI/text/body/div/p[2])", "no concept He is a stranger to me."),
            ("string-range(p2,-5,4)", "all."), ("match(p1,'(')", nil), ("bogus(1)", nil),
        ] as [(String, String?)])
    func `all seven schemes lead to their place`(pointer: String, words: String?) throws {
        let document = try #require(TEIReader.read(Array(Self.text.utf8), path: "t.xml").documents.first)
        let range = DocumentPlaces(document).resolve(Pointer(text: "#" + pointer).place)
        #expect(range.map { document.rawText($0) } == words)
    }

    @Test func `an annotation belongs to the text of its file where its words stand`() throws {
        func text(_ id: String, _ words: String) -> String {
            "<TEI xml:id=\"\(id)\"><teiHeader><fileDesc><titleStmt><title>\(id)</title></titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc></fileDesc></teiHeader><text><body><p>\(words)</p></body></text></TEI>"
        }
        let corpus =
            "<teiCorpus xmlns=\"http://www.tei-c.org/ns/1.0\"><teiHeader><fileDesc><titleStmt><title>c</title></titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc></fileDesc></teiHeader>"
            + text("one", "She held the child, and felt nothing.")
            + text("two", "He held the child, and felt everything.") + "</teiCorpus>"
        let documents = TEIReader.read(Array(corpus.utf8), path: "c.xml").documents
        #expect(documents.count == 2)
        var layer = LayerFile.new(for: documents[1], path: "c.ana.xml", annotator: ana, version: "0.1.0")
        for document in documents {
            try layer.add(
                Annotation(
                    id: "", targets: [Target(of: piece(0, 9, 18, in: document), in: document, layerPath: "c.ana.xml")]))
        }
        let anchored = Anchoring.anchor(layer, to: documents.map(DocumentPlaces.init))
        #expect(anchored.map(\.document) == [0, 1])
        #expect(anchored.map(\.anchored.verdict) == [.exact, .exact])
        #expect(anchored.map(\.anchored.annotation.id) == layer.annotations.map(\.id))
    }
}
