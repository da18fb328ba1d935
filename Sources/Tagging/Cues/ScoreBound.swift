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
    /// Cue → what one more match adds at most.
    private var next: [Double]
    /// Concept → log odds with all matches.
    private var odds: [Double]
    /// Cues that matches were counted of, some several times.
    private var counted: [Int32] = []
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
        for cue in counted {
            next[Int(cue)] = gains[Int(cue)]
            odds[Int(conceptOfCue[Int(cue)])] = priors[Int(conceptOfCue[Int(cue)])]
        }
        counted.removeAll(keepingCapacity: true)
    }

    /// Counts a match of a cue, or a place where it may have one.
    mutating func add(_ cue: Int32) {
        counted.append(cue)
        let cue = Int(cue)
        odds[Int(conceptOfCue[cue])] += next[cue]
        next[cue] *= CueScorer.repetition
    }

    /// Takes back one match that was counted.
    mutating func remove(_ cue: Int32) {
        let cue = Int(cue)
        next[cue] /= CueScorer.repetition
        odds[Int(conceptOfCue[cue])] -= next[cue]
    }

    /// Does one match of a cue reach the least score alone.
    func isEnough(_ cue: Int32) -> Bool {
        let cue = Int(cue)
        return priors[Int(conceptOfCue[cue])] + gains[cue] >= least
    }

    /// Can the concept of a cue reach the least score.
    func isReached(by cue: Int32) -> Bool { odds[Int(conceptOfCue[Int(cue)])] >= least }
}
