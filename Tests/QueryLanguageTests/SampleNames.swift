import QueryLanguage

/// A small scheme, two works, some saved queries.
let sampleNames = KnownNames(
    concepts: [
        concept("bond", "Bond"),
        concept(
            "impaired-bonding", "Impaired bonding", "bonding disorder", "impared bonding", "bonding, impaired",
            under: "bond"),
        concept("secure-attachment", "Secure attachment", "secure base", under: "bond"),
        concept("neglect", "Child neglect", under: "bond"),
        concept("lack-of-affection", "Lack of affection shown", "emotional coldness", under: "bond"),
        concept("bond-repair", "Bond repair", under: "bond"),
        concept("risk", "Risk"),
        concept("postpartum-depression", "Postpartum depression", "PPD", "Wochenbettdepression", under: "risk"),
        concept("parental-stress", "Parental stress", under: "risk"),
        concept("parental-anxiety", "Parental anxiety", under: "risk"),
        concept("child-anxiety", "Child anxiety", under: "risk"),
        concept("child-depression", "Child depression", under: "risk"),
        concept("talking-and-reading", "Talking and reading", under: "bond"),
        concept("mother-child-tie", "Mère–enfant tie", "the tie", under: "bond"),
        concept("coldness", "Coldness", "the tie", deprecated: "use lack-of-affection", under: "bond"),
        ConceptName(id: "setting", scheme: "places", label: "Setting", labels: ["Setting"]),
        ConceptName(id: "neglect-of-house", scheme: "places", label: "Neglect of house", labels: ["Neglect of house"]),
        ConceptName(id: "risk", scheme: "places", label: "Danger", labels: ["Danger"]),
    ],
    persons: [
        PersonName(work: "love-story", id: "jane", names: ["Jane"]),
        PersonName(work: "love-story", id: "max", names: ["Max", "Maximilian"]),
        PersonName(work: "love-story", id: "jane-max"),
        PersonName(work: "love-story", id: "grandmother", names: ["Jane’s mother"]),
        PersonName(work: "cherry-year", id: "jane", names: ["Jane Holt"]),
        PersonName(work: "cherry-year", id: "ada"),
        PersonName(work: "knecht", id: "ein_knecht_3-7"),
        PersonName(work: "knecht", id: "a-b"), PersonName(work: "knecht", id: "a"),
        PersonName(work: "knecht", id: "b-c"),
        PersonName(work: "knecht", id: "c"),
    ],
    works: ["love-story", "cherry-year", "knecht", "Exemplars", "corpus.xml#emma"],
    layers: ["instructor", "key", "student-a"], annotators: ["ana", "ben"], roles: ["mother", "father", "child"],
    saved: SavedQueries([
        "cold": "neglect | lack-of-affection", "cold-mothers": "@cold who:@mother", "together": "neglect & felt",
        "wrong": "neglect & stanze:supports", "loop": "@pool | neglect", "pool": "!@loop", "self": "@self",
    ]),
    words: [
        "felt", "nothing", "depression", "stress", "bonding", "tie", "talking", "reading", "imparted", "cold", "a", "b",
        "c",
    ]
) { text in
    // Enough folding for the samples.
    String(text.lowercased().map { ["è": "e", "é": "e", "ö": "o"][$0] ?? $0 })
}

private func concept(
    _ id: String, _ labels: String..., deprecated: String? = nil, under broader: String? = nil
) -> ConceptName {
    ConceptName(
        id: id, scheme: "bonding", label: labels.first ?? id, labels: labels, broader: broader, deprecated: deprecated)
}
