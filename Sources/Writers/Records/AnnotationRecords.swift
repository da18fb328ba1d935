package import TextModel

/// Annotations of one document, with the place that each has in today's text.
package enum AnnotationRecords {
    /// One line an annotation: the keys of `annotate list --format jsonl`.
    package static func write(_ annotations: [AnchoredAnnotation], of document: Document, into writer: inout JSONWriter)
    {
        guard !annotations.isEmpty else { return }
        let names = PassageIdentifiers(document)
        for anchored in annotations {
            let annotation = anchored.annotation
            writer.beginObject()
            writer.key("id")
            writer.string(anchored.qualifiedID)
            writer.key("document")
            writer.string(document.name)
            writer.key("layer")
            writer.string(anchored.layer)
            writer.key("creator")
            writer.string(annotation.creator)
            writer.key("created")
            writer.string(annotation.created)
            writer.key("modified")
            writer.string(annotation.modified)
            writer.key("ranges")
            write(anchored.pieces, of: document, names, into: &writer)
            writer.key("concepts")
            writer.strings(annotation.concepts.map(\.id))
            writer.key("about")
            writer.strings(annotation.about.map(\.text))
            writer.key("stance")
            writer.string(annotation.stance?.rawValue)
            writer.key("basis")
            writer.string(annotation.basis?.rawValue)
            writer.key("certainty")
            if let certainty = annotation.certainty { writer.number(certainty) } else { writer.null() }
            writer.key("comment")
            writer.string(annotation.comment)
            writer.key("content")
            writer.strings(annotation.contentTags.map(\.rawValue))
            writer.key("anchor")
            writer.string(anchored.verdict.rawValue)
            writer.key("quotes")
            writer.strings(annotation.targets.compactMap { $0.quote.shown ?? $0.quote.exact })
            writer.endObject()
            writer.endLine()
        }
    }

    /// Pieces of today's text: passage, scalars of its raw stream, the raw slice.
    package static func write(
        _ pieces: [AnchoredPiece], of document: Document, _ names: PassageIdentifiers, into writer: inout JSONWriter
    ) {
        writer.beginArray()
        for piece in pieces {
            let passage = document.passages[Int(piece.passage)]
            writer.beginObject()
            writer.key("passage")
            writer.string(names[Int(piece.passage)])
            writer.key("start")
            writer.int(document.scalarOffset(ofByte: piece.raw.start, in: passage))
            writer.key("end")
            writer.int(document.scalarOffset(ofByte: piece.raw.end, in: passage))
            writer.key("quote")
            writer.string(document.rawText(piece.raw))
            writer.endObject()
        }
        writer.endArray()
    }

    /// For people: id, where, what and about whom, the words, the comment.
    package static func text(
        _ annotations: [AnchoredAnnotation], of document: Document, colours: Bool, width: Int
    ) -> String {
        guard !annotations.isEmpty else { return "" }
        func styled(_ code: String, _ text: String) -> String { colours ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text }
        let title = document.work.title.isEmpty ? document.name : document.work.title
        var text = styled("1", "\(title)  (\(document.name))") + "\n"
        for anchored in annotations {
            let annotation = anchored.annotation
            var line = "  \(annotation.id)  \(anchored.layer)  "
            line += styled("36", annotation.concepts.map(\.id).joined(separator: ", "))
            let properties = [annotation.stance?.rawValue, annotation.basis?.rawValue].compactMap(\.self)
            if !properties.isEmpty { line += " (" + properties.joined(separator: ", ") + ")" }
            if !annotation.about.isEmpty { line += "  " + annotation.about.map(\.text).joined(separator: ", ") }
            if let piece = anchored.pieces.first {
                line += "  " + document.locator(for: piece.raw, in: piece.passage).label
            }
            if anchored.verdict != .exact { line += "  " + styled("33", anchored.verdict.rawValue) }
            text += line + "\n"
            let quote = annotation.targets.map { $0.quote.shown ?? $0.quote.exact ?? "(words not kept)" }
            text += wrapped("“" + quote.joined(separator: " … ") + "”", width: width, indentation: "    ")
            if let comment = annotation.comment { text += wrapped(comment, width: width, indentation: "    ") }
        }
        return text + "\n"
    }
}
