import Foundation
import LayerFiles
import Readers
import TestSupport
import Testing
import TextModel

struct SchemeEditingTests {
    static let scheme = """
        <TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>S</title></titleStmt>
        <publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc></fileDesc>
        <encodingDesc><classDecl>
          <taxonomy xml:id="s">
           <gloss type="prefLabel">S</gloss>
           <category xml:id="cold" corresp="#warm #near">
            <gloss type="prefLabel">cold</gloss>
            <desc type="scopeNote" corresp="#warm">Not <ref target="#warm">warm</ref>.</desc>
            <category xml:id="icy">
             <gloss type="prefLabel">icy</gloss>
            </category>
           </category>
           <category xml:id="warm" corresp="#cold">
            <gloss type="prefLabel">warm</gloss>
           </category>
           <category xml:id="near"><gloss type="prefLabel">near</gloss></category>
          </taxonomy>
        </classDecl></encodingDesc></teiHeader><text><body><p>S</p></body></text></TEI>

        """

    func apply(_ change: SchemeChange) throws -> (scheme: ConceptScheme, text: String) {
        let bytes = try SchemeEditing.apply(change, toScheme: Array(Self.scheme.utf8), file: "s.xml")
        let text = String(decoding: bytes, as: UTF8.self)
        let (schemes, problems) = ConceptSchemeReader.read(bytes, path: "s.xml")
        #expect(!problems.contains { $0.severity == .error }, "\(problems)")
        return (try #require(schemes.first), text)
    }

    func broader(_ id: String, _ scheme: ConceptScheme) -> String? {
        scheme[id].flatMap(\.broader).map { scheme.concepts[$0].id }
    }

    @Test func `a concept is renamed wherever it is named`() throws {
        let (scheme, text) = try apply(.rename("warm", to: "warmth"))
        #expect(scheme.concepts.map(\.id) == ["cold", "icy", "warmth", "near"])
        #expect(scheme["cold"]?.related == ["warmth", "near"])
        #expect(!text.contains("#warm\""))
        // Nothing else has moved.
        #expect(text.replacing("warmth", with: "warm") == Self.scheme)
    }

    @Test func `concepts are merged, split, moved, deprecated`() throws {
        let merged = try apply(.merge(["warm"], into: "near")).scheme
        #expect(merged["warm"]?.deprecated == "near")
        #expect(merged["cold"]?.related == ["near"])
        let (split, text) = try apply(
            .split("warm", into: [.init(id: "tender", label: "tender <3"), .init(id: "near", label: "near")]))
        #expect(split.concepts.map(\.id) == ["cold", "icy", "warm", "tender", "near"])
        #expect(split["tender"]?.preferredLabel() == "tender <3")
        #expect(text.contains("   <category xml:id=\"tender\">\n    <gloss"))
        let (moved, lines) = try apply(.move("icy", under: "warm"))
        #expect(broader("icy", moved) == "warm")
        #expect(moved.concepts.count == 4)
        #expect(lines.contains("\n    <category xml:id=\"icy\">\n     <gloss"))
        let top = try apply(.move("icy", under: nil))
        #expect(broader("icy", top.scheme) == nil)
        #expect(top.scheme["icy"] != nil)
        #expect(broader("near", try apply(.move("near", under: "cold")).scheme) == "cold")
        let gone = try apply(.deprecate("cold", instead: "icy")).scheme
        #expect(gone["cold"]?.deprecated == "icy")
        #expect(broader("icy", gone) == "cold")
    }

    @Test(arguments: [
        (SchemeChange.rename("wram", to: "x"), "unknown-concept"), (.rename("warm", to: "cold"), "duplicate-id"),
        (.rename("warm", to: "1 x"), "malformed-id"), (.move("cold", under: "icy"), "circular-concepts"),
        (.merge(["cold"], into: "hot"), "unknown-concept"),
    ])
    func `what cannot be is told`(change: SchemeChange, problem: String) {
        #expect {
            _ = try SchemeEditing.apply(change, toScheme: Array(Self.scheme.utf8), file: "s.xml")
        } throws: { ($0 as? Diagnostic)?.identifier == problem }
    }

    @Test func `scheme, cues and layers change in one step, and one undo takes it back`() throws {
        let folder = try temporaryCasebook()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let cues = "<cues><cueSet><context concepts=\"neglect warm\"/><concept ref=\"neglect\"/></cueSet></cues>"
        let scheme = Self.scheme.replacing("\"warm\"", with: "\"neglect\"").replacing("#warm", with: "#neglect")
        for (name, text) in [("s.xml", scheme), ("s.cues.xml", cues)] {
            try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/" + name))
        }
        let document = sampleDocument()
        let store = LayerStore(folder: folder)
        try store.edit(layerPath, title: "add") {
            _ = try $0.add([fullAnnotation(in: document), fullAnnotation(in: document)])
        }
        let locked = "Corpus/plain.kim.xml"
        try FileManager.default.copyItem(atPath: folder + "/" + layerPath, toPath: folder + "/" + locked)
        try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: folder + "/" + locked)
        func contents() throws -> [String] {
            try ["s.xml", "s.cues.xml", layerPath, locked].map {
                try String(contentsOfFile: folder + "/" + $0, encoding: .utf8)
            }
        }
        let before = try contents()
        func rename(isDryRun: Bool) throws -> SchemeReceipt {
            try store.refactor(
                .rename("neglect", to: "neglected"), scheme: "s.xml", cues: ["s.cues.xml"],
                layers: [layerPath, locked],
                version: "2.0", isDryRun: isDryRun)
        }
        let preview = try rename(isDryRun: true)
        #expect(try contents() == before)
        #expect(preview.files == ["s.xml", "s.cues.xml"])
        #expect(preview.layers[layerPath]?.count == 2)
        #expect(preview.skipped.keys.sorted() == [locked])
        #expect(try rename(isDryRun: false) == preview)
        let after = try contents()
        #expect(after[0].contains("xml:id=\"neglected\""))
        #expect(after[1] == cues.replacing("neglect", with: "neglected"))
        #expect(after[2].contains("#neglected\" n=\"2.0\"") && !after[2].contains("#neglect\""))
        #expect(after[3] == before[3])
        _ = try store.undo()
        #expect(try contents() == before)
        // A split asks; what nobody answers for stays and is told.
        let ids = try store.load(layerPath).layer.annotations.map(\.id)
        let split = try store.refactor(
            .split("neglect", into: [.init(id: "left-alone", label: "left alone")]), scheme: "s.xml", cues: [],
            layers: [layerPath], version: nil, divide: { $0.annotation.id == ids[0] ? "left-alone" : nil })
        #expect(split.undecided == ["\(layerPath)#\(ids[1])"])
        #expect(try store.load(layerPath).layer.annotations.map { $0.concepts[0].id } == ["left-alone", "neglect"])
    }
}
