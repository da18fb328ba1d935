import Readers
import TextModel
import WordForms

/// Combines the evidence of a passage into one score a concept, with the words that carry it and a reason.
struct CueScorer {
    /// A cue that matches again says less than it did at first: each time half of the time before.
    static let repetition = 0.5
    /// What speaks against a concept takes at most half of what speaks for it: a text may well say both.
    static let contradiction = 0.5
    /// Passages of more words are scored in windows of sentences.
    private static let longPassage = Passage.mostWordsScoredTogether
    /// Matched words shown in a reason; longer matches are cut in the middle.
    private static let quotedWords = 14

    private let set: CueSet
    private let concepts: [String]
    /// Cue → index in `concepts`.
    private let conceptOfCue: [Int32]

    init(_ program: CueProgram) {
        set = program.set
        concepts = program.concepts
        conceptOfCue = program.conceptOfCue
    }

    /// Scores the passage that was scanned last; what has not the least score is left out.
    func spans(
        of scanner: borrowing CueScanner, passage: Passage, in document: Document, minimumScore: Double
    ) -> [ScoredSpan] {
        guard !scanner.evidence.isEmpty else { return [] }
        var byConcept: [Int32: [CueEvidence]] = [:]
        for evidence in scanner.evidence { byConcept[conceptOfCue[Int(evidence.cue)], default: []].append(evidence) }
        var spans: [ScoredSpan] = []
        for (concept, evidence) in byConcept.sorted(by: { $0.key < $1.key }) {
            for window in windows(evidence, scanner) {
                let weighed = weighed(window, calibration: set.calibrations[concepts[Int(concept)]])
                guard weighed.score >= minimumScore else { continue }
                spans.append(
                    ScoredSpan(
                        concept: concepts[Int(concept)], reading: range(of: weighed.shown, scanner, passage, document),
                        score: weighed.score, stance: weighed.stance,
                        reason: reason(weighed.shown, against: weighed.against, scanner, document)))
            }
        }
        return spans
    }

    /// Evidence that is scored together: all of a short passage; of a long one, runs of whole sentences up to the
    /// limit.
    private func windows(_ evidence: [CueEvidence], _ scanner: borrowing CueScanner) -> [[CueEvidence]] {
        guard scanner.tokens.count > Self.longPassage else { return [evidence] }
        var windows: [[CueEvidence]] = []
        for item in evidence.sorted(by: { ($0.start, $0.end) < ($1.start, $1.end) }) {
            if let first = windows.last?.first {
                let run = scanner.sentence(ofWord: Int(first.start))...scanner.sentence(ofWord: Int(item.end) - 1)
                if scanner.words(of: run).count <= Self.longPassage {
                    windows[windows.count - 1].append(item)
                    continue
                }
            }
            windows.append([item])
        }
        return windows
    }

    /// The evidence that a suggestion shows, what speaks against it, and its score.
    private typealias Weighed = (shown: [CueEvidence], against: [CueEvidence], stance: Stance, score: Double)

    private func weighed(_ window: [CueEvidence], calibration: Calibration?) -> Weighed {
        let support = independent(window.filter { !$0.contradicts })
        let against = independent(window.filter(\.contradicts))
        if case .prior(let prior) = calibration {
            // Weak cues stand nearly everywhere: the side with more evidence is what the passage says.
            let odds = (
                support: Self.gain(of: support, over: prior), against: Self.gain(of: against, over: prior)
            )
            let contradicts = odds.support < odds.against
            let (more, less) = contradicts ? (odds.against, odds.support) : (odds.support, odds.against)
            let score = logistic(logOdds(prior) + more - Self.contradiction * less)
            return contradicts ? (against, [], .contradicts, score) : (support, against, .supports, score)
        }
        let shown = support.isEmpty ? against : support
        var evidence = Self.combined(shown.map(\.strength))
        if !support.isEmpty { evidence *= 1 - Self.contradiction * Self.combined(against.map(\.strength)) }
        let score = calibration?.score(of: evidence) ?? evidence
        return support.isEmpty ? (against, [], .contradicts, score) : (support, against, .supports, score)
    }

