import PassageScoring
import TextModel

/// The encoder, and perhaps cues, at work in one task. A document is scored as a whole when it begins, so that the
/// cores can share it and short passages are encoded together.
final class LearnedWorker: Suggester {
    var name: String { suggester.name }
    private let suggester: LearnedSuggester
    private let cues: any Suggester
    private let jobs: Int
    /// Made when something must be encoded.
    private var pool: ScorerPool?
    private let sieve = Sieve()
    private let progress: @Sendable (Int, Int) -> Void
    /// Start of a passage's reading text → what was found in it; made into spans when they are asked for.
    private var found: [Int32: Finding] = [:]

    private struct Finding {
        var cues: [ScoredSpan]
        /// `nil` where the encoder has not read.
        var scores: PassageScores?
    }

    /// A value that cannot be copied, in a class.
    private final class Sieve {
        private var sieve = FamilySieve()
        func passes(_ passage: Passage, in document: Document) -> Bool { sieve.passes(passage, in: document) }
    }

    init(_ suggester: LearnedSuggester, jobs: Int, progress: @escaping @Sendable (Int, Int) -> Void) {
        self.suggester = suggester
        cues = suggester.cues.makeWorker()
        self.jobs = jobs
        self.progress = progress
    }

    func begin(_ document: Document) { begin(document, document.passages) }

    /// Scores some of a document's passages.
    func begin(_ document: Document, _ passages: [Passage]) {
        cues.begin(document)
        found = [:]
        let reads = document.languages.map(suggester.reads)
        var wanted: [(passage: Passage, cues: [ScoredSpan])] = []
        for passage in passages where passage.kind.isTagged && !passage.reading.isEmpty {
            let cueSpans =
                suggester.isCombined || suggester.effort == .normal
                // Cues that are too weak to be shown are not counted a second time beside the encoder.
                ? cues.spans(for: passage, in: document, minimumScore: nil) : []
            let isRead = reads.indices.contains(Int(passage.language)) ? reads[Int(passage.language)] : true
            let isWanted =
                isRead && (suggester.effort == .high || !cueSpans.isEmpty || sieve.passes(passage, in: document))
            if isWanted {
                wanted.append((passage, cueSpans))
            } else if suggester.isCombined, !cueSpans.isEmpty {
                found[passage.reading.start] = Finding(cues: cueSpans)
            }
        }
        let scores = scores(of: wanted.map(\.passage), in: document).map { scores in
            scores.map { suggester.corrections.applied(to: $0, suggester.model.settings) }
        }
        for ((passage, cueSpans), scores) in zip(wanted, scores) {
            found[passage.reading.start] = Finding(cues: suggester.isCombined ? cueSpans : [], scores: scores)
        }
    }

    func spans(for passage: Passage, in document: Document, minimumScore: Double?) -> [ScoredSpan] {
        guard let finding = found[passage.reading.start] else { return [] }
        guard let scores = finding.scores else { return finding.cues.map(cuesAlone) }
        return ScoreReader(suggester: suggester, passage: passage, scores: scores).spans(with: finding.cues)
    }

    func notes(for document: Document) -> [Diagnostic] {
        let unread = document.passages.count { passage in
            passage.kind.isTagged && !suggester.reads(document.language(of: passage))
        }
        guard unread > 0 else { return suggester.isCombined ? cues.notes(for: document) : [] }
        let note = Diagnostic(
            "unread-language", .note, file: document.path,
            "the encoder reads English: \(unread) passage\(unread == 1 ? "" : "s") in other languages \(unread == 1 ? "was" : "were") left to the cues",
            advice: nil)
        return (suggester.isCombined ? cues.notes(for: document) : []) + [note]
    }

    func threshold(for concept: String, language: String) -> Double {
        guard let index = suggester.concepts[concept], suggester.reads(language) else {
            return cues.threshold(for: concept, language: language)
        }
        let settings = suggester.settings
        return settings.thresholds[index]
    }

    /// What the cues say where the encoder has not read.
    private func cuesAlone(_ span: ScoredSpan) -> ScoredSpan {
        var span = span
        span.reason = "\(CueSuggester.name): \(span.reason)"
        return span
    }

    /// The model's own scores of passages, those that are kept from the store. `nil` for what is not kept when nothing is encoded.
    func scores(of passages: [Passage], in document: Document) -> [PassageScores?] {
        let concepts = suggester.model.settings.concepts.count
        var scores = [PassageScores?](repeating: nil, count: passages.count)
        var keys: [String] = []
        if let store = suggester.store {
            keys = passages.map { scoreKey(of: Array(document.reading[$0.reading.indices])) }
            let kept = store.scores(of: keys)
            for (index, key) in keys.enumerated() {
                scores[index] = kept[key].flatMap {
                    PassageScores(
                        $0, length: passages[index].reading.count, concepts: concepts, width: suggester.model.hidden)
                }
            }
        }
        let missing = passages.indices.filter { scores[$0] == nil }
        guard suggester.encodes, !missing.isEmpty else { return scores }
        let progress = progress
        let pool = pool ?? ScorerPool(suggester.model, jobs: jobs)
        self.pool = pool
        let made = pool.score(missing.map { passages[$0] }, in: document) { progress($0, missing.count) }
        for (index, score) in zip(missing, made) { scores[index] = score }
        suggester.store?.keep(zip(missing, made).map { (keys[$0], $1.encoded) })
        return scores
    }
}
