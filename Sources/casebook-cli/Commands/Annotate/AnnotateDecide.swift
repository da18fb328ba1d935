import ArgumentParser
import Casebook
import LayerFiles
import QueryLanguage
import SearchIndex
import TextModel

/// Which suggestions are meant: some ids, or all of a score and more.
struct SuggestionChoice: ParsableArguments {
    @Argument(help: "Ids of suggestions, as `casebook suggest` shows them.")
    var ids: [String] = []

    @Flag(help: "All open suggestions instead of some ids.")
    var all = false

    @Option(
        name: .customLong("where"),
        help: ArgumentHelp("All open suggestions in the passages that a query finds.", valueName: "query"))
    var query: String?

    @Option(help: ArgumentHelp("With --all or --where: from this score on, 0…1.", valueName: "score"))
    var minScore: Double?

    @Option(help: "With --all or --where: only for this concept, by id; repeat for several.")
    var concept: [String] = []

    @Option(name: .customLong("in"), help: "Look in this text only; repeat for several.")
    var documents: [String] = []

    func validate() throws {
        let isBulk = all || query != nil
        if ids.isEmpty == !isBulk { throw ValidationError("Give ids of suggestions, or --all, or --where QUERY.") }
        if !isBulk, minScore != nil || !concept.isEmpty {
            throw ValidationError("--min-score and --concept go with --all or --where.")
        }
    }

    func suggestions(in project: Project, _ common: CommonOptions) throws -> [LocatedSuggestion] {
        let files = try project.textFiles(named: documents)
        guard ids.isEmpty else { return try project.suggestions(withIDs: ids, in: files) }
        let hits = try query.map { try common.passages(of: $0, in: project) }
        // Texts in which the query finds nothing need not be read.
        let found = hits.map { Set($0.map { String($0.document.prefix { $0 != "#" }) }) }
        let open = try project.openSuggestions(
            in: files.filter { found?.contains($0) ?? true }, minimumScore: minScore, concepts: Set(concept))
        return hits.map { project.suggestions(open, matching: $0) } ?? open
    }
}

extension CommonOptions {
    /// The passages that a query finds.
    func passages(of query: String, in project: Project) throws -> [Hit] {
        let index = try updatedIndex(of: project)
        let query = try resolve(query, index: index, project: project)
        var options = project.queryOptions
        options.unit = .passage
        return try CommandFailure.wrappingQuery { try index.hits(of: query, options) }
    }
}

struct AnnotateAccept: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accept", abstract: "Make annotations of suggestions; prints their ids.",
        discussion: """
            The annotation keeps what was suggested, by what and with which score. All of one call are one step,
            which one `annotate undo` takes back.

            EXAMPLES
              casebook annotate accept 3249820a10441d58
              casebook annotate accept --all --min-score 0.8 --concept physical-closeness
              casebook annotate accept --where 'is:open neglect & word:nurse' --min-score 0.6
            """)

    @OptionGroup var choice: SuggestionChoice
    @OptionGroup var author: AuthorshipOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
        let project = try common.project()
        try CommandFailure.wrapping {
            let ids = try project.accept(
                try choice.suggestions(in: project, common), by: try author.authorship(in: project))
            let output = common.openOutput()
            for id in ids { output.write(id + "\n") }
            try output.finish()
        }
    }
}

struct AnnotateReject: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reject", abstract: "Decline suggestions; they are not made again.",
        discussion: """
            EXAMPLES
              casebook annotate reject 3249820a10441d58
              casebook annotate reject --skip 3249820a10441d58
              casebook annotate reject --where 'kind:note'
            """)

    @Flag(help: "Set aside without a verdict.")
    var skip = false

    @OptionGroup var choice: SuggestionChoice
    @OptionGroup var author: AuthorshipOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
        let project = try common.project()
        try CommandFailure.wrapping {
            let ids = try project.decline(
                try choice.suggestions(in: project, common), as: skip ? .skipped : .rejected,
                by: try author.authorship(in: project))
            let output = common.openOutput()
            for id in ids { output.write(id + "\n") }
            try output.finish()
        }
    }
}

struct AnnotateRemove: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Take annotations out of their layers.",
        discussion: """
            An id may be whole, or the part after # where that is unique.

            EXAMPLES
              casebook annotate remove Corpus/the-good-room.ana.xml#a-7k2m9q4x
              casebook annotate remove a-7k2m9q4x
            """)

    @Argument(help: "Ids of annotations.")
    var ids: [String]

    @OptionGroup var author: AuthorshipOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
        let project = try common.project()
        try CommandFailure.wrapping {
            let who = try author.authorship(in: project).annotator.id
            try project.removeAnnotations(try project.qualifiedIDs(ids), by: who)
        }
        common.console.note("removed \(ids.count); `casebook annotate undo` takes it back")
    }
}
