package import PassageScoring
import Readers
package import TextModel

/// Suggests concepts by a sentence encoder that learned them from exemplars; alone, or together with cues.
///
/// A value that tasks share; each task asks for a worker of its own.
package struct LearnedSuggester: Sendable {
    /// As `--suggester` names them.
    package static let encoderName = "encoder"
    package static let combinedName = "combined"

    package let model: PassageModel
    let cues: CueSuggester
    /// Cues count as well, beside the encoder.
    let isCombined: Bool
    private(set) var effort: Effort
    /// Passages whose scores are not kept are encoded; else the cues alone speak of them.
    private(set) var encodes: Bool
    let defaultLanguage: String
    /// Index in the model's concepts by id; those that the scheme has.
    let concepts: [String: Int]
    let store: (any ScoreStore)?
    let corrections: HeadCorrections
    /// The model's, and those of the concepts that the casebook has added.
    let settings: ModelSettings

    /// The concepts of the scheme are suggested, `nil` takes all of the model's. `store` keeps the
    /// model's own scores, and is asked first; `corrections` are what the casebook has learned, added to them.
    package init(
        model: PassageModel, cues: CueSuggester, isCombined: Bool, effort: Effort, encodes: Bool = true,
        scheme: ConceptScheme?, defaultLanguage: String = "en", store: (any ScoreStore)? = nil,
        corrections: HeadCorrections = HeadCorrections()
    ) {
        self.model = model
        self.cues = cues
        self.isCombined = isCombined
        self.effort = effort
        self.encodes = encodes
        self.defaultLanguage = defaultLanguage
        self.store = store
        self.corrections = corrections
        settings = model.settings.adding(corrections.addedConcepts)
        let known = scheme.map { Set($0.concepts.map(\.id)) }
        var concepts: [String: Int] = [:]
        for (index, concept) in settings.concepts.enumerated() where known?.contains(concept) != false {
            concepts[concept] = index
        }
        self.concepts = concepts
    }

    /// The same, to score one passage whole.
    func forOnePassage() -> LearnedSuggester {
        var copy = self
        copy.effort = .high
        copy.encodes = true
        return copy
    }

    package var name: String { isCombined ? Self.combinedName : Self.encoderName }

    /// A suggester for one task, which shares each document among `jobs` cores. `progress` hears how many passages of
    /// a document are scored, of how many.
    package func makeWorker(
        jobs: Int = 1, progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
    ) -> any Suggester {
        makeLearnedWorker(jobs: jobs, progress: progress)
    }

    func makeLearnedWorker(
        jobs: Int = 1, progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
    ) -> LearnedWorker {
        LearnedWorker(self, jobs: jobs, progress: progress)
    }

    /// The encoder has read English.
    func reads(_ language: String) -> Bool {
        let tag = language.isEmpty || language == "und" ? defaultLanguage : language
        return LanguageTag.primary(of: tag) == "en"
    }
}
