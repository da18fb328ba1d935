import TextModel

/// The five P of a case formulation.
enum Factor: String, CaseIterable {
    case presenting, predisposing, precipitating, perpetuating, protective

    /// Where a concept stands in the form.
    ///
    /// The form asks what the matter is, what was there before, what came with the birth, what keeps it going, and
    /// what helps. Which concept answers which question is a convention, and the sheet says so; a concept that has
    /// no place of its own stands where its facet does.
    static func of(_ concept: Concept, in scheme: ConceptScheme) -> Factor {
        if let factor = own[concept.id] { return factor }
        var facet = concept
        while let broader = facet.broader {
            facet = scheme.concepts[broader]
            if let factor = own[facet.id] { return factor }
        }
        return .presenting
    }

    private static let own: [String: Factor] = [
        "bond": .presenting, "outcome": .presenting,
        // Child and parent each bring something that holds.
        "secure-attachment": .protective, "bond-repair": .protective, "resilience": .protective,
        "practice": .protective, "support": .protective,
        // A standard or a fear that the parent brings along.
        "risk": .predisposing, "self-pressure": .predisposing, "parental-anxiety": .predisposing,
        // What comes with the birth.
        "postpartum-depression": .precipitating, "traumatic-birth": .precipitating,
        "early-separation": .precipitating, "hormonal-change": .precipitating,
        // What goes on, night by night and month by month.
        "parental-stress": .perpetuating, "sleep-deprivation": .perpetuating,
    ]
}
