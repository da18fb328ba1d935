import TestSupport
import Testing
import Writers

@Suite struct EvaluationRecordsTests {
    private let figures: EvaluationFigures = {
        func measures(_ precision: Double, _ recall: Double, _ f1: Double) -> EvaluationFigures.Measures {
            .init(precision: precision, recall: recall, f1: f1)
        }
        return EvaluationFigures(
            micro: measures(0.75, 0.5, 0.6), macro: measures(0.5, 0.25, 1.0 / 3), meanAveragePrecision: 0.4,
            concepts: [
                .init(
                    id: "impaired-bonding", measures: measures(0.75, 0.5, 0.6), support: 6, predicted: 4,
                    averagePrecision: 0.55, takenFor: [.init(concept: "neglect", passages: 2, missed: 1)],
                    stoodThere: [
                        .init(concept: nil, passages: 3, missed: 0), .init(concept: "neglect", passages: 1, missed: 1),
                    ]),
                .init(
                    id: "neglect", measures: measures(0, 0, 0), support: 2, predicted: 0, averagePrecision: 0,
                    takenFor: [], stoodThere: []),
            ],
            bestF1: 0.66, bestScore: 0.41, precisionAt: [30: 0.7, 50: 0.5], calibrationError: 0.042,
            reliability: [
                .init(from: 0.3, to: 0.4, count: 0, score: 0, right: 0),
                .init(from: 0.4, to: 0.5, count: 3, score: 0.44, right: 1.0 / 3),
            ],
            intervals: .init(precision: 0.6...0.9, recall: 0.4...0.6, f1: 0.5...0.7),
            spans: .init(pairs: 3, words: measures(0.6, 0.3, 0.4), wholePassages: measures(0.2, 1, 1.0 / 3)),
            passages: 40, against: "instructor",
            works: [.init(file: "Corpus/night-shift.xml", passages: 40, measures: measures(0.75, 0.5, 0.6))])
    }()

    @Test func `as tables, as JSON, as documentation`() {
        expectGolden(EvaluationRecords.table(figures), "evaluation.txt")
        expectGolden(String(decoding: EvaluationRecords.json(figures), as: UTF8.self), "evaluation.json")
        expectGolden(EvaluationRecords.markdown(figures), "evaluation.md")
    }
}
