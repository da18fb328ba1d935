import TextModel

extension MarkedPassage {
    /// Leaves the words out; the marks stay, with their places.
    mutating func withhold(_ document: Document) {
        withheldWords = segments.map(\.text).joined().wordCount
        segments = []
        notes = []
        guard document.work.isPaperCopy else { return }
        let place = document.passages[Int(passage)]
        let quotations = document.elements
            .filter { document.elementNames[Int($0.name)] == "quote" && place.raw.contains($0.raw) }
            .map { element in
                document.readingOffset(
                    ofRaw: element.raw.start, in: place)..<document.readingOffset(ofRaw: element.raw.end, in: place)
            }
        let end = quotations.map(\.lowerBound).min() ?? place.reading.end
        withheldWords = quotations.reduce(0) { sum, range in
            sum
                + String(decoding: document.reading[Int(range.lowerBound)..<Int(range.upperBound)], as: UTF8.self)
                .wordCount
        }
        // The paraphrase stands before the quotation; the mark that opens it belongs to neither.
        var text = String(decoding: document.reading[Int(place.reading.start)..<Int(end)], as: UTF8.self)[...]
        if !quotations.isEmpty {
            while let last = text.last, !last.isLetter, !".!?…)".contains(last) { text = text.dropLast() }
        }
        paraphrase = text.isEmpty ? nil : String(text)
    }

    /// The passage in lines of its own, the same on every sheet of a family.
    var numberedLines: NumberedLines {
        var breaks: Set<Int> = []
        var offset = 0
        for segment in segments {
            if segment.breaksLine { breaks.insert(offset) }
            offset += segment.text.utf8.count
        }
        return NumberedLines(segments.map(\.text).joined(), breaks: breaks)
    }

    /// The segments of each line: one that runs on is cut where the next line begins. The blank at a line's end
    /// stays, so that the pieces put together are the text.
    var lines: [[Segment]] {
        guard withheldWords == nil else { return [] }
        let starts = numberedLines.lines.dropFirst().map(\.lowerBound)
        var lines: [[Segment]] = [[]]
        var next = 0
        var offset = 0
        for segment in segments {
            let bytes = Array(segment.text.utf8)
            var from = 0
            while next < starts.count, starts[next] < offset + bytes.count {
                let cut = starts[next] - offset
                if cut > from { lines[lines.count - 1].append(segment.piece(bytes, from..<cut)) }
                lines.append([])
                from = cut
                next += 1
            }
            lines[lines.count - 1].append(segment.piece(bytes, from..<bytes.count))
            offset += bytes.count
        }
        return lines
    }

    /// Where the marked words stand: "line 3", "lines 3–5".
    func lineReference(of mark: Mark, start: Int32, strings: SheetStrings) -> String? {
        guard let first = mark.ranges.first else { return nil }
        let numbers = numberedLines.numbers(of: Int(first.start - start)..<Int(mark.end - start))
        return numbers.map { numbers in
            let range = numberRange(String(numbers.lowerBound), String(numbers.upperBound), style: .full)
            return strings.counted("worksheet.lines", numbers.count, ["lines": range])
        }
    }
}

extension MarkedPassage.Segment {
    /// A part of the segment: marks begin with its first piece and end with its last.
    fileprivate func piece(_ bytes: [UInt8], _ range: Range<Int>) -> Self {
        var piece = self
        piece.text = String(decoding: bytes[range], as: UTF8.self)
        piece.breaksLine = false
        if range.lowerBound > 0 {
            piece.opens = []
            piece.call = nil
        }
        if range.upperBound < bytes.count { piece.closes = [] }
        return piece
    }
}
