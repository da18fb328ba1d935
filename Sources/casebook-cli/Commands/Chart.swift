import ArgumentParser
import Casebook
import QueryLanguage
import SearchIndex
import TextModel
import Writers

struct ChartCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "chart", abstract: "Draw what is annotated, as SVG.",
        discussion: """
            KIND is what is drawn:
              distribution   where along a work each concept stands
              co-occurrence  which concepts stand in the same passages
              relations      the people of a work and what is annotated about each two
              trajectory     two persons from the beginning of the story to its end
              compare        one concept in several works
            EXPRESSION is a query that chooses annotations; without it all texts in scope are drawn. Charts show
            annotations only, never suggestions. The picture alone is svg; html has its table beside it and links
            from marks to passages.

            EXAMPLES
              casebook chart distribution in:the-good-room -o good-room.svg
              casebook chart trajectory 'dyad:jane..max' --format html -o jane-max.html
              casebook chart relations in:what-the-tide-took -o tide.svg
              casebook chart co-occurrence -o concepts.svg
              casebook chart compare 'impaired-bonding' --format html -o impaired.html
            """)

    @Argument(help: "distribution, co-occurrence, relations, trajectory or compare.")
    var kind: ChartKind

    @Argument(help: "A query.")
    var expression: [String] = []

    @Option(help: "svg, html, json or csv (the tables).")
    var format = ChartFormat.svg

    @Option(help: "Annotations of this layer only; repeat for several.")
    var layer: [String] = []

    @Option(help: "Language of labels.")
    var language: String?

    @OptionGroup var common: CommonOptions

    func run() throws {
        let project = try common.project()
        let index = try common.updatedIndex(of: project)
        let query =
            expression.isEmpty
            ? nil : try common.resolve(expression.joined(separator: " "), index: index, project: project)
        let reporter = Reporter(console: common.console, project: project)
        try CommandFailure.wrappingQuery {
            let hits = try query.map { try index.hits(of: $0, project.queryOptions) }
            let (selection, diagnostics) = try project.chartSelection(
                of: hits, query: query, layers: Set(layer), date: Project.today)
            let hasErrors = reporter.report(diagnostics.filter { $0.severity > .note })
            let (file, chart) = try project.chart(kind, of: selection, format: format, language: language)
            if chart.figures.isEmpty { common.console.note("nothing found: the chart is empty") }
            for note in chart.notes { common.console.note("note: \(note)") }
            let output = common.openOutput()
            output.write(file.bytes)
            try output.finish()
            if hasErrors { throw CommandFailure(.problems, "") }
        }
    }
}

extension ChartKind: ExpressibleByArgument {}
extension ChartFormat: ExpressibleByArgument {}
