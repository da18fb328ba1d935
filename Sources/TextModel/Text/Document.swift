/// A work as Casebook reads it: one `TEI` element with its own `text`.
///
/// A document holds two texts, both UTF-8. ``raw`` is the text stream of its `text` element, scalar for scalar
/// what XPath's `string()` gives; every offset that leaves the program counts there. ``reading`` is what people
/// see, search and tag: the reading texts of all passages, one after the other. Inside the program offsets are
/// bytes; scalars exist only at the borders (see ``scalarOffset(ofByte:in:)``).
///
/// Everything is kept in flat arrays that refer to each other by index, so that a novel is a few allocations and
/// peak memory grows with the passages, not with the markup.
package struct Document: Sendable {
    /// Path of the file, relative to the casebook or as the user gave it.
    package var path: String
    /// In a `teiCorpus` with several texts: the `xml:id` of the `TEI`, else its number from 1. `nil` elsewhere.
    package var fragment: String?
    /// SHA-256 of the file's bytes, lower-case hexadecimal.
    package var sha256: String
    package var work: Work

    package var raw: [UInt8]
    package var reading: [UInt8]
    /// Sorted by ``ReadingRun/reading``; each passage has a slice of its own (``Passage/runs``).
    package var runs: [ReadingRun]
    /// In the order of their first own character.
    package var passages: [Passage]
    /// Pieces of ``raw`` that are a passage's own text (``Passage/own``), islands left out.
    package var ownPieces: [ByteRange]
    /// Units, frames, their ancestors, and elements with an `xml:id`, in document order.
    package var elements: [ElementRecord]
    /// Names of elements, interned: ``ElementRecord/name`` counts here.
    package var elementNames: [String]
    package var parts: [Part]
    package var pages: [PageBreak]
    package var lines: [LineStart]
    package var noteCalls: [NoteCall]
    package var speeches: [Speech]
    package var mentions: [Mention]
    /// Offsets in ``reading`` of hyphens at the end of a printed line: shown as printed, found joined and apart.
    package var lineEndHyphens: [Int32]
    /// Language tags, interned: ``Passage/language`` counts here.
    package var languages: [String]
    /// True where the file has no TEI namespace (P4 and earlier): the names in XPath pointers then have none.
    package var hasNamespace: Bool

    package init(path: String) {
        self.path = path
        sha256 = ""
        work = Work()
        raw = []
        reading = []
        runs = []
        passages = []
        ownPieces = []
        elements = []
        elementNames = []
        parts = []
        pages = []
        lines = []
        noteCalls = []
        speeches = []
        mentions = []
        lineEndHyphens = []
        languages = []
        hasNamespace = true
    }

    /// What commands and JSON call this document: its path, with `#fragment` inside a corpus.
    package var name: String {
        guard let fragment else { return path }
        return path + "#" + fragment
    }
}

/// A half-open range of byte offsets.
package struct ByteRange: Hashable, Sendable, Comparable {
    package var start: Int32
    package var end: Int32

    package init(_ start: Int32, _ end: Int32) {
        self.start = start
        self.end = end
    }

    package init(_ start: Int, _ end: Int) {
        self.start = Int32(start)
        self.end = Int32(end)
    }

    package var isEmpty: Bool { start >= end }
    package var count: Int { Int(end) - Int(start) }
    package var indices: Range<Int> { Int(start)..<Int(end) }

    package func contains(_ other: ByteRange) -> Bool { start <= other.start && other.end <= end }

    package static func < (left: ByteRange, right: ByteRange) -> Bool {
        (left.start, left.end) < (right.start, right.end)
    }
}

/// A stretch of the reading text that was copied from the raw text, or put in by a rule.
///
/// A run reaches to the start of the next run of its passage, the last to the passage's end.
package struct ReadingRun: Hashable, Sendable {
    /// Byte offset in ``Document/reading`` where the run starts.
    package var reading: Int32
    /// Byte offset in ``Document/raw``: of the first copied byte, or of the place where something was put in.
    package var raw: Int32
    /// False where the reading text has what the raw text has not: `[…]` for a gap, a blank at a line's border.
    package var isCopied: Bool

    package init(reading: Int32, raw: Int32, isCopied: Bool) {
        self.reading = reading
        self.raw = raw
        self.isCopied = isCopied
    }
}

/// An element that text hangs on: enough to write a pointer to it and to find it again.
package struct ElementRecord: Sendable {
    /// Index in ``Document/elements``, -1 for the root.
    package var parent: Int32
    /// Index in ``Document/elementNames``.
    package var name: Int32
    /// Number among the siblings of the same name, from 1: the position of an XPath step.
    package var position: Int32
    package var id: String?
    /// In ``Document/raw``.
    package var raw: ByteRange

    package init(parent: Int32, name: Int32, position: Int32, id: String?, raw: ByteRange) {
        self.parent = parent
        self.name = name
        self.position = position
        self.id = id
        self.raw = raw
    }
}

/// A page break, `pb`.
package struct PageBreak: Sendable, Hashable {
    /// In ``Document/raw``.
    package var raw: Int32
    package var number: String
    package var edition: String?

    package init(raw: Int32, number: String, edition: String?) {
        self.raw = raw
        self.number = number
        self.edition = edition
    }
}

/// The start of a line that has a number: of verse (`l`) or of print (`lb/@n`).
package struct LineStart: Sendable, Hashable {
    package var raw: Int32
    package var number: String

    package init(raw: Int32, number: String) {
        self.raw = raw
        self.number = number
    }
}

/// Where the call mark of a note stands in the display of a passage.
package struct NoteCall: Sendable, Hashable {
    /// In ``Document/reading``.
    package var reading: Int32
    /// Index in ``Document/passages`` of the first passage of the note.
    package var note: Int32
    /// `note/@n`.
    package var mark: String?

    package init(reading: Int32, note: Int32, mark: String?) {
        self.reading = reading
        self.note = note
        self.mark = mark
    }
}

/// Words given to somebody: `sp/@who`, `said/@who`.
package struct Speech: Sendable, Hashable {
    package var raw: ByteRange
    /// Ids of persons, without `#`.
    package var who: [String]

    package init(raw: ByteRange, who: [String]) {
        self.raw = raw
        self.who = who
    }
}

/// A name that points to a person: `persName/@ref`, `rs/@ref`, `name/@ref`.
package struct Mention: Sendable, Hashable {
    package var raw: ByteRange
    package var person: String

    package init(raw: ByteRange, person: String) {
        self.raw = raw
        self.person = person
    }
}
