/// How often a concept is annotated in equal stretches of a work.
package struct Distribution: Sendable, Equatable {
    package var bins: [StanceCounts]

    /// `length` is in words of the work; a place at or past the end falls into the last bin. `count` is at least one.
    package init(_ evidence: some Sequence<Evidence>, length: Double, bins count: Int) {
        precondition(count > 0, "a distribution needs a bin")
        bins = Array(repeating: StanceCounts(), count: count)
        guard length > 0 else { return }
        for piece in evidence {
            let bin = Int((piece.position / length * Double(count)).rounded(.down))
            bins[min(max(bin, 0), count - 1)].add(piece.stance)
        }
    }

    /// The most in one bin.
    package var peak: Int { bins.map(\.total).max() ?? 0 }
}
