package import TextModel

/// What a teacher adds to the chosen passages; a packet holds it, an export from a query has none of it.
package struct TeachingPlan: Sendable, Equatable {
    package var course: String?
    /// The day of the class, `2027-02-11`.
    package var day: String?
    /// What students can do afterwards, in place of the scheme's aims.
    package var aims: [String] = []
    /// Questions in place of the scheme's, level by level.
    package var prompts: [PlannedPrompt] = []
    /// Who, when, what has just happened: a line above a passage.
    package var headnotes: [PassagePlace: String] = [:]
    /// What these pages do not tell, beside what the works themselves say of it.
    package var unknown: [String] = []
    /// Minutes for the worksheet; `nil`: reckoned from its length.
    package var minutes: Int?
    /// Another explanation that fits the same words, for the case sheet.
    package var rivals: [String] = []
    /// Arrows that a reader has drawn, for the case sheet.
    package var links: [ProposedLink] = []
    /// What stands for `[name]` in a text for parents.
    package var fields: [String: String] = [:]
    /// What can be read in place of a passage with such content, in place of what the program would choose.
    package var replacements: [ContentTag: Replacement] = [:]

    package init() {}

    /// A passage to be read in place of another.
    package enum Replacement: Sendable, Equatable {
        case passage(PassagePlace)
        /// Not on the sheets: as people find it, “The Good Room”, p. 7.
        case elsewhere(String)
    }

    /// A headnote tells where we are in the story and no more.
    package static let headnoteLimit = 30
    /// Four aims are as many as one class can keep.
    package static let aimLimit = 4
}

/// A question of a teacher's own.
package struct PlannedPrompt: Sendable, Equatable {
    /// `notice`, `interpret` or `apply`.
    package var level: String
    package var text: String
    /// For the lesson plan: what students may be expected to find.
    package var expected: String?
    /// For the lesson plan: a likely misreading.
    package var misreading: String?

    package init(level: String, text: String, expected: String? = nil, misreading: String? = nil) {
        self.level = level
        self.text = text
        self.expected = expected
        self.misreading = misreading
    }
}

/// A link between two concepts that somebody has proposed, with the passage that is cited for it.
package struct ProposedLink: Sendable, Equatable {
    /// Ids of concepts.
    package var from: String
    package var towards: String
    /// Who proposes it.
    package var reader: String?
    package var place: PassagePlace

    package init(from: String, towards: String, reader: String?, place: PassagePlace) {
        self.from = from
        self.towards = towards
        self.reader = reader
        self.place = place
    }
}
