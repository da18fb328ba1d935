import LayerFiles
import TestSupport
import Testing
import TextModel

struct ReanchoringTests {
    func document(_ paragraphs: [String]) -> Document {
        var document = plainDocument(paragraphs)
        document.sha256 = Quote.digest(of: paragraphs.joined()).split(separator: " ").first.map(String.init) ?? ""
        return document
    }

    func layer(_ quotes: [(Int32, String)], of document: Document) throws -> LayerFile {
        var layer = LayerFile.new(for: document, path: "plain.ana.xml", annotator: ana, version: "0.1.0")
        for (passage, quote) in quotes {
            let text = document.rawText(document.passages[Int(passage)].raw)
            let start = text[..<(try #require(text.firstRange(of: quote)).lowerBound)].utf8.count
            let target = Target(
                of: piece(passage, start, start + quote.utf8.count, in: document), in: document,
                layerPath: "plain.ana.xml")
            try layer.add(Annotation(id: "", targets: [target]))
        }
        return layer
    }

    @Test func `moved is applied, doubtful is marked, and all comes back with the text`() throws {
        let old = document(AnchoringTests.paragraphs)
        var layer = try layer(
            [(0, "second winter"), (2, "The nurse wrote everything down"), (4, "In March the ice broke")], of: old)
        let original = layer.bytes
        let changed = document(
            ["A new beginning of the book."]
                + AnchoringTests.paragraphs.dropLast().map {
                    $0.replacing("wrote everything", with: "noted everything")
                })
        let places = DocumentPlaces(changed)
        let seen = layer.reanchorReceipt(to: places)
        #expect(seen.lines.map(\.verdict) == [.moved, .fuzzy, .orphaned])
        #expect(layer.bytes == original)
        try layer.reanchor(to: places)
        let (again, _) = LayerFile.read(bytes: layer.bytes, path: layer.path)
        #expect(again.sha256 == changed.sha256)
        #expect(again.annotations.map(\.anchorNote) == [nil, "fuzzy", "orphaned"])
        #expect(Anchoring.anchor(again, to: changed).map(\.verdict) == [.exact, .fuzzy, .orphaned])
        // The text comes back as it was, and with it the orphan.
        var back = again
        try back.reanchor(to: DocumentPlaces(old))
        #expect(Anchoring.anchor(back, to: old).map(\.verdict) == [.exact, .exact, .exact])
        #expect(back.annotations.allSatisfy { $0.anchorNote == nil })
        #expect(back.bytes == original)
        // Accepted, the fuzzy one gets today's words.
        try layer.reanchor(to: places, accepting: .all)
        #expect(layer.annotations[1].targets[0].quote.exact == "The nurse noted everything down")
        #expect(layer.annotations[1].anchorNote == nil)
    }

    @Test func `one undo takes the whole step back, the version of the text as well`() throws {
        let folder = try temporaryCasebook()
        let store = LayerStore(folder: folder)
        let old = document(AnchoringTests.paragraphs)
        let annotations = try layer([(0, "second winter"), (4, "In March the ice broke")], of: old).annotations
        try store.edit(layerPath, title: "add") { layer in
            layer.setTextVersion(old.sha256)
            try layer.add(annotations)
        }
        let before = try store.load(layerPath).layer.bytes
        let changed = document(["New."] + AnchoringTests.paragraphs)
        try store.edit(layerPath, title: "reanchor") { _ = try $0.reanchor(to: DocumentPlaces(changed)) }
        #expect(try store.load(layerPath).layer.sha256 == changed.sha256)
        #expect(try store.undo()?.title == "reanchor")
        #expect(try store.load(layerPath).layer.bytes == before)
        _ = try store.redo()
        #expect(try store.load(layerPath).layer.sha256 == changed.sha256)
    }

    @Test func `a concept gets another id in every annotation and decision`() throws {
        let document = sampleDocument()
        var layer = LayerFile.new(for: document, path: "plain.ana.xml", annotator: ana, version: "0.1.0")
        let id = try layer.add(fullAnnotation(in: document))
        var other = fullAnnotation(in: document)
        other.concepts = [
            ConceptReference(id: "parental-stress", scheme: "../Schemas/bonding.xml", version: "1.0"),
            ConceptReference(id: "neglect", scheme: "../Schemas/bonding.xml", version: "1.0"),
        ]
        try layer.add(other)
        try layer.add([Decision(id: "d-00000001", verdict: .rejected, targets: other.targets, concepts: other.concepts)]
        )
        let before = String(decoding: layer.bytes, as: UTF8.self)
        let changed = try layer.mapConcepts { concept, _ in
            guard concept.id == "neglect" else { return [concept] }
            return [ConceptReference(id: "parental-stress", scheme: concept.scheme, version: "2.0")]
        }
        #expect(changed.count == 3)
        #expect(layer[id]?.concepts.map(\.id) == ["parental-stress"])
        #expect(layer.annotations[1].concepts.map(\.id) == ["parental-stress"])
        #expect(layer.decisions[0].concepts.map(\.id) == ["parental-stress"])
        #expect(layer.annotations(with: "parental-stress", givenBefore: "2.0").map(\.id) == [layer.annotations[1].id])
        let after = String(decoding: layer.bytes, as: UTF8.self)
        let differing = zip(before.split(separator: "\n"), after.split(separator: "\n")).first { $0 != $1 }
        #expect(differing?.0 == "    <ptr type=\"concept\" target=\"../Schemas/bonding.xml#neglect\" n=\"1.0\"/>")
    }

    @Test func `what was declined is not offered again after small changes`() throws {
        let old = document(AnchoringTests.paragraphs)
        var layer = LayerFile.new(for: old, path: "plain.ana.xml", annotator: ana, version: "0.1.0")
        let range = piece(1, 0, 86, in: old)
        try layer.add([
            Decision(
                id: "", verdict: .rejected, targets: [Target(of: range, in: old, layerPath: layer.path)],
                concepts: [ConceptReference(id: "lack-of-affection", scheme: "s.xml", version: nil)])
        ])
        let new = document(["New."] + AnchoringTests.paragraphs.map { $0.replacing("parcel", with: "wet parcel") })
        var states = SuggestionStates()
        states.add(Anchoring.anchorDecisions(of: layer, to: [DocumentPlaces(new)]).map(\.anchored))
        func suggestion(_ concept: String, _ start: Int, _ end: Int) -> Suggestion {
            let piece = piece(2, start, end, in: new)
            return Suggestion(
                id: "s", passage: 2, raw: piece.raw, concept: concept, score: 0.5, suggester: "cues", reason: "")
        }
        #expect(states.state(of: suggestion("lack-of-affection", 0, 60)) == .declined(.rejected))
        #expect(states.state(of: suggestion("neglect", 0, 60)) == .open)
    }
}
