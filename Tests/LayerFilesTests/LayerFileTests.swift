import Foundation
import LayerFiles
import TestSupport
import Testing
import TextModel

/// An annotation that says everything that can be said.
func fullAnnotation(in document: Document) -> Annotation {
    var annotation = Annotation(
        id: "", targets: [Target(of: piece(0, 4, 12, in: document), in: document, layerPath: "plain.ana.xml")])
    annotation.concepts = [ConceptReference(id: "neglect", scheme: "../Schemas/bonding.xml", version: "1.0")]
    annotation.about = [.dyad("jane", "max"), .person("jane"), .relation("r.jane-max")]
    annotation.stance = .supports
    annotation.basis = .told
    annotation.certainty = 0.8
    annotation.comment = "First <line>\nsecond & line\n\nAnother paragraph"
    annotation.contentTags = [.infantDeath, .none]
    annotation.isPrincipal = true
    annotation.creator = "ana"
    annotation.created = "2026-05-01T10:00:00Z"
    annotation.modified = "2026-05-02T09:00:00Z"
    annotation.proposal = Proposal(
        suggester: "cues 1.0", score: 0.83, reason: "“felt nothing” near @child", when: "2026-05-01T09:59:00Z")
    return annotation
}

func piece(_ passage: Int32, _ start: Int, _ end: Int, in document: Document) -> AnchoredPiece {
    let base = Int(document.passages[Int(passage)].raw.start)
    return AnchoredPiece(passage: passage, raw: ByteRange(base + start, base + end))
}

let ana = Annotator(id: "ana", name: "Ana Lopes", reference: "https://orcid.org/0000-0002-1825-0097")

func sampleDocument() -> Document {
    var document = plainDocument([
        "She held the child and felt nothing at all.", "He is a stranger to me.", "I feed him.",
    ])
    document.sha256 = String(repeating: "0", count: 64)
    return document
}

struct LayerFileTests {
    @Test func `a new layer with everything reads back as it was written`() throws {
        let document = sampleDocument()
        var layer = LayerFile.new(for: document, path: "plain.ana.xml", annotator: ana, version: "0.1.0")
        var annotation = fullAnnotation(in: document)
        annotation.id = "a-7k2m9q4x"
        layer.subjectFiles["max"] = "plain.persons.xml"
        try layer.add(annotation)
        var rejected = Decision(
            id: "d-3h6v8b2n", verdict: .rejected, targets: annotation.targets, concepts: annotation.concepts)
        rejected.creator = "ana"
        rejected.decided = "2026-05-01T10:06:00Z"
        rejected.proposal = Proposal(suggester: "cues 1.0", score: 0.41, reason: nil, when: "2026-05-01T09:59:00Z")
        try layer.add([rejected])
        expectGolden(String(decoding: layer.bytes, as: UTF8.self), "full.ana.xml")
        let (again, diagnostics) = LayerFile.read(bytes: layer.bytes, path: "plain.ana.xml")
        #expect(diagnostics.isEmpty)
        // Whether an id is a person or a relation is known to the text alone.
        annotation.about[2] = .person("r.jane-max")
        #expect(again.annotations == [annotation])
        #expect(again.decisions == [rejected])
        #expect(again.annotators == [ana])
        #expect(again.textFile == "plain.xml")
        #expect(again.subjectFiles == ["max": "plain.persons.xml"])
    }

    @Test func `one annotation more changes only its own lines`() throws {
        let document = sampleDocument()
        var layer = LayerFile.new(for: document, path: "plain.ana.xml", annotator: ana, version: "0.1.0")
        for _ in 0..<3 { try layer.add(fullAnnotation(in: document)) }
        let before = String(decoding: layer.bytes, as: UTF8.self)
        let id = try layer.add(fullAnnotation(in: document))
        let after = String(decoding: layer.bytes, as: UTF8.self)
        let source = String(decoding: try #require(layer.source(of: id)), as: UTF8.self)
        #expect(after.replacing(source, with: "", maxReplacements: 1).count == before.count)
        #expect(after.replacing(source, with: "") == before)
        try layer.remove([id])
        #expect(String(decoding: layer.bytes, as: UTF8.self) == before)
    }

    @Test(.enabled(if: sharedFolder != nil && executable("jing") != nil, "no shared schema, or no jing"))
    func `files are valid against tei_all`() throws {
        let schema = try #require(sharedFolder).appendingPathComponent("schema/tei_all-4.12.0.rng")
        let jing = try #require(executable("jing"))
        let document = sampleDocument()
        var layer = LayerFile.new(for: document, path: "plain.ana.xml", annotator: ana, version: "0.1.0")
        let empty = layer.bytes
        let id = try layer.add(fullAnnotation(in: document))
        var minimal = Annotation(id: "", targets: fullAnnotation(in: document).targets)
        minimal.otherCreators = ["max"]
        minimal.creator = "new-person"
        minimal.anchorNote = "orphaned"
        minimal.certainty = 1
        try layer.add(minimal)
        try layer.add([Decision(id: "", verdict: .none, targets: minimal.targets, concepts: [])])
        let full = layer.bytes
        try layer.remove([id])
        try withTemporaryFolder { folder in
            for (name, bytes) in [("empty", empty), ("full", full), ("removed", layer.bytes)] {
                let file = folder.appendingPathComponent(name + ".xml")
                try Data(bytes).write(to: file)
                let findings = try run(jing, schema.path, file.path)
                #expect(findings == "", "\(name): \(findings)")
            }
        }
    }

    @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8])
    func `random edits agree with a plain array`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let document = sampleDocument()
        var layer = LayerFile.new(for: document, path: "plain.ana.xml", annotator: ana, version: "0.1.0")
        var model: [Annotation] = []
        for step in 0..<60 {
            switch Int.random(in: 0..<5, using: &random) {
            case 0, 1:
                var added = (0..<Int.random(in: 1...3, using: &random)).map { _ in fullAnnotation(in: document) }
                for index in added.indices { added[index].comment = "step \(step), \(index)" }
                let ids = try layer.add(added)
                for (index, id) in ids.enumerated() { added[index].id = id }
                model += added
            case 2 where !model.isEmpty:
                let chosen = model.indices.filter { _ in Bool.random(using: &random) }
                for index in chosen {
                    model[index].comment =
                        String(repeating: "changed ", count: Int.random(in: 1...9, using: &random)) + "\(step)"
                    model[index].stance = Stance.allCases.randomElement(using: &random)
                }
                try layer.replace(chosen.map { model[$0] })
            case 3 where !model.isEmpty:
                let index = Int.random(in: model.indices, using: &random)
                try layer.remove([model.remove(at: index).id])
            default:
                try layer.add([
                    Decision(id: "", verdict: .skipped, targets: fullAnnotation(in: document).targets, concepts: [])
                ])
            }
            for index in model.indices {
                model[index].about = [.dyad("jane", "max"), .person("jane"), .person("r.jane-max")]
            }
            let (again, diagnostics) = LayerFile.read(bytes: layer.bytes, path: "plain.ana.xml")
            #expect(diagnostics.isEmpty)
            try #require(again.annotations == model, "seed \(seed), step \(step)")
            try #require(again.decisions == layer.decisions)
            for annotation in model { try #require(again.source(of: annotation.id) == layer.source(of: annotation.id)) }
        }
    }
}

/// Runs a program; gives what it prints on standard output.
func run(_ program: String, _ arguments: String...) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
}
