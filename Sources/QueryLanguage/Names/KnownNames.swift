import TextModel

/// Names that are all at hand.
package struct KnownNames: QueryNames {
    package var concepts: [ConceptName]
    package var persons: [PersonName]
    package var works: [String]?
    package var layers: [String]?
    package var annotators: [String]?
    package var roles: [String]?
    package var saved: SavedQueries
    /// Words of the texts, folded.
    package var words: Set<String>
    private let fold: @Sendable (String) -> String

    package init(
        concepts: [ConceptName] = [], persons: [PersonName] = [], works: [String]? = nil, layers: [String]? = nil,
        annotators: [String]? = nil, roles: [String]? = nil, saved: SavedQueries = SavedQueries(),
        words: Set<String> = [], fold: @escaping @Sendable (String) -> String = { $0.lowercased() }
    ) {
        self.concepts = concepts
        self.persons = persons
        self.works = works
        self.layers = layers
        self.annotators = annotators
        self.roles = roles
        self.saved = saved
        self.words = words
        self.fold = fold
    }

    package var savedNames: [String] { saved.names }
    package func savedQuery(_ name: String) -> String? { saved[name] }
    package func folded(_ text: String) -> String { fold(text) }
    package func wordOccurs(_ word: String) -> Bool { words.contains(fold(word)) }
    package func nearestWord(to word: String) -> String? { nearestNames(to: fold(word), among: words, limit: 1).first }
}
