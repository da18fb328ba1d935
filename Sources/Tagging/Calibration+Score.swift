import Readers

extension Calibration {
    /// The score of evidence that was combined as independent; both 0…1. Evidence as log odds is a score already.
    func score(of evidence: Double) -> Double {
        switch self {
        case .prior: return evidence
        case .platt(let slope, let intercept): return logistic(slope * logOdds(evidence) + intercept)
        case .steps(let steps):
            var score = 0.0
            for step in steps where step.evidence <= evidence { score = step.score }
            return score
        }
    }
}
