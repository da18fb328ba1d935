import Foundation
import LayerFiles
import Readers
import TestSupport
import Testing
import TextModel

/// Files that other people and programs wrote: read leniently, and kept.
struct ForeignLayerFileTests {
    static let foreign = """
        <?xml version="1.0" encoding="UTF-8"?>
        <!-- by hand -->
        <tei:TEI xmlns:tei="http://www.tei-c.org/ns/1.0" type="other"><tei:teiHeader><tei:fileDesc>
        <tei:titleStmt><tei:title>T</tei:title><tei:respStmt xml:id="kim"><tei:resp>x</tei:resp><tei:persName>Kim</tei:persName></tei:respStmt></tei:titleStmt>
        <tei:publicationStmt><tei:p/></tei:publicationStmt><tei:sourceDesc><tei:p/></tei:sourceDesc></tei:fileDesc></tei:teiHeader>
        <tei:standOff>
        	<tei:listAnnotation><tei:head>Mine</tei:head>
        	<tei:annotation xml:id="x1" target="plain.xml#string-range(p1,4,8)" ana="../s.xml#neglect" n='7' rend="it"><!-- why? --><tei:note type="memo">keep &amp; me</tei:note></tei:annotation><tei:annotation target="plain.xml#match(p1,'held') #p2 plain.xml"><tei:note type="comment">plain words</tei:note></tei:annotation>
        	<?target here?></tei:listAnnotation>
        </tei:standOff><tei:text><tei:body><tei:p>own text</tei:p></tei:body></tei:text>
        </tei:TEI>
        """

