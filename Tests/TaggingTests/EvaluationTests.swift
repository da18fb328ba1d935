import Tagging
import Testing
import TextModel

@Suite struct EvaluationTests {
    /// Worked out by hand. Three concepts; `c` has no label at all.
    ///
    ///     passage   labels   either   a     b     c
    ///     0         a b               0.9   0.4
    ///     1         a                 0.6         0.8
    ///     2                  a        0.95  0.7
    ///     3         b                       0.7
    private let cases = [
        EvaluationCase(labels: ["a", "b"], scores: ["a": 0.9, "b": 0.4]),
        EvaluationCase(labels: ["a"], scores: ["a": 0.6, "c": 0.8]),
        EvaluationCase(labels: [], either: ["a"], scores: ["a": 0.95, "b": 0.7]),
        EvaluationCase(labels: ["b"], scores: ["b": 0.7]),
    ]

    @Test func `counts by concept, micro and macro`() {
        let result = Evaluation(cases, concepts: ["a", "b", "c"]) { _ in 0.5 }
        // a: 0.9 and 0.6 are right, 0.95 does not count. b: 0.7 is right once and wrong once, 0.4 is too low.
        #expect(result.concepts.map(\.support) == [2, 2, 0])
        #expect(result.concepts.map(\.predicted) == [2, 2, 1])
        #expect(result.concepts.map(\.measures.precision) == [1, 0.5, 0])
        #expect(result.concepts.map(\.measures.recall) == [1, 0.5, 0])
        #expect(result.concepts.map(\.measures.f1) == [1, 0.5, 0])
        // 3 of 5 suggestions are right, 3 of 4 labels are found.
        #expect(result.micro == Evaluation.Measures(right: 3, predicted: 5, support: 4))
        #expect(result.micro.precision == 0.6 && result.micro.recall == 0.75)
        #expect(abs(result.micro.f1 - 2.0 / 3) < 1e-12)
        // c has no support and is no part of the mean.
        #expect(result.macro.precision == 0.75 && result.macro.recall == 0.75 && result.macro.f1 == 0.75)
    }

    @Test func `best threshold, precision at the top, calibration`() {
        let result = Evaluation(cases, concepts: ["a", "b", "c"]) { _ in 0.5 }
        // Ranked: 0.9 right, 0.8 wrong, 0.7 wrong and 0.7 right together, 0.6 right, 0.4 right.
        // F1 by threshold: 0.9: 2·1/(1+4) = 0.4; 0.8: 2/6; 0.7: 4/8; 0.6: 6/9; 0.4: 8/10.
        #expect(result.best == (0.8, 0.4))
        #expect(abs((result.precisionAt[30] ?? 0) - 4.0 / 6) < 1e-12)
        // Bins: 0.4 (right), 0.6 (right), 0.7 0.7 (one right), 0.8 (wrong), 0.9 (right):
        // (0.6 + 0.4 + 0.4 + 0.8 + 0.1) / 6.
        #expect(abs(result.calibrationError - 2.3 / 6) < 1e-12)
    }

    @Test func `a threshold of 0 suggests nothing that has no score`() {
        let result = Evaluation(cases, concepts: ["a", "b", "c"]) { _ in 0 }
        #expect(result.concepts.map(\.predicted) == [2, 3, 1])
    }

    @Test func `nothing at all is nought, not a fault`() {
        let empty = Evaluation([], concepts: []) { _ in 0.5 }
        #expect(empty.micro.f1 == 0 && empty.macro.f1 == 0 && empty.best == (0, 0))
        #expect(empty.precisionAt == [30: 0, 50: 0] && empty.calibrationError == 0)
        let silent = Evaluation([EvaluationCase(labels: ["a"], scores: [:])], concepts: ["a"]) { _ in 0 }
        #expect(silent.micro == Evaluation.Measures(right: 0, predicted: 0, support: 1))
    }

    @Test func `the thirty highest are taken in order`() {
        // 40 suggestions, the 20 best of them right.
        let cases = (0..<40).map { number in
            EvaluationCase(labels: number < 20 ? ["a"] : [], scores: ["a": 0.99 - Double(number) / 100])
        }
        let result = Evaluation(cases, concepts: ["a"]) { _ in 0.5 }
        #expect(result.precisionAt == [30: 20.0 / 30, 50: 0.5])
        #expect(result.best.f1 == 1 && abs(result.best.score - 0.8) < 1e-12)
    }

    @Test func `of several suggestions the best counts, and none that speaks against`() {
        func suggestion(_ concept: String, _ score: Double, _ stance: Stance = .supports) -> Suggestion {
            Suggestion(
                id: "", passage: 0, raw: ByteRange(0, 1), concept: concept, score: score, suggester: "cues", reason: "",
                stance: stance)
        }
        let item = EvaluationCase(
            labels: [], suggestions: [suggestion("a", 0.3), suggestion("a", 0.6), suggestion("b", 0.9, .contradicts)])
        #expect(item.scores == ["a": 0.6])
    }
}

@Suite struct EvaluationCaseTests {
    @Test func `a label that is also among what any reader gave counts as a label`() {
        let cases = [EvaluationCase(labels: ["a"], either: ["a", "b"], scores: ["a": 0.9, "b": 0.8])]
        let evaluation = Evaluation(cases, concepts: ["a", "b"]) { _ in 0.5 }
        #expect(evaluation.micro.recall == 1)
        #expect(evaluation.micro.precision == 1)
        #expect(evaluation.concepts.map(\.support) == [1, 0])
    }
}

@Suite struct EvaluationIntervalsTests {
    @Test func `hold the figure itself, are narrow for many passages and wide for few`() {
        func cases(_ count: Int) -> [EvaluationCase] {
            (0..<count).map { EvaluationCase(labels: $0 % 2 == 0 ? ["a"] : [], scores: $0 % 4 < 2 ? ["a": 0.9] : [:]) }
        }
        func intervals(_ count: Int) -> EvaluationIntervals {
            EvaluationIntervals(cases(count), concepts: ["a"]) { _ in 0.5 }
        }
        let few = intervals(20)
        let many = intervals(2_000)
        #expect(few.precision.contains(0.5) && many.precision.contains(0.5))
        // Precision is the share of a thousand predictions: its standard error is √(0.25 / 1000) = 0.016.
        #expect(many.precision.upperBound - many.precision.lowerBound < 0.08)
        #expect(few.precision.upperBound - few.precision.lowerBound > 0.3)
        #expect(intervals(0).f1 == 0...0)
    }

    @Test func `nothing varies where all is right`() {
        let all = (0..<50).map { _ in EvaluationCase(labels: ["a"], scores: ["a": 0.9]) }
        #expect(EvaluationIntervals(all, concepts: ["a"]) { _ in 0.5 }.f1 == 1...1)
    }
}
