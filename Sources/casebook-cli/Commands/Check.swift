import ArgumentParser
import Casebook
import Foundation
import Readers
import TextModel

struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Everything that is wrong, with its place and what to do.",
        discussion: """
            Checks texts, layers, persons, the concept scheme, the examples of its cues and saved queries. Errors end
            with status 1; warnings and notes do not, unless --strict. --survey tells what a folder of TEI holds and
            what in it no rule covers.

            EXAMPLES
              casebook check
              casebook check Corpus/the-good-room.xml --strict
              casebook check --survey ~/corpora/eltec-eng
            """)

    @Argument(help: "Files; by default the whole casebook.")
    var files: [String] = []

    @Flag(help: "Warnings count as errors.")
    var strict = false

    @Option(help: ArgumentHelp("Tell what a folder of TEI holds.", valueName: "folder"))
    var survey: String?

    @OptionGroup var common: CommonOptions

    func run() throws {
        if let survey { return try surveyFolder(survey) }
        let console = common.console
        let project = try common.projectIfAny() ?? Project.standIn(for: FileManager.default.currentDirectoryPath)
        let here = FileManager.default.currentDirectoryPath
        let paths = try CommandFailure.wrapping { try files.map { try project.textFile(named: $0, from: here).file } }
        let found = project.check(files.isEmpty ? nil : paths, jobs: common.jobs) { done, total in
            console.progress("check", done: done, of: total)
        }
        let reporter = Reporter(console: console, project: project)
        reporter.report(found.filter { !project.diagnostics.contains($0) })
        let errors = found.count { $0.severity == .error }
        let warnings = found.count { $0.severity == .warning }
        let notes = found.count - errors - warnings
        console.note(
            "\(errors) error\(errors == 1 ? "" : "s"), \(warnings) warning\(warnings == 1 ? "" : "s"), \(notes) note\(notes == 1 ? "" : "s")"
        )
        if errors > 0 || strict && warnings > 0 { throw CommandFailure(.problems, "") }
    }

    private func surveyFolder(_ folder: String) throws {
        let project = try common.projectIfAny() ?? Project.standIn(for: folder)
        let console = common.console
        let names = FileSystem.files(under: folder, extensions: ["xml", "tei"])
        guard !names.isEmpty else { throw CommandFailure(.notFound, "\(folder): no TEI files there") }
        let readings = parallelMap(
            names, jobs: common.jobs, finished: { console.progress("survey", done: $0, of: names.count) },
            { name in try? project.read(FileSystem.absolute(folder + "/" + name)) })
        var survey = Survey()
        var hasErrors = false
        let reporter = Reporter(console: console, project: project)
        for reading in readings.compactMap(\.self) {
            hasErrors = reporter.report(reading.diagnostics.filter { $0.severity == .error }) || hasErrors
            survey.add(reading)
        }
        let output = common.openOutput()
        output.write(survey.text)
        try output.finish()
        if hasErrors { throw CommandFailure(.problems, "") }
    }
}

extension Survey {
    /// For people: works, passages by kind, what is hidden, repeated or without a rule.
    fileprivate var text: String {
        var text = ""
        for entry in entries {
            text += "\(entry.title)  (\(entry.document))\n"
            let kinds = PassageKind.allCases.compactMap { kind in entry.passages[kind].map { "\($0) \(kind.rawValue)" }
            }
            text += "  passages: " + kinds.joined(separator: ", ") + "\n"
            text += "  languages: " + entry.languages.joined(separator: ", ") + "; persons: \(entry.persons)"
            text += "; hidden: \(Double(Int((entry.hidden * 1000).rounded())) / 10) %\n"
            if !entry.repeatedPages.isEmpty {
                text += "  page numbers that repeat: \(Self.list(entry.repeatedPages))\n"
            }
            if !entry.repeatedHeads.isEmpty { text += "  heads that repeat: \(Self.list(entry.repeatedHeads))\n" }
        }
        let elements = elementsWithoutRule.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        text +=
            elements.isEmpty
            ? "Every element has a rule.\n"
            : "Elements without a rule (their text is kept): "
                + elements.map { "\($0.key) \($0.value)" }.joined(separator: ", ") + "\n"
        return text
    }

    /// The first ten are enough to see what is meant.
    private static func list(_ items: [String]) -> String {
        items.prefix(10).joined(separator: ", ") + (items.count > 10 ? " and \(items.count - 10) more" : "")
    }
}
