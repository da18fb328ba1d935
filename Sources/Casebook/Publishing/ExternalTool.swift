package import Foundation
import TextModel

/// A program of the system that makes a format which we do not write ourselves.
package struct ExternalTool: Sendable {
    package let command: String
    /// The Debian package that it comes in.
    package let debianPackage: String

    /// Sets pages as PDF.
    package static let weasyprint = ExternalTool(command: "weasyprint", debianPackage: "weasyprint")
    /// Writes documents of word processors and books.
    package static let pandoc = ExternalTool(command: "pandoc", debianPackage: "pandoc")
    /// Draws pictures for programs that do not draw SVG well.
    package static let rsvgConvert = ExternalTool(command: "rsvg-convert", debianPackage: "librsvg2-bin")
    /// Reads where in a PDF a place of the page has come to stand.
    package static let pdfinfo = ExternalTool(command: "pdfinfo", debianPackage: "poppler-utils")

    /// Where it lies; `nil`: not on the search path.
    package var path: String? {
        let search = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        return search.split(separator: ":").lazy.map { "\($0)/\(command)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// Where it lies.
    ///
    /// - Throws: a `Diagnostic` that names the package, where it is missing.
    @discardableResult
    package func check() throws -> String {
        guard let path else {
            throw Diagnostic(
                "missing-tool", .error, file: command, "this format is made by \(command), and it is not here",
                advice: "Install it: `apt-get install \(debianPackage)` on Debian, or `make deps`.")
        }
        return path
    }

    /// Runs it in a folder and waits.
    ///
    /// - Parameters:
    ///   - arguments: without the program's own name.
    ///   - folder: of the run; what it prints is kept in files there, since a pipe that nobody empties stops it.
    ///   - environment: beside our own.
    /// - Returns: what it printed.
    /// - Throws: a `Diagnostic` where it is missing, or where it fails.
    package func run(
        _ arguments: [String], in folder: URL, environment: [String: String] = [:]
    ) throws -> String {
        let path = try check()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let output = folder.appendingPathComponent("\(command).out")
        let errors = folder.appendingPathComponent("\(command).err")
        do {
            for file in [output, errors] { try Data().write(to: file) }
            process.standardInput = FileHandle.nullDevice
            process.standardOutput = try FileHandle(forWritingTo: output)
            process.standardError = try FileHandle(forWritingTo: errors)
            try process.run()
        } catch {
            throw Diagnostic(
                "tool-failed", .error, file: command, "\(path) cannot be started: \(error.localizedDescription)")
        }
        process.waitUntilExit()
        guard process.terminationReason == .exit, process.terminationStatus == 0 else {
            let said = (try? String(contentsOf: errors, encoding: .utf8)) ?? ""
            // The last words of a program that gives up say why.
            let last = said.split(separator: "\n").suffix(3).joined(separator: "\n  ")
            throw Diagnostic(
                "tool-failed", .error, file: command, "\(path) failed (\(process.terminationStatus))",
                advice: last.isEmpty ? nil : "It says:\n  \(last)")
        }
        return (try? String(contentsOf: output, encoding: .utf8)) ?? ""
    }
}
