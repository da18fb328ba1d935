import PassageScoring
import TextModel

/// Turns the scores of one passage into suggestions, together with what cues found in it.
struct ScoreReader {
    let suggester: LearnedSuggester
    let passage: Passage
    let scores: PassageScores

    /// One span for each concept at the words that carry it; with cues, one for each place that they found as well.
    ///
    /// A cue that speaks against a concept keeps its own score: the encoder does not tell the two sides apart.
    func spans(with cues: [ScoredSpan]) -> [ScoredSpan] {
        var spans: [ScoredSpan] = []
        for (id, concept) in suggester.concepts.sorted(by: { $0.value < $1.value }) {
            guard let best = scores.best(concept) else { continue }
            var bestIsTold = false
            for cue in cues where cue.concept == id && cue.stance == .supports {
                let window = window(at: cue.reading.start)
                bestIsTold = bestIsTold || window == best
                spans.append(joined(cue, concept, window))
            }
            if !bestIsTold { spans.append(encoderSpan(id, concept, best)) }
        }
        let others = cues.filter { suggester.concepts[$0.concept] == nil || $0.stance != .supports }
        return spans + others
    }

    private func encoderSpan(_ id: String, _ concept: Int, _ window: Int) -> ScoredSpan {
        let logit = scores.windows[window].logits[concept]
        let settings = suggester.settings
        let own = settings.probability(concept, logit: logit)
        let score = suggester.isCombined ? settings.probability(concept, logit: logit, cues: 0) : own
        return ScoredSpan(
            concept: id, reading: place(scores.span(concept, window: window)), score: score, stance: .supports,
            reason: reason(own))
    }

    private func joined(_ cue: ScoredSpan, _ concept: Int, _ window: Int) -> ScoredSpan {
        let logit = scores.windows[window].logits[concept]
        let settings = suggester.settings
        var span = cue
        span.score = settings.probability(concept, logit: logit, cues: cue.score)
        // The words that carry the encoder's score are whole sentences or clauses, a cue's are the fewest.
        let carried = place(scores.span(concept, window: window))
        if scores.spans.contains(where: { $0.concept == concept && $0.window == window }), carried.contains(cue.reading)
        {
            span.reading = carried
        }
        span.reason =
            "\(reason(settings.probability(concept, logit: logit))); \(CueSuggester.name) \(percent(cue.score)): \(cue.reason)"
        return span
    }

    /// Number of the window that a place of the document lies in.
    private func window(at reading: Int32) -> Int {
        let offset = reading - passage.reading.start
        return scores.windows.lastIndex { $0.range.start <= offset } ?? 0
    }

    private func place(_ range: ByteRange) -> ByteRange {
        ByteRange(passage.reading.start + range.start, passage.reading.start + range.end)
    }

    private func reason(_ probability: Double) -> String {
        "\(LearnedSuggester.encoderName) \(percent(probability)): reads like exemplars of it"
    }

    private func percent(_ score: Double) -> String { "\(Int((score * 100).rounded())) %" }
}
