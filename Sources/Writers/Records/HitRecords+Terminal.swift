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
