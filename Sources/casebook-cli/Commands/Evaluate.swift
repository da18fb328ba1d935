import ArgumentParser
import Casebook
import Foundation
import Tagging
import TextModel
import Writers

struct Evaluate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Precision, recall and F1 of the suggestions, on labelled passages or against a layer.",
        discussion: """
            GOLD.jsonl holds a passage a line: {"id", "text", "labels": [concept, …]}, and perhaps "either": labels
            that count as neither right nor wrong, and "quotes": {concept: [words, …]}, to measure how well the
            suggested words meet them. Each text is scored as `casebook suggest` would score it.

            With --against LAYER the casebook's own texts are scored and compared with that layer, each work by
            a suggester that has learned nothing from it. Name texts to look at these only.

            EXAMPLES
              casebook evaluate gold.jsonl
              casebook evaluate gold.jsonl --min-score 0.3 --format json
              casebook evaluate --against instructor
              casebook evaluate --against instructor --suggester language-model
              casebook evaluate --against instructor night-shift --format md -o quality.md
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case table, json, md }

    @Argument(help: ArgumentHelp("Labelled passages; with --against, texts.", valueName: "gold"))
    var files: [String] = []

    @Option(help: ArgumentHelp("Compare with this layer of the casebook's texts.", valueName: "layer"))
    var against: String?

    @Option(help: ArgumentHelp("Count suggestions from this score on, 0…1.", valueName: "score"))
    var minScore: Double?

    @OptionGroup var means: SuggestMeans
    @OptionGroup var asking: LanguageModelOptions

    @Option(help: "How to print: table, json or md (for documentation).")
    var format = Format.table

    @OptionGroup var common: CommonOptions

    func validate() throws {
        if let minScore, !(0...1).contains(minScore) { throw ValidationError("--min-score is between 0 and 1.") }
        if against == nil, files.count != 1 {
            throw ValidationError("Name one file of labelled passages, or a layer with --against LAYER.")
        }
    }

    func run() throws {
        let project = try common.project()
        try CommandFailure.wrapping {
            let (report, hasFailed) = try report(in: project)
            let hasErrors = Reporter(console: common.console, project: nil).report(report.diagnostics) || hasFailed
            let output = common.openOutput()
            let figures = report.figures(against: against)
            switch format {
            case .json: output.write(EvaluationRecords.json(figures))
            case .table: output.write(EvaluationRecords.table(figures))
            case .md: output.write(EvaluationRecords.markdown(figures))
            }
            try output.finish()
            if hasErrors { throw CommandFailure(.problems, "") }
        }
    }

    /// The figures, and whether a language model has failed on the way to them.
    private func report(in project: Project) throws -> (report: EvaluationReport, hasFailed: Bool) {
        var options = means.options(minScore: minScore)
        let asking = means.asksLanguageModel ? asking.asking(project, common.console) : nil
        if let against {
            let here = FileManager.default.currentDirectoryPath
            var texts = try files.map { try project.textFile(named: $0, from: here).file }
            if texts.isEmpty { texts = project.textsInScope(withLayer: against) }
            let asked = try asking?.ask(aboutTexts: texts, areNamed: !files.isEmpty)
            options.answers = asked?.suggester
            let report = try project.evaluate(
                against: against, files: texts, options: options, minimumScore: minScore, jobs: common.jobs)
            return (report, asked?.hasErrors ?? false)
        }
        let gold = files[0]
        let lines = try GoldFile.read(try FileSystem.read(gold, as: gold), file: gold)
        let asked = try asking?.ask(aboutPassages: lines.map(\.text), of: gold)
        options.answers = asked?.suggester
        let report = try project.evaluate(
            lines, file: gold, options: options, minimumScore: minScore, jobs: common.jobs)
        return (report, asked?.hasErrors ?? false)
    }
}

extension EvaluationReport {
    /// The figures as writers take them.
    fileprivate func figures(against layer: String?) -> EvaluationFigures {
        func numbers(_ measures: Evaluation.Measures) -> EvaluationFigures.Measures {
            .init(precision: measures.precision, recall: measures.recall, f1: measures.f1)
        }
        func confusions(_ entries: [Confusions.Entry]) -> [EvaluationFigures.Confusion] {
            entries.map { .init(concept: $0.concept, passages: $0.passages, missed: $0.missed) }
        }
        return EvaluationFigures(
            micro: numbers(evaluation.micro), macro: numbers(evaluation.macro),
            meanAveragePrecision: evaluation.meanAveragePrecision,
            concepts: evaluation.concepts.map {
                .init(
                    id: $0.concept, measures: numbers($0.measures), support: $0.support, predicted: $0.predicted,
                    averagePrecision: $0.averagePrecision, takenFor: confusions($0.confusions.takenFor),
                    stoodThere: confusions($0.confusions.stoodThere))
            },
            bestF1: evaluation.best.f1, bestScore: evaluation.best.score, precisionAt: evaluation.precisionAt,
            calibrationError: evaluation.calibrationError,
            reliability: evaluation.reliability.map {
                .init(from: $0.from, to: $0.to, count: $0.count, score: $0.score, right: $0.rightShare)
            },
            intervals: .init(precision: intervals.precision, recall: intervals.recall, f1: intervals.f1),
            spans: evaluation.spans.map {
                .init(pairs: $0.pairs, words: numbers($0.measures), wholePassages: numbers($0.wholePassages))
            },
            passages: passages, against: layer,
            works: works.map { .init(file: $0.file, passages: $0.passages, measures: numbers($0.micro)) })
    }
}
