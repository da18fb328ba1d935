import LayerFiles
import TextModel

/// A book that is at hand on paper only, as far as a teacher's notes go: what they say about the book, and a text of
/// passages made of the notes.
package struct PaperCopy: Sendable {
    package var title: String
    package var author: String?
    /// The edition whose pages the sheet names: "Dutton, 2025".
    package var edition: String
    /// Another edition, and what is added to a page of the first to find its page there.
    package var otherEdition: (name: String, offset: Int)?
    /// Words of the whole book, for the share that is quoted; `nil` where nobody has counted them.
    package var words: Int?
    package var language: String

    package init(title: String, author: String?, edition: String, language: String) {
        self.title = title
        self.author = author
        self.edition = edition
        self.language = language
    }

    /// Ids of what a row becomes.
    static func passageID(_ row: PaperSheet.Row) -> String { "r\(row.number)" }
    static func quoteID(_ row: PaperSheet.Row) -> String { "q\(row.number)" }

    /// The text: rows in the order of their pages, each a passage.
    func tei(_ sheet: PaperSheet, id: String, persons: [Person]) -> [UInt8] {
        var markup = PaperMarkup()
        writeHeader(id, persons, &markup)
        markup.raw(" <text>\n  <body>\n")
        let rows = sheet.rows.enumerated().sorted { left, right in
            let (first, second) = (Self.order(left.element.page), Self.order(right.element.page))
            return first == second ? left.offset < right.offset : first < second
        }.map(\.element)
        var chapter: String?
        var page: String?
        var isOpen = false
        for row in rows {
            if !isOpen || row.chapter != chapter {
                if isOpen { markup.raw("   </div>\n") }
                markup.raw("   <div type=\"\(row.chapter == nil ? "excerpts" : "chapter")\"")
                if let name = row.chapter { markup.attribute("n", name) }
                markup.raw(">\n")
                (isOpen, chapter) = (true, row.chapter)
            }
            if row.page != page { writePage(row.page, &markup) }
            page = row.page
            write(row, persons, &markup)
        }
        if isOpen { markup.raw("   </div>\n") }
        markup.raw("  </body>\n </text>\n</TEI>\n")
        return Array(markup.text.utf8)
    }

    // MARK: - Header

    private func writeHeader(_ id: String, _ persons: [Person], _ markup: inout PaperMarkup) {
        markup.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TEI xmlns=\"http://www.tei-c.org/ns/1.0\"")
        markup.attribute("xml:lang", language)
        markup.attribute("xml:id", id)
        markup.raw(">\n <teiHeader>\n  <fileDesc>\n   <titleStmt>")
        markup.element("title", title)
        if let author { markup.element("author", author) }
        markup.raw("</titleStmt>\n")
        if let words {
            markup.raw("   <extent><measure unit=\"words\" quantity=\"\(words)\">\(words) words</measure></extent>\n")
        }
        markup.raw(
            "   <publicationStmt><authority>A teacher’s notes</authority><availability status=\"restricted\">"
                + "<p>Words of the book are quoted for teaching, as few as show which sentence is meant.</p>"
                + "</availability></publicationStmt>\n   <notesStmt>")
        markup.element(
            "note",
            "From a paper copy: words in quotation marks are the book’s, all others a paraphrase.",
            [("type", "paper")])
        for name in [edition] + [otherEdition?.name].compactMap(\.self) {
            markup.element("note", name, [("type", "edition")])
        }
        markup.raw("</notesStmt>\n   <sourceDesc>")
        markup.element("bibl", edition)
        markup.raw("</sourceDesc>\n  </fileDesc>\n  <profileDesc>\n   <langUsage>")
        markup.element("language", language, [("ident", language)])
        markup.raw("</langUsage>\n")
        if !persons.isEmpty {
            markup.raw("   <particDesc><listPerson>\n")
            for person in persons {
                markup.raw("    <person")
                markup.attribute("xml:id", person.id)
                markup.raw(">")
                markup.element("persName", person.name)
                markup.raw("</person>\n")
            }
            markup.raw("   </listPerson></particDesc>\n")
        }
        markup.raw("  </profileDesc>\n </teiHeader>\n")
    }

    // MARK: - Text

    private func writePage(_ page: String, _ markup: inout PaperMarkup) {
        func write(_ number: String, _ edition: String) {
            markup.raw("    <pb")
            markup.attribute("n", number)
            markup.attribute("ed", Work.editionKey(edition))
            markup.raw("/>\n")
        }
        write(page, edition)
        guard let otherEdition else { return }
        // Pages before the first chapter are numbered apart in every edition: they do not move along.
        write(Int(page).map { String($0 + otherEdition.offset) } ?? page, otherEdition.name)
    }

    private func write(_ row: PaperSheet.Row, _ persons: [Person], _ markup: inout PaperMarkup) {
        markup.raw("    ")
        let speaker = row.speaker.flatMap { Self.isNarrator($0) ? nil : $0 }
        if let speaker {
            markup.raw("<sp")
            if let person = persons.first(where: { $0.names.contains(speaker) }) {
                markup.attribute("who", "#" + person.id)
            }
            markup.raw(">")
            markup.element("speaker", speaker)
        }
        markup.raw("<p")
        markup.attribute("xml:id", Self.passageID(row))
        markup.raw(">")
        if let paraphrase = row.paraphrase { markup.element("seg", paraphrase, [("type", "paraphrase")]) }
        if row.paraphrase != nil, row.quote != nil { markup.raw(" ") }
        if let quote = row.quote {
            let marks = Self.quotationMarks[language.split(separator: "-").first.map(String.init) ?? ""] ?? ("“", "”")
            markup.raw(marks.0)
            markup.element("quote", quote, [("xml:id", Self.quoteID(row))])
            markup.raw(marks.1)
        }
        markup.raw(speaker == nil ? "</p>\n" : "</p></sp>\n")
    }

    private static let quotationMarks = ["de": ("„", "“"), "fr": ("« ", " »"), "es": ("«", "»")]

    static func isNarrator(_ speaker: String) -> Bool {
        ["narrator", "narration", "erzähler", "erzählerin", "narrateur", "narratrice", "narrador", "narradora"]
            .contains(speaker.lowercased())
    }

    /// Roman pages come before Arabic ones; 27a after 27.
    private static func order(_ page: String) -> (Int, Int, Int) {
        if let roman = RomanNumeral.value(page) { return (0, roman, 0) }
        let digits = page.prefix { $0.isNumber }
        let letter = page.dropFirst(digits.count).unicodeScalars.first.map { Int($0.value) } ?? 0
        return (1, Int(digits) ?? 0, letter)
    }
}

/// XML that is being written.
private struct PaperMarkup {
    private(set) var text = ""

    mutating func raw(_ markup: String) { text += markup }

    mutating func attribute(_ name: String, _ value: String) {
        text += " \(name)=\"" + Self.escaped(value).replacing("\"", with: "&quot;") + "\""
    }

    mutating func element(_ name: String, _ content: String, _ attributes: [(String, String)] = []) {
        raw("<" + name)
        for (name, value) in attributes { attribute(name, value) }
        raw(">" + Self.escaped(content) + "</\(name)>")
    }

    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            // What XML cannot hold, not even as a reference.
            case "\u{0}"..."\u{8}", "\u{B}", "\u{C}", "\u{E}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": break
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
