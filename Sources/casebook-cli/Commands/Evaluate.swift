import ArgumentParser
import Casebook
import Tagging
import TextModel
import Writers

struct Evaluate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Precision, recall and F1 of the suggestions, on labelled passages.",
        discussion: """
            GOLD.jsonl holds a passage a line: {"id", "text", "labels": [concept, …]}, and perhaps "either": labels
            that count as neither right nor wrong. Each text is scored as `casebook suggest` would score it.

            EXAMPLES
              casebook evaluate gold.jsonl
              casebook evaluate gold.jsonl --min-score 0.3 --format json
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case table, json }

    @Argument(help: "Labelled passages.")
    var gold: String

    @Option(help: ArgumentHelp("Count suggestions from this score on, 0…1.", valueName: "score"))
    var minScore: Double?

    @Option(help: "Who suggests: cues.")
    var suggester = CueSuggester.name

    @Option(help: "How to print: table or json.")
    var format = Format.table

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard suggester == CueSuggester.name else {
            throw ValidationError("There is no suggester “\(suggester)”. There is: \(CueSuggester.name).")
        }
    }

    func run() throws {
        let project = try common.project()
        try CommandFailure.wrapping {
            let lines = try GoldFile.read(try FileSystem.read(gold, as: gold), file: gold)
            let (evaluation, intervals, diagnostics) = try project.evaluate(
                lines, file: gold, minimumScore: minScore, jobs: common.jobs)
            Reporter(console: common.console, project: nil).report(diagnostics)
            let output = common.openOutput()
            switch format {
            case .json: output.write(EvaluationRecords.json(evaluation.figures(intervals)))
            case .table: output.write(EvaluationRecords.table(evaluation.figures(intervals)))
            }
            try output.finish()
        }
    }
}

extension Evaluation {
    /// The figures as writers take them.
    fileprivate func figures(_ intervals: EvaluationIntervals) -> EvaluationFigures {
        func numbers(_ measures: Measures) -> EvaluationFigures.Measures {
            .init(precision: measures.precision, recall: measures.recall, f1: measures.f1)
        }
        return EvaluationFigures(
            micro: numbers(micro), macro: numbers(macro),
            concepts: concepts.map {
                .init(id: $0.concept, measures: numbers($0.measures), support: $0.support, predicted: $0.predicted)
            },
            bestF1: best.f1, bestScore: best.score, precisionAt: precisionAt, calibrationError: calibrationError,
            intervals: .init(precision: intervals.precision, recall: intervals.recall, f1: intervals.f1))
    }
}
