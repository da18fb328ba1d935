import TextModel

/// Rows of a family tree: a number for each person, 0 at the top.
///
/// Parents stand a row above their children, grandparents two; spouses, siblings, friends and all others that a
/// relation joins stand side by side. A relation that contradicts an earlier one (a child of its own grandchild) has
/// no effect.
struct Generations {
    private(set) var ranks: [Int]

    init(count: Int, relations: [Relation], index: [String: Int], links: [PersonGraph.Link]) {
        ranks = Array(repeating: 0, count: count)
        var group = Array(0..<count)
        // Descent first: it says most. Then what is between equals, then what merely joins.
        var steps: [(from: Int, to: Int, down: Int)] = []
        for relation in relations {
            guard let down = Self.steps(of: relation.name) else { continue }
            for from in relation.active.compactMap({ index[$0] }) {
                for to in relation.passive.compactMap({ index[$0] }) { steps.append((from, to, down)) }
            }
        }
        for relation in relations where Self.steps(of: relation.name) == nil {
            let ends = (relation.mutual + relation.active + relation.passive).compactMap { index[$0] }
            for next in ends.dropFirst() { steps.append((ends[0], next, 0)) }
        }
        for link in links { steps.append((link.first, link.second, 0)) }
        for step in steps where group[step.from] != group[step.to] {
            // All who hang together with the second move with it.
            let shift = ranks[step.from] + step.down - ranks[step.to]
            let (old, new) = (group[step.to], group[step.from])
            for person in 0..<count where group[person] == old {
                ranks[person] += shift
                group[person] = new
            }
        }
        for own in Set(group) {
            let members = (0..<count).filter { group[$0] == own }
            let top = members.map { ranks[$0] }.min() ?? 0
            for person in members { ranks[person] -= top }
        }
    }

    /// How many rows the passive side of a relation stands below the active one; `nil` where it says nothing of
    /// generations.
    static func steps(of name: String) -> Int? {
        let name = name.lowercased()
        if name.hasPrefix("grandparent") || name.hasPrefix("grandmother") || name.hasPrefix("grandfather") { return 2 }
        if name.hasSuffix("parent_of") || name.hasSuffix("mother_of") || name.hasSuffix("father_of") { return 1 }
        if name.hasSuffix("child_of") { return -1 }
        return nil
    }
}
