package import TextModel

/// Suggestions as JSON lines for programs, and as short paragraphs for people.
package enum SuggestionRecords {
    /// One line a suggestion; offsets are scalars of the passage's raw stream.
    package static func write(_ suggestions: [Suggestion], of document: Document, into writer: inout JSONWriter) {
        guard !suggestions.isEmpty else { return }
        let names = PassageIdentifiers(document)
        for suggestion in suggestions {
            let passage = document.passages[Int(suggestion.passage)]
            writer.beginObject()
            writer.key("id")
            writer.string(suggestion.id)
            writer.key("document")
            writer.string(document.name)
            writer.key("passage")
            writer.string(names[Int(suggestion.passage)])
            writer.key("start")
            writer.int(document.scalarOffset(ofByte: suggestion.raw.start, in: passage))
            writer.key("end")
            writer.int(document.scalarOffset(ofByte: suggestion.raw.end, in: passage))
            writer.key("quote")
            writer.string(document.rawText(suggestion.raw))
            writer.key("concept")
            writer.string(suggestion.concept)
            writer.key("score")
            writer.number(rounded(suggestion.score))
            writer.key("suggester")
            writer.string(suggestion.suggester)
            writer.key("reason")
            writer.string(suggestion.reason)
            writer.key("stance")
            writer.string(suggestion.stance.rawValue)
            writer.endObject()
            writer.endLine()
        }
    }

    /// Each suggestion as its locator, concept and score, the words, and why.
    package static func text(_ suggestions: [Suggestion], of document: Document, colours: Bool, width: Int) -> String {
        guard !suggestions.isEmpty else { return "" }
        func styled(_ code: String, _ text: String) -> String { colours ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text }
        let title = document.work.title.isEmpty ? document.name : document.work.title
        var text = styled("1", "\(title)  (\(document.name))") + "\n"
        for suggestion in suggestions {
            let passage = document.passages[Int(suggestion.passage)]
            let locator = document.locator(for: suggestion.raw, in: suggestion.passage).label
            let from = document.readingOffset(ofRaw: suggestion.raw.start, in: passage)
            let to = document.readingOffset(ofRaw: suggestion.raw.end, in: passage)
            let quote = String(decoding: document.reading[Int(from)..<max(Int(from), Int(to))], as: UTF8.self)
            let stance = suggestion.stance == .supports ? "" : " (\(suggestion.stance.rawValue))"
            let score = String(Int((suggestion.score * 100).rounded()))
            text +=
                "  \(styled("36", suggestion.concept))\(stance)  \(score) %  \(locator)  \(styled("2", suggestion.id))\n"
            text += wrapped("“\(quote)”", width: width, indentation: "    ")
            text += wrapped(suggestion.reason, width: width, indentation: "    ")
        }
        return text + "\n"
    }

    /// Four digits: more say nothing of a probability.
    private static func rounded(_ score: Double) -> Double { (score * 10_000).rounded() / 10_000 }
}

/// Words in lines of at most `width` columns, each behind an indentation.
package func wrapped(_ text: String, width: Int, indentation: String = "") -> String {
    var lines = ""
    var line = indentation
    for word in text.split(whereSeparator: \.isWhitespace) {
        if line.count > indentation.count, line.count + word.count + 1 > width {
            lines += line + "\n"
            line = indentation
        }
        line += (line.count > indentation.count ? " " : "") + word
    }
    return lines + line + "\n"
}
