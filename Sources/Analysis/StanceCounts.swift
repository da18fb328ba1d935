package import TextModel

/// How many annotations speak for a concept, against it, or leave readers divided.
package struct StanceCounts: Sendable, Equatable {
    package var supports = 0
    package var contradicts = 0
    package var ambiguous = 0

    package init(supports: Int = 0, contradicts: Int = 0, ambiguous: Int = 0) {
        self.supports = supports
        self.contradicts = contradicts
        self.ambiguous = ambiguous
    }

    package init(_ evidence: some Sequence<Evidence>) {
        for piece in evidence { add(piece.stance) }
    }

    package var total: Int { supports + contradicts + ambiguous }

    package mutating func add(_ stance: Stance) {
        self[stance] += 1
    }

    package subscript(stance: Stance) -> Int {
        get {
            switch stance {
            case .supports: supports
            case .contradicts: contradicts
            case .ambiguous: ambiguous
            }
        }
        set {
            switch stance {
            case .supports: supports = newValue
            case .contradicts: contradicts = newValue
            case .ambiguous: ambiguous = newValue
            }
        }
    }
}
