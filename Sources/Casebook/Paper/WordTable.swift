import Foundation
import Readers
package import TextModel

/// The first table of a word processor's file, through pandoc.
enum WordTable {
    /// - Throws: a `Diagnostic` where pandoc is missing (it names the package), cannot read the file, or finds no table.
    static func read(_ path: String, file: String) throws -> [[DelimitedTable.Cell]] {
        let tool = ExternalTool.pandoc
        guard tool.path != nil else {
            throw Diagnostic(
                "missing-program", .error, file: file, "DOCX is read with pandoc, which is not installed",
                advice:
                    "Install the package `\(tool.debianPackage)` (apt-get install \(tool.debianPackage)), or save the table as CSV."
            )
        }
        let html = try convert(FileSystem.absolute(path), file: file)
        // What pandoc writes is HTML, and well-formed.
        let bytes = Array("<html>\(html)</html>".utf8)
        guard let tree = XMLTree.read(bytes, file: file).tree,
            let table = tree.roots.flatMap({ $0.descendants("table") }).first
        else {
            throw Diagnostic(
                "no-table", .error, file: file, "holds no table", advice: "Put the rows into one table of the document."
            )
        }
        return table.descendants("tr").enumerated().map { index, row in
            row.elements.filter { ["td", "th"].contains($0.name) }.enumerated().map { column, cell in
                DelimitedTable.Cell(text: cell.text, location: SourceLocation(line: index + 1, column: column + 1))
            }
        }
        .filter { row in row.contains { !$0.text.isEmpty } }
    }

    /// `path` is absolute.
    private static func convert(_ path: String, file: String) throws -> String {
        try Publisher.withFolder { folder in
            do {
                // Smart quotation marks stay as they are; no wrapping, so that a cell is one line.
                return try ExternalTool.pandoc.run(
                    ["--from", "docx", "--to", "html", "--wrap", "none", "--sandbox", path], in: folder)
            } catch let problem as Diagnostic {
                throw Diagnostic(
                    "unreadable-file", .error, file: file, "pandoc cannot read it as DOCX", advice: problem.advice)
            }
        }
    }
}

extension PaperSheet {
    /// Reads a sheet by its ending: DOCX, else values with separators.
    ///
    /// - Throws: a `Diagnostic` where the file cannot be read at all.
    package static func read(path: String, as file: String) throws -> (sheet: PaperSheet, diagnostics: [Diagnostic]) {
        if path.lowercased().hasSuffix(".docx") {
            _ = try FileSystem.read(path, as: file)
            return read(try WordTable.read(path, file: file), file: file, hasLines: false)
        }
        let table = try DelimitedTable.read(try FileSystem.read(path, as: file), file: file)
        return read(table.rows, file: file)
    }
}
