package import TextModel

/// What a query may call a concept.
package struct ConceptName: Sendable, Equatable {
    package var id: String
    /// Id of its scheme, as in `concept:bonding/neglect`.
    package var scheme: String
    /// Shown in errors and completions.
    package var label: String
    /// Labels of every kind and language.
    package var labels: [String]
    /// Id of the immediate broader concept.
    package var broader: String?
    /// What to use instead.
    package var deprecated: String?

    package init(
        id: String, scheme: String, label: String, labels: [String], broader: String? = nil, deprecated: String? = nil
    ) {
        self.id = id
        self.scheme = scheme
        self.label = label
        self.labels = labels
        self.broader = broader
        self.deprecated = deprecated
    }

    /// The concepts of a scheme, with labels to show in a language.
    package static func names(of scheme: ConceptScheme, language: String = "en") -> [ConceptName] {
        scheme.concepts.map { concept in
            ConceptName(
                id: concept.id, scheme: scheme.id, label: concept.preferredLabel(in: language),
                labels: concept.labels.map(\.text), broader: concept.broader.map { scheme.concepts[$0].id },
                deprecated: concept.deprecated)
        }
    }
}
