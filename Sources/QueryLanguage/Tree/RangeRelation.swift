/// How two ranges lie to each other. Ranges are half-open; each has one piece or several.
package enum RangeRelation: String, Sendable, CaseIterable {
    /// They share at least a character; a point overlaps what holds it strictly inside, and an equal point.
    case overlaps
    /// Every piece of the left lies in a piece of the right.
    case within
    /// Every piece of the right lies in a piece of the left.
    case contains
    /// The same pieces.
    case equals
    /// They overlap, or only white space lies between.
    case touches
}
