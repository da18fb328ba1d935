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
    private var contextMatches: [PatternMatcher.Match] = []
    private var conditions: PatternMatcher
    private var conditionMatches: [PatternMatcher.Match] = []

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
        conditions = PatternMatcher(program.conditions, lexicon: &lexicon)
    }

    /// Takes in the persons of a document; needed before its first passage.
    mutating func begin(_ work: Work) {
        let names = PersonNames(work, classes: program.set.classes, lexicon: &lexicon)
        cues.names = names
        contexts.names = names
        conditions.names = names
    }

    /// Fills ``evidence`` (in the order of cues and places), ``tokens`` and ``sentenceStarts``.
    mutating func scan(_ passage: Passage, in document: Document) {
        tokens.removeAll(keepingCapacity: true)
        sentenceStarts.removeAll(keepingCapacity: true)
        evidence.removeAll(keepingCapacity: true)
        matches.removeAll(keepingCapacity: true)
        Tokenizer.tokens(of: passage, in: document, lexicon: &lexicon, into: &tokens)
        cues.extend(lexicon)
        cues.findMatches(in: tokens, tokens.indices, bytes: document.reading, lexicon: lexicon, into: &matches)
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
        contextMatches.removeAll(keepingCapacity: true)
        contexts.findMatches(
            in: tokens, words(of: sentences), bytes: document.reading, lexicon: lexicon, into: &contextMatches)
        contextMatches.keepMinimal()
        return ContextScan(program, matches: contextMatches)
    }

    /// Takes out the matches of cues that need something near, or need its absence, and have it not.
    private mutating func keepWhatIsMet(_ document: Document) {
        func asks(_ match: PatternMatcher.Match) -> Bool {
            !program.needs[Int(match.owner)].isEmpty || !program.without[Int(match.owner)].isEmpty
        }
        guard matches.contains(where: asks) else { return }
        conditionMatches.removeAll(keepingCapacity: true)
        conditions.extend(lexicon)
        conditions.findMatches(
            in: tokens, tokens.indices, bytes: document.reading, lexicon: lexicon, into: &conditionMatches)
        matches = matches.filter { match in
            program.needs[Int(match.owner)].allSatisfy { isMet($0, near: match, document) }
                && !program.without[Int(match.owner)].contains { isMet($0, near: match, document) }
        }
    }

    private func isMet(_ condition: Int32, near match: PatternMatcher.Match, _ document: Document) -> Bool {
        let first = match.start - Int32(Cue.nearness)
        let last = match.end + Int32(Cue.nearness)
        if conditionMatches.contains(where: { $0.owner == condition && $0.start <= last && first <= $0.end }) {
            return true
        }
        let classes = program.persons[Int(condition)]
        guard !classes.isEmpty, !conditions.names.isEmpty else { return false }
        let words = max(0, Int(first))..<min(tokens.count, Int(last) + 1)
        return words.contains { word in
            classes.contains { number in
                conditions.names.lengths(
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
