/// `<3p`: how far apart two ranges of one document may be.
package struct Distance: Sendable, Hashable {
    package enum Unit: String, Sendable, CaseIterable {
        /// Words between.
        case words = "w"
        /// Borders crossed.
        case sentences = "s"
        /// Borders crossed of passages of kind text, verse and speech.
        case passages = "p"
        /// Borders crossed of the innermost divisions.
        case chapters = "c"
        /// Anywhere in the same document: nothing is farther.
        case documents = "d"
    }

    /// Never `equal`.
    package var comparison: Comparison
    package var number: Int
    package var unit: Unit

    package init(_ comparison: Comparison, _ number: Int, _ unit: Unit) {
        self.comparison = comparison
        self.number = number
        self.unit = unit
    }

    /// What `near` means where no distance is written: the same passage or one beside it.
    package static let ofNear = Distance(.less, 2, .passages)
    /// What `then` means where no distance is written: the same chapter.
    package static let ofThen = Distance(.less, 1, .chapters)

    package var text: String { comparison.rawValue + String(number) + unit.rawValue }
}
