package import Readers
package import TextModel

/// Suggests concepts by cues: the words and turns of phrase of a cue file.
///
/// A value that tasks share; each task asks for a worker of its own, which keeps a lexicon and word tables and grows
/// quicker with each document.
package struct CueSuggester: Sendable {
    /// As `--suggester` names it.
    package static let name = "cues"

    fileprivate struct Language: Sendable {
        var program: CueProgram
        var scorer: CueScorer
    }

    fileprivate let languages: [Language]
    fileprivate let cues: CueFile
    fileprivate let defaultLanguage: String
    /// Cues of concepts that the scheme does not know, with advice; such cues suggest nothing.
    package let problems: [Diagnostic]

    /// Compiles the cues. `scheme` limits them to its concepts, `nil` takes all. `defaultLanguage` is for passages of
    /// which nothing says the language.
    package init(cues: CueFile, scheme: ConceptScheme?, defaultLanguage: String = "en") {
        var known = cues
        var problems: [Diagnostic] = []
        if let scheme {
            problems = cues.problems(against: scheme)
            let concepts = Set(scheme.concepts.map(\.id))
            for index in known.sets.indices { known.sets[index].cues.removeAll { !concepts.contains($0.concept) } }
        }
        self.cues = known
        self.problems = problems
        self.defaultLanguage = defaultLanguage
        languages = known.sets.map { set in
            let program = CueProgram(set)
            return Language(program: program, scorer: CueScorer(program))
        }
    }

    /// A suggester for one task.
    package func makeWorker() -> any Suggester { CueWorker(self) }

    /// A tagger with these cues alone, for one task.
    package func makeTagger() -> Tagger { Tagger([makeWorker()]) }

    /// Suggestions for one document; for several, ask a tagger (``makeTagger()``): it keeps what it has learned.
    package func suggestions(for document: Document, minimumScore: Double? = nil) -> [Suggestion] {
        makeTagger().suggestions(for: document, minimumScore: minimumScore)
    }

    /// Index of the set for a language tag.
    fileprivate func languageIndex(for tag: String) -> Int? {
        let wanted = tag.isEmpty || tag == "und" ? defaultLanguage : tag
        return cues.sets.firstIndex { $0.language == wanted }
            ?? cues.sets.firstIndex { LanguageTag.primary(of: $0.language) == LanguageTag.primary(of: wanted) }
    }
}

/// The cues of all languages at work in one task.
private final class CueWorker: Suggester {
    let name = CueSuggester.name
    private let suggester: CueSuggester
    /// By index in ``CueSuggester/languages``; made when a document first has such a passage.
    private var scanners: [Scanner?]
    /// Language of the document → index in ``CueSuggester/languages``, -1 where there are no cues.
    private var languages: [Int] = []

    /// A scanner cannot be copied, so that an array cannot hold it by itself.
    private final class Scanner {
        private var scanner: CueScanner
        private let scorer: CueScorer
        var hasBegun = false

        init(_ language: CueSuggester.Language) {
            scanner = CueScanner(language.program)
            scorer = language.scorer
        }

        func spans(for passage: Passage, in document: Document, minimumScore: Double) -> [ScoredSpan] {
            if !hasBegun { scanner.begin(document.work) }
            hasBegun = true
            scanner.scan(passage, in: document, minimumScore: minimumScore)
            return scorer.spans(of: scanner, passage: passage, in: document, minimumScore: minimumScore)
        }
    }

    init(_ suggester: CueSuggester) {
        self.suggester = suggester
        scanners = Array(repeating: nil, count: suggester.languages.count)
    }

    func begin(_ document: Document) {
        languages = document.languages.map { suggester.languageIndex(for: $0) ?? -1 }
        for scanner in scanners { scanner?.hasBegun = false }
    }

    func spans(for passage: Passage, in document: Document, minimumScore: Double?) -> [ScoredSpan] {
        let tag = Int(passage.language)
        let index = languages.indices.contains(tag) ? languages[tag] : suggester.languageIndex(for: "") ?? -1
        guard index >= 0 else { return [] }
        let scanner = scanners[index] ?? Scanner(suggester.languages[index])
        scanners[index] = scanner
        return scanner.spans(
            for: passage, in: document, minimumScore: minimumScore ?? suggester.cues.sets[index].threshold)
    }

    func threshold(for concept: String, language: String) -> Double {
        suggester.cues.set(for: language.isEmpty ? suggester.defaultLanguage : language)?.threshold ?? 0
    }

    func notes(for document: Document) -> [Diagnostic] {
        var without: [String: Int] = [:]
        var tagged = 0
        for passage in document.passages where passage.kind.isTagged {
            tagged += 1
            let tag = document.language(of: passage)
            if suggester.languageIndex(for: tag) == nil { without[tag, default: 0] += 1 }
        }
        return without.sorted { $0.key < $1.key }.map { tag, count in
            let what =
                count == tagged
                ? "0 suggestions: no cues for `\(tag)`"
                : "no cues for `\(tag)`: \(count) of \(tagged) passages were not looked at"
            return Diagnostic(
                "no-cues", .note, file: document.path, what,
                advice: "add a cueSet for the language to \(suggester.cues.path)")
        }
    }
}

extension CueFile {
    /// Cues of concepts that a scheme does not have.
    package func problems(against scheme: ConceptScheme) -> [Diagnostic] {
        let known = scheme.concepts.map(\.id)
        var problems: [Diagnostic] = []
        var told: Set<String> = []
        for cue in sets.flatMap(\.cues) where !known.contains(cue.concept) && told.insert(cue.concept).inserted {
            let near = nearestNames(to: cue.concept, among: known)
            problems.append(
                Diagnostic(
                    "unknown-concept", .error, file: path, at: cue.location,
                    "concept `\(cue.concept)` is not in the scheme \(scheme.id)",
                    advice: near.isEmpty ? "add it to the scheme, or take its cues out" : "did you mean \(near[0])?"))
        }
        return problems
    }
}
