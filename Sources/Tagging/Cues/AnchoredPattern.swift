/// A pattern taken apart at its rarest word: tried only where that word stands, to the left and to the right.
struct AnchoredPattern {
    /// Items before the anchor, in the order of the text.
    var before: [PatternNode]
    var anchor: Set<PatternNode.WordTest>
    var after: [PatternNode]

    /// Takes a pattern apart. Where no single word is required (`(a b | c)`), each alternative has an anchor of its
    /// own and there are several anchored patterns. `nil` where some way to match has no word to stand on.
    static func all(of items: [PatternNode], frequency: WordFrequency) -> [AnchoredPattern]? {
        guard let place = cheapest(items, frequency)?.place else { return nil }
        let before = Array(items[..<place])
        let after = Array(items[(place + 1)...])
        switch items[place] {
        case .words(let tests): return [AnchoredPattern(before: before, anchor: tests, after: after)]
        case .alternatives(let branches):
            var patterns: [AnchoredPattern] = []
            for branch in branches {
                guard let inner = all(of: branch.items, frequency: frequency) else { return nil }
                for pattern in inner {
                    patterns.append(
                        AnchoredPattern(
                            before: before + pattern.before, anchor: pattern.anchor, after: pattern.after + after))
                }
            }
            return patterns
        default: return nil
        }
    }

    /// The item on which trials are rarest, and how often they come.
    private static func cheapest(
        _ items: [PatternNode], _ frequency: WordFrequency
    ) -> (place: Int, share: Double)? {
        var best: (place: Int, share: Double)?
        for (place, item) in items.enumerated() {
            guard let share = share(of: item, frequency), share < best?.share ?? .infinity else { continue }
            best = (place, share)
        }
        return best
    }

    private static func share(of item: PatternNode, _ frequency: WordFrequency) -> Double? {
        switch item {
        case .words(let tests): return frequency.share(of: tests)
        case .alternatives(let branches):
            var sum = 0.0
            for branch in branches {
                guard let cheapest = cheapest(branch.items, frequency) else { return nil }
                sum += cheapest.share
            }
            return branches.isEmpty ? nil : sum
        case .anyWord, .person, .gap, .sequence: return nil
        }
    }
}
