package import Readers
package import TextModel

/// What a teacher has noted in the margin of a paperback: a row a passage, with its page.
///
/// The words of the book are not at hand and mostly must not be: a row holds a paraphrase in the teacher's own words,
/// and at most ``quotationLimit`` words of the book.
package struct PaperSheet: Sendable {
    package struct Row: Sendable, Equatable {
        package var page: String
        package var chapter: String?
        package var speaker: String?
        package var paraphrase: String?
        package var quote: String?
        package var concepts: [String] = []
        /// Names or ids, two with `>` between them for a dyad.
        package var about: [String] = []
        package var stance: String?
        package var basis: String?
        package var comment: String?
        package var content: [String] = []
        /// Where the cells stand, by column; empty where the sheet has no lines to point to.
        package var locations: [Column: SourceLocation] = [:]
        /// Of the sheet, the heading counted: what a spreadsheet shows at its edge.
        package var number: Int
    }

    package enum Column: String, Sendable, CaseIterable {
        case page, chapter, speaker, paraphrase, quote, concept, about, stance, basis, comment, content

        /// What people write above the column as well.
        fileprivate static let others: [String: Column] = [
            "pages": .page, "p.": .page, "quotation": .quote, "quoted words": .quote, "words": .quote,
            "concepts": .concept, "note": .comment, "who": .about, "part": .chapter, "summary": .paraphrase,
        ]

        fileprivate init?(heading: String) {
            let name = heading.lowercased()
            guard let column = Column(rawValue: name) ?? Self.others[name] else { return nil }
            self = column
        }
    }

    /// Path as the user gave it.
    package var file: String
    package var rows: [Row] = []

    /// So many words show a teacher which sentence is meant, and are no excerpt yet.
    package static let quotationLimit = 25

    /// Reads a table whose first row names the columns. What is wrong is reported with its place; rows in which
    /// something is wrong are left out.
    package static func read(
        _ table: [[DelimitedTable.Cell]], file: String, hasLines: Bool = true
    ) -> (sheet: PaperSheet, diagnostics: [Diagnostic]) {
        var reading = Reading(file: file, hasLines: hasLines)
        reading.read(table)
        return (PaperSheet(file: file, rows: reading.rows), reading.diagnostics)
    }

    private struct Reading {
        let file: String
        let hasLines: Bool
        var rows: [Row] = []
        var diagnostics: [Diagnostic] = []

        init(file: String, hasLines: Bool) {
            self.file = file
            self.hasLines = hasLines
        }

        mutating func read(_ table: [[DelimitedTable.Cell]]) {
            guard let heading = table.first else {
                return report("empty-sheet", nil, 1, "the sheet is empty", Self.needed)
            }
            var columns: [Column?] = []
            for cell in heading {
                let column = Column(heading: cell.text)
                if column == nil, !cell.text.isEmpty {
                    let near = nearestNames(to: cell.text, among: Column.allCases.map(\.rawValue)).first
                    report(
                        "unknown-column", cell, 1, "unknown column “\(cell.text)”: it is left out",
                        near.map { "Did you mean “\($0)”?" } ?? Self.needed, .warning)
                }
                if let column, columns.contains(column) {
                    report("double-column", cell, 1, "a second column “\(cell.text)”", nil)
                }
                columns.append(column)
            }
            guard columns.contains(.page), columns.contains(.paraphrase) || columns.contains(.quote) else {
                return report(
                    "missing-column", heading.first, 1, "the first row names no page, or no words", Self.needed)
            }
            for (index, cells) in table.enumerated().dropFirst() { read(cells, columns, number: index + 1) }
        }

        private static let needed =
            "The first row names the columns: page, speaker, paraphrase, quote, concept; also chapter, about, stance, basis, comment, content."

        private mutating func read(_ cells: [DelimitedTable.Cell], _ columns: [Column?], number: Int) {
            var values: [Column: String] = [:]
            var row = Row(page: "", number: number)
            for (cell, column) in zip(cells, columns) {
                guard let column, !cell.text.isEmpty else { continue }
                values[column] = cell.text
                if hasLines { row.locations[column] = cell.location }
            }
            if let extra = cells.dropFirst(columns.count).first(where: { !$0.text.isEmpty }) {
                return report(
                    "extra-cell", extra, number, "“\(extra.text)” stands under no column",
                    "A comma inside a cell needs quotation marks around the cell.")
            }
            let first = cells.first
            guard let page = values[.page] else {
                return report(
                    "missing-page", first, number, "no page", "Write the page on which the words begin.")
            }
            guard Self.isPage(page) else {
                return report(
                    "bad-page", cell(.page, cells, columns), number, "“\(page)” is not one page",
                    "Write the page on which the words begin: 27, xii, 27a.")
            }
            row.page = page
            row.chapter = values[.chapter]
            row.speaker = values[.speaker]
            row.paraphrase = values[.paraphrase]
            row.quote = values[.quote].map(Self.withoutMarks)
            guard row.paraphrase != nil || row.quote != nil else {
                return report("missing-words", first, number, "neither a paraphrase nor quoted words", nil)
            }
            let count = row.quote?.split(separator: " ").count ?? 0
            guard count <= PaperSheet.quotationLimit else {
                return report(
                    "long-quotation", cell(.quote, cells, columns), number,
                    "\(count) quoted words; \(PaperSheet.quotationLimit) are the most",
                    "Keep the words that carry the concept and paraphrase the rest.")
            }
            row.concepts = Self.list(values[.concept])
            row.about = Self.list(values[.about])
            row.stance = values[.stance]?.lowercased()
            row.basis = values[.basis]?.lowercased()
            row.comment = values[.comment]
            row.content = Self.list(values[.content])
            rows.append(row)
        }

        private func cell(
            _ column: Column, _ cells: [DelimitedTable.Cell], _ columns: [Column?]
        ) -> DelimitedTable.Cell? {
            zip(cells, columns).first { $0.1 == column }?.0
        }

        /// Several in one cell, with `;` or `,` between them.
        private static func list(_ text: String?) -> [String] {
            (text ?? "").split { $0 == ";" || $0 == "," || $0 == "|" }.map { collapsedWhiteSpace(String($0)) }
                .filter { !$0.isEmpty }
        }

        /// A number, Arabic or Roman, perhaps with a letter.
        private static func isPage(_ text: String) -> Bool {
            let digits = text.prefix { $0.isASCII && $0.isNumber }
            let rest = text.dropFirst(digits.count)
            if !digits.isEmpty { return rest.isEmpty || (rest.count == 1 && rest.allSatisfy(\.isLetter)) }
            return RomanNumeral.value(text) != nil
        }

        /// The marks are set again where the words are shown.
        private static func withoutMarks(_ quote: String) -> String {
            let pairs: [(Character, Character)] = [("“", "”"), ("\"", "\""), ("„", "“"), ("«", "»"), ("‘", "’")]
            guard quote.count > 2, let first = quote.first, let last = quote.last,
                pairs.contains(where: { $0 == (first, last) })
            else { return quote }
            return String(quote.dropFirst().dropLast())
        }

        private mutating func report(
            _ identifier: String, _ cell: DelimitedTable.Cell?, _ number: Int, _ summary: String, _ advice: String?,
            _ severity: Diagnostic.Severity = .error
        ) {
            // A table of a word processor has no lines: its rows are counted instead.
            let summary = hasLines ? summary : "row \(number): " + summary
            diagnostics.append(
                Diagnostic(
                    identifier, severity, file: file, at: hasLines ? cell?.location : nil, summary, advice: advice))
        }
    }
}

/// Numbers of pages before the first chapter.
package enum RomanNumeral {
    private static let values: [Character: Int] = [
        "i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000,
    ]

    /// `nil` for what is no Roman numeral; `iix` is none, nor is `did`.
    package static func value(_ text: String) -> Int? {
        let digits = text.lowercased().compactMap { values[$0] }
        guard digits.count == text.count, !digits.isEmpty else { return nil }
        var total = 0
        for (index, digit) in digits.enumerated() {
            let next = index + 1 < digits.count ? digits[index + 1] : 0
            total += digit < next ? -digit : digit
        }
        return total > 0 && self.text(total) == text.lowercased() ? total : nil
    }

    package static func text(_ number: Int) -> String {
        let steps = [
            (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
            (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
        ]
        var rest = number
        var text = ""
        for (value, digits) in steps {
            while rest >= value {
                text += digits
                rest -= value
            }
        }
        return text
    }
}
