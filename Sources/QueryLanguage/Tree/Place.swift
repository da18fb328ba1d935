/// Where something stands in the text of a query: UTF-8 offsets, half-open.
///
/// All places are equal, so that trees are compared by what they say and not by where it is written.
package struct Place: Sendable, Equatable {
    package var start: Int
    package var end: Int

    package init(_ start: Int, _ end: Int) {
        self.start = start
        self.end = end
    }

    /// Of trees that were not read from a text.
    package static let nowhere = Place(-1, -1)

    package static func == (left: Place, right: Place) -> Bool { true }

    /// From the start of the earlier to the end of the later.
    package func joined(with other: Place) -> Place {
        if start < 0 { return other }
        if other.start < 0 { return self }
        return Place(min(start, other.start), max(end, other.end))
    }
}
