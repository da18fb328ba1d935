import Readers

/// The most that some matches can say for each concept, if no context takes from them and nothing speaks against it.
///
/// What cannot reach the least score need not be looked at any closer. The bound holds for concepts with a prior,
/// whose evidence adds up; one without is always reached.
struct ScoreBound: Sendable {
    private let conceptOfCue: [Int32]
    /// Cue → log odds that its first match adds at most.
    private let gains: [Double]
    /// Concept → log odds before any match.
    private let priors: [Double]
    /// Cue → what its next match adds at most, and concept → log odds with all matches so far.
    private var next: [Double]
    private var odds: [Double]
    private var least = -Double.infinity

    /// Sums are taken in another order than the scorer's: far more than they can differ by, far less than matters.
    private static let slack = 1e-6

    init(_ program: CueProgram) {
        let set = program.set
        conceptOfCue = program.conceptOfCue
        priors = program.concepts.map { concept in
            guard case .prior(let prior) = set.calibrations[concept] else { return .infinity }
            return logOdds(prior)
        }
        let priors = priors
        gains = set.cues.enumerated().map { number, cue in
            max(0, logOdds(cue.weight) - priors[Int(program.conceptOfCue[number])])
        }
        next = gains
        odds = priors
    }

    /// Forgets all matches. Nothing is below a least score of 0.
    mutating func begin(_ minimumScore: Double) {
        // Log odds are held off zero, scores are not.
        least = minimumScore > 1e-6 ? logOdds(minimumScore) - Self.slack : -.infinity
        next = gains
        odds = priors
    }

    /// Counts a match of a cue, or a place where it may have one.
    mutating func add(_ cue: Int32) {
        let cue = Int(cue)
        odds[Int(conceptOfCue[cue])] += next[cue]
        next[cue] *= CueScorer.repetition
    }

    /// Can the concept of a cue reach the least score.
    func isReached(by cue: Int32) -> Bool { odds[Int(conceptOfCue[Int(cue)])] >= least }
}
