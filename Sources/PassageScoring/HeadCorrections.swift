/// What the decisions of a casebook add to the scores of a model: for each concept a linear function of a passage's
/// unit mean state, added to the log odds.
package struct HeadCorrections: Sendable, Equatable, Codable {
    /// Of one concept: `weights` are multiplied with a unit mean state × 127.
    struct Line: Sendable, Equatable, Codable {
        var concept: String
        var weights: [Float]
        var bias: Float

        func value(at mean: [Int8]) -> Float {
            var sum = bias
            for (weight, value) in zip(weights, mean) { sum += weight * Float(value) }
            return sum
        }
    }

    /// Of concepts that the model knows.
    var known: [Line]
    /// Of others: their line is the whole score.
    var added: [Line]

    package init() {
        known = []
        added = []
    }

    init(known: [Line], added: [Line]) {
        self.known = known
        self.added = added
    }

    /// Ids of the concepts whose scores are corrected, and of those that the model does not know.
    package var correctedConcepts: [String] { known.map(\.concept) }
    package var addedConcepts: [String] { added.map(\.concept) }

    /// Do the lines fit vectors of a width? Those in a file may be another model's, or damaged.
    package func fits(width: Int) -> Bool {
        (known + added).allSatisfy { line in
            line.weights.count == width && line.bias.isFinite && line.weights.allSatisfy(\.isFinite)
        }
    }

    /// The scores of a passage with what was learned. The logits of added concepts follow those of the model.
    package func applied(to scores: PassageScores, _ settings: ModelSettings) -> PassageScores {
        var scores = scores
        for (number, window) in scores.windows.enumerated() {
            for line in known {
                guard let concept = settings.index(of: line.concept) else { continue }
                // Lines speak of log odds, from which the calibration is taken off again.
                scores.windows[number].logits[concept] +=
                    line.value(at: window.mean) / settings.correctionSlope(concept)
            }
            scores.windows[number].logits += added.map { $0.value(at: window.mean) }
        }
        return scores
    }
}

extension ModelSettings {
    /// A flatter calibration would turn small corrections into huge logits.
    private static let smallestSlope = 0.1

    func correctionSlope(_ concept: Int) -> Float { Float(max(calibration[concept].slope, Self.smallestSlope)) }

    func index(of concept: String) -> Int? { concepts.firstIndex(of: concept) }
}
