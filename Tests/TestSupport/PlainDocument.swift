package import TextModel

/// A document of plain paragraphs, for tests that need text but no XML: each string is a `p` of one `div`, with
/// the `xml:id` p1, p2, …; raw and reading text are the same, paragraphs joined by a line feed in the raw text.
package func plainDocument(_ paragraphs: [String], path: String = "plain.xml", language: String = "en") -> Document {
    var document = Document(path: path)
    document.work.title = "Plain"
    document.languages = [language]
    document.elementNames = ["TEI", "text", "body", "div", "p"]
    for (index, name) in document.elementNames.dropLast().enumerated() {
        document.elements.append(
            ElementRecord(
                parent: Int32(index) - 1, name: Int32(index), position: 1, id: name == "TEI" ? "plain" : nil,
                raw: ByteRange(0, 0)))
    }
    for (index, paragraph) in paragraphs.enumerated() {
        let bytes = Array(paragraph.utf8)
        let raw = ByteRange(document.raw.count, document.raw.count + bytes.count)
        let reading = ByteRange(document.reading.count, document.reading.count + bytes.count)
        document.elements.append(
            ElementRecord(parent: 3, name: 4, position: Int32(index) + 1, id: "p\(index + 1)", raw: raw))
        document.ownPieces.append(raw)
        document.runs.append(ReadingRun(reading: reading.start, raw: raw.start, isCopied: true))
        let slot = Int32(index)
        document.passages.append(
            Passage(
                element: Int32(document.elements.count) - 1, kind: .text, language: 0, part: 0, paragraph: slot + 1,
                enclosing: -1, raw: raw, own: slot..<slot + 1, reading: reading, runs: slot..<slot + 1))
        document.raw += bytes + [UInt8(ascii: "\n")]
        document.reading += bytes
    }
    let whole = ByteRange(0, document.raw.count)
    for index in 0..<4 { document.elements[index].raw = whole }
    document.parts = [
        Part(parent: -1, element: 3, type: "chapter", label: "1", head: nil, isOnlyOne: true, raw: whole)
    ]
    return document
}
