import ArgumentParser
import Casebook
import TextModel

struct Init: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make a new casebook in a folder.",
        discussion: """
            Writes casebook.yml, an empty Corpus/ and Schemas/ with the concept scheme, its cues and the grammars.
            A folder that is a casebook already is left alone.

            EXAMPLES
              casebook init my-seminar
              casebook init . && cp ~/texts/*.xml Corpus/
            """)

    @Argument(help: "The folder; made where it is missing.")
    var folder: String

    @OptionGroup var common: CommonOptions

    func run() throws {
        do {
            let files = try Project.create(in: folder)
            common.console.note("made the casebook \(folder) with \(files.joined(separator: ", "))")
        } catch let diagnostic as Diagnostic {
            throw CommandFailure(diagnostic)
        }
    }
}
