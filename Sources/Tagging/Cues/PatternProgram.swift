/// Compiled patterns: instructions in one flat array.
///
/// A side of an anchored pattern is a run of instructions. Positions are bits of a word: bit k says "k words after
/// the anchor are consumed" (before it, for the left side), so a step over all ways to match is a few operations on
/// one integer, and nothing is tried twice.
struct PatternProgram: Sendable {
    enum Operation: UInt8, Sendable {
        /// Next word is in the set of column `value`.
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
        /// What every match has beside the anchor: slice of ``patternNeeds``, the rarest first.
        var needs: Range<Int32>
        /// What stands directly before and after the anchor.
        var nextBefore: Neighbour
        var nextAfter: Neighbour
        /// Column of the anchor, for patterns that are tried where somebody asks for them.
        var anchor: Int32
    }

    /// A word of the set of a column, or a person's name; column -1 is any word or none.
    struct Neighbour: Sendable {
        var column: Int32 = -1
        var allowsPerson = false
    }

    /// Some words, and what they mean to patterns.
    struct WordSet: Sendable {
        var words: Set<PatternNode.WordTest>
        /// Patterns that each of the words anchors.
        var anchored: [Int32] = []
        /// Needs that each of the words meets.
        var needs: [Int32] = []
        /// Where instructions ask for the set; none for those that only anchor.
        var column: Int32?
    }

    /// One of some words that must stand somewhere, or a person's name where one will do.
    struct Need: Hashable, Sendable {
        var words: Set<PatternNode.WordTest>
        var allowsPerson: Bool
    }

    private(set) var instructions: [Instruction] = []
    private(set) var patterns: [Pattern] = []
    private(set) var needs: [Need] = []
    private(set) var patternNeeds: [Int32] = []
    private(set) var sets: [WordSet] = []
    /// Sets that instructions ask for.
    private(set) var columns = 0
    private var setNumbers: [Set<PatternNode.WordTest>: Int32] = [:]
    private var needNumbers: [Need: Int32] = [:]
    private let frequency: WordFrequency

    /// Words of a match to one side of its anchor: the bits of the position word, less one for the anchor itself.
    static let reach = 63
    /// What is this common stands in most paragraphs: to ask for it would cost more than it saves (measured).
    private static let common = 0.04

    init(_ frequency: WordFrequency) { self.frequency = frequency }

    /// Adds a pattern that is tried wherever its anchor stands and all of `needs` is met in the same range.
    mutating func add(_ pattern: AnchoredPattern, owner: Int32, needs: [Need] = []) {
        let set = number(of: pattern.anchor)
        sets[Int(set)].anchored.append(Int32(patterns.count))
        append(pattern, owner, anchor: -1, needs: needs + (pattern.before + pattern.after).compactMap(need))
    }

    /// Adds a pattern that is tried only where it is asked for (``PatternMatcher/hasMatch(of:near:…)``).
    mutating func addAsked(_ pattern: AnchoredPattern) {
        append(pattern, 0, anchor: column(of: pattern.anchor), needs: [])
    }

    private mutating func append(_ pattern: AnchoredPattern, _ owner: Int32, anchor: Int32, needs: [Need]) {
        let before = compiled(pattern.before.reversed(), isBackwards: true)
        let after = compiled(pattern.after, isBackwards: false)
        let first = patternNeeds.count
        let shares = needs.map { (need: $0, share: share(of: $0)) }
        for (need, _) in shares.sorted(by: { $0.share < $1.share }).filter({ $0.share < Self.common }) {
            let number = number(of: need)
            if !patternNeeds[first...].contains(number) { patternNeeds.append(number) }
        }
        patterns.append(
            Pattern(
                owner: owner, before: before, after: after, needs: Int32(first)..<Int32(patternNeeds.count),
                nextBefore: neighbour(pattern.before.reversed(), isBackwards: true),
                nextAfter: neighbour(pattern.after, isBackwards: false), anchor: anchor))
    }

    private mutating func neighbour(_ items: [PatternNode], isBackwards: Bool) -> Neighbour {
        let (first, isOptional) = first(of: items, isBackwards: isBackwards)
        guard let first, !isOptional else { return Neighbour() }
        return Neighbour(column: column(of: first.words), allowsPerson: first.allowsPerson)
    }

    /// Words with which items in a row begin, `nil` for any word, and whether they can match no word at all.
    private func first(of items: [PatternNode], isBackwards: Bool) -> (first: Need?, isOptional: Bool) {
        var first = Need(words: [], allowsPerson: false)
        for item in items {
            var isOptional = false
            switch item {
            case .words(let tests): first.words.formUnion(tests)
            case .person: first.allowsPerson = true
            case .anyWord, .gap: return (nil, false)
            case .sequence(let inner):
                let (more, canBeEmpty) = self.first(
                    of: isBackwards ? inner.reversed() : inner, isBackwards: isBackwards)
                guard let more else { return (nil, false) }
                first.words.formUnion(more.words)
                first.allowsPerson = first.allowsPerson || more.allowsPerson
                isOptional = canBeEmpty
            case .alternatives(let branches):
                for branch in branches {
                    let (more, canBeEmpty) = self.first(of: [branch], isBackwards: isBackwards)
                    guard let more else { return (nil, false) }
                    first.words.formUnion(more.words)
                    first.allowsPerson = first.allowsPerson || more.allowsPerson
                    isOptional = isOptional || canBeEmpty
                }
            }
            if !isOptional { return (first, false) }
        }
        return (first, true)
    }

    private func share(of need: Need) -> Double {
        // Names are known only with the document.
        need.words.isEmpty && need.allowsPerson ? 0 : frequency.share(of: need.words)
    }

    /// What a part of a pattern cannot match without; `nil` where it can match without any certain word.
    private func need(of node: PatternNode) -> Need? {
        switch node {
        case .words(let tests): return Need(words: tests, allowsPerson: false)
        case .person: return Need(words: [], allowsPerson: true)
        case .anyWord, .gap: return nil
        case .sequence(let items):
            let needs = items.compactMap(need)
            return needs.min { share(of: $0) < share(of: $1) }
        case .alternatives(let branches):
            var all = Need(words: [], allowsPerson: false)
            for branch in branches {
                guard let need = need(of: branch) else { return nil }
                all.words.formUnion(need.words)
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
        case .words(let tests): instructions.append(Instruction(operation: .words, value: column(of: tests)))
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

    private mutating func column(of tests: Set<PatternNode.WordTest>) -> Int32 {
        let set = Int(number(of: tests))
        if let column = sets[set].column { return column }
        let column = Int32(columns)
        columns += 1
        sets[set].column = column
        return column
    }

    private mutating func number(of tests: Set<PatternNode.WordTest>) -> Int32 {
        if let number = setNumbers[tests] { return number }
        let number = Int32(sets.count)
        setNumbers[tests] = number
        sets.append(WordSet(words: tests))
        return number
    }

    private mutating func number(of need: Need) -> Int32 {
        if let number = needNumbers[need] { return number }
        let number = Int32(needs.count)
        needNumbers[need] = number
        needs.append(need)
        let set = self.number(of: need.words)
        sets[Int(set)].needs.append(number)
        return number
    }
}
