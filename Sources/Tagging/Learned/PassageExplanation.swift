import PassageScoring
package import TextModel

/// Why a passage gets its scores.
package struct PassageExplanation: Sendable {
    /// A stretch of the reading text, and how much a concept's log odds fall without it.
    package struct Part: Sendable, Equatable {
        package var reading: ByteRange
        package var drop: Double
    }

    package struct Concept: Sendable {
        package var id: String
        /// What `suggest` shows, and from where on it does.
        package var score: Double
        package var threshold: Double
        /// The shares: the encoder alone, the cues alone (0 where none fires) and what they matched.
        package var encoder: Double
        package var cues: Double
        package var cueReason: String?
        /// Sentences, or the clauses of the only one, as they stand.
        package var sentences: [Part]
        /// The words that matter most, most first; those that speak against it have a negative drop.
        package var words: [Part]
    }

    /// Highest score first.
    package var concepts: [Concept]
    /// Exemplars of the model nearest to the passage, nearest first: document and passage, concepts, cosine.
    package var neighbours: [(name: String, concepts: [String], cosine: Double)]
    /// The passage's mean state: what it is compared by.
    package var mean: [Float]
}

extension LearnedSuggester {
    /// Concepts that are always explained, however unlikely.
    private static let fewest = 3
    /// Likely ones are explained from this share of their threshold on.
    private static let likely = 0.5
    private static let shownWords = 6
    private static let shownNeighbours = 5

    /// Explains one passage. Encodes it once for each sentence and each word: a second for a long one.
    package func explain(_ passage: Passage, in document: Document) -> PassageExplanation {
        let worker = forOnePassage().makeLearnedWorker()
        worker.begin(document, [passage])
        let cueWorker = cues.makeWorker()
        cueWorker.begin(document)
        let cueSpans = cueWorker.spans(for: passage, in: document, minimumScore: nil)
        var best: [String: ScoredSpan] = [:]
        for span in worker.spans(for: passage, in: document, minimumScore: 0) where span.stance == .supports {
            if span.score > best[span.concept]?.score ?? -1 { best[span.concept] = span }
        }
        let ranked = best.values.sorted { ($1.score, $0.concept) < ($0.score, $1.concept) }
        let language = document.language(of: passage)
        let shown = ranked.enumerated().filter { rank, span in
            rank < Self.fewest || span.score >= worker.threshold(for: span.concept, language: language) * Self.likely
        }.map(\.element)

        let scorer = PassageScorer(model)
        let shipped = scorer.score([passage], in: document)[0]
        let scores = corrections.applied(to: shipped, model.settings)
        var occlusions: [Int: (sentences: [Occlusion], words: [Occlusion])] = [:]
        let explained = shown.map { span in
            var concept = PassageExplanation.Concept(
                id: span.concept, score: span.score,
                threshold: worker.threshold(for: span.concept, language: language), encoder: 0, cues: 0, sentences: [],
                words: [])
            if let cue = cueSpans.filter({ $0.concept == span.concept }).max(by: { $0.score < $1.score }) {
                concept.cues = cue.score
                concept.cueReason = cue.reason
            }
            guard let index = concepts[span.concept], let window = scores.best(index) else { return concept }
            concept.encoder = settings.probability(index, logit: scores.windows[window].logits[index])
            // What the casebook has learned looks at the passage as a whole.
            guard index < model.settings.concepts.count else { return concept }
            let found = occlusions[window] ?? occlude(shipped.windows[window], passage, document, scorer)
            occlusions[window] = found
            concept.sentences = found.sentences.map { .init(reading: $0.part, drop: Double($0.drops[index])) }
            let words = found.words.map { PassageExplanation.Part(reading: $0.part, drop: Double($0.drops[index])) }
            concept.words = Array(words.sorted { abs($0.drop) > abs($1.drop) }.prefix(Self.shownWords))
            return concept
        }
        let mean = scorer.encode([[passage.reading]], of: document.reading).first?.mean ?? []
        let neighbours = model.exemplars?.nearest(to: mean, count: Self.shownNeighbours) ?? []
        return PassageExplanation(
            concepts: explained, neighbours: neighbours.map { ($0.exemplar.name, $0.exemplar.concepts, $0.cosine) },
            mean: mean)
    }

    private typealias Occlusion = (part: ByteRange, drops: [Float])

    private func occlude(
        _ window: PassageScores.Window, _ passage: Passage, _ document: Document, _ scorer: PassageScorer
    ) -> (sentences: [Occlusion], words: [Occlusion]) {
        let start = passage.reading.start
        let whole = ByteRange(start + window.range.start, start + window.range.end)
        let sentences = scorer.occlusion(of: whole, logits: window.logits, in: document.reading)
        let words = scorer.wordOcclusion(of: whole, logits: window.logits, in: document.reading)
        return (sentences, words)
    }
}
