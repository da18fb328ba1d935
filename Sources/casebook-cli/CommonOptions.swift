import ArgumentParser
import Casebook
import Foundation
import TextModel

/// Options that every command has.
struct CommonOptions: ParsableArguments {
    @Option(help: "The casebook; by default the one that the working folder lies in.")
    var casebook: String?

    @Option(name: [.short, .long], help: "Write the result to this file; - is standard output.")
    var output: String?

    @Option(help: ArgumentHelp("Work on up to this many files at once.", valueName: "n"))
    var jobs: Int = ProcessInfo.processInfo.activeProcessorCount

    @Flag(name: .shortAndLong, help: "Say nothing but results and errors.")
    var quiet = false

    @Flag(name: .customLong("no-color"), help: "No colour, also on a terminal.")
    var noColour = false

    func validate() throws {
        guard jobs >= 1 else { throw ValidationError("--jobs is at least 1.") }
    }

    var console: Console {
        Console(isQuiet: quiet, usesColour: !noColour && !Terminal.forbidsColour && Terminal.errorIsTerminal)
    }

    /// Colour in results: on a terminal only.
    var coloursResults: Bool { !noColour && !Terminal.forbidsColour && Terminal.outputIsTerminal && output == nil }

    func openOutput() -> ResultOutput { ResultOutput(path: output) }

    /// The casebook named or found; an error with advice where there is none.
    func project() throws -> Project {
        guard let project = try projectIfAny() else {
            throw CommandFailure(
                .notFound,
                "no casebook here: no \(Project.marker) in this folder or above.\n  Make one with `casebook init DIR`, or name one with --casebook DIR."
            )
        }
        return project
    }

    /// The casebook named or found; `nil` where none is named and none lies above.
    func projectIfAny() throws -> Project? {
        do {
            let project =
                if let casebook { try Project.open(casebook) as Project? } else {
                    try Project.find(from: FileManager.default.currentDirectoryPath)
                }
            if let project { Reporter(console: console, project: project).report(project.diagnostics) }
            return project
        } catch let diagnostic as Diagnostic {
            throw CommandFailure(diagnostic)
        }
    }
}

extension CommandFailure {
    init(_ diagnostic: Diagnostic) {
        let status: ExitStatus =
            switch diagnostic.identifier {
            case "no-casebook", "missing-file", "unreadable-file", "unwritable-file", "not-found": .notFound
            case "bad-name", "saved-cycle": .usage
            default: .problems
            }
        let place = diagnostic.location.map { ":\($0.line):\($0.column)" } ?? ""
        self.init(
            status,
            "\(diagnostic.file)\(place): \(diagnostic.summary)" + (diagnostic.advice.map { "\n  \($0)" } ?? ""))
    }
}

/// Prints diagnostics to standard error and remembers whether one was an error.
struct Reporter {
    let console: Console
    let project: Project?

    @discardableResult
    func report(_ diagnostics: [Diagnostic]) -> Bool {
        let printer = DiagnosticPrinter(usesColour: console.usesColour)
        var sources: [String: [UInt8]] = [:]
        for diagnostic in diagnostics where !(console.isQuiet && diagnostic.severity < .error) {
            if diagnostic.location != nil, sources[diagnostic.file] == nil {
                let path = project?.path(of: diagnostic.file) ?? diagnostic.file
                sources[diagnostic.file] = (try? FileSystem.read(path, as: diagnostic.file)) ?? []
            }
            Console.writeError(printer.text(for: diagnostic, source: sources[diagnostic.file]))
        }
        return diagnostics.contains { $0.severity == .error }
    }
}
