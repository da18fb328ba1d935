/// What a TEI header says about a work.
package struct Work: Sendable, Equatable {
    package var title = ""
    package var subtitle: String?
    package var authors: [String] = []
    /// Year or date of the work (`creation/date`, first edition, original source, DraCor's events), never of the file.
    package var date: String?
    /// The edition the file was made from, as one line.
    package var source: String?
    package var availability = Availability.unknown
    /// Words of the whole work, where the file says so (`extent/measure[@unit="words"]`): a file may hold less of it.
    package var extent: Int?
    package var licence: String?
    package var licenceTarget: String?
    /// `langUsage/language/@ident` and `xml:lang` of the text.
    package var languages: [String] = []
    /// The case in brief: `profileDesc/abstract`.
    package var abstract: String?
    package var keywords: [String] = []
    /// `settingDesc`: places and times, as one line.
    package var setting: String?
    /// `notesStmt/note`, each with its type ("invented": "Invented for teaching; no real person.").
    package var notes: [WorkNote] = []
    package var persons: [Person] = []
    package var relations: [Relation] = []

    package init() {}

    /// `pb/@ed` of an edition that people write “Dutton, 2025”: one word.
    package static func editionKey(_ name: String) -> String { XMLName.made(of: name) ?? "edition" }

    /// An edition as people write it, by its `pb/@ed`: its note in the header (`note[@type="edition"]`), else that word.
    package func editionName(_ key: String) -> String {
        notes.first { $0.type == "edition" && Self.editionKey($0.text) == key }?.text ?? key
    }

    /// Not for other eyes, such as a case of one's own practice: `notesStmt/note[@type="confidential"]`, or the keyword
    /// `confidential`.
    package var isConfidential: Bool {
        notes.contains { $0.type == "confidential" } || keywords.contains { $0.lowercased() == "confidential" }
    }

    /// Made of notes on a paper copy (`notesStmt/note[@type="paper"]`): only what stands in a `quote` is the work's.
    package var isPaperCopy: Bool { notes.contains { $0.type == "paper" } }
}

package struct WorkNote: Sendable, Equatable {
    package var type: String?
    package var text: String

    package init(type: String?, text: String) {
        self.type = type
        self.text = text
    }
}

/// `availability/@status`.
package enum Availability: String, Sendable {
    case free, restricted, unknown
}

/// A person or a group of persons of a work.
package struct Person: Sendable, Equatable {
    package var id: String
    /// Preferred name first.
    package var names: [String]
    package var sex: Sex?
    package var role: String?
    package var isGroup: Bool

    package init(id: String, names: [String], sex: Sex?, role: String?, isGroup: Bool = false) {
        self.id = id
        self.names = names
        self.sex = sex
        self.role = role
        self.isGroup = isGroup
    }

    package var name: String { names.first ?? id }
}

package enum Sex: String, Sendable {
    case female, male
}

/// A relation between persons: `parent_of`, `spouses`, …
package struct Relation: Sendable, Equatable {
    package var id: String?
    package var name: String
    /// Ids of persons; directed relations have active and passive, the others mutual.
    package var active: [String]
    package var passive: [String]
    package var mutual: [String]

    package init(id: String?, name: String, active: [String], passive: [String], mutual: [String]) {
        self.id = id
        self.name = name
        self.active = active
        self.passive = passive
        self.mutual = mutual
    }
}