    @Test(arguments: ["\n", "\r\n"], ["UTF-8", "ISO-8859-1"])
    func `what others wrote stays byte for byte`(newline: String, encoding: String) throws {
        let isLatin = encoding != "UTF-8"
        let text = Self.foreign.replacing("UTF-8", with: encoding).replacing("Mine", with: "Müne").replacing(
            "\n", with: newline)
        let bytes = isLatin ? Array(try #require(text.data(using: .isoLatin1))) : Array(text.utf8)
        var (layer, diagnostics) = LayerFile.read(bytes: bytes, path: "plain.kim.xml")
        #expect(diagnostics.map(\.identifier) == ["missing-id"])
        #expect(layer.annotators == [Annotator(id: "kim", name: "Kim")])
        #expect(layer.textFile == "plain.xml")
        #expect(layer.annotations.map(\.id) == ["x1", ""])
        #expect(layer.annotations[0].concepts.map(\.id) == ["neglect"])
        #expect(layer.annotations[1].comment == "plain words")
        #expect(
            layer.annotations[1].targets.map(\.pointer) == [
                Pointer(file: "plain.xml", place: .other("match(p1,'held')")),
                Pointer(file: "", place: .element(.id("p2"))),
                Pointer(file: "plain.xml", place: .whole),
            ])
        // One more, and away again.
        var added = fullAnnotation(in: sampleDocument())
        added.comment = "für dich"
        added.creator = "kim"
        let id = try layer.add(added)
        #expect(layer.bytes.count > bytes.count)
        let (again, _) = LayerFile.read(bytes: layer.bytes, path: "plain.kim.xml")
        #expect(again[id]?.comment == "für dich")
        #expect(again.bytes.contains(UInt8(ascii: "\r")) == (newline == "\r\n"))
        try layer.remove([id])
        // A line of its own was made for it.
        #expect(layer.bytes.filter { $0 > 0x20 } == bytes.filter { $0 > 0x20 })
        // Written anew, an annotation keeps what is not ours.
        var own = layer.annotations[0]
        own.stance = .supports
        try layer.replace(own)
        let source = String(decoding: try #require(layer.source(of: "x1")), as: UTF8.self)
        for kept in [
            "<!-- why? -->", "<tei:note type=\"memo\">keep &amp; me</tei:note>", " n='7'", " rend=\"it\"", "supports",
        ] {
            #expect(source.contains(kept), "\(kept) in \(source)")
        }
        #expect(throws: Diagnostic.self) { try layer.replace(layer.annotations[1]) }
        #expect(LayerFile.read(bytes: layer.bytes, path: "plain.kim.xml").0.annotations.count == 2)
    }

    @Test func `what is no layer is told and left alone`() throws {
        var (text, _) = LayerFile.read(
            bytes: Array("<TEI xmlns=\"http://www.tei-c.org/ns/1.0\"><text/></TEI>".utf8), path: "a.b.xml")
        #expect(!text.isLayer)
        #expect(throws: Diagnostic.self) { try text.add(fullAnnotation(in: sampleDocument())) }
        let (broken, problems) = LayerFile.read(bytes: Array(Self.foreign.dropLast(4).utf8), path: "a.b.xml")
        #expect(broken.annotations.isEmpty && broken.readOnlyReason != nil)
        #expect(problems.contains { $0.severity == .error })
        let marks = Self.foreign.replacing("<tei:standOff>", with: "<<<<<<< HEAD\n<tei:standOff>")
        #expect(LayerFile.read(bytes: Array(marks.utf8), path: "a.b.xml").1.first?.identifier == "forgotten-merge")
        let twice = Self.foreign.replacing("<tei:annotation target=", with: "<tei:annotation xml:id=\"x1\" target=")
        #expect(LayerFile.read(bytes: Array(twice.utf8), path: "a.b.xml").1.map(\.identifier).contains("duplicate-id"))
    }

    @Test(.enabled(if: sharedFolder != nil, "the shared material is not here"))
    func `the sample of the contract is read, changed and still the same`() throws {
        let shared = try #require(sharedFolder)
        let file = shared.appendingPathComponent("reference/samples/Corpus/hard.ana.xml")
        let bytes = Array(try Data(contentsOf: file))
        var (layer, diagnostics) = LayerFile.read(bytes: bytes, path: "hard.ana.xml")
        #expect(diagnostics.isEmpty)
        #expect(layer.annotations.count == 2 && layer.decisions.count == 1)
        let first = layer.annotations[0]
        #expect(
            first.proposal
                == Proposal(
                    suggester: "cues 1.0", score: 0.83, reason: "“felt nothing” near @child",
                    when: "2026-05-01T09:59:00Z"))
        #expect(first.about == [.dyad("ada", "tom-john")])
        #expect(first.targets[0].quote.shown == "felt nothing")
        #expect(layer.annotations[1].targets.map(\.quote.exact) == ["Dear Ma, he is a stranger to me.", "I feed him."])
        let text = shared.appendingPathComponent("reference/samples/Corpus/hard.xml")
        let document = try #require(TEIReader.read(Array(try Data(contentsOf: text)), path: "hard.xml").documents.first)
        let anchored = Anchoring.anchor(layer, to: document)
        #expect(anchored.map(\.verdict) == [.exact, .exact])
        #expect(anchored[0].pieces.map { document.rawText($0.raw) } == ["felt noth-THE BLUE DOORing"])
        #expect(
            anchored[1].pieces.map { document.rawText($0.raw) } == ["Dear Ma, he is a stranger to me.", "I feed him."])
        #expect(anchored[1].annotation.about == [.relation("r.ada-tom")])
        let decided = Anchoring.anchor(decisions: layer.decisions, sha256: layer.sha256, to: DocumentPlaces(document))
        #expect(decided.map(\.verdict) == [.exact])
        // Rewritten, it says the same.
        try layer.replace(layer.annotations)
        try layer.replace(layer.decisions)
        let (again, _) = LayerFile.read(bytes: layer.bytes, path: "hard.ana.xml")
        #expect(again.annotations == layer.annotations && again.decisions == layer.decisions)
    }

    @Test(.enabled(if: sharedFolder != nil && executable("jing") != nil, "no shared material, or no jing"))
    func `the sample of the contract is valid when it was written anew`() throws {
        let shared = try #require(sharedFolder)
        let jing = try #require(executable("jing"))
        let file = shared.appendingPathComponent("reference/samples/Corpus/hard.ana.xml")
        var (layer, _) = LayerFile.read(bytes: Array(try Data(contentsOf: file)), path: "hard.ana.xml")
        try layer.replace(layer.annotations)
        try layer.replace(layer.decisions)
        try withTemporaryFolder { folder in
            let copy = folder.appendingPathComponent("hard.ana.xml")
            try Data(layer.bytes).write(to: copy)
            #expect(
                try run(jing, shared.appendingPathComponent("schema/tei_all-4.12.0.rng").path, copy.path)
                    == "")
        }
    }

    @Test(arguments: [
        "a%20b.xml#string-range(p1,4,8)", "x.xml#string-range(/TEI[1]/text[1]/p[2],0,3)", "x.xml#string-index(p1,0)",
        "x.xml#jane", "x.xml", "#p1", "x.xml#xpath(//p)", "x.xml#match(p1,'a,b(c')", "x.xml#range(left(p1),right(p2))",
        "x.xml#string-range(p1,-3,8)", "http://example.org/a.xml#p1",
    ])
    func `pointers are written as they were read`(text: String) {
        #expect(Pointer(text: Pointer(text: text).text).place == Pointer(text: text).place)
        #expect(Pointer(text: Pointer(text: text).text).file == Pointer(text: text).file)
        if !text.hasPrefix("http") { #expect(Pointer(text: text).text == text) }
    }
}
