import Foundation
import Readers
import TestSupport
import Testing
import TextModel

@Suite struct CheckTests {
    private static let schemas = packageRoot.appendingPathComponent("Schemas")

    private func bytes(_ url: URL) throws -> [UInt8] { [UInt8](try Data(contentsOf: url)) }

    private func grammar() throws -> RelaxNGGrammar {
        try #require(RelaxNGGrammar(try bytes(Self.schemas.appendingPathComponent("casebook.rng"))))
    }

    @Test func `finds duplicate ids and dangling pointers with their places`() {
        let xml = """
            <TEI xmlns='http://www.tei-c.org/ns/1.0'>
             <p xml:id='one'/> <p xml:id='two'
               who='#one #tow'/>
             <p xml:id='one' ana='#none' rend='#80a0ff' target='#string-range(two,0,1)' ref='a.xml#far'/>
            </TEI>
            """
        let found = TEIChecker.check(Array(xml.utf8), path: "test.xml", grammar: nil)
        #expect(places(found) == ["duplicate-id 4:2", "dangling-pointer 2:20", "dangling-pointer 4:2"])
        #expect(found.map(\.severity) == [.error, .warning, .warning])
        #expect(found[0].advice == "the first is in line 2; pointers to it mean that one")
        #expect(found[1].summary == "p/@who points to “#tow”, which is not in the file")
        #expect(found[1].advice == "did you mean “#two”?")
    }

    @Test func `has nothing against what is shipped`() throws {
        let grammar = try grammar()
        var files = [fixture("hard.xml")]
        for folder in ["Corpus", "Schemas"] {
            files += try FileManager.default.contentsOfDirectory(
                at: packageRoot.appendingPathComponent(folder), includingPropertiesForKeys: nil
            ).filter { $0.pathExtension == "xml" }
        }
        for file in files {
            let bytes = try bytes(file)
            #expect(grammar.firstError(in: bytes, file: file.lastPathComponent) == nil)
            let errors = TEIChecker.check(bytes, path: file.lastPathComponent, grammar: grammar)
            #expect(errors.filter { $0.severity == .error } == [])
        }
    }

    @Test(.enabled(if: sharedFolder != nil, "the shared material is not here"))
    func `has no errors against the shared corpora and samples`() throws {
        let shared = try #require(sharedFolder)
        let grammar = try grammar()
        for folder in [
            "corpora/eltec-eng", "corpora/gerdracor", "reference/samples/Corpus", "reference/samples/Schemas",
        ] {
            let files = try FileManager.default.contentsOfDirectory(
                at: shared.appendingPathComponent(folder), includingPropertiesForKeys: nil
            ).sorted { $0.path < $1.path }
            // All novels take a while in a debug build.
            for file in CorpusTests.isLong ? files : Array(files.prefix(5)) where file.pathExtension == "xml" {
                let found = TEIChecker.check(try bytes(file), path: file.lastPathComponent, grammar: grammar)
                #expect(found.filter { $0.severity == .error } == [])
            }
        }
    }

    @Test(arguments: [
        (
            "<standOff type='annotations'><listAnnotation>\n<annotation xml:id='a-1' target='a.xml#p1'><note type='exakt'/></annotation></listAnnotation></standOff>",
            "grammar 2:44"
        ),
        (
            "<standOff type='annotations'><listAnnotation>\n<annotation xml:id='a-1' target='a.xml#string-range(p1, 0, 4)'/></listAnnotation></standOff>",
            "grammar 2:1"
        ),
        (
            "<standOff type='decisions'><listAnnotation>\n<annotation xml:id='a-1' target='a.xml#p1' motivation='coding'/></listAnnotation></standOff>",
            "grammar 2:1"
        ),
        (
            "<teiHeader><encodingDesc><classDecl><taxonomy><category xml:id='c'>\n  <gloss type='label'>x</gloss></category></taxonomy></classDecl></encodingDesc></teiHeader>",
            "grammar 2:3"
        ),
        ("<teiHeader>\n<availability status='mine'><p/></availability></teiHeader>", "grammar 2:1"),
    ])
    func `finds the first place that the grammar does not allow`(content: String, place: String) throws {
        let xml = "<TEI xmlns='http://www.tei-c.org/ns/1.0'>" + content + "</TEI>"
        let found = TEIChecker.check(Array(xml.utf8), path: "test.xml", grammar: try grammar())
        #expect(places(found) == [place])
        let attribute = try #require(found.first?.summary)
        #expect(attribute.hasPrefix("invalid attribute") || attribute.contains("element"))
    }

    @Test func `only warns of what others made`() throws {
        let annotation =
            "<standOff><listAnnotation><annotation target='#a'><note type='own'/></annotation></listAnnotation></standOff>"
        let theirs = "<TEI xmlns='http://www.tei-c.org/ns/1.0'>\(annotation)</TEI>"
        let ours = theirs.replacingOccurrences(of: "<TEI", with: "<TEI type='casebook-layer'")
        let open =
            "<TEI xmlns='http://www.tei-c.org/ns/1.0' x='y'><standOff><list/></standOff><text><m xmlns='urn:m'/></text></TEI>"
        let grammar = try grammar()
        func severities(_ xml: String) -> [Diagnostic.Severity] {
            TEIChecker.check(Array(xml.utf8), path: "test.xml", grammar: grammar).filter { $0.identifier == "grammar" }
                .map(\.severity)
        }
        #expect(severities(theirs) == [.warning])
        #expect(severities(ours) == [.error])
        #expect(severities(open) == [])
    }

    @Test func `says the same in grammar and ODD`() throws {
        let rng = try #require(
            XMLTree.read(try bytes(Self.schemas.appendingPathComponent("casebook.rng")), file: "rng").tree)
        var inGrammar: [String: [String]] = [:]
        for define in rng.root.elements("define") {
            let name = define["name"] ?? ""
            guard name.split(separator: ".").count == 3 else { continue }
            let pattern = define.descendants("param").map(\.text)
            inGrammar[name] = pattern + define.descendants("value").map(\.text).sorted()
        }
        let odd = try #require(
            XMLTree.read(try bytes(Self.schemas.appendingPathComponent("casebook.odd")), file: "odd").tree)
        var inODD: [String: [String]] = [:]
        for schema in odd.root.descendants("schemaSpec") {
            let file = (schema["ident"] ?? "").dropFirst("casebook-".count)
            for element in schema.descendants("elementSpec") {
                for attribute in element.descendants("attDef") {
                    let values = attribute.descendants("valItem").compactMap { $0["ident"] }.sorted()
                    let pattern = attribute.descendants("dataRef").compactMap { $0["restriction"] }
                    inODD["\(file).\(element["ident"] ?? "").\(attribute["ident"] ?? "")"] = pattern + values
                }
            }
        }
        #expect(inGrammar.count == 9)
        #expect(inGrammar == inODD)
    }

    @Test func `surveys what a folder holds`() throws {
        var survey = Survey()
        survey.add(try read(fixture("hard.xml")))
        survey.add(read(tei("<p>ab<del>cd</del> <strange>x</strange><m:m xmlns:m='urn:m'/></p>")))
        #expect(survey.entries.map(\.title) == ["The Lantern House: every hard case", ""])
        #expect(survey.entries[0].repeatedPages == ["1"])
        #expect(survey.entries[0].persons == 3)
        #expect(survey.entries[1].hidden == 2.0 / 5)
        #expect(survey.elementsWithoutRule == ["strange": 1, "m": 1])
        #expect(survey.passages[.note] == 4)
        #expect(survey.entries[1].passages == [.text: 1])
    }
}
