package import QueryLanguage
import TextModel

extension HitRecords {
    /// Columns of `query --format csv`; lists are joined by blanks.
    package static let columns = [
        "document", "title", "passage", "kind", "locator", "start", "end", "quote", "concepts", "annotations", "layers",
        "about", "stance", "basis", "anchor",
    ]

    package static func cells(of hit: Hit) -> [String] {
        [
            hit.document, hit.title, hit.passage ?? "", hit.kind?.rawValue ?? "", hit.locator?.label ?? "",
            hit.start.map(String.init) ?? "", hit.end.map(String.init) ?? "",
            hit.ranges.map { collapsed($0.quote) }.joined(separator: " … "), hit.concepts.joined(separator: " "),
            hit.annotations.joined(separator: " "), hit.layers.joined(separator: " "),
            hit.about.joined(separator: " "), hit.stance?.rawValue ?? "", hit.basis?.rawValue ?? "",
            hit.anchor?.rawValue ?? "",
        ]
    }

    /// A hit for people: where, which concept and stance, and the words around what matched, the match marked.
    ///
    /// A hit takes one line of place and concepts and one or two of words, each at most `width` columns.
    package static func text(_ hit: Hit, colours: Bool, width: Int) -> String {
        func styled(_ code: String, _ text: String) -> String { colours ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text }
        var head = styled("1", hit.title)
        if let locator = hit.locator?.label, !locator.isEmpty { head += "  " + locator }
        if !hit.concepts.isEmpty {
            head += "  " + styled("36", hit.concepts.joined(separator: ", "))
            if let stance = hit.stance, stance != .supports { head += styled("33", " (\(stance.rawValue))") }
        }
        if !hit.about.isEmpty { head += "  " + hit.about.joined(separator: ", ") }
        var text = head + "\n"
        if let display = hit.display { text += excerpt(of: display, marks: hit.marks, styled, width: width) }
        if let partner = hit.partner {
            text +=
                "    ↔ " + (partner.locator?.label ?? partner.document) + "  "
                + styled("36", partner.concepts.joined(separator: ", ")) + "\n"
            if let display = partner.display {
                text += excerpt(of: display, marks: partner.marks, styled, width: width)
            }
        }
        return text
    }

    /// About two lines of a passage around its first mark.
    private static func excerpt(
        of display: String, marks: [Range<Int>], _ styled: (String, String) -> String, width: Int
    ) -> String {
        let bytes = Array(display.utf8)
        // Two lines of the width, less indentation and ellipses.
        let budget = max(40, 2 * (width - 6))
        let first = marks.first ?? 0..<0
        let before = max(0, (budget - first.count) / 3)
        let from = wordStart(in: bytes, at: max(0, first.lowerBound - before))
        let to = wordEnd(in: bytes, at: min(bytes.count, max(from + budget, min(first.upperBound, from + 2 * budget))))
        var text = from > 0 ? "… " : ""
        var place = from
        for mark in marks where mark.lowerBound < to && mark.upperBound > from {
            let start = max(mark.lowerBound, place)
            let end = min(mark.upperBound, to)
            guard start < end else { continue }
            text += String(decoding: bytes[place..<start], as: UTF8.self)
            let words = String(decoding: bytes[start..<end], as: UTF8.self)
            // Without colour a mark must be seen too, and stay visible when lines are wrapped.
            text +=
                styled("7", "").isEmpty
                ? "[\(words)]" : words.split(separator: " ").map { styled("7", String($0)) }.joined(separator: " ")
            place = end
        }
        text += String(decoding: bytes[place..<max(place, to)], as: UTF8.self)
        if to < bytes.count { text += " …" }
        return wrapped(text, width: width, indentation: "    ")
    }

    private static func wordStart(in bytes: [UInt8], at offset: Int) -> Int {
        guard offset > 0 else { return 0 }
        var place = offset
        while place < bytes.count, bytes[place - 1] != UInt8(ascii: " ") { place += 1 }
        return place
    }

    private static func wordEnd(in bytes: [UInt8], at offset: Int) -> Int {
        var place = offset
        while place < bytes.count, bytes[place] != UInt8(ascii: " ") { place += 1 }
        return place
    }

    private static func collapsed(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
