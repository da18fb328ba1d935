import Foundation
import TestSupport
import Testing

/// A program of the system that a test asks about what we have made.
enum SystemTool {
    static func has(_ names: String...) -> Bool { names.allSatisfy { path($0) != nil } }

    static func path(_ name: String) -> String? {
        let search = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        return search.split(separator: ":").map { "\($0)/\(name)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// What it prints, errors too, and how it ends.
    static func run(_ name: String, _ arguments: String..., in folder: URL) throws -> (text: String, status: Int32) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try #require(path(name)))
        process.arguments = arguments
        process.currentDirectoryURL = folder
        let output = folder.appendingPathComponent(".tool-\(UUID().uuidString)")
        try Data().write(to: output)
        let handle = try FileHandle(forWritingTo: output)
        process.standardOutput = handle
        process.standardError = handle
        try process.run()
        process.waitUntilExit()
        return (String(decoding: try Data(contentsOf: output), as: UTF8.self), process.terminationStatus)
    }
}

/// The text of `door.xml` with annotations on it.
func withAnnotatedCasebook<Result>(_ body: (Workplace) throws -> Result) throws -> Result {
    try withCasebook { place in
        for (quote, stance) in [("Ada felt nothing for the child", "supports"), ("He slept.", "contradicts")] {
            let run = try place.run(
                "annotate", "add", "Corpus/door.xml", "--quote", quote, "--concept", "impaired-bonding", "--about",
                "ada>tom", "--stance", stance, "--basis", "told")
            #expect(run.status == 0, "\(run.error)")
        }
        return try body(place)
    }
}

@Suite struct PublishingTests {
    @Test func `a format whose program is missing names the Debian package and writes nothing`() throws {
        try withCasebook { place in
            for (format, package) in [("pdf", "weasyprint")] {
                let run = try place.run(
                    ["export", "concept-index", "--format", format, "-o", "index.\(format)"],
                    environment: ["PATH": "/nowhere"])
                #expect(run.status == 1)
                #expect(run.error.contains("apt-get install \(package)"), "\(run.error)")
                #expect(!place.exists("index.\(format)"))
            }
        }
    }

    @Test(
        .enabled(if: SystemTool.has("weasyprint", "pdfinfo", "pdffonts", "pdftotext"), "no WeasyPrint or no Poppler"),
        arguments: [("A4", "595.276 x 841.89"), ("letter", "612 x 792")])
    func `a PDF is tagged, titled, in its language, with bookmarks, embedded fonts and room at the edges`(
        paper: String, size: String
    ) throws {
        try withAnnotatedCasebook { place in
            let run = try place.run(
                ["export", "handout", "impaired-bonding", "--format", "pdf", "--paper", paper, "-o", "sheet.pdf"])
            #expect(run.status == 0, "\(run.error)")
            let about = try SystemTool.run("pdfinfo", "sheet.pdf", in: place.folder).text
            #expect(about.contains(try Regex("Tagged: +yes")))
            #expect(about.contains(try Regex("Title: +Impaired bonding")))
            #expect(about.contains(size))
            let bytes = String(
                decoding: try Data(contentsOf: place.folder.appendingPathComponent("sheet.pdf")), as: UTF8.self)
            #expect(bytes.contains("/Lang (en)"))
            #expect(bytes.contains("/Outlines"))
            #expect(bytes.contains("pdfuaid"))
            let fonts = try SystemTool.run("pdffonts", "sheet.pdf", in: place.folder).text
            for line in fonts.split(separator: "\n").dropFirst(2) {
                #expect(line.contains(try Regex(" yes (yes|no) +yes ")), "not embedded: \(line)")
            }
            let words = try SystemTool.run("pdftotext", "-bbox", "sheet.pdf", "-", in: place.folder).text
            let width = paper == "A4" ? 595.3 : 612.0
            for match in words.matches(of: /xMin="([\d.]+)"[^>]*xMax="([\d.]+)"/) {
                // 18 mm are the margin; a sign may hang into it.
                #expect((Double(match.1) ?? 0) > 40)
                #expect((Double(match.2) ?? 0) < width - 40)
            }
        }
    }
}
