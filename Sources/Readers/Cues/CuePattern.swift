/// What a cue looks for: a pattern over the words of a sentence. ``CuePatternParser`` has the grammar.
package indirect enum CuePattern: Sendable, Hashable {
    /// `cradle`: compared by its stem.
    case word(String)
    /// `"cradled"`: compared as written, but for case.
    case exact(String)
    /// `cradl*`: words that begin so.
    case prefix(String)
    /// `_`: any word.
    case any
    /// `@child`: a word class of the cue set.
    case memberOf(String)
    /// `..3`: at most so many words between.
    case gap(Int)
    /// `[her]`, `her?`
    case optional(CuePattern)
    case sequence([CuePattern])
    /// `( a | b )`
    case alternatives([CuePattern])

    /// Most words that a match can have; a class counts as `classLength`, by which its caller knows better.
    package func longest(classLength: (String) -> Int) -> Int {
        switch self {
        case .word, .exact, .prefix, .any: 1
        case .memberOf(let name): classLength(name)
        case .gap(let limit): limit
        case .optional(let inner): inner.longest(classLength: classLength)
        case .sequence(let items): items.reduce(0) { $0 + $1.longest(classLength: classLength) }
        case .alternatives(let branches): branches.map { $0.longest(classLength: classLength) }.max() ?? 0
        }
    }

    /// Names of the classes it uses.
    package var classes: Set<String> {
        switch self {
        case .word, .exact, .prefix, .any, .gap: []
        case .memberOf(let name): [name]
        case .optional(let inner): inner.classes
        case .sequence(let items), .alternatives(let items): items.reduce(into: []) { $0.formUnion($1.classes) }
        }
    }

    /// True where no word at all would match as well.
    package var canBeEmpty: Bool {
        switch self {
        case .word, .exact, .prefix, .any, .memberOf: false
        case .gap, .optional: true
        case .sequence(let items): items.allSatisfy(\.canBeEmpty)
        case .alternatives(let branches): branches.contains(where: \.canBeEmpty)
        }
    }

    /// Gap as the first or last item, where it would only make a match longer than its words.
    package func hasGap(atStart: Bool) -> Bool {
        switch self {
        case .gap: return true
        case .word, .exact, .prefix, .any, .memberOf: return false
        case .optional(let inner): return inner.hasGap(atStart: atStart)
        case .alternatives(let branches): return branches.contains { $0.hasGap(atStart: atStart) }
        case .sequence(let items):
            for item in atStart ? items : items.reversed() {
                if item.hasGap(atStart: atStart) { return true }
                if !item.canBeEmpty { return false }
            }
            return false
        }
    }
}

extension CuePattern: CustomStringConvertible {
    /// As it is written in a cue file; parsing it gives the same pattern.
    package var description: String {
        switch self {
        case .word(let text): text
        case .exact(let text): "\"\(text)\""
        case .prefix(let text): text + "*"
        case .any: "_"
        case .memberOf(let name): "@" + name
        case .gap(let limit): "..\(limit)"
        case .optional(let inner): "[" + inner.description + "]"
        case .sequence(let items):
            items.map { item in
                if case .sequence = item { return "(" + item.description + ")" }
                return item.description
            }.joined(separator: " ")
        case .alternatives(let branches):
            "(" + branches.map(\.description).joined(separator: " | ") + ")"
        }
    }
}

extension CuePattern {
    /// True where every way to match has a word that is no person's name: what a matcher looks for first.
    ///
    /// `isAnchored` says so of the classes.
    package func standsOnWord(_ isAnchored: (String) -> Bool) -> Bool {
        switch self {
        case .word, .exact, .prefix: true
        case .any, .gap, .optional: false
        case .memberOf(let name): isAnchored(name)
        case .sequence(let items): items.contains { $0.standsOnWord(isAnchored) }
        case .alternatives(let branches): branches.allSatisfy { $0.standsOnWord(isAnchored) }
        }
    }
}
