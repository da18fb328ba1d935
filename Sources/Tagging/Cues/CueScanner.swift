import Readers
import TextModel
import WordForms

/// Finds the evidence of one language's cues in passages.
///
/// Owns a lexicon, so that each spelling is stemmed once in its life; belongs to one task.
struct CueScanner: ~Copyable {
    let program: CueProgram
    private var lexicon: Lexicon
    private var borders: SentenceBorders
    private var cues: PatternMatcher
    private var contexts: PatternMatcher
    private var matches: [PatternMatcher.Match] = []
    private var bound: ScoreBound

    /// Words of the passage scanned last.
    private(set) var tokens: [Token] = []
    /// Where its sentences begin after the first, in bytes of the reading text; looked up only when a cue matched.
    private(set) var sentenceStarts: [Int32] = []
    private(set) var evidence: [CueEvidence] = []

    init(_ program: CueProgram) {
        self.program = program
        lexicon = Lexicon(language: program.set.language)
        borders = SentenceBorders(language: program.set.language)
        cues = PatternMatcher(program.cues, lexicon: &lexicon)
        contexts = PatternMatcher(program.contexts, lexicon: &lexicon)
        bound = ScoreBound(program)
    }

    /// Takes in the persons of a document; needed before its first passage.
    mutating func begin(_ work: Work) {
        let names = PersonNames(work, classes: program.set.classes, lexicon: &lexicon)
        cues.names = names
        contexts.names = names
    }

    /// Fills ``evidence`` (in the order of cues and places), ``tokens`` and ``sentenceStarts``.
    ///
    /// Evidence of concepts that cannot reach the least score is left out as soon as that is known: most passages
    /// cost their words and a survey of them.
    mutating func scan(_ passage: Passage, in document: Document, minimumScore: Double = 0) {
        tokens.removeAll(keepingCapacity: true)
        sentenceStarts.removeAll(keepingCapacity: true)
        evidence.removeAll(keepingCapacity: true)
        matches.removeAll(keepingCapacity: true)
        Tokenizer.tokens(of: passage, in: document, lexicon: &lexicon, into: &tokens)
        cues.extend(lexicon)
        cues.survey(tokens, tokens.indices)
        bound.begin(minimumScore)
        for trial in cues.trials { bound.add(trial.owner) }
        // What is enough alone comes first: without it, most concepts are out of reach.
        for isEnough in [true, false] {
            for trial in cues.trials where bound.isEnough(trial.owner) == isEnough && bound.isReached(by: trial.owner) {
                let found = cues.match(trial, in: tokens, tokens.indices, bytes: document.reading, lexicon: lexicon)
                if let found { matches.append(found) } else { bound.remove(trial.owner) }
            }
        }
        keepWhatIsMet(document)
        guard !matches.isEmpty else { return }
        borders.starts(of: passage, in: document, into: &sentenceStarts)
        contexts.extend(lexicon)
        var inSentences = matches.filter { match in
            program.senses[Int(match.owner)].isPassageWide || sentences(of: match).count == 1
        }
        inSentences.keepMinimal()
        // Many cues match in a sentence: its contexts are looked up once.
        var scans: [ClosedRange<Int>: ContextScan] = [:]
        for match in inSentences {
            let sentences = sentences(of: match)
            let scan = scans[sentences] ?? contextScan(of: sentences, document)
            scans[sentences] = scan
            if let found = scan.evidence(of: match) { evidence.append(found) }
        }
    }

    private mutating func contextScan(of sentences: ClosedRange<Int>, _ document: Document) -> ContextScan {
        let words = words(of: sentences)
        contexts.survey(tokens, words)
        var found: [PatternMatcher.Match] = []
        for trial in contexts.trials {
            let match = contexts.match(trial, in: tokens, words, bytes: document.reading, lexicon: lexicon)
            if let match { found.append(match) }
        }
        found.keepMinimal()
        return ContextScan(program, matches: found)
    }

    /// Takes out the matches of cues that need something near, or need its absence, and have it not; and those of
    /// concepts that are out of reach.
    private mutating func keepWhatIsMet(_ document: Document) {
        var kept: [PatternMatcher.Match] = []
        for match in matches where bound.isReached(by: match.owner) {
            let needs = program.needs[Int(match.owner)]
            let without = program.without[Int(match.owner)]
            if needs.allSatisfy({ isMet($0, near: match, document) }),
                !without.contains(where: { isMet($0, near: match, document) })
            {
                kept.append(match)
            } else {
                bound.remove(match.owner)
            }
        }
        let bound = bound
        matches = kept.filter { bound.isReached(by: $0.owner) }
    }

    private func isMet(_ condition: Int32, near match: PatternMatcher.Match, _ document: Document) -> Bool {
        let condition = program.conditions[Int(condition)]
        let near = Int(match.start) - Cue.nearness..<Int(match.end) + Cue.nearness + 1
        let isFound = cues.hasMatch(
            of: condition.patterns, near: near, in: tokens, bytes: document.reading, lexicon: lexicon)
        if isFound { return true }
        guard !condition.persons.isEmpty, !cues.names.isEmpty else { return false }
        return near.clamped(to: tokens.indices).contains { word in
            condition.persons.contains { number in
                cues.names.lengths(
                    ofClass: number, from: word, step: 1, limit: tokens.count - word, tokens: tokens,
                    bytes: document.reading, lexicon: lexicon) != 0
            }
        }
    }

    /// Numbers, from 0, of the sentences in which a match has words.
    private func sentences(of match: PatternMatcher.Match) -> ClosedRange<Int> {
        sentence(ofWord: Int(match.start))...sentence(ofWord: Int(match.end) - 1)
    }

    /// Number, from 0, of the sentence that a word stands in.
    func sentence(ofWord word: Int) -> Int {
        // The passages that come here have few sentences; the last start at or before the word is looked for.
        var low = 0
        var high = sentenceStarts.count
        while low < high {
            let middle = (low + high) / 2
            if sentenceStarts[middle] <= tokens[word].start { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The words of some sentences in a row.
    func words(of sentences: ClosedRange<Int>) -> Range<Int> {
        let first = sentences.lowerBound == 0 ? 0 : firstWord(from: sentenceStarts[sentences.lowerBound - 1])
        let end =
            sentences.upperBound < sentenceStarts.count
            ? firstWord(from: sentenceStarts[sentences.upperBound]) : tokens.count
        return first..<end
    }

    private func firstWord(from offset: Int32) -> Int {
        var low = 0
        var high = tokens.count
        while low < high {
            let middle = (low + high) / 2
            if tokens[middle].start < offset { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
