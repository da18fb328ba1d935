/// A stretch of a text that somebody has decided on: what the scores learn from.
package struct DecidedWindow: Sendable, Equatable {
    /// Unit mean state × 127, and the model's own logits.
    var mean: [Int8]
    var logits: [Float]
    /// Concepts that somebody marked in it.
    package var shown: Set<String>
    /// Concepts whose suggestion was rejected.
    package var denied: Set<String>
    /// Read, and nothing found: shows no concept.
    package var isEmpty: Bool

    package init(
        _ window: PassageScores.Window, shown: Set<String> = [], denied: Set<String> = [], isEmpty: Bool = false
    ) {
        mean = window.mean
        logits = window.logits
        self.shown = shown
        self.denied = denied
        self.isEmpty = isEmpty
    }

    /// Cosine of its mean state and another, 0 where they are not of one model.
    package func cosine(to other: [Float]) -> Double {
        guard other.count == mean.count else { return 0 }
        var (product, own, length): (Float, Float, Float) = (0, 0, 0)
        for (a, b) in zip(mean, other) {
            product += Float(a) * b
            own += Float(a) * Float(a)
            length += b * b
        }
        return own > 0 && length > 0 ? Double(product / (own * length).squareRoot()) : 0
    }
}
