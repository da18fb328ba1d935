package import TextModel

/// How many hits, and how many of them speak for and against: counts are shown split.
package struct HitCount: Sendable, Equatable {
    package private(set) var all = 0
    package private(set) var supports = 0
    package private(set) var contradicts = 0
    package private(set) var ambiguous = 0

    package init() {}

    package init(_ hits: some Sequence<Hit>) {
        for hit in hits { add(hit) }
    }

    package mutating func add(_ hit: Hit) { add(hit.stance) }

    /// Counts a hit whose first annotation has this stance.
    package mutating func add(_ stance: Stance?) {
        all += 1
        switch stance {
        case .supports: supports += 1
        case .contradicts: contradicts += 1
        case .ambiguous: ambiguous += 1
        case nil: break
        }
    }

    /// `15 hits (12 for, 3 against)`; nothing in parentheses where no hit has a stance.
    package var text: String {
        let parts = [(supports, "for"), (contradicts, "against"), (ambiguous, "ambiguous")]
            .filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        return "\(all) \(all == 1 ? "hit" : "hits")" + (parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))")
    }
}
