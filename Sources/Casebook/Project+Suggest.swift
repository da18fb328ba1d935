package import LanguageModels
import LayerFiles
package import PassageScoring
import Readers
import SearchIndex
package import Tagging
package import TextModel

/// Who suggests and how much is done for it, as a command was told.
package struct SuggestOptions: Sendable {
    /// `cues`, `encoder`, `combined`, `language-model`; `nil` takes the best that runs on this machine.
    package var suggester: String?
    package var effort: Effort?
    /// Where scores are kept while the program runs, where they are not in the index.
    package var store: MemoryScoreStore?
    /// Scores of passages are looked up in the index and kept there, so that no passage is encoded twice.
    package var usesIndex = false
    /// What a language model has answered, where one was asked; `nil` takes what was kept from before.
    package var answers: LanguageModelSuggester?
    /// What the casebook has learned from its decisions counts, where it has; not when suggestions are measured.
    package var usesLearned = false

    package init(suggester: String? = nil, effort: Effort? = nil) {
        self.suggester = suggester
        self.effort = effort
    }

    /// Names that `--suggester` takes.
    package static let suggesters = [
        CueSuggester.name, LearnedSuggester.encoderName, LearnedSuggester.combinedName, LanguageModel.name,
    ]
    /// What is done unless a command is told otherwise.
    package static let usualEffort = Effort.high
}

/// The suggester of a casebook: a value that tasks share; each asks for a worker or a tagger of its own.
package enum CasebookSuggester: Sendable {
    case cues(CueSuggester)
    case learned(LearnedSuggester)
    case languageModel(LanguageModelSuggester)

    /// `jobs` cores share a document where that is worth while: the encoder's work is in passages, the cues' in files.
    package func makeWorker(
        jobs: Int = 1, progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
    ) -> any Suggester {
        switch self {
        case .cues(let cues): cues.makeWorker()
        case .learned(let learned): learned.makeWorker(jobs: jobs, progress: progress)
        case .languageModel(let answers): answers.makeWorker()
        }
    }

    package func makeTagger(
        jobs: Int = 1, progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
    ) -> Tagger {
        Tagger([makeWorker(jobs: jobs, progress: progress)])
    }

    /// Is a document shared among cores, so that documents better come one after the other.
    package var sharesDocuments: Bool {
        if case .learned = self { true } else { false }
    }
}

extension Project {
    /// Path of the scheme's cues: `Schemas/bonding.cues.xml` of `Schemas/bonding.xml`.
    package var cueFile: String { Self.stem(of: configuration.scheme) + ".cues.xml" }

    /// A model of the casebook's own, in the place of the one that is shipped.
    package var modelFile: String { Self.stem(of: configuration.scheme) + ".passages.safetensors" }

    /// The cues of the casebook, ready for use, and what is wrong with them.
    package func cueSuggester() throws -> (suggester: CueSuggester, diagnostics: [Diagnostic]) {
        let bytes = try FileSystem.read(path(of: cueFile), as: cueFile)
        let (cues, diagnostics) = CueFileReader.read(bytes, path: cueFile)
        guard let cues else {
            throw diagnostics.first { $0.severity == .error }
                ?? Diagnostic("no-cues", .error, file: cueFile, "no cues in this file")
        }
        let scheme = try scheme().scheme
        let suggester = CueSuggester(cues: cues, scheme: scheme, defaultLanguage: configuration.language)
        return (suggester, diagnostics + suggester.problems)
    }

    /// The model that reads passages: the casebook's own, else the one inside the program; `nil` where there is none.
    package func passageModel() throws -> PassageModel? {
        let path = path(of: modelFile)
        if FileSystem.exists(path) {
            return try PassageModel.read(try FileSystem.read(path, as: modelFile), path: modelFile)
        }
        return try PassageModel.shipped?.get()
    }

    /// The suggester that the options ask for, and what is wrong with its files.
    package func suggester(_ options: SuggestOptions = SuggestOptions()) throws -> (
        suggester: CasebookSuggester, diagnostics: [Diagnostic]
    ) {
        if options.suggester == LanguageModel.name {
            return (.languageModel(try options.answers ?? answeredLanguageModel()), [])
        }
        let (cues, diagnostics) = try cueSuggester()
        let effort = options.effort ?? SuggestOptions.usualEffort
        let isAsked = options.suggester != nil && options.suggester != CueSuggester.name
        if options.suggester == CueSuggester.name || (effort == .low && !isAsked) { return (.cues(cues), diagnostics) }
        guard let model = try passageModel() else {
            guard isAsked else { return (.cues(cues), diagnostics) }
            throw Diagnostic(
                "no-model", .error, file: modelFile, "there is no model for `--suggester \(options.suggester ?? "")`",
                advice: "This program was built without one; use `--suggester cues`.")
        }
        let index = options.usesIndex ? try? openIndex() : nil
        let kept = index.map { IndexScoreStore(index: $0, model: model.digest) }
        let store: (any ScoreStore)? = options.store.map { LayeredScoreStore(first: kept, second: $0) } ?? kept
        let learned = LearnedSuggester(
            model: model, cues: cues, isCombined: options.suggester != LearnedSuggester.encoderName, effort: effort,
            scheme: try scheme().scheme, defaultLanguage: configuration.language, store: store,
            corrections: options.usesLearned ? try keptCorrections(model) : HeadCorrections())
        return (.learned(learned), diagnostics)
    }

    /// The suggester for the index: cues, and after `suggest --store` the encoder as far as its scores are kept.
    func indexSuggester(_ index: CorpusIndex) throws -> CasebookSuggester {
        let cues = try cueSuggester().suggester
        guard let model = try? passageModel(), (try? index.suggestsByScores(ofModel: model.digest)) == true else {
            return .cues(cues)
        }
        // A connection of its own: the other one is writing while texts are read.
        let index = try openIndex()
        let learned = LearnedSuggester(
            model: model, cues: cues, isCombined: true, effort: .high, encodes: false, scheme: try scheme().scheme,
            defaultLanguage: configuration.language,
            store: IndexScoreStore(index: index, model: model.digest), corrections: lastCorrections(model))
        return .learned(learned)
    }

    /// Puts the suggestions of texts into the index in the place of those that it had of them, and lets the index go
    /// on so with what changes. What was scored before is not scored again.
    package func storeSuggestions(of files: [String], _ options: SuggestOptions, jobs: Int) throws {
        let (index, _) = try updatedIndex(jobs: jobs)
        if let model = try passageModel() { try index.suggestByScores(ofModel: model.digest) }
        let tagger = try suggester(options).suggester.makeTagger(jobs: jobs)
        for file in files {
            let documents = try read(file).documents
            for (document, layers) in zip(documents, layers(of: documents)) {
                let suggestions = tagger.suggestions(for: document)
                let decided = layers.suggestionStates.decided(suggestions)
                try index.update { update in
                    try update.replaceSuggestions(of: document.name, with: suggestions, decided: decided)
                }
            }
        }
    }
}
