import Readers

extension Calibration {
    /// The score of combined evidence; both 0…1.
    func score(of evidence: Double) -> Double {
        switch self {
        case .platt(let slope, let intercept): return logistic(slope * logOdds(evidence) + intercept)
        case .steps(let steps):
            var score = 0.0
            for step in steps where step.evidence <= evidence { score = step.score }
            return score
        }
    }
}
