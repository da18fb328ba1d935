import QueryLanguage

/// A table that fits a terminal: columns as wide as their cells where there is room, the widest ones wrapped where
/// there is not.
package struct TextTable: Sendable {
    package struct Column: Sendable {
        package var title: String
        package var isNumber: Bool

        /// Numbers are set flush right and never wrapped.
        package init(_ title: String, isNumber: Bool = false) {
            self.title = title
            self.isNumber = isNumber
        }
    }

    package var columns: [Column]
    package var rows: [[String]] = []
    /// Narrower than this a column of words is no longer readable.
    private static let narrowest = 8
    private static let gap = 2

    package init(_ columns: [Column]) { self.columns = columns }

    /// Lines of at most `width` terminal columns, as far as the narrowest columns allow.
    package func text(width: Int, colours: Bool = false) -> String {
        let widths = columnWidths(within: width)
        var text = line(columns.map(\.title), widths).map { colours ? "\u{1B}[1m\($0)\u{1B}[0m\n" : $0 + "\n" }.joined()
        if !colours {
            let rules = widths.map { String(repeating: "─", count: $0) }
            text += rules.joined(separator: String(repeating: " ", count: Self.gap)) + "\n"
        }
        for row in rows { for line in line(row, widths) { text += line + "\n" } }
        return text
    }

    /// Takes from the widest column until the table fits.
    private func columnWidths(within width: Int) -> [Int] {
        var widths = columns.indices.map { index in
            rows.reduce(columnWidth(of: columns[index].title)) { max($0, columnWidth(of: $1[index])) }
        }
        var excess = widths.reduce(0, +) + Self.gap * max(0, widths.count - 1) - width
        while excess > 0 {
            let shrinkable = widths.indices.filter { !columns[$0].isNumber && widths[$0] > Self.narrowest }
            guard let widest = shrinkable.max(by: { widths[$0] < widths[$1] }) else { break }
            widths[widest] -= 1
            excess -= 1
        }
        return widths
    }

    private func line(_ cells: [String], _ widths: [Int]) -> [String] {
        let wrapped = cells.indices.map { Self.wrap(cells[$0], to: widths[$0]) }
        let height = wrapped.map(\.count).max() ?? 0
        return (0..<height).map { row in
            var line = ""
            for index in cells.indices {
                let cell = row < wrapped[index].count ? wrapped[index][row] : ""
                let padding = String(repeating: " ", count: max(0, widths[index] - columnWidth(of: cell)))
                line += columns[index].isNumber ? padding + cell : cell + padding
                if index < cells.count - 1 { line += String(repeating: " ", count: Self.gap) }
            }
            while line.last == " " { line.removeLast() }
            return line
        }
    }

    /// Words in lines of at most `width` columns; a longer word is cut.
    static func wrap(_ text: String, to width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        var used = 0
        for word in text.split(whereSeparator: \.isWhitespace) {
            var word = word
            var wordWidth = columnWidth(of: String(word))
            if used > 0, used + 1 + wordWidth > width {
                lines.append(line)
                line = ""
                used = 0
            }
            while wordWidth > width {
                var piece = ""
                var pieceWidth = 0
                while let next = word.first, pieceWidth + columnWidth(of: next) <= max(1, width) {
                    piece.append(next)
                    pieceWidth += columnWidth(of: next)
                    word = word.dropFirst()
                }
                // A character wider than the column is set all the same.
                if piece.isEmpty, let next = word.first {
                    piece.append(next)
                    word = word.dropFirst()
                }
                lines.append(piece)
                wordWidth = columnWidth(of: String(word))
            }
            guard !word.isEmpty else { continue }
            line += (used > 0 ? " " : "") + word
            used += (used > 0 ? 1 : 0) + wordWidth
        }
        if !line.isEmpty || lines.isEmpty { lines.append(line) }
        return lines
    }
}
