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

    @Option(help: "At most so many hits.")
    var limit: Int?

    @Option(help: "In which order: text or year.")
    var sort = QueryOptions.Sort.text

    @Option(help: "Columns of context on each side, for kwic.")
    var context: Int?

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
    }

    func run() throws {
        if saved { return try listSaved() }
        if let save { return try self.save(as: save) }
        if let complete { return try self.complete(complete) }
        try answer()
    }

    private func answer() throws {
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
