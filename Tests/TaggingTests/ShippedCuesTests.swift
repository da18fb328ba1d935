import Foundation
import Readers
import Tagging
import TestSupport
import Testing
import TextModel

@Suite struct ShippedCuesTests {
    @Test func `the shipped cues are read without a problem and their examples hold`() throws {
        let bytes = try [UInt8](Data(contentsOf: packageRoot.appendingPathComponent("Schemas/bonding.cues.xml")))
        let (cues, diagnostics) = CueFileReader.read(bytes, path: "Schemas/bonding.cues.xml")
        let printer = DiagnosticPrinter(usesColour: false)
        for problem in diagnostics { Issue.record("\(printer.text(for: problem, source: bytes))") }
        let file = try #require(cues)
        for failure in file.failingExamples() { Issue.record("\(printer.text(for: failure, source: bytes))") }
        #expect(file.sets.map(\.language) == ["en", "de"])
        #expect(file.sets[0].cues.count >= 20)
        #expect(
            file.sets.flatMap(\.cues).allSatisfy { cue in
                cue.examples.contains { $0.mustMatch } && cue.examples.contains { !$0.mustMatch }
            })
        let scheme = try [UInt8](Data(contentsOf: packageRoot.appendingPathComponent("Schemas/bonding.xml")))
        let concepts = try #require(ConceptSchemeReader.read(scheme, path: "Schemas/bonding.xml").schemes.first)
        #expect(file.problems(against: concepts) == [])
    }
}
