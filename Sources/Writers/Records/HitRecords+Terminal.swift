package import QueryLanguage
import TextModel

extension HitRecords {
    /// `query --format table`: a row a hit.
    package static func table(_ hits: [Hit]) -> TextTable {
        var table = TextTable([.init("Work"), .init("Place"), .init("Concepts"), .init("About"), .init("Words")])
        table.rows = hits.map { hit in
            [
                hit.title, place(of: hit),
                hit.concepts.joined(separator: ", ") + (hit.stance?.sign ?? ""), hit.about.joined(separator: ", "),
                words(of: hit),
            ]
        }
        return table
    }

    /// `query --format kwic`: matches under each other, with the words left and right of them.
    ///
    /// `width` is that of the terminal; work and place take a fifth of it. The sign of the stance follows the match.
    package static func concordanceLine(_ hit: Hit, width: Int, colours: Bool) -> String {
        let label = shortened(
            [hit.title, place(of: hit)].filter { !$0.isEmpty }.joined(separator: ", "), to: max(12, width / 5))
        let rest = max(30, width - max(12, width / 5) - 4)
        let widest = rest / 2
        let context = (rest - min(widest, 20)) / 2
        guard let display = hit.display else { return label + "\n" }
        let line = ConcordanceLine(
            text: display, range: hit.marks.first ?? 0..<0, context: context, widest: min(widest, rest - context))
        let padding = String(repeating: " ", count: max(0, max(12, width / 5) - columnWidth(of: label)))
        let sign = hit.stance?.sign ?? ""
        let left = String(repeating: " ", count: max(0, context - columnWidth(of: line.left))) + line.left
        let match = colours ? "\u{1B}[1m\(line.match)\u{1B}[0m" : line.match
        // What is right of the match ends where the terminal does.
        let room = rest - context - columnWidth(of: line.match) - sign.count
        let right = shortenedAtEnd(line.right, to: max(0, room))
        var text = label + padding + "  " + left + match + sign + right
        while text.last == " " { text.removeLast() }
        return text + "\n"
    }

    private static func place(of hit: Hit) -> String { hit.locator?.label ?? "" }

    private static func words(of hit: Hit) -> String {
        guard let display = hit.display, !hit.marks.isEmpty else {
            return hit.ranges.map(\.quote).joined(separator: " … ")
        }
        let bytes = Array(display.utf8)
        return hit.marks.map { mark in
            String(decoding: bytes[max(0, mark.lowerBound)..<min(bytes.count, mark.upperBound)], as: UTF8.self)
        }.joined(separator: " … ")
    }

    private static func shortened(_ text: String, to width: Int) -> String {
        columnWidth(of: text) <= width ? text : shortenedAtEnd(text, to: width - 1) + "…"
    }

    private static func shortenedAtEnd(_ text: String, to width: Int) -> String {
        var result = ""
        var used = 0
        for character in text {
            used += columnWidth(of: character)
            guard used <= width else { break }
            result.append(character)
        }
        return result
    }
}
