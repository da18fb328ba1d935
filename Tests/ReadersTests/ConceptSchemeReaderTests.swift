import Foundation
import Readers
import TestSupport
import Testing
import TextModel

@Suite struct ConceptSchemeReaderTests {
    private func read(_ categories: String) -> (schemes: [ConceptScheme], diagnostics: [Diagnostic]) {
        let file = """
            <TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><encodingDesc><classDecl><taxonomy xml:id="t">
            \(categories)
            </taxonomy></classDecl></encodingDesc></teiHeader></TEI>
            """
        return ConceptSchemeReader.read(Array(file.utf8), path: "t.xml")
    }

    @Test func `reads the shipped scheme without a finding`() throws {
        let bytes = [UInt8](try Data(contentsOf: packageRoot.appendingPathComponent("Schemas/bonding.xml")))
        let (schemes, diagnostics) = ConceptSchemeReader.read(bytes, path: "Schemas/bonding.xml")
        let scheme = try #require(schemes.first)
        #expect(diagnostics == [])
        #expect(scheme.concepts.count == 33)
        #expect(scheme.leaves.count == 28)
        #expect(
            scheme.leaves.allSatisfy {
                Set(scheme.concepts[$0].prompts.map(\.level)) == ["aim", "notice", "interpret", "apply"]
            })
        let impaired = try #require(scheme["impaired-bonding"])
        #expect(impaired.preferredLabel() == "impaired bonding")
        #expect(impaired.scopeNotes.contains { $0.confusable == "lack-of-affection" })
        let tools = impaired.tools.map(\.text).joined(separator: " ")
        for word in ["therapist", "journal", "partner"] { #expect(tools.contains(word), "\(word)") }
        #expect(impaired.sources.contains { $0.doi == "10.1007/s007370170010" && $0.year == "2001" })
        #expect(impaired.sources.allSatisfy { !$0.text.contains(" 10.") })
        #expect(scheme.frontMatter.map(\.type).contains("annotator-rules"))
        let risk = try #require(scheme.index(of: "risk"))
        #expect(scheme.closure(of: risk).map { scheme.concepts[$0].id }.contains("hormonal-change"))
    }

    @Test func `reads a taxonomy that has nothing but catDesc`() {
        let scheme = read(
            #"<category xml:id="a"><catDesc><term>Alpha</term>: the first</catDesc></category><category xml:id="b"><catDesc>Beta</catDesc></category>"#
        )
        .schemes[0]
        #expect(scheme.concepts.map { $0.preferredLabel() } == ["Alpha", "Beta"])
        #expect(scheme.concepts[0].definition == "Alpha: the first")
    }

    @Test(arguments: [
        (##"<category xml:id="a"/><category xml:id="a"/>"##, "duplicate-id"),
        (##"<category xml:id="neglect" corresp="#neglekt2"/>"##, "unknown-concept"),
        (##"<category xml:id="a" corresp="#b"/><category xml:id="b"/>"##, "one-sided-relation"),
        (##"<category/>"##, "concept-without-id"),
        (
            ##"<category xml:id="a"><gloss>x</gloss></category><category xml:id="b"><gloss>X</gloss></category>"##,
            "label-twice"
        ),
    ])
    func `reports what is wrong with its place`(categories: String, identifier: String) {
        let diagnostics = read(categories).diagnostics
        #expect(diagnostics.map(\.identifier) == [identifier])
        #expect(diagnostics.first?.location?.line == 2)
    }
}
