import ArgumentParser
import Casebook
import QueryLanguage
import SearchIndex
import TextModel
import Writers

struct QueryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "query", abstract: "Passages by concept, person, words and more.",
        discussion: """
            Arguments are joined by blanks; quote them for the shell. The whole language is one page:
            Documentation/query-language.md.

            EXAMPLES
              casebook query 'impaired bonding'
              casebook query 'impaired-bonding stance:contradicts who:jane'
              casebook query '"felt nothing" | word:stranger in:the-good-room'
              casebook query --count 'postpartum-depression & social-support'
              casebook query --format kwic 'moth*'
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case table, kwic, jsonl, csv, html }

    @Argument(help: "The query.")
    var expression: [String]

    @Flag(help: "Print the number of hits only.")
    var count = false

    @Option(help: "What counts as a hit: passage, match, pair, document, annotation.")
    var unit: QueryOptions.Unit?

    @Option(help: "How to print: table, kwic, jsonl, csv or html.")
    var format = Format.table

    @Option(help: "At most so many hits.")
    var limit: Int?

    @Option(help: "In which order: text or year.")
    var sort = QueryOptions.Sort.text

    @Option(help: "Columns of context on each side, for kwic.")
    var context: Int?

    @OptionGroup var common: CommonOptions

    func run() throws {
        let project = try common.project()
        let index = try common.updatedIndex(of: project)
        let query = try common.resolve(expression.joined(separator: " "), index: index, project: project)
        var options = project.queryOptions
        options.unit = unit
        options.limit = limit
        options.sort = sort
        let output = common.openOutput()
        try CommandFailure.wrappingQuery {
            if count {
                output.write("\(try index.count(query, options))\n")
                return
            }
            var printer = HitPrinter(format: format, context: context, common: common, query: query)
            output.write(printer.head)
            let answer = try index.answer(query, options) { hit in
                output.write(printer.bytes(of: hit))
                // The first lines of a long answer appear at once.
                if printer.count <= 20 { output.flush() }
                return true
            }
            output.write(printer.foot)
            if format == .table || format == .kwic {
                let documents = "\(answer.documents) text\(answer.documents == 1 ? "" : "s")"
                common.console.note("\(answer.count.text) in \(documents)")
            }
        }
        try output.finish()
    }
}

extension QueryOptions.Unit: ExpressibleByArgument {}
extension QueryOptions.Sort: ExpressibleByArgument {}

/// Hits in one of the formats, one after the other.
private struct HitPrinter {
    let format: QueryCommand.Format
    let colours: Bool
    let width: Int
    let context: Int
    let query: ResolvedQuery
    private(set) var count = 0
    private var lastDocument: String?
    private var json = JSONWriter()
    private var csv = CSVWriter()

    init(format: QueryCommand.Format, context: Int?, common: CommonOptions, query: ResolvedQuery) {
        self.format = format
        self.query = query
        colours = common.coloursResults
        width = Terminal.width
        // A third of the line on each side leaves a third for the match and its place.
        self.context = context ?? max(20, width / 3)
    }

    var head: [UInt8] {
        var csv = CSVWriter()
        switch format {
        case .csv:
            csv.row(HitRecords.columns)
            return csv.bytes
        case .html: return Array(HitRecords.htmlHead(title: query.printed).utf8)
        case .table, .kwic, .jsonl: return []
        }
    }

    var foot: [UInt8] { format == .html ? Array(HitRecords.htmlFoot.utf8) : [] }

    mutating func bytes(of hit: Hit) -> [UInt8] {
        count += 1
        switch format {
        case .jsonl:
            json.removeAll()
            HitRecords.write(hit, into: &json)
            return json.bytes
        case .csv:
            csv.removeAll()
            csv.row(HitRecords.cells(of: hit))
            return csv.bytes
        case .table: return Array(HitRecords.text(hit, colours: colours, width: width).utf8)
        case .html: return Array(HitRecords.html(hit).utf8)
        case .kwic:
            guard let display = hit.display else { return Array("\(hit.document)\n".utf8) }
            var lines = hit.document == lastDocument ? "" : "\(hit.title)  (\(hit.document))\n"
            lastDocument = hit.document
            for mark in hit.marks.isEmpty ? [0..<0] : hit.marks {
                let line = ConcordanceLine(text: display, range: mark, context: context)
                lines += line.padded(context: context) + "  " + (hit.locator?.label ?? "") + "\n"
            }
            return Array(lines.utf8)
        }
    }
}

extension CommonOptions {
    /// The index, up to date; what is wrong in texts is told.
    func updatedIndex(of project: Project) throws -> CorpusIndex {
        let console = self.console
        return try CommandFailure.wrappingQuery {
            let (index, report) = try project.updatedIndex(jobs: jobs) { done, total in
                console.progress("index", done: done, of: total)
            }
            if report.wasRebuilt { console.note("the index was damaged and has been made anew") }
            Reporter(console: console, project: project).report(report.diagnostics)
            return index
        }
    }

    /// Parses a query and looks up its names; notes go to standard error.
    func resolve(_ text: String, index: CorpusIndex, project: Project) throws -> ResolvedQuery {
        do {
            let query = try QueryResolver.resolve(text, names: project.queryNames(index))
            for note in query.notes { console.note("note: \(note.summary)") }
            return query
        } catch {
            throw CommandFailure(.usage, error.rendered(usesColour: console.usesColour))
        }
    }
}

extension CommandFailure {
    /// Errors of queries and of the index as a command ends with them.
    static func wrappingQuery<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try wrapping(body)
        } catch let error as QueryError {
            throw CommandFailure(.usage, error.rendered())
        } catch let error as IndexError {
            throw CommandFailure(.fault, "\(error)")
        }
    }
}
