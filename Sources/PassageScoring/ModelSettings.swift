import Foundation
import TextModel

/// What a model file says about itself, apart from its numbers.
package struct ModelSettings: Sendable {
    /// The form of model files that this program reads.
    static let format = "casebook-passage-model 1"

    /// How the states of all tokens become one vector.
    enum Pooling: String, Sendable {
        case mean
        case largest = "max"
        case both = "mean max"
    }

    /// p = 1 / (1 + e^-(slope · z + intercept)) of a logit z.
    package struct Calibration: Sendable, Equatable {
        package var slope = 1.0
        package var intercept = 0.0
    }

    package private(set) var concepts: [String]
    /// Encoders whose logits are averaged.
    package let members: Int
    package let layers: Int
    package let heads: Int
    /// [CLS] and [SEP] included.
    package let maximumTokens: Int
    let pooling: Pooling
    package let source: String
    package let trained: String
    /// One for each concept, in their order; so are the rest.
    package private(set) var thresholds: [Double]
    package private(set) var calibration: [Calibration]

    /// Where a file names no threshold.
    private static let usualThreshold = 0.5

    init(_ metadata: [String: String], path: String) throws {
        let format = metadata["format"] ?? ""
        guard format == Self.format else {
            throw Diagnostic(
                "model-format", .error, file: path,
                format.hasPrefix("casebook-passage-model ")
                    ? "is a model of another form, “\(format)”; this program reads “\(Self.format)”"
                    : "is no model of Casebook: its metadata have no `format`",
                advice: "Take the model that belongs to this version of the program.")
        }
        func number(_ name: String, _ range: ClosedRange<Int>) throws -> Int {
            guard let number = metadata[name].flatMap({ Int($0) }), range.contains(number) else {
                throw SafetensorsFile.damaged(path, "its metadata have no usable `\(name)`")
            }
            return number
        }
        func table<Value: Decodable>(_ name: String, of: Value.Type) throws -> [String: Value] {
            guard let text = metadata[name], !text.isEmpty else { return [:] }
            guard let table = try? JSONDecoder().decode([String: Value].self, from: Data(text.utf8)) else {
                throw SafetensorsFile.damaged(path, "its `\(name)` are no table of concepts")
            }
            return table
        }
        // Far above any encoder of sentences; what is larger is an error, not a model.
        members = metadata["members"] == nil ? 1 : try number("members", 1...8)
        layers = try number("layers", 1...48)
        heads = try number("heads", 1...64)
        maximumTokens = try number("maximum_tokens", 8...4096)
        guard let pooling = Pooling(rawValue: metadata["pooling"] ?? "") else {
            throw SafetensorsFile.damaged(path, "its `pooling` is neither `mean`, `max` nor `mean max`")
        }
        guard metadata["lowercase"] == "true" else {
            throw SafetensorsFile.damaged(path, "its word pieces keep capitals, which this program does not read")
        }
        self.pooling = pooling
        source = metadata["source"] ?? ""
        trained = metadata["trained"] ?? ""
        let concepts = (metadata["concepts"] ?? "").split(separator: " ").map(String.init)
        guard !concepts.isEmpty, Set(concepts).count == concepts.count else {
            throw SafetensorsFile.damaged(path, "its `concepts` are missing or stand there twice")
        }
        self.concepts = concepts
        let thresholds = try table("thresholds", of: Double.self)
        // `*` stands for all concepts that are not named.
        self.thresholds = concepts.map { thresholds[$0] ?? thresholds["*"] ?? Self.usualThreshold }
        let calibration = try table("calibration", of: [Double].self)
        self.calibration = concepts.map { concept in
            guard let line = calibration[concept] ?? calibration["*"], line.count == 2 else { return Calibration() }
            return Calibration(slope: line[0], intercept: line[1])
        }
    }
}

extension ModelSettings {
    /// The same with concepts behind the model's own, whose logits are log odds as they are.
    package func adding(_ added: [String]) -> ModelSettings {
        var settings = self
        for concept in added where !concepts.contains(concept) {
            settings.concepts.append(concept)
            settings.thresholds.append(Self.usualThreshold)
            settings.calibration.append(Calibration())
        }
        return settings
    }

    /// The same without some concepts.
    package func removing(_ removed: Set<String>) -> ModelSettings {
        var settings = self
        let kept = concepts.indices.filter { !removed.contains(concepts[$0]) }
        settings.concepts = kept.map { concepts[$0] }
        settings.thresholds = kept.map { thresholds[$0] }
        settings.calibration = kept.map { calibration[$0] }
        return settings
    }

    /// The probability of a concept by the encoder alone.
    package func probability(_ concept: Int, logit: Float) -> Double {
        let calibration = calibration[concept]
        return 1 / (1 + exp(-(calibration.slope * Double(logit) + calibration.intercept)))
    }

    /// A cue's score says how often it is right in exemplars and cases, the encoder's how often in novels: there cues
    /// are right about half as often (Training/fit_cues.py prints both), and much of what they say the encoder has said.
    /// Of 0.2, a third, 0.5 and 0.7 the first two had the best F1 on held-out paragraphs, one hundredth apart at most.
    private static let cueShareInNovels = 1.0 / 3

    /// The probability of a concept by the encoder and by the score of the cues, 0 where none fires: the one or the
    /// other may be right by itself.
    package func probability(_ concept: Int, logit: Float, cues: Double) -> Double {
        1 - (1 - probability(concept, logit: logit)) * (1 - cues * Self.cueShareInNovels)
    }
}
