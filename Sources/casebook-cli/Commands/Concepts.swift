import ArgumentParser
import Casebook
import TextModel
import Writers

struct Concepts: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Look up and change the concepts of the casebook.",
        subcommands: [
            ConceptsList.self, ConceptsShow.self, ConceptsFind.self, ConceptsOutdated.self, ConceptsRename.self,
            ConceptsMerge.self, ConceptsSplit.self, ConceptsMove.self, ConceptsDeprecate.self,
        ], defaultSubcommand: ConceptsList.self)
}

extension CommonOptions {
    /// The scheme, its problems reported.
    func scheme(of project: Project) throws -> ConceptScheme {
        do {
            let (scheme, diagnostics) = try project.scheme()
            Reporter(console: console, project: project).report(diagnostics)
            return scheme
        } catch let diagnostic as Diagnostic {
            throw CommandFailure(diagnostic)
        }
    }
}

struct ConceptsList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "All concepts, narrower ones indented under broader ones.",
        discussion: """
            EXAMPLES
              casebook concepts list
              casebook concepts list --language de
            """)

    @Option(help: "Language of the labels.")
    var language = "en"

    @OptionGroup var common: CommonOptions

    func run() throws {
        let scheme = try common.scheme(of: try common.project())
        let output = common.openOutput()
        let width = scheme.concepts.indices.map { scheme.concepts[$0].id.count + 2 * scheme.depth(of: $0) }.max() ?? 0
        for (index, concept) in scheme.concepts.enumerated() {
            let name = String(repeating: "  ", count: scheme.depth(of: index)) + concept.id
            let padding = String(repeating: " ", count: width - name.count + 2)
            let note = concept.deprecated.map { "  (deprecated: \($0))" } ?? ""
            output.write(name + padding + concept.preferredLabel(in: language) + note + "\n")
        }
        try output.finish()
    }
}

struct ConceptsShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "All that the scheme says of a concept.",
        discussion: """
            EXAMPLES
              casebook concepts show impaired-bonding
              casebook concepts show 'postpartum depression'
            """)

    @Argument(help: "A concept, by id or label.")
    var concept: [String]

    @Option(help: "Language of headings and labels.")
    var language: String?

    @OptionGroup var common: CommonOptions

    func run() throws {
        let project = try common.project()
        let scheme = try common.scheme(of: project)
        let name = concept.joined(separator: " ")
        guard let concept = scheme[name] ?? scheme.concept(labelled: name) else {
            let near = nearestNames(to: name, among: scheme.concepts.flatMap { [$0.id] + $0.labels.map(\.text) })
            throw CommandFailure(
                .notFound,
                "no concept “\(name)”"
                    + (near.isEmpty ? "" : "\n  Did you mean " + near.map { "“\($0)”" }.joined(separator: " or ") + "?")
            )
        }
        let output = common.openOutput()
        let strings = SheetStrings(language: language ?? project.configuration.language)
        output.write(
            ConceptText(scheme, strings: strings, width: min(Terminal.width, 100), colours: common.coloursResults)
                .text(of: concept))
        try output.finish()
    }
}

struct ConceptsFind: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "find", abstract: "Concepts whose labels or definition hold some words.",
        discussion: """
            EXAMPLES
              casebook concepts find skin
              casebook concepts find 'baby blues'
            """)

    @Argument(help: "Words to look for.")
    var words: [String]

    @OptionGroup var common: CommonOptions

    func run() throws {
        let scheme = try common.scheme(of: try common.project())
        let output = common.openOutput()
        let found = scheme.find(words.joined(separator: " "))
        for match in found { output.write("\(match.concept.id)\t\(match.concept.preferredLabel())\t\(match.text)\n") }
        if found.isEmpty { common.console.note("no concept with “\(words.joined(separator: " "))”") }
        try output.finish()
    }
}
