package import TextModel

/// A table as spreadsheets write it: RFC 4180, with a comma, a semicolon or a tab between the cells.
///
/// Quotation marks, doubled inside, may hold separators and line breaks. A byte order mark is no part of the first
/// cell; lines end with LF, CR LF or CR.
package struct DelimitedTable: Sendable {
    package struct Cell: Sendable, Equatable {
        package var text: String
        /// Where the cell begins in the file.
        package var location: SourceLocation

        package init(text: String, location: SourceLocation) {
            self.text = text
            self.location = location
        }
    }

    /// Rows without any text are left out.
    package private(set) var rows: [[Cell]] = []

    /// Reads a file. The separator is the one of the three that its first line has most of.
    ///
    /// - Throws: a `Diagnostic` where a quotation mark is not closed, or where the bytes are not UTF-8.
    package static func read(_ bytes: [UInt8], file: String) throws(Diagnostic) -> DelimitedTable {
        let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
        guard let text = String(validating: content, as: UTF8.self) else {
            throw Diagnostic(
                "malformed-encoding", .error, file: file, "is not in UTF-8",
                advice: "Save it as “CSV UTF-8” in your spreadsheet.")
        }
        var reading = Reading(scalars: Array(text.unicodeScalars), file: file)
        try reading.read()
        var table = DelimitedTable()
        table.rows = reading.rows.filter { row in row.contains { !$0.text.isEmpty } }
        return table
    }

    private struct Reading {
        let scalars: [Unicode.Scalar]
        let file: String
        var rows: [[Cell]] = []
        private var position = 0
        private var line = 1
        private var column = 1

        init(scalars: [Unicode.Scalar], file: String) {
            self.scalars = scalars
            self.file = file
        }

        mutating func read() throws(Diagnostic) {
            let separator = separator
            while position < scalars.count {
                var row: [Cell] = []
                while true {
                    row.append(try cell(until: separator))
                    guard position < scalars.count, scalars[position] == separator else { break }
                    advance()
                }
                rows.append(row)
                if position < scalars.count { advance() }
            }
        }

        /// Of the first line, outside quotation marks; a comma where there is none.
        private var separator: Unicode.Scalar {
            var counts: [Unicode.Scalar: Int] = [",": 0, ";": 0, "\t": 0]
            var isQuoted = false
            for scalar in scalars {
                if scalar == "\"" { isQuoted.toggle() }
                if !isQuoted, isLineEnd(scalar) { break }
                if !isQuoted { counts[scalar]? += 1 }
            }
            var separator: Unicode.Scalar = ","
            for other in [";", "\t"] as [Unicode.Scalar] where counts[other] ?? 0 > counts[separator] ?? 0 {
                separator = other
            }
            return separator
        }

        private mutating func cell(until separator: Unicode.Scalar) throws(Diagnostic) -> Cell {
            let start = SourceLocation(line: line, column: column)
            var text = String.UnicodeScalarView()
            if position < scalars.count, scalars[position] == "\"" {
                advance()
                while true {
                    guard position < scalars.count else {
                        throw Diagnostic(
                            "open-quotation", .error, file: file, at: start, "a quotation mark is not closed",
                            advice: "Inside a cell in quotation marks each mark is doubled: \"\".")
                    }
                    if scalars[position] == "\"" {
                        advance()
                        guard position < scalars.count, scalars[position] == "\"" else { break }
                    }
                    text.append(scalars[position])
                    advance()
                }
            }
            while position < scalars.count, scalars[position] != separator, !isLineEnd(scalars[position]) {
                text.append(scalars[position])
                advance()
            }
            return Cell(text: collapsedWhiteSpace(String(text)), location: start)
        }

        private func isLineEnd(_ scalar: Unicode.Scalar) -> Bool { scalar == "\n" || scalar == "\r" }

        private mutating func advance() {
            let scalar = scalars[position]
            position += 1
            guard isLineEnd(scalar) else {
                column += 1
                return
            }
            if scalar == "\r", position < scalars.count, scalars[position] == "\n" { position += 1 }
            line += 1
            column = 1
        }
    }
}
