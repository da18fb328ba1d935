/// A piece of a range: byte offsets of a document's raw text, half-open; a point where they are equal.
package struct Interval: Sendable, Hashable, Comparable {
    /// Any number that tells documents apart and keeps their order, from 0.
    package var document: Int32
    package var start: Int32
    package var end: Int32
    /// The annotation it belongs to, or the occurrence of a word. Pieces of one document with the same owner are one
    /// range; the same owner on both sides of a relation is the same annotation.
    package var owner: Int32

    package init(document: Int32, start: Int32, end: Int32, owner: Int32) {
        self.document = document
        self.start = start
        self.end = end
        self.owner = owner
    }

    package static func < (left: Interval, right: Interval) -> Bool {
        (left.document, left.start, left.end, left.owner) < (right.document, right.start, right.end, right.owner)
    }

    /// The same place, whoever owns it.
    func isSamePlace(as other: Interval) -> Bool {
        document == other.document && start == other.start && end == other.end
    }

    func lies(in other: Interval) -> Bool {
        document == other.document && other.start <= start && end <= other.end
    }
}
