extension Document {
    /// A document of one `p` that holds a text: what is scored when there is no file. White space is collapsed for
    /// reading, as in a file.
    package init(onePassage text: String, language: String, path: String = "") {
        self.init(path: path)
        languages = [language]
        elementNames = ["p"]
        raw = Array(text.utf8)
        let whole = ByteRange(0, raw.count)
        elements = [ElementRecord(parent: -1, name: 0, position: 1, id: nil, raw: whole)]
        ownPieces = [whole]
        var index = 0
        while index < raw.count {
            let isBlank = raw[index] == 0x20 || raw[index] &- 9 < 5
            let start = index
            while index < raw.count, (raw[index] == 0x20 || raw[index] &- 9 < 5) == isBlank { index += 1 }
            if !isBlank {
                runs.append(ReadingRun(reading: Int32(reading.count), raw: Int32(start), isCopied: true))
                reading += raw[start..<index]
            } else if !reading.isEmpty, index < raw.count {
                runs.append(ReadingRun(reading: Int32(reading.count), raw: Int32(start), isCopied: false))
                reading.append(UInt8(ascii: " "))
            }
        }
        passages = [
            Passage(
                element: 0, kind: .text, language: 0, part: -1, paragraph: 1, enclosing: -1, raw: whole, own: 0..<1,
                reading: ByteRange(0, reading.count), runs: 0..<Int32(runs.count))
        ]
    }
}
