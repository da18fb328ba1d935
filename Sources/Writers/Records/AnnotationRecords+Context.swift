package import TextModel

extension AnnotationRecords {
    /// Around marked words where there is no colour.
    private static let marks = ("⟦", "⟧")

    /// A passage as people read it, the words of some pieces marked; in lines behind an indentation.
    package static func passage(
        _ index: Int32, of document: Document, marking pieces: [AnchoredPiece], colours: Bool, width: Int,
        indentation: String = "    "
    ) -> String {
        let passage = document.passages[Int(index)]
        let (open, close) = colours ? ("\u{1B}[1;7m", "\u{1B}[0m") : marks
        var text: [UInt8] = []
        var position = Int(passage.reading.start)
        let ranges = pieces.filter { $0.passage == index }.map { piece in
            let from = Int(document.readingOffset(ofRaw: piece.raw.start, in: passage))
            return from..<max(from, Int(document.readingOffset(ofRaw: piece.raw.end, in: passage)))
        }
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            // Of pieces that overlap each word is marked once.
            let start = max(range.lowerBound, position)
            guard start < range.upperBound else { continue }
            text += document.reading[position..<start]
            text += open.utf8 + document.reading[start..<range.upperBound] + Array(close.utf8)
            position = range.upperBound
        }
        text += document.reading[position..<max(position, Int(passage.reading.end))]
        return wrapped(String(decoding: text, as: UTF8.self), width: width, indentation: indentation)
    }

    /// What other annotations say, a line each: layer, concepts, stance, the words, the comment.
    package static func neighbours(
        _ annotations: [AnchoredAnnotation], of document: Document, colours: Bool, width: Int
    ) -> String {
        annotations.map { anchored in
            let annotation = anchored.annotation
            let stance = annotation.stance.map { " (\($0.rawValue))" } ?? ""
            let words = anchored.pieces.map { document.rawText($0.raw) }.joined(separator: " … ")
            let comment = annotation.comment.map { " — \($0)" } ?? ""
            let concepts = annotation.concepts.map(\.id).joined(separator: ", ")
            return wrapped(
                "\(anchored.layer): \(concepts)\(stance) “\(words)”\(comment)", width: width, indentation: "    ")
        }.joined()
    }

    /// `annotate show`: all that is known of an annotation, its passage with its words marked, and what others say.
    package static func detail(
        _ anchored: AnchoredAnnotation, of document: Document?, neighbours: [AnchoredAnnotation], colours: Bool,
        width: Int
    ) -> String {
        func styled(_ code: String, _ text: String) -> String { colours ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text }
        let annotation = anchored.annotation
        var text = styled("1", anchored.qualifiedID) + "\n"
        func line(_ label: String, _ value: String?) {
            guard let value, !value.isEmpty else { return }
            let name = label + ":" + String(repeating: " ", count: max(1, 12 - label.count))
            // The label stands in front of the first line, under which the others are indented.
            let lines = wrapped(value, width: width, indentation: String(repeating: " ", count: 15))
            text += "  " + name + lines.dropFirst(15)
        }
        if let document, let piece = anchored.pieces.first {
            line("text", document.work.title.isEmpty ? document.name : "\(document.work.title)  (\(document.name))")
            line("place", document.locator(for: piece.raw, in: piece.passage).label)
        }
        line("anchor", document == nil ? "the text is not at hand" : anchored.verdict.rawValue)
        line("concepts", annotation.concepts.map(\.id).joined(separator: ", "))
        line("about", annotation.about.map(\.text).joined(separator: ", "))
        line("stance", annotation.stance?.rawValue)
        line("basis", annotation.basis?.rawValue)
        line("certainty", annotation.certainty.map { "\($0)" })
        line("content", annotation.contentTags.map(\.rawValue).joined(separator: ", "))
        line("principal", annotation.isPrincipal ? "yes" : nil)
        line("comment", annotation.comment)
        line("by", ([annotation.creator].compactMap(\.self) + annotation.otherCreators).joined(separator: ", "))
        line("created", annotation.created)
        line("modified", annotation.modified)
        if let proposal = annotation.proposal {
            let score = proposal.score.map { " \(Int(($0 * 100).rounded())) %" } ?? ""
            line("suggested", "\(proposal.suggester)\(score)" + (proposal.reason.map { ": \($0)" } ?? ""))
        }
        let quotes = annotation.targets.map { $0.quote.shown ?? $0.quote.exact ?? "(words not kept)" }
        line("words", "“" + quotes.joined(separator: " … ") + "”")
        guard let document else { return text + "\n" }
        var seen: Set<Int32> = []
        for piece in anchored.pieces where seen.insert(piece.passage).inserted {
            text += "\n"
            text += passage(
                piece.passage, of: document, marking: anchored.pieces, colours: colours, width: width)
        }
        if !neighbours.isEmpty {
            text += "\n  " + styled("2", "also here") + "\n"
            text += self.neighbours(neighbours, of: document, colours: colours, width: width)
        }
        return text + "\n"
    }
}
