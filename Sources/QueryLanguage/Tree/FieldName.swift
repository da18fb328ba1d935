import TextModel

/// A field of the language: the word before the colon.
package enum FieldName: String, Sendable, CaseIterable {
    // Of the document.
    case `in`, author, title, year
    // Of the passage, or of the words.
    case lang, kind, chapter, page, speaker, mentions, length, nth, word
    // Of the annotation.
    case layer, by, who, role, dyad, towards, stance, basis, certainty, comment, created, modified, `is`

    /// A field's name as it is typed, in any case; `about` is another word for `who`.
    package init?(typed: String) {
        let name = typed.lowercased()
        if let field = FieldName(rawValue: name) {
            self = field
        } else if name == "about" {
            self = .who
        } else {
            return nil
        }
    }

    /// All that can be typed.
    package static let typedNames = allCases.map(\.rawValue) + ["about"]

    /// True where the field asks something of an annotation; the others ask it of a document or a passage.
    package var isOfAnnotation: Bool {
        switch self {
        case .layer, .by, .who, .role, .dyad, .towards, .stance, .basis, .certainty, .comment, .created, .modified, .is:
            true
        default: false
        }
    }

    package enum Values: Sendable, Equatable {
        /// Any words.
        case text
        /// One of these.
        case closed([String])
        /// A number; 0…1 for certainty.
        case number
        /// Text, or a number in comparisons and ranges.
        case label
        case date
        case person
        case dyad
    }

    package var values: Values {
        switch self {
        case .in, .author, .title, .lang, .layer, .by, .role, .comment, .word: .text
        case .year, .created, .modified: .date
        case .certainty, .length, .nth: .number
        case .chapter, .page: .label
        case .who, .towards, .speaker, .mentions: .person
        case .dyad: .dyad
        case .stance: .closed(Stance.allCases.map(\.rawValue))
        case .basis: .closed(Basis.allCases.map(\.rawValue))
        case .kind: .closed(PassageKind.allCases.map(\.rawValue))
        case .is: .closed(["any", "open", "suggested", "rejected", "alone", "commented", "orphaned"])
        }
    }

    /// One line for completion: what the field asks.
    package var summary: String {
        switch self {
        case .in: "work, or work/part"
        case .author: "author of the work"
        case .title: "title of the work"
        case .year: "date of the work"
        case .lang: "language of the passage"
        case .kind: "kind of passage"
        case .chapter: "chapter, as it is cited"
        case .page: "page, as it is printed"
        case .speaker: "who speaks the words"
        case .mentions: "who is named in the words"
        case .length: "length of the passage in words"
        case .nth: "number of the passage in its document"
        case .word: "a word in the range"
        case .layer: "layer of the annotation"
        case .by: "annotator"
        case .who: "whom the annotation is about"
        case .role: "role of the person it is about"
        case .dyad: "two persons it is about"
        case .towards: "second person of the dyad"
        case .stance: "for or against the concept"
        case .basis: "shown, told or inferred"
        case .certainty: "0 to 1"
        case .comment: "words of the comment"
        case .created: "date of the annotation"
        case .modified: "date of the last change"
        case .is: "state of the annotation"
        }
    }
}
