import ArgumentParser
import Casebook
import LayerFiles
import TextModel

struct AnnotateUndo: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "undo", abstract: "Take the last step back, whole.",
        discussion: """
            Works across commands and days. Where somebody has since changed the same annotations, nothing is undone
            and the message says what stands in the way.
            """)

    @OptionGroup var common: CommonOptions

    func run() throws {
        let project = try common.project()
        try CommandFailure.wrapping {
            guard let step = try project.layerStore().undo() else { return common.console.note("nothing to undo") }
            common.console.note("undone: \(step.title)")
        }
    }
}

struct AnnotateRedo: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "redo", abstract: "Do again what was undone last.")

    @OptionGroup var common: CommonOptions

    func run() throws {
        let project = try common.project()
        try CommandFailure.wrapping {
            guard let step = try project.layerStore().redo() else { return common.console.note("nothing to redo") }
            common.console.note("redone: \(step.title)")
        }
    }
}

struct AnnotateLog: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log", abstract: "What was done, newest first.",
        discussion: """
            The history lies in .casebook/ and goes with that folder; annotations and decisions do not.

            EXAMPLES
              casebook annotate log
              casebook annotate log --limit 100
            """)

    @Option(help: "Steps to show.")
    var limit = 20

    @OptionGroup var common: CommonOptions

    func run() throws {
        let project = try common.project()
        try CommandFailure.wrapping {
            let output = common.openOutput()
            for entry in try project.layerStore().log(limit: limit) {
                let files = entry.files.map { "\($0.path) (\($0.count))" }.joined(separator: ", ")
                let state = entry.isUndone ? "  [undone]" : ""
                output.write("\(entry.step)\t\(entry.when)\t\(entry.who ?? "-")\t\(entry.title)\(state)\t\(files)\n")
            }
            try output.finish()
        }
    }
}
