import TextModel
import WordForms

/// References in the order and form of APA.
enum ReferenceList {
    /// Each source once: by authors, then year; the pieces of its text say what stands in italics.
    static func sorted(_ sources: [Source], strings: SheetStrings) -> [SheetValue] {
        let collation = Collation(language: strings.language)
        var seen: Set<String> = []
        return sources.filter { seen.insert($0.text).inserted }
            .sorted { compare($0, $1, collation) < 0 }
            .map { source in
                [
                    "pieces": .array(pieces(source)), "doi": .text(source.doi),
                    "url": .text(source.doi.map { "https://doi.org/" + $0 }),
                ]
            }
    }

    private static func compare(_ left: Source, _ right: Source, _ collation: Collation) -> Int {
        for (a, b) in zip(left.authors, right.authors) {
            let order = collation.compareLetters(a, b)
            if order != 0 { return order }
        }
        if left.authors.count != right.authors.count, !left.authors.isEmpty, !right.authors.isEmpty {
            return left.authors.count - right.authors.count
        }
        if !left.authors.isEmpty, !right.authors.isEmpty, left.year != right.year {
            return (left.year ?? "") < (right.year ?? "") ? -1 : 1
        }
        return collation.compare(left.text, right.text)
    }

    /// The text cut where italics begin and end.
    private static func pieces(_ source: Source) -> [SheetValue] {
        var pieces: [SheetValue] = []
        var rest = source.text[...]
        for italic in source.italic where !italic.isEmpty {
            guard let range = rest.firstRange(of: italic) else { continue }
            if range.lowerBound > rest.startIndex {
                pieces.append(["text": .string(String(rest[..<range.lowerBound])), "italic": .bool(false)])
            }
            pieces.append(["text": .string(String(rest[range])), "italic": .bool(true)])
            rest = rest[range.upperBound...]
        }
        if !rest.isEmpty { pieces.append(["text": .string(String(rest)), "italic": .bool(false)]) }
        return pieces
    }
}
