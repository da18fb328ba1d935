/// What is said of one tie, concept by concept.
package struct TieSummary: Sendable, Equatable {
    package struct Line: Sendable, Equatable {
        package var concept: String
        package var counts: StanceCounts
    }

    package var tie: Tie
    /// Concepts that are said most often first; of those said alike often the one that appears first.
    package var lines: [Line]

    /// Number of statements.
    package var total: Int { lines.reduce(0) { $0 + $1.counts.total } }

    /// All ties that something is said of, those of whom most is said first.
    package static func summaries(of evidence: [Evidence]) -> [TieSummary] {
        var order: [Tie] = []
        var found: [Tie: [Evidence]] = [:]
        for piece in evidence {
            for tie in piece.ties {
                if found[tie] == nil { order.append(tie) }
                found[tie, default: []].append(piece)
            }
        }
        let summaries = order.map { tie in
            var concepts: [String] = []
            var counts: [String: StanceCounts] = [:]
            for piece in found[tie] ?? [] {
                if counts[piece.concept] == nil { concepts.append(piece.concept) }
                counts[piece.concept, default: StanceCounts()].add(piece.stance)
            }
            let lines = concepts.map { Line(concept: $0, counts: counts[$0] ?? StanceCounts()) }
            return TieSummary(tie: tie, lines: lines.sortedStably { $0.counts.total > $1.counts.total })
        }
        return summaries.sortedStably { $0.total > $1.total }
    }
}

extension Array {
    /// Sorted so that elements of which neither comes first keep their order.
    func sortedStably(by comesFirst: (Element, Element) -> Bool) -> [Element] {
        enumerated().sorted { left, right in
            if comesFirst(left.element, right.element) { return true }
            if comesFirst(right.element, left.element) { return false }
            return left.offset < right.offset
        }
        .map(\.element)
    }
}
