import ArgumentParser
import Casebook
import Foundation

@main
struct CasebookCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "casebook",
        abstract: "Annotate, query and teach with literary case studies.",
        discussion: """
            A casebook is a folder of texts (TEI), annotation layers beside them, and a concept scheme.

            EXAMPLES
              casebook init my-seminar            a new casebook in a folder of its own
              casebook suggest Corpus/emma.xml    passages that may show a concept, with reasons
              casebook query 'impaired-bonding who:jane'
              casebook export handout 'impaired bonding' -o handout.html
            """,
        version: Project.version,
        subcommands: [
            Init.self, Import.self, Check.self, Concepts.self, Persons.self, Suggest.self, Annotate.self,
            IndexCommand.self,
            QueryCommand.self,
            ChartCommand.self, Export.self, PacketCommand.self, Template.self,
            Evaluate.self, SimulateLearning.self, Rename.self, MergeDriver.self,
        ])

    /// Runs a command and maps what goes wrong to an ``ExitStatus``.
    static func main() {
        // A closed pipe is an error of `write`, which ResultOutput takes for success, not a signal.
        signal(SIGPIPE, SIG_IGN)
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch let failure as CommandFailure {
            if !failure.message.isEmpty { Console.writeError("casebook: \(failure.message)\n") }
            Foundation.exit(failure.status.rawValue)
        } catch {
            exit(withError: error)
        }
    }
}
