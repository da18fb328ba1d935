/// A unit of text that can be cited, tagged and shown by itself: a paragraph, a speech, a stanza, a note.
package struct Passage: Sendable {
    /// Index in ``Document/elements``.
    package var element: Int32
    package var kind: PassageKind
    /// Index in ``Document/languages``.
    package var language: Int32
    /// Innermost part, an index in ``Document/parts``; -1 outside all of them.
    package var part: Int32
    /// Number of the paragraph in its innermost part, from 1; 0 for kinds that are not counted.
    package var paragraph: Int32
    /// Passage around this island, an index in ``Document/passages``; -1 where there is none.
    package var enclosing: Int32
    /// The whole element in ``Document/raw``, islands and hidden text included.
    package var raw: ByteRange
    /// Slice of ``Document/ownPieces``.
    package var own: Range<Int32>
    /// Slice of ``Document/reading``.
    package var reading: ByteRange
    /// Slice of ``Document/runs``.
    package var runs: Range<Int32>

    package init(
        element: Int32, kind: PassageKind, language: Int32, part: Int32, paragraph: Int32, enclosing: Int32,
        raw: ByteRange, own: Range<Int32>, reading: ByteRange, runs: Range<Int32>
    ) {
        self.element = element
        self.kind = kind
        self.language = language
        self.part = part
        self.paragraph = paragraph
        self.enclosing = enclosing
        self.raw = raw
        self.own = own
        self.reading = reading
        self.runs = runs
    }
}

/// What sort of text a passage is. The names are those of the query field `kind:`.
package enum PassageKind: String, Sendable, CaseIterable {
    case text, heading, verse, speech, stage, note, speaker, list, table, front, description

    /// Suggestions are made on these.
    package var isTagged: Bool {
        switch self {
        case .text, .verse, .speech, .list, .note: true
        case .heading, .stage, .speaker, .table, .front, .description: false
        }
    }

    /// A query looks at these unless `kind:` asks for another.
    package var isSearched: Bool { self != .speaker && self != .front }

    /// Distances in passages (`<3p`) and paragraph numbers count these.
    package var isCounted: Bool { self == .text || self == .verse || self == .speech }
}

/// A division of a work: `div`, `div1`…`div7`, an inner `text` of a `group`.
package struct Part: Sendable {
    /// Index in ``Document/parts``, -1 for the outermost.
    package var parent: Int32
    /// Index in ``Document/elements``.
    package var element: Int32
    /// `div/@type`.
    package var type: String?
    /// How the part is cited: `@n`, else the numeral in its head, else its number among siblings of the same type.
    package var label: String
    /// Reading text of its first `head`.
    package var head: String?
    /// True where the level occurs once and is left out of locators.
    package var isOnlyOne: Bool
    package var raw: ByteRange

    package init(
        parent: Int32, element: Int32, type: String?, label: String, head: String?, isOnlyOne: Bool, raw: ByteRange
    ) {
        self.parent = parent
        self.element = element
        self.type = type
        self.label = label
        self.head = head
        self.isOnlyOne = isOnlyOne
        self.raw = raw
    }
}

extension Passage {
    /// A passage of more words is scored in windows of whole sentences with at most as many, by cues and by the
    /// encoder alike: in a long paragraph the few words that show a concept would drown, and a reader who is shown all of
    /// it would have to look for them. `Documentation/cues.md` promises it.
    package static let mostWordsScoredTogether = 120
}
