import Foundation
import PassageScoring
import TestSupport

/// A file beside these tests.
func fixture(_ name: String) throws -> [UInt8] {
    let folder = packageRoot.appendingPathComponent("Tests/PassageScoringTests/Fixtures")
    return Array(try Data(contentsOf: folder.appendingPathComponent(name)))
}

/// A small model: `tiny` with random weights, `marked` whose words *cold*, *away* (impaired-bonding), *held*, *sang*
/// (responsive-care) and *angry* (parental-anger) each raise one logit.
func model(_ name: String) throws -> PassageModel {
    try PassageModel.read(try fixture(name + ".safetensors"), path: name + ".safetensors")
}

/// What PyTorch and Hugging Face's tokenizers make of a text with the model `tiny`.
struct Reference: Decodable {
    var text: String
    var pieces: [String]
    var logits: [Float]
    var mean: [Float]

    static func all() throws -> [Reference] { try lines(of: "tiny.jsonl") }
}

/// How the model `stacked` corrects the logits of `tiny`.
struct StackingReference: Decodable {
    var weights: [[Float]]
    var bias: [Float]

    static func read() throws -> StackingReference {
        try JSONDecoder().decode(StackingReference.self, from: Data(try fixture("stacked.json")))
    }
}

private func lines<Line: Decodable>(of name: String) throws -> [Line] {
    try fixture(name).split(separator: UInt8(ascii: "\n")).map {
        try JSONDecoder().decode(Line.self, from: Data($0))
    }
}
