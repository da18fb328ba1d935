import Readers
import Tagging
import TestSupport
import Testing
import TextModel

/// One case: patterns of one cue, a text, and the matched words, `first-end` in words from 0.
struct MatcherCase: Sendable, CustomTestStringConvertible {
    var patterns: [String]
    var text: String
    var words: [String]
    var scope = Cue.Scope.sentence
    var testDescription: String { patterns.joined(separator: " ‖ ") + " in " + text }

    init(_ patterns: String..., in text: String, words: [String], scope: Cue.Scope = .sentence) {
        self.patterns = patterns
        self.text = text
        self.words = words
        self.scope = scope
    }
}

@Suite struct MatcherTests {
    static let cases: [MatcherCase] = [
        MatcherCase("nothing", in: "She felt nothing.", words: ["2-3"]),
        MatcherCase("nothing", in: "Nothing, nothing!", words: ["0-1", "1-2"]),
        MatcherCase("hold baby", in: "Holding babies holds the baby; held baby.", words: ["0-2"]),
        MatcherCase("\"holds\" the child", in: "Holding children holds the child.", words: ["2-5"]),
        MatcherCase("\"felt nothing\"", in: "She felt nothing, feels nothing.", words: ["1-3"]),
        MatcherCase("cradl*", in: "She cradled him; the cradle, a crad.", words: ["1-2", "4-5"]),
        MatcherCase(
            "feel ..2 @child", in: "feel baby. feel for my child. feel for all of my child.", words: ["0-2", "2-6"]),
        MatcherCase("feel _ child", in: "feel child. feel my child. feel for my child.", words: ["2-5"]),
        MatcherCase(
            "feel [for] (my | the) child", in: "feel for the child; feel my child, feel child", words: ["0-4", "4-7"]),
        MatcherCase("her? child wept", in: "Her child wept.", words: ["1-3"]),
        MatcherCase("no [her] @child", in: "no her child no child", words: ["0-3", "3-5"]),
        MatcherCase("(a b | c d) ..3 (e f | g)", in: "a b x c d y e f z g", words: ["3-8"]),
        MatcherCase("a ..3 b", in: "a a x b b", words: ["1-4"]),
        MatcherCase("a ..9 b", in: "a b a b", words: ["0-2", "1-2", "2-4"].filter { $0 != "1-2" }),
        // Bound to a sentence, or not.
        MatcherCase("nurse ..5 gone", in: "The nurse. She was gone.", words: []),
        MatcherCase("nurse ..5 gone", in: "The nurse. She was gone.", words: ["1-5"], scope: .passage),
        MatcherCase("oh ..3 cried", in: "“Oh!” she cried.", words: ["0-3"]),
        // Classes and names.
        MatcherCase(
            "@mother left", in: "The mother left. Jane left. jane left. Mrs. Ardley left. Max left.",
            words: ["1-3", "3-5", "7-10"]),
        MatcherCase(
            "@mother ..2 @child weep", in: "Jane saw Max’s weeping; Jane’s little one weeps.", words: ["0-4", "4-8"]),
        MatcherCase("held @child", in: "She held Max. She held Ardley. She held Jane.", words: ["1-3"]),
        MatcherCase(
            "@child [and] @mother slept", in: "Max, Mrs Ardley slept. little one and mother slept",
            words: ["0-4", "4-9"]),
        // Two patterns of one cue: only what is smallest stands.
        MatcherCase("felt nothing at all", "nothing", in: "felt nothing at all", words: ["1-2"]),
        MatcherCase("x", in: "", words: []), MatcherCase("x y", in: "x", words: []),
        MatcherCase("für", in: "fur für Für", words: ["0-1", "1-2", "2-3"]),
        MatcherCase("\"für\"", in: "fur für Für", words: ["1-2", "2-3"]),
    ]

    @Test(arguments: cases) func `finds the shortest matches`(example: MatcherCase) throws {
        var set = try Self.cueSet()
        var cue = Cue(id: "c", concept: "x", weight: 0.5, patterns: try example.patterns.map(CuePatternParser.parse))
        cue.scope = example.scope
        set.cues = [cue]
        let expected = example.words.map { "c " + $0 }.sorted()
        #expect(Self.matches(set, in: example.text) == expected)
        #expect(Self.naive(set).matches(in: example.text) == expected)
    }

