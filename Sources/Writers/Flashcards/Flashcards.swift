package import TextModel

/// Flashcards of a selection: what a concept is, what tells it from its neighbour, which concept some words show.
package struct Flashcards {
    private let material: SheetMaterial

    private var strings: SheetStrings { material.strings }

    /// A card with two sides.
    struct Card {
        /// Stable: a card that is imported again is the same card.
        var id: String
        var question: String
        /// Words from a passage, and where they stand.
        var quote: String?
        var source: String?
        var answer: String
        var reason: String?
        /// Concepts by id, for the tags.
        var concepts: [String]
    }

    package init(_ material: SheetMaterial) { self.material = material }

    package func build() -> (sheet: SheetValue, warnings: [Diagnostic]) {
        let quoted = material.quotedMarks { material.isFocus($0.annotation) }
        let sheet = material.frame(
            .flashcards, title: material.title, moment: .after, quoted: quoted,
            [
                .init(
                    "cards",
                    .array(
                        cards.map { card in
                            [
                                "id": .string(card.id), "question": .string(card.question), "quote": .text(card.quote),
                                "source": .text(card.source), "answer": .string(card.answer),
                                "reason": .text(card.reason), "concepts": .strings(card.concepts),
                            ]
                        }))
            ])
        return (sheet, material.quotationWarnings(quoted) + material.helpWarnings("flashcards"))
    }

    var cards: [Card] { material.focus.flatMap(definitions) + pairs + quotes }

    // MARK: - Cards

    private func definitions(_ concept: Concept) -> [Card] {
        guard let definition = concept.definition else { return [] }
        return [
            Card(
                id: "concept/\(concept.id)",
                question: strings("flashcards.what-is", ["concept": strings.quoted(material.label(of: concept))]),
                answer: definition, reason: concept.scopeNotes.first { $0.confusable == nil }?.text,
                concepts: [concept.id])
        ]
    }

    /// Each pair once, with the rule of the concept that the sheet is about.
    private var pairs: [Card] {
        var seen: Set<Set<String>> = []
        return material.focus.flatMap { concept in
            material.confusions(of: concept).compactMap { note -> Card? in
                guard let other = note.confusable.flatMap({ material.selection.scheme[$0] }),
                    seen.insert([concept.id, other.id]).inserted
                else { return nil }
                return Card(
                    id: "pair/" + [concept.id, other.id].sorted().joined(separator: "/"),
                    question: strings(
                        "flashcards.which-of-two",
                        ["first": material.sentence(material.label(of: concept)), "second": material.label(of: other)]),
                    answer: note.text, concepts: [concept.id, other.id])
            }
        }
    }

    /// One card an annotation, with all its words, on however many passages they stand.
    private var quotes: [Card] {
        var seen: Set<String> = []
        return material.passages.flatMap { passage in
            passage.marks.compactMap { mark -> Card? in
                let anchored = material.annotation(mark, passage)
                guard material.isFocus(anchored.annotation), seen.insert(anchored.qualifiedID).inserted else {
                    return nil
                }
                return card(anchored, passage)
            }
        }
    }

    private func card(_ anchored: AnchoredAnnotation, _ passage: MarkedPassage) -> Card {
        let annotation = anchored.annotation
        let answer: [String?] = [
            material.labels(of: annotation).joined(separator: ", "),
            strings("stance.\((annotation.stance ?? .supports).rawValue)"),
            material.about(annotation, in: passage.work),
            annotation.basis.map { strings("basis.\($0.rawValue)") },
        ]
        let source: [String?] = [
            material.title(of: passage), material.locator(anchored, in: passage.work),
            material.work(of: passage).sheetNote,
        ]
        return Card(
            id: "words/\(anchored.layer)/\(annotation.id)", question: strings("flashcards.which-concept"),
            quote: material.quote(anchored, in: passage.work),
            source: source.compactMap(\.self).filter { !$0.isEmpty }.joined(separator: ", "),
            answer: answer.compactMap(\.self).joined(separator: "; "),
            reason: annotation.comment.map(material.plain(passage).text), concepts: annotation.concepts.map(\.id))
    }

    // MARK: - Files for importing

    private var rows: [[String]] {
        cards.map { card in
            var front = Self.html(card.question)
            if let quote = card.quote { front += "<br><br>" + Self.html(strings.quoted(quote)) }
            if let source = card.source { front += "<br><small>" + Self.html(source) + "</small>" }
            var back = "<b>" + Self.html(card.answer) + "</b>"
            if let reason = card.reason { back += "<br><br>" + Self.html(reason) }
            // A blank ends a tag; two colons make it one of a family.
            let tags = (["casebook::" + material.checksum] + card.concepts.map { "casebook::" + $0 })
                .map { $0.replacing(" ", with: "-") }
            return ["casebook/" + card.id, front, back, tags.joined(separator: " ")]
        }
    }

    /// Tab-separated, as Anki imports it: the lines with `#` say what the columns are.
    ///
    /// https://docs.ankiweb.net/importing/text-files.html
    package var tsv: [UInt8] {
        var text = """
            #separator:tab
            #html:true
            #notetype:Basic
            #deck:\(material.title.replacing("\n", with: " "))
            #columns:ID\tFront\tBack\tTags
            #guid column:1
            #tags column:4

            """
        for row in rows {
            let fields = row.map { field -> String in
                let line = field.replacing("\t", with: " ").replacing("\n", with: " ")
                // In quotation marks a field may begin with anything, and its own marks are doubled.
                return "\"" + line.replacing("\"", with: "\"\"") + "\""
            }
            text += fields.joined(separator: "\t") + "\n"
        }
        return Array(text.utf8)
    }

    /// As the other, with commas: what a spreadsheet saves again is still what Anki imports.
    package var csv: [UInt8] {
        var writer = CSVWriter()
        writer.row(["#separator:Comma"])
        writer.row(["#html:true"])
        writer.row(["#notetype:Basic"])
        // A comma would put the line in quotation marks, which Anki does not expect there.
        writer.row(["#deck:" + material.title.replacing("\n", with: " ").replacing(",", with: " –")])
        writer.row(["#columns:ID", "Front", "Back", "Tags"])
        writer.row(["#guid column:1"])
        writer.row(["#tags column:4"])
        for row in rows { writer.row(row) }
        return writer.bytes
    }

    /// Text for a field that holds HTML.
    static func html(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}
