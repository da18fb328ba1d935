import Readers
import Tagging
import TestSupport
import Testing
import TextModel

/// What a least score leaves out unseen must be what it leaves out when all is scored.
@Suite struct ScoreBoundTests {
    @Test(arguments: UInt64(1)...60) func `a least score leaves out nothing that reaches it`(seed: UInt64) throws {
        var random = SplitMix(state: seed)
        var set = try MatcherTests.cueSet()
        set.calibrations = ["x": .prior(0.02), "y": .prior(0.2)]
        var negation = ContextRule(id: "not", kind: .negated, effect: .contradict, factor: 0.6, reach: 3)
        negation.triggers = [.word("a")]
        set.contexts = [negation]
        for number in 0..<12 {
            // `z` has no calibration: its weights are independent.
            let concept = ["x", "x", "y", "z"][number % 4]
            let weight = [0.05, 0.1, 0.3, 0.5, 0.8][Int(random.next() % 5)]
            var cue = Cue(
                id: "c\(number)", concept: concept, weight: weight, patterns: [RandomPattern.anchored(&random)])
            if random.next() % 4 == 0 { cue.needs.append(RandomPattern.condition(&random)) }
            if random.next() % 4 == 0 { cue.without.append(RandomPattern.condition(&random)) }
            set.cues.append(cue)
        }
        let suggester = CueSuggester(cues: CueFile(path: "t.cues.xml", sets: [set]), scheme: nil)
        for length in [1, 1, 2, 3, 30] {
            // The longest is scored in windows.
            let document = MatcherTests.document(
                (0..<length).map { _ in RandomPattern.text(&random) }.joined(separator: " "))
            let all = suggester.suggestions(for: document, minimumScore: 0)
            for least in [0.03, 0.1, 0.3, 0.5, 0.8] {
                let expected = all.filter { $0.score >= least }
                #expect(suggester.suggestions(for: document, minimumScore: least) == expected, "seed \(seed), \(least)")
            }
        }
    }

    @Test func `it leaves out some and keeps some`() throws {
        var kept = 0
        var all = 0
        var set = try MatcherTests.cueSet()
        set.calibrations = ["x": .prior(0.02)]
        set.cues = [
            Cue(id: "weak", concept: "x", weight: 0.1, patterns: [.word("cry")]),
            Cue(id: "other", concept: "x", weight: 0.2, patterns: [.word("brother")]),
        ]
        let suggester = CueSuggester(cues: CueFile(path: "t.cues.xml", sets: [set]), scheme: nil)
        var random = SplitMix(state: 7)
        for _ in 0..<40 {
            let document = MatcherTests.document(RandomPattern.text(&random))
            all += suggester.suggestions(for: document, minimumScore: 0).count
            kept += suggester.suggestions(for: document, minimumScore: 0.4).count
        }
        #expect(kept > 0 && kept < all)
    }
}
