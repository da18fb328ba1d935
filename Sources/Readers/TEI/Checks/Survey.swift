package import TextModel

/// What a folder of texts holds, and what in it the rules do not cover: one entry a document.
package struct Survey: Sendable {
    package struct Entry: Sendable {
        package var document: String
        package var title: String
        package var passages: [PassageKind: Int]
        /// Share of the characters (white space apart) that no reading text shows, 0…1.
        package var hidden: Double
        /// Numbers that more than one page of an edition has.
        package var repeatedPages: [String]
        /// Headings that more than one part has.
        package var repeatedHeads: [String]
        package var languages: [String]
        package var persons: Int
    }

    package private(set) var entries: [Entry] = []
    /// Names of elements that no rule knows, and how often each is there.
    package private(set) var elementsWithoutRule: [String: Int] = [:]

    package init() {}

    /// Adds the documents of a file. Costs a look at each byte of their texts.
    package mutating func add(_ reading: TEIReading) {
        elementsWithoutRule.merge(reading.elementsWithoutRule, uniquingKeysWith: +)
        for document in reading.documents { entries.append(Self.entry(of: document)) }
    }

    /// Passages of all documents by kind.
    package var passages: [PassageKind: Int] {
        entries.reduce(into: [:]) { $0.merge($1.passages, uniquingKeysWith: +) }
    }

    private static func entry(of document: Document) -> Entry {
        let all = document.raw.count { !isXMLSpace($0) && $0 & 0xC0 != 0x80 }
        var shown = 0
        for passage in document.passages {
            for index in passage.runs where document.runs[Int(index)].isCopied {
                let start = document.runs[Int(index)].reading
                let next = Int(index) + 1 < Int(passage.runs.upperBound)
                let end = next ? document.runs[Int(index) + 1].reading : passage.reading.end
                for byte in document.reading[Int(start)..<Int(end)] where byte != 0x20 && byte & 0xC0 != 0x80 {
                    shown += 1
                }
            }
        }
        var pages: [String: Int] = [:]
        for page in document.pages where !page.number.isEmpty {
            pages[page.number + "\u{1F}" + (page.edition ?? ""), default: 0] += 1
        }
        var heads: [String: Int] = [:]
        for part in document.parts {
            if let head = part.head, !head.isEmpty { heads[head, default: 0] += 1 }
        }
        return Entry(
            document: document.name, title: document.work.title,
            passages: document.passages.reduce(into: [:]) { $0[$1.kind, default: 0] += 1 },
            hidden: all == 0 ? 0 : Double(all - shown) / Double(all),
            repeatedPages: repeated(pages).map { String($0.prefix { $0 != "\u{1F}" }) }, repeatedHeads: repeated(heads),
            languages: document.work.languages, persons: document.work.persons.count)
    }

    private static func repeated(_ counts: [String: Int]) -> [String] {
        counts.filter { $0.value > 1 }.map(\.key).sorted()
    }
}
