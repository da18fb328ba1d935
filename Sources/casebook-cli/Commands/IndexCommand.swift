import ArgumentParser
import Casebook
import SearchIndex

struct IndexCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "index", abstract: "Bring the index up to date with the files.",
        discussion: """
            Query and export do it by themselves. What has not changed is not read again; the index may be deleted
            at any time.

            EXAMPLES
              casebook index
              casebook index --no-suggestions --jobs 1
            """)

    @Flag(name: .customLong("no-suggestions"), help: "Leave suggestions out: quicker, but is:suggested finds none.")
    var noSuggestions = false

    @OptionGroup var common: CommonOptions

    func run() throws {
        let project = try common.project()
        let console = common.console
        let report = try CommandFailure.wrappingQuery {
            try project.updatedIndex(suggesting: !noSuggestions, jobs: common.jobs) { done, total in
                console.progress("index", done: done, of: total)
            }.report
        }
        if report.wasRebuilt { console.note("the index was damaged and has been made anew") }
        let hasErrors = Reporter(console: console, project: project).report(report.diagnostics)
        console.note(
            report.textsRead + report.layersRead + report.removed == 0
                ? "up to date"
                : "read \(report.textsRead) texts and \(report.layersRead) layers, removed \(report.removed) files")
        if hasErrors { throw CommandFailure(.problems, "") }
    }
}
