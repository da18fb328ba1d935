import TestSupport
import Testing
import TextModel
import Writers

@Suite struct ConceptCardTests {
    private let strings = SheetStrings(language: "en")

    @Test(arguments: SheetFormat.pages) func `golden file`(format: SheetFormat) throws {
        let card = ConceptCard(Fixture.scheme, strings: strings)
        let writer = try SheetWriter(language: "en")
        let file = writer.write(
            card.sheet(["impaired-bonding", "bond", "unknown"], program: "0.1.0", date: "2026-03-07"), format)
        expectGolden(file.text.withoutStyle, file.name)
        if format == .html { #expect(HTMLPage(file.text).faults == []) }
    }

    @Test func `the shipped scheme's decision card has every rule and every pair once`() throws {
        let scheme = try ShippedCorpus.selection().scheme
        let sheet = ConceptCard(scheme, strings: strings).decisionCard(program: "0.1.0", date: "2026-03-07")
        guard case .array(let rules)? = sheet["rules"], case .array(let pairs)? = sheet["pairs"] else {
            Issue.record("no rules or no pairs")
            return
        }
        #expect(rules.count == 9)
        let names = pairs.compactMap { pair -> Set<String>? in
            guard case .string(let first)? = pair["first"], case .string(let second)? = pair["second"] else {
                return nil
            }
            return [first, second]
        }
        #expect(names.count >= 30)
        #expect(Set(names).count == names.count)
        for concept in scheme.concepts {
            for other in concept.scopeNotes.compactMap(\.confusable).compactMap({ scheme[$0] }) {
                #expect(names.contains([concept.preferredLabel(), other.preferredLabel()]))
            }
        }
        let writer = try SheetWriter(language: "en")
        for format in SheetFormat.pages { #expect(!writer.write(sheet, format).bytes.isEmpty) }
    }

    @Test func `a concept in the terminal`() throws {
        let scheme = try ShippedCorpus.selection().scheme
        for concept in scheme.concepts {
            let text = ConceptText(scheme, strings: strings, width: 60, colours: false).text(of: concept)
            for line in text.split(separator: "\n") { #expect(line.count <= 60 || line.contains("https://")) }
            #expect(text.hasPrefix(concept.preferredLabel()))
        }
        let fixture = Fixture.scheme
        expectGolden(
            ConceptText(fixture, strings: strings, width: 60, colours: false).text(of: fixture.concepts[1]),
            "concept.txt")
    }
}