    /// Random patterns over few words, so that they meet, in random texts with sentence borders and names.
    @Test(arguments: UInt64(1)...60) func `agrees with the naive matcher on random input`(seed: UInt64) throws {
        var random = SplitMix(state: seed)
        var set = try Self.cueSet()
        for number in 0..<6 {
            var patterns = [RandomPattern.anchored(&random)]
            if random.next() % 2 == 0 { patterns.append(RandomPattern.anchored(&random)) }
            var cue = Cue(id: "c\(number)", concept: "x", weight: 0.5, patterns: patterns)
            if random.next() % 4 == 0 { cue.scope = .passage }
            if random.next() % 4 == 0 { cue.needs.append(RandomPattern.condition(&random)) }
            if random.next() % 8 == 0 { cue.needs.append(RandomPattern.condition(&random)) }
            if random.next() % 4 == 0 { cue.without.append(RandomPattern.condition(&random)) }
            set.cues.append(cue)
        }
        for _ in 0..<8 {
            let text = RandomPattern.text(&random)
            #expect(
                Self.matches(set, in: text) == Self.naive(set).matches(in: text),
                "seed \(seed): \(set.cues.map { "\($0.id) \($0.scope) \($0.patterns) \($0.needs) \($0.without)" }) in \(text)"
            )
        }
    }

    @Test(arguments: UInt64(1)...200) func `what is printed is parsed again`(seed: UInt64) throws {
        var random = SplitMix(state: seed)
        var pattern = RandomPattern.make(&random, depth: 4)
        while pattern.canBeEmpty || pattern.hasGap(atStart: true) || pattern.hasGap(atStart: false) {
            pattern = RandomPattern.make(&random, depth: 4)
        }
        #expect(try CuePatternParser.parse(pattern.description) == pattern)
    }

    static func cueSet() throws -> CueSet {
        var set = CueSet(language: "en")
        set.classes = [
            WordClass(
                name: "child", words: try CuePatternParser.parse("child | baby | (little one)"),
                persons: [PersonRule(relation: "parent_of", side: .passive)]),
            WordClass(
                name: "mother", words: try CuePatternParser.parse("mother"),
                persons: [PersonRule(relation: "parent_of", side: .active, sex: .female), PersonRule(role: "mother")]),
            WordClass(name: "sibling", words: try CuePatternParser.parse("brother | (step sister)")),
        ]
        return set
    }

    static func naive(_ set: CueSet) -> NaiveMatcher {
        NaiveMatcher(
            set: set,
            names: [
                "child": [["Max"], ["Max", "Ardley"], ["Edmund"], ["Edmund", "Ardley"]],
                "mother": [["Jane"], ["Jane", "Ardley"], ["Mrs", "Ardley"]],
            ])
    }

    static func document(_ text: String) -> Document {
        var document = Document(onePassage: text, language: "en")
        document.work.persons = [
            Person(id: "jane", names: ["Jane Ardley", "Mrs. Ardley"], sex: .female, role: nil),
            Person(id: "max", names: ["Max Ardley", "Edmund Ardley"], sex: .male, role: nil),
        ]
        document.work.relations = [
            Relation(id: nil, name: "parent_of", active: ["jane"], passive: ["max"], mutual: [])
        ]
        return document
    }

    static func matches(_ set: CueSet, in text: String) -> [String] {
        let document = document(text)
        return set.traces(in: document.passages[0], of: document)
            .map { "\($0.cue) \($0.words.lowerBound)-\($0.words.upperBound)" }.sorted()
    }
}

/// A small generator with a seed (splitmix64).
struct SplitMix: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}

enum RandomPattern {
    private static let words = [
        "a", "b", "cry", "cried", "cries", "Max", "max", "Jane", "Ardley", "Mrs", "child", "mother", "one", "little",
        "step", "sister", "brother",
    ]

    static func text(_ random: inout SplitMix) -> String {
        var text = ""
        for _ in 0..<Int(random.next() % 14) {
            text += words[Int(random.next() % UInt64(words.count))]
            text += ["", "", "", "", "’s", ",", ".", "!"][Int(random.next() % 8)] + " "
        }
        return text
    }

    /// One that a cue file may have.
    static func anchored(_ random: inout SplitMix) -> CuePattern {
        while true {
            let pattern = make(&random, depth: 3)
            if !pattern.canBeEmpty, !pattern.hasGap(atStart: true), !pattern.hasGap(atStart: false),
                pattern.standsOnWord({ $0 == "sibling" })
            {
                return pattern
            }
        }
    }

    /// What a cue may need: a pattern, a class of persons, or one of both.
    static func condition(_ random: inout SplitMix) -> CuePattern {
        switch random.next() % 3 {
        case 0: anchored(&random)
        case 1: .memberOf("child")
        default: .alternatives([.memberOf("mother"), anchored(&random)])
        }
    }

    static func make(_ random: inout SplitMix, depth: Int) -> CuePattern {
        let pick = random.next() % (depth > 0 ? 14 : 7)
        switch pick {
        case 0...2: return .word(words[Int(random.next() % UInt64(words.count))])
        case 3: return .exact(["cried", "a", "Max"][Int(random.next() % 3)])
        case 4: return .prefix("cr")
        case 5: return .any
        case 6: return .memberOf(["child", "mother", "sibling"][Int(random.next() % 3)])
        case 7...10:
            var items = [make(&random, depth: depth - 1)]
            for _ in 0...Int(random.next() % 2) {
                if random.next() % 3 == 0 { items.append(.gap(1 + Int(random.next() % 3))) }
                items.append(make(&random, depth: depth - 1))
            }
            return .sequence(items)
        case 11, 12:
            return .alternatives((0...Int(1 + random.next() % 2)).map { _ in make(&random, depth: depth - 1) })
        default: return .optional(make(&random, depth: depth - 1))
        }
    }
}
