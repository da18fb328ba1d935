import Casebook
import Testing
import TextModel

@Suite struct ConfigurationTests {
    @Test func `reads every key`() {
        let (configuration, diagnostics) = Configuration.read(
            """
            format: 1
            scheme: Schemas/own.xml
            language: de
            annotator: Ana Lopes
            layer: ana
            quotation-limit: 300
            scope: [Corpus/a.xml, Corpus/Seminar]
            works:
              love-story: {availability: restricted, quotation-limit: 200}
            """, file: "casebook.yml")
        #expect(diagnostics == [])
        #expect(configuration.scheme == "Schemas/own.xml")
        #expect(configuration.language == "de")
        #expect(configuration.annotator == "Ana Lopes")
        #expect(configuration.layer == "ana")
        #expect(configuration.quotationLimit == 300)
        #expect(configuration.works["love-story"]?.quotationLimit == 200)
        #expect(configuration.works["love-story"]?.availability == .restricted)
        #expect(configuration.scope == ["Corpus/a.xml", "Corpus/Seminar"])
    }

    @Test(arguments: [
        ("format: 2", "newer-format", 1, 9),
        ("layer: persons", "malformed-configuration", 1, 8),
        ("languag: de", "unknown-key", 1, 1),
        ("quotation-limit: many", "malformed-configuration", 1, 18),
        ("a: [", "malformed-configuration", 2, 1),
        ("- format", "malformed-configuration", 1, 1),
    ])
    func `says what is wrong and where`(text: String, identifier: String, line: Int, column: Int) {
        let diagnostics = Configuration.read(text + "\n", file: "casebook.yml").diagnostics
        #expect(diagnostics.map(\.identifier) == [identifier])
        #expect(diagnostics.first?.location == SourceLocation(line: line, column: column))
    }

    @Test(arguments: [("ana", true), ("a_b-9", true), ("", false), ("persons", false), ("a.b", false), ("ä", false)])
    func `names of layers`(name: String, isValid: Bool) {
        #expect(LayerName.isValid(name) == isValid)
    }
}
