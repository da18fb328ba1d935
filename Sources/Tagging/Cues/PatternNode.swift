import Readers

/// A pattern with its classes put in, ready to be compiled.
indirect enum PatternNode: Hashable, Sendable {
    /// One word, which is one of these.
    case words(Set<WordTest>)
    case anyWord
    /// A name of a person of the document that belongs to a class (an index in ``CueSet/classes``).
    case person(Int)
    case gap(Int)
    /// Never nested.
    case sequence([PatternNode])
    case alternatives([PatternNode])

    /// What a single word is compared with.
    enum WordTest: Hashable, Sendable {
        case stem(String)
        case folded(String)
        case prefix(String)

        var text: String {
            switch self {
            case .stem(let text), .folded(let text), .prefix(let text): text
            }
        }
    }

    static let nothing = PatternNode.sequence([])

    /// Items in a row; a node that is no sequence is one.
    var items: [PatternNode] {
        if case .sequence(let items) = self { return items }
        return [self]
    }

    /// Replaces the classes of a pattern by what they mean. A class that is not defined matches nothing.
    init(_ pattern: CuePattern, classes: [String: PatternNode]) {
        switch pattern {
        case .word(let text): self = .words([.stem(text)])
        case .exact(let text): self = .words([.folded(text)])
        case .prefix(let text): self = .words([.prefix(text)])
        case .any: self = .anyWord
        case .memberOf(let name): self = classes[name] ?? .alternatives([])
        case .gap(let limit): self = .gap(limit)
        case .optional(let inner): self = Self.either([PatternNode(inner, classes: classes), .nothing])
        case .sequence(let items):
            self = .sequence(items.flatMap { PatternNode($0, classes: classes).items })
        case .alternatives(let branches):
            self = Self.either(branches.map { PatternNode($0, classes: classes) })
        }
    }

    /// Alternatives, those of one word made one set.
    static func either(_ branches: [PatternNode]) -> PatternNode {
        var words: Set<WordTest> = []
        var others: [PatternNode] = []
        for branch in branches {
            switch branch {
            case .words(let more): words.formUnion(more)
            case .alternatives(let inner):
                for node in inner {
                    if case .words(let more) = node { words.formUnion(more) } else { others.append(node) }
                }
            default: others.append(branch)
            }
        }
        var all = others
        if !words.isEmpty { all.insert(.words(words), at: 0) }
        return all.count == 1 ? all[0] : .alternatives(all)
    }

    /// The classes of a set of cues, each after those that it uses.
    static func classes(of set: CueSet) -> [String: PatternNode] {
        var nodes: [String: PatternNode] = [:]
        for (index, wordClass) in set.classes.enumerated() {
            var branches: [PatternNode] = []
            if let words = wordClass.words { branches.append(PatternNode(words, classes: nodes)) }
            if !wordClass.persons.isEmpty { branches.append(.person(index)) }
            nodes[wordClass.name] = either(branches)
        }
        return nodes
    }

    /// Most words of a match.
    var longest: Int {
        switch self {
        case .words, .anyWord: 1
        // Names have few words; longer ones are not known by all of them.
        case .person: PersonNames.longest
        case .gap(let limit): limit
        case .sequence(let items): items.reduce(0) { $0 + $1.longest }
        case .alternatives(let branches): branches.map(\.longest).max() ?? 0
        }
    }
}
