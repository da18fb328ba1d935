import Foundation
package import TextModel
package import Writers

/// Makes of a sheet's page what other programs make: PDF, documents, books, slides.
///
/// Everything is made in a folder of its own that is gone afterwards; the caller gets whole files or an error.
package struct Publisher: Sendable {
    /// The day of the sheet, `2026-03-07`: it stands in the files in place of the moment at which they are made, so
    /// that the same sheet gives the same bytes.
    let date: String

    package init(date: String) { self.date = date }

    /// Makes the format of a page that ``SheetWriter`` has written for it.
    ///
    /// - Throws: a `Diagnostic` where the program for it is missing, or fails.
    package func publish(_ page: WrittenFile, as format: SheetFormat) throws -> WrittenFile {
        let stem = page.name.split(separator: ".").dropLast().joined(separator: ".")
        let name = stem + "." + format.rawValue
        return try Self.withFolder { folder in
            let file = folder.appendingPathComponent("sheet." + format.rawValue)
            switch format {
            case .pdf: try makePDF(page, at: file, in: folder)
            default: throw Diagnostic("unknown-format", .error, file: name, "no program makes \(format.rawValue)")
            }
            do {
                return WrittenFile(name: name, bytes: try [UInt8](Data(contentsOf: file)))
            } catch {
                throw Diagnostic("tool-failed", .error, file: name, "nothing was written")
            }
        }
    }

    /// Tagged for screen readers, with bookmarks, and all its fonts inside.
    private func makePDF(_ page: WrittenFile, at file: URL, in folder: URL) throws {
        let source = folder.appendingPathComponent("sheet.html")
        try Data(page.bytes).write(to: source)
        _ = try ExternalTool.weasyprint.run(
            ["--quiet", "--encoding", "utf-8", "--pdf-variant", "pdf/ua-1", source.path, file.path], in: folder)
    }

    /// Calls with a folder that is deleted afterwards.
    static func withFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("casebook-\(UUID().uuidString)", isDirectory: true)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try body(folder)
    }
}

extension Project {
    /// Makes a sheet in any of its formats, those of other programs too.
    ///
    /// - Returns: as ``SheetWriter/sheet(_:_:format:)``.
    /// - Throws: a `Diagnostic` where a program that makes the format is missing, or fails.
    package func sheet(
        _ kind: SheetKind, _ material: SheetMaterial, format: SheetFormat, writer: SheetWriter
    ) throws -> (file: WrittenFile, warnings: [Diagnostic]) {
        let (page, warnings) = writer.sheet(kind, material, format: format)
        guard format.isPublication, !warnings.contains(where: { $0.severity == .error }) else {
            return (page, warnings)
        }
        return (try Publisher(date: material.date).publish(page, as: format), warnings)
    }
}
