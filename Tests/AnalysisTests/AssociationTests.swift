import Analysis
import TestSupport
import Testing
import TextModel

@Suite struct AssociationTests {
    /// Worked out with a calculator from 2 Σ O ln (O/E) and log₂ (O/E).
    @Test(arguments: [
        (both: 30, first: 50, second: 40, total: 100, expected: 20.0, g2: 17.26092, pmi: 0.58496, isReliable: true),
        (both: 10, first: 50, second: 20, total: 100, expected: 10.0, g2: 0.0, pmi: 0.0, isReliable: true),
        (both: 2, first: 40, second: 50, total: 200, expected: 10.0, g2: 13.57626, pmi: -2.32193, isReliable: true),
        (both: 8, first: 10, second: 20, total: 100, expected: 2.0, g2: 19.39103, pmi: 2.0, isReliable: false),
    ])
    func `measures of a table`(
        both: Int, first: Int, second: Int, total: Int, expected: Double, g2: Double, pmi: Double, isReliable: Bool
    ) throws {
        let association = Association(both: both, first: first, second: second, total: total)
        #expect(association.expected == expected)
        #expect(abs(association.logLikelihood - g2) < 0.001)
        #expect(abs(try #require(association.mutualInformation) - pmi) < 0.0001)
        #expect(association.isReliable == isReliable)
        #expect(association.isAttraction == (Double(both) > expected))
    }

    @Test func `concepts that never meet have a log-likelihood and no mutual information`() {
        let association = Association(both: 0, first: 40, second: 50, total: 200)
        #expect(association.mutualInformation == nil)
        #expect(association.logLikelihood > Association.noticeable)
        #expect(!association.isAttraction)
    }

    @Test func `a cell that is crowded elsewhere is withheld as well`() {
        // 11.25 expected with both, but 1.25 with neither.
        let association = Association(both: 11, first: 15, second: 15, total: 20)
        #expect(association.expected > Association.smallestReliable)
        #expect(association.smallestExpected == 1.25)
        #expect(!association.isReliable)
    }

    @Test func `nothing is no division by nothing`() {
        let association = Association(both: 0, first: 0, second: 0, total: 0)
        #expect(association.expected == 0)
        #expect(association.logLikelihood == 0)
        #expect(!association.isReliable)
    }

    @Test func `passages with two concepts, counted by hand`() {
        func said(_ concept: String, _ passages: [Int32], work: Int = 0) -> Evidence {
            Evidence(
                work: work, annotation: 0, concept: concept, stance: .supports, stretches: [0..<1], passages: passages)
        }
        let pairs = CoOccurrence(
            [
                said("a", [0]), said("b", [0]), said("a", [0]), said("a", [1, 2]), said("b", [2]),
                said("other", [3]), said("a", [0], work: 1),
            ], concepts: ["a", "b"])
        #expect(pairs.units == 5)
        #expect(pairs.count(0, 0) == 4)
        #expect(pairs.count(1, 1) == 2)
        #expect(pairs.count(0, 1) == 2)
        #expect(pairs.association(0, 1) == Association(both: 2, first: 4, second: 2, total: 5))
    }

    @Test(arguments: UInt64(1)...20) func `counts agree with a count of all passages one by one`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let concepts = ["a", "b", "c", "d", "e"]
        let evidence = (0..<Int.random(in: 0...80, using: &random)).map { index in
            Evidence(
                work: Int.random(in: 0..<2, using: &random), annotation: index,
                concept: concepts.randomElement(using: &random) ?? "a", stance: .supports, stretches: [0..<1],
                passages: Array(
                    Set(
                        (0..<Int.random(in: 1...3, using: &random)).map { _ in
                            Int32.random(in: 0..<12, using: &random)
                        })))
        }
        let shown = Array(concepts.prefix(4))
        let pairs = CoOccurrence(evidence, concepts: shown)
        var units = 0
        var counts = Array(repeating: 0, count: 16)
        for work in 0..<2 {
            for passage in Int32(0)..<12 {
                let here = evidence.filter { $0.work == work && $0.passages.contains(passage) }.map(\.concept)
                if !here.isEmpty { units += 1 }
                for row in 0..<4 {
                    for column in 0..<4 where here.contains(shown[row]) && here.contains(shown[column]) {
                        counts[row * 4 + column] += 1
                    }
                }
            }
        }
        #expect(pairs.units == units)
        for row in 0..<4 { for column in 0..<4 { #expect(pairs.count(row, column) == counts[row * 4 + column]) } }
    }

    @Test func `bins of a work`() {
        let evidence = [
            (0.0, Stance.supports), (24.9, .contradicts), (25, .ambiguous), (99, .supports), (100, .supports),
        ]
        .map { place, stance in
            Evidence(
                work: 0, annotation: 0, concept: "a", stance: stance, stretches: [place..<place], passages: [])
        }
        let distribution = Distribution(evidence, length: 100, bins: 4)
        #expect(
            distribution.bins == [
                StanceCounts(supports: 1, contradicts: 1), StanceCounts(ambiguous: 1), StanceCounts(),
                StanceCounts(supports: 2),
            ])
        #expect(distribution.peak == 2)
        #expect(Distribution(evidence, length: 0, bins: 3).peak == 0)
    }
}
