import ArgumentParser
import Casebook
import Foundation
import LayerFiles
import TextModel

struct Rename: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Give a text another name; its layers follow.",
        discussion: """
            The file, its layers and its persons get the new name, and the pointers of all layers lead there: one
            step, which one `annotate undo` takes back. A text keeps its folder. Prints the files that have another
            name, a line each: old, new.

            EXAMPLES
              casebook rename the-good-room good-room
              casebook rename Corpus/emma.xml austen-emma.xml
            """)

    @Argument(help: "The text: a path, or a work's name.")
    var old: String

    @Argument(help: "Its new name.")
    var new: String

    @Option(name: .customLong("as"), help: "Annotator, for the history.")
    var annotator: String?

    @OptionGroup var common: CommonOptions

    func run() throws {
        let project = try common.project()
        try CommandFailure.wrapping {
            let file = try project.textFile(named: old, from: FileManager.default.currentDirectoryPath).file
            let who = try project.authorship(annotator: annotator, layer: nil, login: NSUserName()).annotator.id
            let (receipt, diagnostics) = try project.rename(file, to: new, by: who)
            Reporter(console: common.console, project: project).report(diagnostics)
            let output = common.openOutput()
            for (from, to) in receipt.moved { output.write("\(from)\t\(to)\n") }
            for layer in receipt.layers { output.write("\(layer)\t\(layer)\n") }
            try output.finish()
        }
    }
}
