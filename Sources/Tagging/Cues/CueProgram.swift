import Readers

/// The cues and context rules of one language, compiled; the same for all documents and tasks.
struct CueProgram: Sendable {
    let set: CueSet
    /// Owners are indices in ``CueSet/cues``.
    let cues: PatternProgram
    /// Owners are indices in `parts`.
    let contexts: PatternProgram
    let parts: [ContextPart]

    /// One sort of words of one context rule.
    struct ContextPart: Sendable {
        enum Role: Sendable { case trigger, pseudo, terminator }
        var rule: Int32
        var role: Role
    }

    init(_ set: CueSet) {
        self.set = set
        let classes = PatternNode.classes(of: set)
        let frequency = WordFrequency(language: set.language)
        var cues = PatternProgram()
        for (index, cue) in set.cues.enumerated() {
            for pattern in cue.patterns { Self.add(pattern, Int32(index), classes, frequency, to: &cues) }
        }
        self.cues = cues
        var contexts = PatternProgram()
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
    }

    private static func add(
        _ pattern: CuePattern, _ owner: Int32, _ classes: [String: PatternNode], _ frequency: WordFrequency,
        to program: inout PatternProgram
    ) {
        let items = PatternNode(pattern, classes: classes).items
        for anchored in AnchoredPattern.all(of: items, frequency: frequency) ?? [] {
            program.add(anchored, owner: owner)
        }
    }

    /// True where a pattern has a word to stand on, whichever way it matches; else it would never be tried.
    static func hasAnchor(_ pattern: CuePattern, in set: CueSet) -> Bool {
        let items = PatternNode(pattern, classes: PatternNode.classes(of: set)).items
        return AnchoredPattern.all(of: items, frequency: WordFrequency(language: set.language)) != nil
    }
}
