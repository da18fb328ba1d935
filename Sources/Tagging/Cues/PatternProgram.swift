/// Compiled patterns: instructions in one flat array.
///
/// A side of an anchored pattern is a run of instructions. Positions are bits of a word: bit k says "k words after
/// the anchor are consumed" (before it, for the left side), so a step over all ways to match is a few operations on
/// one integer, and nothing is tried twice.
struct PatternProgram: Sendable {
    enum Operation: UInt8, Sendable {
        /// Next word is in set `value`.
        case words
        case anyWord
        /// A name of class `value`.
        case person
        /// At most `value` words.
        case gap
        /// Alternatives up to instruction `value`; each begins with a `branch`.
        case fork
        /// A branch that ends before instruction `value`.
        case branch
    }

    struct Instruction: Sendable {
        var operation: Operation
        var value: Int32
    }

    struct Pattern: Sendable {
        /// What the caller knows the pattern by: of a cue, a trigger …
        var owner: Int32
        var before: Range<Int32>
        var after: Range<Int32>
        /// What every match has beside the anchor: slice of ``needs``.
        var needs: Range<Int32>
    }

    /// A word of one of some sets, or a person's name where a class of persons will do.
    struct Need: Sendable {
        /// Slice of ``neededSets``.
        var sets: Range<Int32>
        var allowsPerson: Bool
    }

    private struct Requirement: Hashable {
        var sets: [Int32]
        var allowsPerson: Bool
    }

    private(set) var instructions: [Instruction] = []
    private(set) var patterns: [Pattern] = []
    private(set) var needs: [Need] = []
    private(set) var neededSets: [Int32] = []
    /// Word set → patterns that it anchors.
    private(set) var anchored: [[Int32]] = []
    private(set) var sets: [Set<PatternNode.WordTest>] = []
    private var numbers: [Set<PatternNode.WordTest>: Int32] = [:]

    /// Words of a match to one side of its anchor: the bits of the position word, less one for the anchor itself.
    static let reach = 63

    mutating func add(_ pattern: AnchoredPattern, owner: Int32) {
        let before = compiled(pattern.before.reversed(), isBackwards: true)
        let after = compiled(pattern.after, isBackwards: false)
        let set = number(of: pattern.anchor)
        var found: [Requirement] = []
        for item in pattern.before + pattern.after {
            if let need = requirement(of: item), !found.contains(need) { found.append(need) }
        }
        // The fewest sets first: most trials end there.
        found.sort { ($0.sets.count, $0.allowsPerson ? 1 : 0) < ($1.sets.count, $1.allowsPerson ? 1 : 0) }
        anchored[Int(set)].append(Int32(patterns.count))
        let first = Int32(needs.count)
        for requirement in found {
            let start = Int32(neededSets.count)
            neededSets += requirement.sets
            needs.append(Need(sets: start..<Int32(neededSets.count), allowsPerson: requirement.allowsPerson))
        }
        patterns.append(Pattern(owner: owner, before: before, after: after, needs: first..<Int32(needs.count)))
    }

    /// What a part of a pattern cannot match without; `nil` where it can match without any certain word.
    private mutating func requirement(of node: PatternNode) -> Requirement? {
        switch node {
        case .words(let tests): return Requirement(sets: [number(of: tests)], allowsPerson: false)
        case .person: return Requirement(sets: [], allowsPerson: true)
        case .anyWord, .gap: return nil
        case .sequence(let items):
            var least: Requirement?
            for item in items {
                guard let need = requirement(of: item) else { continue }
                let isLess = least.map {
                    (need.allowsPerson ? 1 : 0, need.sets.count) < ($0.allowsPerson ? 1 : 0, $0.sets.count)
                }
                if isLess ?? true { least = need }
            }
            return least
        case .alternatives(let branches):
            var all = Requirement(sets: [], allowsPerson: false)
            for branch in branches {
                guard let need = requirement(of: branch) else { return nil }
                all.sets += need.sets.filter { !all.sets.contains($0) }
                all.allowsPerson = all.allowsPerson || need.allowsPerson
            }
            return branches.isEmpty ? nil : all
        }
    }

    private mutating func compiled(_ items: [PatternNode], isBackwards: Bool) -> Range<Int32> {
        let start = Int32(instructions.count)
        for item in items { emit(item, isBackwards) }
        return start..<Int32(instructions.count)
    }

    private mutating func emit(_ node: PatternNode, _ isBackwards: Bool) {
        switch node {
        case .words(let tests): instructions.append(Instruction(operation: .words, value: number(of: tests)))
        case .anyWord: instructions.append(Instruction(operation: .anyWord, value: 0))
        case .person(let index): instructions.append(Instruction(operation: .person, value: Int32(index)))
        case .gap(let limit): instructions.append(Instruction(operation: .gap, value: Int32(limit)))
        case .sequence(let items):
            for item in isBackwards ? items.reversed() : items { emit(item, isBackwards) }
        case .alternatives(let branches):
            let fork = instructions.count
            instructions.append(Instruction(operation: .fork, value: 0))
            for branch in branches {
                let start = instructions.count
                instructions.append(Instruction(operation: .branch, value: 0))
                emit(branch, isBackwards)
                instructions[start].value = Int32(instructions.count)
            }
            instructions[fork].value = Int32(instructions.count)
        }
    }

    private mutating func number(of tests: Set<PatternNode.WordTest>) -> Int32 {
        if let number = numbers[tests] { return number }
        let number = Int32(sets.count)
        numbers[tests] = number
        sets.append(tests)
        anchored.append([])
        return number
    }
}
