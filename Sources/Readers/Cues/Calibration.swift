/// Turns combined evidence (0…1) into a score that keeps its promise: of suggestions near s a share s is right.
package enum Calibration: Sendable, Equatable {
    /// Platt scaling: the logistic of `slope` × logit(evidence) + `intercept`.
    case platt(slope: Double, intercept: Double)
    /// Isotonic regression: the score of the last step at or below the evidence; steps rise in both.
    case steps([Step])

    package struct Step: Sendable, Equatable {
        package var evidence: Double
        package var score: Double

        package init(evidence: Double, score: Double) {
            self.evidence = evidence
            self.score = score
        }
    }
}
