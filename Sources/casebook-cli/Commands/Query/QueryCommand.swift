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
              casebook query --format kwic --sort left --context 30 'moth*'
              casebook query --group-by chapter 'neglect'
              casebook query --save cold 'neglect | lack-of-affection'
              casebook query '@cold who:jane'
              casebook query --saved

            Candidates for the Tab key come with the completion of your shell:
              casebook --generate-completion-script bash > ~/.local/share/bash-completion/completions/casebook
              casebook --generate-completion-script zsh > ~/.zfunc/_casebook      (a folder of $fpath)
              casebook --generate-completion-script fish > ~/.config/fish/completions/casebook.fish
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case table, kwic, jsonl, csv, html }

    @Argument(help: "The query.", completion: .custom(QueryCompletions.ofShell))
    var expression: [String] = []

    @Option(
        help: ArgumentHelp(
            "Keep the query as Queries/NAME.query, in the place of an older one; @NAME stands for it in others.",
            valueName: "name"))
    var save: String?

    @Flag(help: "List the saved queries.")
    var saved = false

    @Option(
        help: ArgumentHelp(
            "What could stand at the end of this piece of a query: candidates and labels, with a tab between.",
            valueName: "text"))
    var complete: String?

    @Flag(help: "Print the number of hits only.")
    var count = false

    @Option(help: "What counts as a hit: passage, match, pair, document, annotation.")
    var unit: QueryOptions.Unit?

    @Option(help: "How to print: table, kwic, jsonl, csv or html.")
    var format = Format.table

    @Option(
        help: ArgumentHelp(
            "Count hits per concept, work, chapter, person, layer or year, split by stance, in place of printing them.",
            valueName: "what"))
    var groupBy: HitGroups.Key?

    @Option(help: "At most so many hits; after sorting.")
    var limit: Int?

    @Option(
        help: """
            In which order: text; year of the work; work, by title; left or right, by the words before the match or \
            from it on.
            """)
    var sort = SortOrder.text

    @Option(help: "Columns of context on each side, for kwic; by default a third of the terminal.")
    var context: Int?

    @Flag(help: "Say on standard error how the query was understood, what the index is asked, and where time goes.")
    var explain = false

    @OptionGroup var common: CommonOptions

    func validate() throws {
        let ways = [save != nil, saved, complete != nil].count { $0 }
        guard ways <= 1 else { throw ValidationError("One of --save, --saved and --complete at a time.") }
        guard saved || complete != nil || !expression.isEmpty else {
            throw ValidationError("Say what to look for, as in casebook query 'impaired-bonding who:jane'.")
        }
        guard !saved && complete == nil || expression.isEmpty else {
            throw ValidationError("--saved and --complete take no query beside them.")
        }
        guard limit ?? 1 >= 0, context ?? 1 >= 0 else { throw ValidationError("--limit and --context are at least 0.") }
        guard groupBy == nil || !count else { throw ValidationError("Either --count or --group-by.") }
        guard groupBy == nil || [.table, .csv, .jsonl].contains(format) else {
            throw ValidationError("--group-by prints a table, csv or jsonl, not \(format.rawValue).")
        }
        guard groupBy == nil || sort == .text || sort == .year else {
            throw ValidationError("--group-by has an order of its own; --sort year goes for works and chapters.")
        }
    }

    func run() throws {
        if saved { return try listSaved() }
        if let save { return try self.save(as: save) }
        if let complete { return try self.complete(complete) }
        try answer()
    }

    private func answer() throws {
        var timing = QueryTiming()
        let project = try common.project()
        let index = try common.updatedIndex(of: project)
        timing.step("index up to date")
        let query = try common.resolve(expression.joined(separator: " "), index: index, project: project)
        timing.step("query understood")
        var options = project.queryOptions
        options.unit = unit
        options.sort = sort.ofIndex
        options.limit = limit
        let output = common.openOutput()
        try CommandFailure.wrappingQuery {
            if count {
                output.write("\(try index.count(query, options))\n")
            } else if let groupBy {
                try group(by: groupBy, query, options, index, output)
            } else if let order = sort.ofHits {
                try printSorted(by: order, query, options, index, output)
            } else {
                try printHits(query, options, index, output)
            }
            try output.finish()
            timing.step(count ? "counted" : "answered and printed")
            if explain { Console.writeError(try timing.explanation(of: query, options, index)) }
        }
    }

    /// Hits as they are found: the first lines of a long answer appear at once.
    private func printHits(
        _ query: ResolvedQuery, _ options: QueryOptions, _ index: CorpusIndex, _ output: ResultOutput
    ) throws {
        var printer = HitPrinter(format: format, context: context, common: common, query: query)
        output.write(printer.head)
        let answer = try index.answer(query, options) { hit in
            output.write(printer.bytes(of: hit))
            if printer.count <= 20 { output.flush() }
            return true
        }
        output.write(printer.foot)
        note(answer)
    }

    /// Orders that are known only when all hits are: the limit comes after.
    private func printSorted(
        by order: HitOrder, _ query: ResolvedQuery, _ options: QueryOptions, _ index: CorpusIndex,
        _ output: ResultOutput
    ) throws {
        var options = options
        options.limit = nil
        var hits: [Hit] = []
        let answer = try index.answer(query, options) { hit in
            hits.append(hit)
            return true
        }
        let lines = order.lines(hits, eachMark: format == .kwic && order != .work)
        var printer = HitPrinter(format: format, context: context, common: common, query: query)
        printer.placesWorksBeside = order != .work
        output.write(printer.head)
        for line in lines.prefix(limit ?? lines.count) {
            var hit = line.hit
            if format == .kwic, order != .work { hit.marks = line.mark.map { [$0] } ?? [] }
            output.write(printer.bytes(of: hit))
        }
        output.write(printer.foot)
        note(answer)
    }

    private func group(
        by key: HitGroups.Key, _ query: ResolvedQuery, _ options: QueryOptions, _ index: CorpusIndex,
        _ output: ResultOutput
    ) throws {
        var groups = HitGroups(by: key, years: key == .year ? try index.workYears() : [:])
        let answer = try index.answer(query, options) { hit in
            groups.add(hit)
            return true
        }
        switch format {
        case .csv: output.write(GroupRecords.csv(groups))
        case .jsonl: output.write(GroupRecords.jsonLines(groups))
        default:
            if answer.count.all > 0 {
                output.write(
                    GroupRecords.table(groups).text(width: Terminal.width, colours: common.coloursResults))
            }
        }
        note(answer)
    }

    private func note(_ answer: QueryAnswer) {
        guard format == .table || format == .kwic else { return }
        let documents = "\(answer.documents) text\(answer.documents == 1 ? "" : "s")"
        common.console.note("\(answer.count.text) in \(documents)")
    }
}

extension QueryOptions.Unit: ExpressibleByArgument {}
extension HitGroups.Key: ExpressibleByArgument {}

/// In which order hits are printed.
enum SortOrder: String, ExpressibleByArgument, CaseIterable {
    case text, year, work, left, right

    /// As the index can give them, one after the other.
    var ofIndex: QueryOptions.Sort { self == .year ? .year : .text }

    /// Orders that need all hits.
    var ofHits: HitOrder? {
        switch self {
        case .text, .year: nil
        case .work: .work
        case .left: .left
        case .right: .right
        }
    }
}
