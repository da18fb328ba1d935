/// A stretch of a text that somebody has decided on: what the scores learn from.
package struct DecidedWindow: Sendable, Equatable {
    /// Unit mean state × 127, and the model's own logits.
    var mean: [Int8]
    var logits: [Float]
    /// Concepts that somebody marked in it.
    var shown: Set<String>
    /// Concepts whose suggestion was rejected.
    var denied: Set<String>
    /// Read, and nothing found: shows no concept.
    var isEmpty: Bool

    package init(
        _ window: PassageScores.Window, shown: Set<String> = [], denied: Set<String> = [], isEmpty: Bool = false
    ) {
        mean = window.mean
        logits = window.logits
        self.shown = shown
        self.denied = denied
        self.isEmpty = isEmpty
    }
}
