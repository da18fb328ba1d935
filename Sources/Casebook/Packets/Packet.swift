package import TextModel
package import Writers

/// A teaching packet: what is to be taught with, and which sheets are made of it.
///
/// It lies in the casebook as `Packets/NAME.yml`, small enough to be written by hand. All sheets of a packet are
/// made from one selection: same items, same numbers, same checksum.
package struct Packet: Sendable, Equatable {
    /// Of the file, without its extension: letters, digits, `-`, `_` and `.`, no blanks.
    package var name: String
    package var title: String?
    package var course: String?
    /// The day of the class, `2027-02-11`.
    package var day: String?
    package var audience = Audience.student
    package var moment = Moment.after
    package var language: String?
    package var paper = Paper.auto
    package var preset = Preset.reader
    package var notesBeneath = false
    /// False: places and blanks, for words of the students' own copies.
    package var showsQuotations = true
    /// Pages are those of this edition, where works have pages of several.
    package var edition: String?
    package var hidden: Set<SheetPart> = []
    /// Parts that the preset would leave out.
    package var shown: Set<SheetPart> = []

    /// A query that chooses the passages…
    package var query: String?
    /// …or passages picked one by one, in the order of the sheets.
    package var passages: [Pick] = []
    /// Concepts by id or label; empty: those of the query, else all.
    package var concepts: [String] = []
    /// Names of layers; empty: all.
    package var layers: [String] = []

    package var aims: [String] = []
    package var prompts: [PlannedPrompt] = []
    package var unknown: [String] = []
    package var rivals: [String] = []
    package var links: [Link] = []
    /// What can be read in place of passages with such content.
    package var replacements: [ContentTag: Replacement] = [:]

    package var sheets: [SheetKind] = [.handout]
    /// Formats beside HTML, as they are written in the file.
    package var formats: [String] = []
    package var minutes: Int?
    package var seed: UInt64 = 1
    /// How many variants of worksheet and key: the first, A, has the packet's own order.
    package var variants = 1

    package var help = HelpFields()
    /// What stands for `[name]` in a text for parents.
    package var fields: [String: String] = [:]

    package init(name: String) { self.name = name }

    /// A passage that was picked, or with no passage a whole work.
    package struct Pick: Sendable, Equatable {
        package var place: Place
        package var headnote: String?
        package var location: SourceLocation?
    }

    /// Where a passage is: pointer and first words, so that it is found again when the text has changed.
    package struct Place: Sendable, Equatable {
        /// A path from the casebook, or a work's name without folder and extension.
        package var work: String
        /// `xml:id` or a path with a position on every step; `nil`: the whole work.
        package var element: String?
        package var begins: String?
    }

    /// A passage to be read in place of others.
    package struct Replacement: Sendable, Equatable {
        package var place: Place
        package var location: SourceLocation?
    }

    /// An arrow that a reader proposes.
    package struct Link: Sendable, Equatable {
        package var from: String
        package var towards: String
        package var reader: String?
        package var place: Place
        package var location: SourceLocation?
    }

    /// Path of the file from the casebook.
    package var path: String { Self.path(of: name) }

    package static let folder = "Packets"

    package static func path(of name: String) -> String { "\(folder)/\(name).yml" }

    /// Names are printed one a line and become parts of file names.
    package static func isValid(name: String) -> Bool {
        !name.isEmpty && !name.hasPrefix(".")
            && name.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
                case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."): true
                default: false
                }
            }
    }
}
