import Foundation
import Tagging
import TestSupport
import Testing
import TextModel
import WordForms

@Suite struct EvaluationDetailTests {
    @Test func `average precision is worked out by hand, ties together, what no score finds counts nothing`() {
        // Ranked: right, wrong, right and wrong together, wrong; one label without a score.
        let scored: [(Double, Bool)] = [(0.9, true), (0.8, false), (0.6, true), (0.6, false), (0.2, false)]
        let cases =
            scored.map { EvaluationCase(labels: $0.1 ? ["a"] : [], scores: ["a": $0.0]) }
            + [EvaluationCase(labels: ["a"], scores: [:])]
        let result = Evaluation(cases, concepts: ["a", "b"]) { _ in 0.5 }
        // (1/1 + 2/4 + 0) / 3
        #expect(abs(result.concepts[0].averagePrecision - 0.5) < 1e-12)
        #expect(result.concepts[1].averagePrecision == 0)
        // b has no support and is no part of the mean.
        #expect(abs(result.meanAveragePrecision - 0.5) < 1e-12)
    }

    /// A brute-force reading of the definition: precision down to the rank of every right one.
    @Test func `average precision agrees with its definition where no two scores are the same`() {
        var generator = SeededGenerator(seed: 4)
        for _ in 0..<50 {
            let pairs = (0..<30).map { number in
                (score: (Double(number) + 1) / 40, isRight: Bool.random(using: &generator))
            }.shuffled(using: &generator)
            let cases = pairs.map { EvaluationCase(labels: $0.isRight ? ["a"] : [], scores: ["a": $0.score]) }
            let right = pairs.filter(\.isRight)
            let expected =
                right.map { hit in
                    let above = pairs.filter { $0.score >= hit.score }
                    return Double(above.count(where: \.isRight)) / Double(above.count)
                }.reduce(0, +) / Double(max(1, right.count))
            let found = Evaluation(cases, concepts: ["a"]) { _ in 0.5 }.concepts[0].averagePrecision
            #expect(abs(found - expected) < 1e-9)
        }
    }

    @Test func `what a concept was taken for, and what stood there`() {
        //  labels    suggested
        //  a         b c        a missed
        //  a         a b
        //  (none)    b
        //  c         b          "either" holds b: no mistake
        let cases = [
            EvaluationCase(labels: ["a"], scores: ["b": 0.9, "c": 0.9]),
            EvaluationCase(labels: ["a"], scores: ["a": 0.9, "b": 0.9, "c": 0.1]),
            EvaluationCase(labels: [], scores: ["b": 0.9]),
            EvaluationCase(labels: ["c"], either: ["b"], scores: ["b": 0.9]),
        ]
        let result = Evaluation(cases, concepts: ["a", "b", "c"]) { _ in 0.5 }
        let (a, b, c) = (result.concepts[0].confusions, result.concepts[1].confusions, result.concepts[2].confusions)
        #expect(
            a.takenFor == [
                .init(concept: "b", passages: 2, missed: 1), .init(concept: "c", passages: 1, missed: 1),
            ])
        #expect(a.stoodThere == [])
        #expect(b.takenFor == [])
        #expect(
            b.stoodThere == [
                .init(concept: "a", passages: 2, missed: 1), .init(concept: nil, passages: 1, missed: 0),
            ])
        #expect(c.takenFor == [])
        #expect(c.stoodThere == [.init(concept: "a", passages: 1, missed: 1)])
    }

    @Test func `bins of reliability hold every suggestion once and add up to the error`() {
        let scores = [0.0, 0.05, 0.1, 0.55, 0.59, 0.95, 1]
        let cases = scores.enumerated().map { number, score in
            EvaluationCase(labels: number % 2 == 0 ? ["a"] : [], scores: ["a": score])
        }
        let result = Evaluation(cases, concepts: ["a"]) { _ in 0.5 }
        // A score of 0 is no suggestion.
        #expect(result.reliability.map(\.count) == [1, 1, 0, 0, 0, 2, 0, 0, 0, 2])
        #expect(result.reliability.map(\.right) == [0, 1, 0, 0, 0, 1, 0, 0, 0, 1])
        #expect(abs(result.reliability[5].score - 0.57) < 1e-12)
        #expect(abs(result.reliability.reduce(0) { $0 + $1.distance } - result.calibrationError) < 1e-12)
    }

    @Test func `suggested words are measured against labelled ones, right suggestions only`() throws {
        let document = Document(onePassage: "She held him close, and then she felt nothing at all.", language: "en")
        let passage = try #require(document.passages.first)
        var lexicon = Lexicon(language: "en")
        func range(_ words: String) throws -> ByteRange {
            let text = String(decoding: document.raw, as: UTF8.self)
            let start = try #require(text.range(of: words)?.lowerBound)
            let offset = text.utf8.distance(from: text.startIndex, to: start)
            return ByteRange(offset, offset + words.utf8.count)
        }
        func suggestion(_ concept: String, _ words: String, _ score: Double) throws -> Suggestion {
            Suggestion(
                id: "", passage: 0, raw: try range(words), concept: concept, score: score, suggester: "", reason: "")
        }
        let suggestions = [
            try suggestion("a", "then she felt", 0.9), try suggestion("a", "held", 0.1),
            try suggestion("b", "held him", 0.2),
        ]
        var item = EvaluationCase(labels: ["a", "b"], suggestions: suggestions)
        item.spans = LabelledSpan.spans(
            ["a": [try range("felt nothing at all")], "b": [try range("held him close")]], suggestions, in: passage,
            of: document, lexicon: &lexicon)
        let spans = try #require(Evaluation([item], concepts: ["a", "b"]) { _ in 0.5 }.spans)
        // b is below its threshold, and so is the second place of a: one of three words is right, of four labelled.
        #expect(spans.pairs == 1)
        #expect(spans.measures == Evaluation.Measures(right: 1, predicted: 3, support: 4))
        #expect(spans.wholePassages == Evaluation.Measures(right: 4, predicted: 11, support: 4))
        #expect(Evaluation([EvaluationCase(labels: ["a"], scores: [:])], concepts: ["a"]) { _ in 0 }.spans == nil)
    }

    @Test func `intervals over whole works are wider than over passages that are alike`() {
        // Ten works of twenty passages; a work is right throughout or wrong throughout.
        let cases = (0..<200).map { number in
            EvaluationCase(labels: (number / 20) % 2 == 0 ? ["a"] : [], scores: ["a": 0.9])
        }
        let single = EvaluationIntervals(cases, concepts: ["a"]) { _ in 0.5 }.precision
        let works = EvaluationIntervals(cases, concepts: ["a"], works: Array(repeating: 20, count: 10)) { _ in 0.5 }
            .precision
        #expect(single.contains(0.5) && works.contains(0.5))
        #expect(works.upperBound - works.lowerBound > 2 * (single.upperBound - single.lowerBound))
    }
}
