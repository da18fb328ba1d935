import Foundation
import LayerFiles
import Readers
import TestSupport
import TextModel
import Writers

/// The scheme and the cases that the project ships, with the instructor's layer.
enum ShippedCorpus {
    static func selection() throws -> TeachingSelection {
        let schemePath = "Schemas/bonding.xml"
        let scheme = ConceptSchemeReader.read(try bytes(schemePath), path: schemePath).schemes[0]
        let names = try FileManager.default.contentsOfDirectory(atPath: packageRoot.path + "/Corpus").sorted()
        let works = try names.filter { $0.hasSuffix(".instructor.xml") }.compactMap { name -> SelectedWork? in
            let text = "Corpus/" + name.replacing(".instructor.xml", with: ".xml")
            guard let document = TEIReader.read(try bytes(text), path: text).documents.first else { return nil }
            let (layer, _) = LayerFile.read(bytes: try bytes("Corpus/" + name), path: "Corpus/" + name)
            return SelectedWork(document: document, annotations: Anchoring.anchor(layer, to: document))
        }
        var selection = TeachingSelection(scheme: scheme, works: works, date: "2026-03-07", program: "0.1.0")
        selection.layers = ["instructor"]
        return selection
    }

    /// The passages that an annotation with one of the concepts stands on, of works whose path has one of the words.
    static func handout(_ concepts: [String], of words: [String] = []) throws -> TeachingSelection {
        var selection = try selection()
        selection.concepts = concepts
        selection.query = concepts.joined(separator: " | ")
        selection.works.removeAll { work in
            !words.isEmpty && !words.contains { work.document.path.contains($0) }
        }
        selection.chooseAnnotatedPassages()
        return selection
    }

    private static func bytes(_ path: String) throws -> [UInt8] {
        try [UInt8](Data(contentsOf: packageRoot.appendingPathComponent(path)))
    }
}
