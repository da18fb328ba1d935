import Readers

/// The cues and context rules of one language, compiled; the same for all documents and tasks, which share it.
final class CueProgram: Sendable {
    let set: CueSet
    /// Names of the concepts that cues speak of.
    let concepts: [String]
    /// Cue → index in `concepts`.
    let conceptOfCue: [Int32]
    /// Cues, owners being indices in ``CueSet/cues``, and the patterns of `conditions`.
    let cues: PatternProgram
    /// Owners are indices in `parts`.
    let contexts: PatternProgram
    let parts: [ContextPart]
    /// What must or must not stand near matches; those that are alike are one.
    let conditions: [Condition]
    /// Cue → conditions that must be met, and that must not.
    let needs: [[Int32]]
    let without: [[Int32]]

    /// Of each cue what a match asks for: examples and patterns are left behind.
    let senses: [Sense]
    let reaches: [Reach]

    struct Sense: Sendable {
        var weight: Double
        var isPassageWide: Bool
        /// The context rules that matter to it.
        var rules: [Int32]
    }

    /// What a context rule does, and how far.
    struct Reach: Sendable {
        var effect: ContextRule.Effect
        var factor: Double
        var direction: ContextRule.Direction
        var words: Int32
    }

    /// One of some patterns of `cues`, or a person's name of one of some classes.
    struct Condition: Sendable {
        var patterns: Range<Int32>
        var persons: [Int32]
        /// What no match has without.
        var need: PatternProgram.Need
    }

    /// One sort of words of one context rule.
    struct ContextPart: Sendable {
        enum Role: Sendable { case trigger, pseudo, terminator }
        var rule: Int32
        var role: Role
    }

    init(_ set: CueSet) {
        self.set = set
        var numbers: [String: Int32] = [:]
        var concepts: [String] = []
        conceptOfCue = set.cues.map { cue in
            if let number = numbers[cue.concept] { return number }
            let number = Int32(concepts.count)
            numbers[cue.concept] = number
            concepts.append(cue.concept)
            return number
        }
        self.concepts = concepts
        let classes = PatternNode.classes(of: set)
        let frequency = WordFrequency(language: set.language)
        var cues = PatternProgram(frequency)
        var conditions = Conditions()
        needs = set.cues.map { cue in cue.needs.map { conditions.number(of: $0, classes, frequency, in: &cues) } }
        without = set.cues.map { cue in cue.without.map { conditions.number(of: $0, classes, frequency, in: &cues) } }
        self.conditions = conditions.all
        for (index, cue) in set.cues.enumerated() {
            let needs = needs[index].map { conditions.all[Int($0)].need }
            for pattern in cue.patterns {
                Self.add(pattern, Int32(index), classes, frequency, needs: needs, to: &cues)
            }
        }
        self.cues = cues
        var contexts = PatternProgram(frequency)
        var parts: [ContextPart] = []
        for (rule, context) in set.contexts.enumerated() {
            let sorts: [(ContextPart.Role, [CuePattern])] = [
                (.trigger, context.triggers), (.pseudo, context.pseudo), (.terminator, context.terminators),
            ]
            for (role, patterns) in sorts where !patterns.isEmpty {
                for pattern in patterns { Self.add(pattern, Int32(parts.count), classes, frequency, to: &contexts) }
                parts.append(ContextPart(rule: Int32(rule), role: role))
            }
        }
        self.contexts = contexts
        self.parts = parts
        reaches = set.contexts.map {
            Reach(effect: $0.effect, factor: $0.factor, direction: $0.direction, words: Int32($0.reach))
        }
        senses = set.cues.map { cue in
            let rules = set.contexts.indices.filter { index in
                let rule = set.contexts[index]
                return !cue.ignores.contains(rule.kind)
                    && (rule.concepts.isEmpty || rule.concepts.contains(cue.concept))
            }
            return Sense(weight: cue.weight, isPassageWide: cue.scope == .passage, rules: rules.map { Int32($0) })
        }
    }

    /// Conditions as they are compiled.
    private struct Conditions {
        var all: [Condition] = []
        private var numbers: [CuePattern: Int32] = [:]

        mutating func number(
            of pattern: CuePattern, _ classes: [String: PatternNode], _ frequency: WordFrequency,
            in program: inout PatternProgram
        ) -> Int32 {
            if let number = numbers[pattern] { return number }
            let number = Int32(all.count)
            numbers[pattern] = number
            let node = PatternNode(pattern, classes: classes)
            var branches = [node]
            if case .alternatives(let several) = node { branches = several }
            let first = Int32(program.patterns.count)
            var condition = Condition(
                patterns: first..<first, persons: [], need: PatternProgram.Need(words: [], allowsPerson: false))
            for branch in branches {
                if case .person(let index) = branch {
                    condition.persons.append(Int32(index))
                    condition.need.allowsPerson = true
                } else {
                    for anchored in AnchoredPattern.all(of: branch.items, frequency: frequency) ?? [] {
                        condition.need.words.formUnion(anchored.anchor)
                        program.addAsked(anchored)
                    }
                }
            }
            condition.patterns = first..<Int32(program.patterns.count)
            all.append(condition)
            return number
        }
    }

    private static func add(
        _ pattern: CuePattern, _ owner: Int32, _ classes: [String: PatternNode], _ frequency: WordFrequency,
        needs: [PatternProgram.Need] = [], to program: inout PatternProgram
    ) {
        let items = PatternNode(pattern, classes: classes).items
        for anchored in AnchoredPattern.all(of: items, frequency: frequency) ?? [] {
            program.add(anchored, owner: owner, needs: needs)
        }
    }
}
