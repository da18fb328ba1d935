import ArgumentParser
import Casebook
import QueryLanguage
import SearchIndex
import TextModel
import Writers

struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make teaching material and interchange files.",
        discussion: """
            KIND is what is made: concept-index (a back-of-the-book index of concepts) or handout (passages with
            their annotations, for class). EXPRESSION is a query that chooses passages; without it all texts in scope
            are taken. Sheets hold annotations only, never suggestions.

            EXAMPLES
              casebook export concept-index -o index.html
              casebook export handout 'impaired bonding' -o handout.html
              casebook export handout 'postpartum-depression in:harmattan-letters' --format md
            """)

    enum Kind: String, ExpressibleByArgument, CaseIterable {
        case conceptIndex = "concept-index"
        case handout
    }

    @Argument(help: "concept-index or handout.")
    var kind: Kind

    @Argument(help: "A query.")
    var expression: [String] = []

    @Option(help: "html, md or json.")
    var format = SheetFormat.html

    @Option(help: "Annotations of this layer only; repeat for several.")
    var layer: [String] = []

    @Option(help: "Language of labels and sorting.")
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
            var hits: [Hit]?
            if let query {
                var found: [Hit] = []
                _ = try index.answer(query, project.queryOptions) { hit in
                    found.append(hit)
                    return true
                }
                hits = found
            }
            var (selection, diagnostics) = try project.selection(
                of: hits, query: query, layers: Set(layer), date: Project.today)
            if let language { selection.language = language }
            let hasErrors = reporter.report(diagnostics.filter { $0.severity > .note })
            if selection.works.isEmpty { common.console.note("nothing found: the sheet is empty") }
            let writer = try project.sheetWriter(language: selection.language)
            let output = common.openOutput()
            switch kind {
            case .conceptIndex: output.write(writer.conceptIndex(selection, format: format).bytes)
            case .handout:
                let (file, warnings) = writer.handout(selection, format: format)
                reporter.report(warnings)
                output.write(file.bytes)
            }
            try output.finish()
            if hasErrors { throw CommandFailure(.problems, "") }
        }
    }
}

extension SheetFormat: ExpressibleByArgument {}
