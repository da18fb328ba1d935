package import TextModel

/// A cue file, `Schemas/NAME.cues.xml`: which words show a concept, language by language.
package struct CueFile: Sendable {
    /// Namespace of the vocabulary.
    package static let namespace = "urn:casebook:cues"
    /// The version of the format that this program reads and writes.
    package static let formatVersion = 1

    /// As the user knows it.
    package var path: String
    /// Version of the cues themselves, for proposals: `cues 3: reason`.
    package var edition: String?
    package var sets: [CueSet]

    package init(path: String, edition: String? = nil, sets: [CueSet] = []) {
        self.path = path
        self.edition = edition
        self.sets = sets
    }

    /// The set for a language tag: its own, else one for the same language (`en` for `en-GB`, `eng`).
    package func set(for language: String) -> CueSet? {
        sets.first { $0.language == language }
            ?? sets.first { LanguageTag.primary(of: $0.language) == LanguageTag.primary(of: language) }
    }
}

/// The cues of one language.
package struct CueSet: Sendable {
    /// `xml:lang`.
    package var language: String
    package var classes: [WordClass] = []
    package var contexts: [ContextRule] = []
    package var cues: [Cue] = []
    /// Suggestions below this score are not shown unless asked for.
    package var threshold = 0.5
    /// Concept → how evidence becomes a score; none where nothing was fitted.
    package var calibrations: [String: Calibration] = [:]

    package init(language: String) { self.language = language }
}

/// Words that mean the same to cues: `@child`.
package struct WordClass: Sendable, Equatable {
    package var name: String
    /// Alternatives, in the language of cues; they may use classes defined before this one.
    package var words: CuePattern?
    /// Which persons of a document belong to it, with all their names; one rule that holds is enough.
    package var persons: [PersonRule] = []
    package var location: SourceLocation?

    package init(name: String, words: CuePattern?, persons: [PersonRule] = []) {
        self.name = name
        self.words = words
        self.persons = persons
    }
}

/// Persons of a document, by what its header says of them; what is not given does not matter.
package struct PersonRule: Sendable, Equatable {
    package enum Side: String, Sendable, CaseIterable { case active, passive, mutual }
    /// Name of a relation, `parent_of`; a name that ends so counts as well (`adoptive_parent_of`).
    package var relation: String?
    package var side: Side?
    package var sex: Sex?
    /// One of the words of `person/@role`.
    package var role: String?

    package init(relation: String? = nil, side: Side? = nil, sex: Sex? = nil, role: String? = nil) {
        self.relation = relation
        self.side = side
        self.sex = sex
        self.role = role
    }
}

/// Words around a cue that change what it shows, in the manner of ConText (Harkema et al. 2009).
package struct ContextRule: Sendable, Equatable {
    package enum Kind: String, Sendable, CaseIterable {
        case negated, hypothetical
        case someoneElse = "someone-else"
        case otherSense = "other-sense"
    }
    package enum Effect: String, Sendable, CaseIterable {
        /// The cue is as if it were not there.
        case drop
        /// Its weight is multiplied by the factor.
        case lower
        /// As `lower`, and it speaks against the concept.
        case contradict
    }
    package enum Direction: String, Sendable, CaseIterable {
        /// The trigger stands before the cue's words.
        case before
        case after
        case either
        /// Trigger and cue share a word.
        case overlap
    }
    package var id: String
    package var kind: Kind
    package var effect: Effect
    package var factor: Double
    package var direction: Direction
    /// Most words between trigger and cue.
    package var reach: Int
    package var triggers: [CuePattern] = []
    /// A trigger that shares a word with one of these is none: `not only`.
    package var pseudo: [CuePattern] = []
    /// End the trigger's reach: `but`.
    package var terminators: [CuePattern] = []
    /// The rule holds for these only; empty for all.
    package var concepts: Set<String> = []
    package var location: SourceLocation?

    package init(
        id: String, kind: Kind, effect: Effect, factor: Double = 0.5, direction: Direction = .before, reach: Int = 5
    ) {
        self.id = id
        self.kind = kind
        self.effect = effect
        self.factor = factor
        self.direction = direction
        self.reach = reach
    }
}

/// One thing that shows a concept.
package struct Cue: Sendable, Equatable {
    package enum Scope: String, Sendable, CaseIterable { case sentence, passage }
    /// Near a match is what has at most so many words between: two sentences of prose.
    package static let nearness = 40

    package var id: String
    package var concept: String
    /// 0…1: of passages with this cue alone, about this share show the concept.
    package var weight: Double
    package var scope: Scope = .sentence
    /// Kinds of context that do not matter to it.
    package var ignores: Set<ContextRule.Kind> = []
    package var patterns: [CuePattern]
    /// What must stand near a match, each of them, before or after it.
    package var needs: [CuePattern] = []
    /// What must not stand near a match, none of them.
    package var without: [CuePattern] = []
    package var examples: [CueExample] = []
    package var location: SourceLocation?

    package init(id: String, concept: String, weight: Double, patterns: [CuePattern]) {
        self.id = id
        self.concept = concept
        self.weight = weight
        self.patterns = patterns
    }
}

/// A sentence in which a cue must match (found, and no context takes anything from it) or must not.
package struct CueExample: Sendable, Equatable {
    package var text: String
    package var mustMatch: Bool
    package var location: SourceLocation?

    package init(text: String, mustMatch: Bool, location: SourceLocation? = nil) {
        self.text = text
        self.mustMatch = mustMatch
        self.location = location
    }
}
