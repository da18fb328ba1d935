package import QueryLanguage
import TextModel

/// `query --format html`: what a query found, as one page. A list for looking things up; a sheet for people to
/// learn from is the handout.
package struct HitsPage {
    private let strings: SheetStrings
    private let labels: [String: String]

    /// `labels` are the concepts' preferred labels by id.
    package init(strings: SheetStrings, labels: [String: String]) {
        self.strings = strings
        self.labels = labels
    }

    package func sheet(_ hits: [Hit], query: String, program: String, date: String) -> SheetValue {
        let count = HitCount(hits)
        return [
            "kind": "hits", "language": .string(strings.language), "title": .string(query),
            "runningTitle": .string(cssString(query)), "paper": .null,
            "subtitle": .string(summary(count)), "isEmpty": .bool(hits.isEmpty),
            "hits": .array(hits.enumerated().map { value($1, number: $0 + 1) }),
            "citation": .string(strings("hits.made", ["version": program, "date": strings.day(date)])),
        ]
    }

    /// "15 passages: 12 evidence for, 3 speak against".
    private func summary(_ count: HitCount) -> String {
        let parts = [
            ("supports", count.supports), ("contradicts", count.contradicts), ("ambiguous", count.ambiguous),
        ].filter { $0.1 > 0 }.map { strings.counted("hits.\($0.0)", $0.1) }
        let all = strings.counted("hits.all", count.all)
        return parts.isEmpty ? all : all + ": " + parts.joined(separator: ", ")
    }

    private func value(_ hit: Hit, number: Int) -> SheetValue {
        [
            "number": .int(number), "title": .string(hit.title), "locator": .text(hit.locator?.label),
            "concepts": .text(hit.concepts.map { labels[$0] ?? $0 }.joined(separator: ", ")),
            "sign": .text(hit.stance?.sign),
            "stance": hit.stance == .supports ? .null : .text(hit.stance.map { strings("stance.\($0.rawValue)") }),
            "basis": .text(hit.basis.map { strings("basis.\($0.rawValue)") }),
            "layers": .text(hit.layers.joined(separator: ", ")),
            "pieces": .array(pieces(hit)),
            "partner": hit.partner.map { partner in
                [
                    "title": .string(partner.title), "locator": .text(partner.locator?.label),
                    "concepts": .text(partner.concepts.map { labels[$0] ?? $0 }.joined(separator: ", ")),
                    "pieces": .array(pieces(partner)),
                ]
            } ?? .null,
        ]
    }

    private func pieces(_ hit: Hit) -> [SheetValue] {
        guard let display = hit.display else { return [] }
        let bytes = Array(display.utf8)
        var pieces: [SheetValue] = []
        var place = 0
        func add(_ end: Int, isMarked: Bool) {
            guard place < end else { return }
            pieces.append([
                "text": .string(String(decoding: bytes[place..<end], as: UTF8.self)), "isMarked": .bool(isMarked),
            ])
            place = end
        }
        for mark in hit.marks {
            add(min(mark.lowerBound, bytes.count), isMarked: false)
            add(min(mark.upperBound, bytes.count), isMarked: true)
        }
        add(bytes.count, isMarked: false)
        return pieces
    }
}
