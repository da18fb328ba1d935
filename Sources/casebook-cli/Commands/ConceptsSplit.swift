import ArgumentParser
import Casebook
import LayerFiles
import QueryLanguage
import SearchIndex
import TextModel
import Writers

struct ConceptsSplit: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "split", abstract: "Divide the annotations of a concept among new ones beside it.",
        discussion: """
            What an annotation carries from now on is said by queries, in their order, or asked for each one with
            --ask: a number, s to leave it as it is, q to leave the rest. What nobody decides keeps the old concept
            and is listed. The old concept stays in the scheme; `casebook concepts deprecate` marks it. Cues stay
            with the old concept.

            EXAMPLES
              casebook concepts split anger --into rage=rage --into irritation='quick temper' \\
                --where 'rage=word:struck* | word:hit' --rest irritation --dry-run
              casebook concepts split anger --into rage --into irritation --ask
            """)

    @Argument(help: "The concept, by id or label.")
    var concept: String

    @Option(help: ArgumentHelp("A concept to divide it into; two or more.", valueName: "id[=label]"))
    var into: [String]

    @Option(
        name: .customLong("where"),
        help: ArgumentHelp("Annotations in passages that a query finds get this concept.", valueName: "id=query"))
    var queries: [String] = []

    @Option(help: "What no query finds gets this concept.")
    var rest: String?

    @Flag(help: "Ask for each annotation that no query decides.")
    var ask = false

    @OptionGroup var options: SchemeChangeOptions

    func validate() throws {
        guard into.count > 1 else { throw ValidationError("Give --into twice or more: a split makes several of one.") }
        let ids = into.map { Self.parts($0).id }
        for query in queries {
            guard query.contains("="), ids.contains(Self.parts(query).id) else {
                throw ValidationError("--where is ID=QUERY, with an ID of --into: “\(query)”.")
            }
        }
        if let rest, !ids.contains(rest) { throw ValidationError("--rest is an ID of --into: “\(rest)”.") }
        if ask, rest != nil { throw ValidationError("Give --ask or --rest, not both.") }
    }

    func run() throws {
        let common = options.common
        let project = try common.project()
        let scheme = try common.scheme(of: project)
        let ids = into.map { Self.parts($0).id }
        let concept = options.concept(concept, in: scheme)
        var decided: [String: String] = [:]
        for query in queries {
            let (new, text) = Self.parts(query)
            for annotation in try annotations(with: concept, inPassagesOf: text, project)
            where decided[annotation] == nil {
                decided[annotation] = new
            }
        }
        let change = SchemeChange.split(
            concept, into: into.map { SchemeChange.NewConcept(id: Self.parts($0).id, label: Self.label($0)) })
        if ask {
            // Asked before anything is locked: others can go on writing meanwhile.
            try CommandFailure.wrapping {
                let preview = try project.change(
                    change, by: nil, isDryRun: true, divide: { decided[$0.qualifiedID] })
                let questions = SplitQuestions(project: project, choices: ids, usesColour: common.console.usesColour)
                for open in try project.qualifiedIDs(preview.undecided) {
                    guard let answer = questions.answer(open) else { break }
                    if case .give(let concept) = answer { decided[open.text] = concept }
                }
            }
        }
        try options.run(change, in: project) { decided[$0.qualifiedID] ?? rest }
    }

    /// Whole ids of the annotations with a concept in the passages that a query finds.
    private func annotations(with concept: String, inPassagesOf text: String, _ project: Project) throws -> [String] {
        let common = options.common
        let index = try common.updatedIndex(of: project)
        let query = try common.resolve("only:\(concept) & (\(text))", index: index, project: project)
        var found: [String] = []
        try CommandFailure.wrappingQuery {
            _ = try index.answer(query, QueryOptions(unit: .passage)) { hit in
                found += hit.annotations
                return true
            }
        }
        return found
    }

    /// `id=rest`; without `=` the id is both.
    private static func parts(_ text: String) -> (id: String, rest: String) {
        guard let equals = text.firstIndex(of: "=") else { return (text, text) }
        return (String(text[..<equals]), String(text[text.index(after: equals)...]))
    }

    /// The label of a new concept; without one its id in words.
    private static func label(_ text: String) -> String {
        let (id, label) = parts(text)
        return text.contains("=") ? label : id.replacing("-", with: " ")
    }
}

/// Asks for one annotation after the other what becomes of it.
private struct SplitQuestions {
    let project: Project
    let choices: [String]
    let usesColour: Bool
    private let keys = KeyReader()

    enum Answer {
        case give(String)
        case leave
    }

    init(project: Project, choices: [String], usesColour: Bool) {
        self.project = project
        self.choices = choices
        self.usesColour = usesColour
    }

    /// What becomes of an annotation; `nil` where the rest is to be left.
    func answer(_ id: QualifiedID) -> Answer? {
        if let found = try? project.annotation(id) {
            Console.writeError(
                AnnotationRecords.detail(
                    found.anchored, of: found.document, neighbours: [], colours: usesColour,
                    width: min(Terminal.width, 100)))
        } else {
            Console.writeError(id.text + "\n")
        }
        let list = choices.enumerated().map { "[\($0 + 1)] \($1)" }.joined(separator: " ")
        while true {
            Console.writeError("\(list) [s]kip [q]uit: ")
            guard let key = keys.next(), key != "q" else {
                Console.writeError("\n")
                return nil
            }
            Console.writeError("\(key)\n")
            if key == "s" { return .leave }
            if let number = key.wholeNumberValue, choices.indices.contains(number - 1) {
                return .give(choices[number - 1])
            }
        }
    }
}