    /// Log odds that evidence adds to those of a prior; a cue that is weaker than the prior says nothing.
    static func gain(of evidence: [CueEvidence], over prior: Double) -> Double {
        evidence.reduce(0) { $0 + max(0, logOdds($1.weight) - logOdds(prior)) * $1.factor }
    }

    /// Strongest first; of matches that share words only the strongest, of repeated cues each time less.
    private func independent(_ evidence: [CueEvidence]) -> [CueEvidence] {
        var kept: [CueEvidence] = []
        for item in evidence.sorted(by: { ($1.strength, $0.start, $0.cue) < ($0.strength, $1.start, $1.cue) }) {
            guard !kept.contains(where: { $0.start < item.end && item.start < $0.end }) else { continue }
            var item = item
            for earlier in kept.map(\.cue) where earlier == item.cue { item.factor *= Self.repetition }
            kept.append(item)
        }
        return kept
    }

    /// Noisy or: each cue fails on its own with what its weight leaves.
    static func combined(_ strengths: [Double]) -> Double {
        1 - strengths.reduce(1) { $0 * (1 - $1) }
    }

    /// Short passage: the words from the first to the last match of the sentence with the strongest evidence. Long
    /// passage: the sentences of the window.
    private func range(
        of evidence: [CueEvidence], _ scanner: borrowing CueScanner, _ passage: Passage, _ document: Document
    ) -> ByteRange {
        if scanner.tokens.count > Self.longPassage {
            let first = evidence.map { scanner.sentence(ofWord: Int($0.start)) }.min() ?? 0
            let last = evidence.map { scanner.sentence(ofWord: Int($0.end) - 1) }.max() ?? first
            let starts = scanner.sentenceStarts
            let start = first == 0 ? passage.reading.start : starts[first - 1]
            var end = last < starts.count ? starts[last] : passage.reading.end
            while end > start, document.reading[Int(end) - 1] <= 0x20 { end -= 1 }
            return ByteRange(start, end)
        }
        var sentences: [Int: [CueEvidence]] = [:]
        for item in evidence { sentences[scanner.sentence(ofWord: Int(item.start)), default: []].append(item) }
        let strongest = sentences.max { left, right in
            let (weaker, stronger) = (
                Self.combined(left.value.map(\.strength)), Self.combined(right.value.map(\.strength))
            )
            // Of equals the first sentence.
            return (weaker, right.key) < (stronger, left.key)
        }
        let matches = strongest?.value ?? evidence
        let start = matches.map(\.start).min() ?? 0
        let end = matches.map(\.end).max() ?? 1
        return ByteRange(scanner.tokens[Int(start)].start, scanner.tokens[Int(end) - 1].end)
    }

    private func reason(
        _ evidence: [CueEvidence], against: [CueEvidence], _ scanner: borrowing CueScanner, _ document: Document
    ) -> String {
        var parts: [String] = []
        for item in evidence {
            var part = "“\(quote(item.start, item.end, scanner, document))” (\(set.cues[Int(item.cue)].id))"
            for hit in item.contexts {
                let rule = set.contexts[Int(hit.rule)]
                let words = quote(hit.start, hit.end, scanner, document)
                part += rule.effect == .contradict ? ", against it: " : ", lowered: "
                part += "\(rule.kind.words) by “\(words)”"
            }
            parts.append(part)
        }
        for item in against {
            parts.append("lowered: “\(quote(item.start, item.end, scanner, document))” speaks against it")
        }
        return parts.joined(separator: "; ")
    }

    private func quote(_ start: Int32, _ end: Int32, _ scanner: borrowing CueScanner, _ document: Document) -> String {
        func text(_ from: Int, _ to: Int) -> String {
            let bytes = document.reading[Int(scanner.tokens[from].start)..<Int(scanner.tokens[to - 1].end)]
            let text = String(decoding: bytes, as: UTF8.self)
            return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
        let (start, end) = (Int(start), Int(end))
        guard end - start > Self.quotedWords else { return text(start, end) }
        let half = Self.quotedWords / 2
        return text(start, start + half) + " … " + text(end - half, end)
    }
}

extension ContextRule.Kind {
    /// As a reason says it.
    var words: String {
        switch self {
        case .negated: "negated"
        case .hypothetical: "not said as a fact"
        case .someoneElse: "said of somebody else"
        case .otherSense: "another sense"
        }
    }
}
