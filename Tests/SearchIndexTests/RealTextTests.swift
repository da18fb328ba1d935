import Foundation
import QueryLanguage
import Readers
import SearchIndex
import TestSupport
import Testing
import TextModel

/// Real novels with layers made at random over them, against the naive twin. Skipped where no novels are at hand.
@Suite(.enabled(if: sharedFolder != nil)) struct RealTextTests {
    private func document(_ name: String) throws -> Document {
        let folder = try #require(sharedFolder)
        let bytes = Array(try Data(contentsOf: folder.appendingPathComponent("corpora/\(name).xml")))
        return try #require(TEIReader.read(bytes, path: "Corpus/alpha.xml").documents.first)
    }

    @Test(arguments: ["eltec-eng/ENG18652_Carroll", "gerdracor/achat-ein-april-scherz"])
    func `concepts, words and relations are found in real texts`(name: String) throws {
        var casebook = GeneratedCasebook(seed: 31, documents: 0)
        var indexed = IndexedDocument(try document(name))
        indexed.annotations = casebook.annotations(300, in: indexed.document)
        casebook.documents = [indexed]
        try withIndex(of: casebook) { index in
            for text in [
                "neglect", "neglect & repair", "bond & !neglect", "word:mother", "\"the ..2 of\"", "\"in the\"", "th*",
                "/[aeiou]{3}/ & neglect", "neglect overlaps repair", "bond within bond", "neglect then repair <2p",
                "neglect near word:the <3w", "bond near repair <1s", "bond near repair <1c", "bond touches neglect",
                "kind:speech & word:the", "bond page:10..30", "length:>100", "bond chapter:2",
            ] {
                let query = try QueryResolver.resolve(text, names: casebook.names)
                // The naive twin knows expressions of letters only.
                if text.contains("/") {
                    #expect(try index.count(query) <= indexed.document.passages.count)
                } else {
                    try OracleTests().compare(text, casebook, index, seed: 31)
                }
            }
        }
    }

    @Test(arguments: ["eltec-eng/ENG18652_Carroll", "gerdracor/achat-ein-april-scherz", "hard"])
    func `hits have the texts and places of the document`(name: String) throws {
        let folder = try #require(sharedFolder)
        let file = name == "hard" ? "reference/samples/Corpus/hard.xml" : "corpora/\(name).xml"
        let bytes = Array(try Data(contentsOf: folder.appendingPathComponent(file)))
        let document = try #require(TEIReader.read(bytes, path: "Corpus/alpha.xml").documents.first)
        var casebook = GeneratedCasebook(seed: 35, documents: 0)
        casebook.documents = [IndexedDocument(document)]
        let names = PassageIdentifiers(document)
        try withIndex(of: casebook) { index in
            let kinds = PassageKind.allCases.map(\.rawValue).joined(separator: ",")
            let query = try QueryResolver.resolve("kind:\(kinds)", names: casebook.names)
            var number = 0
            _ = try index.answer(query) { hit in
                let passage = document.passages[number]
                #expect(hit.passage == names[number] && hit.kind == passage.kind)
                #expect(hit.text == document.rawText(passage.raw))
                #expect(hit.display == document.readingText(passage))
                #expect(hit.locator == document.locator(for: passage.raw, in: Int32(number)))
                #expect(hit.start == 0 && hit.end == document.scalarOffset(ofByte: passage.raw.end, in: passage))
                number += 1
                return true
            }
            #expect(number == document.passages.count)
        }
    }

    /// STAM's engine (0.9) finds fewer overlaps the later in the text they stand.
    @Test func `overlaps in the second half of a text are all found`() throws {
        let document = try document("eltec-eng/ENG18652_Carroll")
        var casebook = GeneratedCasebook(seed: 33, documents: 0)
        var indexed = IndexedDocument(document)
        let middle = Int32(document.raw.count / 2)
        let annotations = casebook.annotations(600, in: document)
        indexed.annotations = annotations.filter { ($0.pieces.first?.raw.start ?? 0) > middle }
        #expect(indexed.annotations.count > 200)
        casebook.documents = [indexed]
        try withIndex(of: casebook) { index in
            for text in ["bond overlaps repair", "neglect overlaps bond", "repair overlaps parental-anger"] {
                try OracleTests().compare(text, casebook, index, seed: 33)
            }
        }
    }

    /// STAM's engine (0.9) never counts equal ranges as overlapping.
    @Test func `equal ranges overlap, lie within each other and are equal`() throws {
        let document = try document("eltec-eng/ENG18652_Carroll")
        var casebook = GeneratedCasebook(seed: 34, documents: 0)
        var indexed = IndexedDocument(document)
        let passage = document.passages[20]
        for (number, concept) in ["neglect", "repair"].enumerated() {
            var annotation = Annotation(id: "a-\(number)", targets: [])
            annotation.concepts = [ConceptReference(id: concept, scheme: "", version: nil)]
            indexed.annotations.append(
                AnchoredAnnotation(
                    annotation: annotation, layerFile: "Corpus/alpha.key.xml", layer: "key", verdict: .exact,
                    pieces: [AnchoredPiece(passage: 20, raw: passage.raw)]))
        }
        casebook.documents = [indexed]
        try withIndex(of: casebook) { index in
            for relation in ["overlaps", "within", "contains", "equals", "touches"] {
                let query = try QueryResolver.resolve("neglect \(relation) repair", names: casebook.names)
                #expect(try index.count(query, QueryOptions(unit: .pair)) == 1)
                #expect(try index.count(query) == 1)
            }
        }
    }
}
