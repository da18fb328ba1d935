import Readers

/// The context words of a stretch of a passage, and which of them reach a match.
struct ContextScan {
    private let program: CueProgram
    private var triggers: [ContextHit] = []
    private var terminators: [ContextHit] = []

    /// `matches` are all matches of ``CueProgram/contexts`` in the stretch.
    init(_ program: CueProgram, matches: [PatternMatcher.Match]) {
        self.program = program
        var pseudo: [ContextHit] = []
        for match in matches {
            let part = program.parts[Int(match.owner)]
            let hit = ContextHit(rule: part.rule, start: match.start, end: match.end)
            switch part.role {
            case .trigger: triggers.append(hit)
            case .pseudo: pseudo.append(hit)
            case .terminator: terminators.append(hit)
            }
        }
        triggers.removeAll { trigger in
            pseudo.contains { $0.rule == trigger.rule && $0.start < trigger.end && trigger.start < $0.end }
        }
    }

    /// The evidence of a match after its contexts; `nil` where one drops it.
    func evidence(of match: PatternMatcher.Match) -> CueEvidence? {
        let sense = program.senses[Int(match.owner)]
        var evidence = CueEvidence(cue: match.owner, start: match.start, end: match.end, weight: sense.weight)
        guard !triggers.isEmpty else { return evidence }
        for index in sense.rules {
            let rule = program.reaches[Int(index)]
            guard let hit = nearest(rule, index, match) else { continue }
            switch rule.effect {
            case .drop: return nil
            case .lower: evidence.factor *= rule.factor
            case .contradict:
                evidence.factor *= rule.factor
                evidence.contradicts.toggle()
            }
            evidence.contexts.append(hit)
        }
        return evidence
    }

    /// The trigger of a rule that reaches a match with the fewest words between.
    private func nearest(_ rule: CueProgram.Reach, _ index: Int32, _ match: PatternMatcher.Match) -> ContextHit? {
        var best: (distance: Int32, hit: ContextHit)?
        for trigger in triggers where trigger.rule == index {
            let between: Range<Int32>
            let touches = trigger.start < match.end && match.start < trigger.end
            if touches {
                // Between the cue's own words, or one of them: `the child would not settle`. A cue that has such a word
                // by its nature ignores the kind.
                between = match.start..<match.start
            } else if trigger.end <= match.start {
                guard rule.direction == .before || rule.direction == .either else { continue }
                between = trigger.end..<match.start
            } else {
                guard rule.direction == .after || rule.direction == .either else { continue }
                between = match.end..<trigger.start
            }
            let distance = Int32(between.count)
            guard distance <= rule.words, distance < best?.distance ?? .max else { continue }
            let isCutOff = terminators.contains {
                $0.rule == index && between.lowerBound <= $0.start && $0.end <= between.upperBound
            }
            if !isCutOff { best = (distance, trigger) }
        }
        return best?.hit
    }
}
