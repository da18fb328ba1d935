/// Turns combined evidence (0…1) into a score that keeps its promise: of suggestions near s a share s is right.
package enum Calibration: Sendable, Equatable {
    /// Platt scaling: the logistic of `slope` × logit(evidence) + `intercept`.
    case platt(slope: Double, intercept: Double)
    /// Cues count as log odds: a passage shows the concept with this probability where no cue matches, each cue adds
    /// what its weight has more in log odds than the prior, and what speaks against the concept takes away as much.
    case prior(Double)
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
