import TextModel

extension Document {
    /// Where a range of ``Document/raw`` stands. Costs a binary search among the pages and a walk up the parts.
    ///
    /// `part` names a level for people: from type and label, "chapter" and "3", it makes "ch. 3".
    func locator(of range: ByteRange, in passage: Passage, strings: SheetStrings) -> Locator {
        var chain: [Part] = []
        var index = passage.part
        while index >= 0 {
            let part = parts[Int(index)]
            if !part.isOnlyOne { chain.insert(part, at: 0) }
            index = part.parent
        }
        var locator = Locator(parts: chain.map(\.label))
        locator.page = page(at: range.start)
        let last = page(at: max(range.start, range.end - 1))
        if last != locator.page { locator.lastPage = last }
        if passage.kind == .verse || passage.kind == .speech {
            locator.line = line(at: range.start, in: passage)
            let last = line(at: max(range.start, range.end - 1), in: passage)
            if last != locator.line { locator.lastLine = last }
        }
        if passage.paragraph > 0 { locator.paragraph = Int(passage.paragraph) }
        locator.label = label(of: locator, chain: chain, passage: passage, strings: strings)
        return locator
    }

    /// Number of the page at an offset, in the first edition that the file names.
    func page(at offset: Int32) -> String? {
        let edition = pages.first?.edition
        var low = 0
        var high = pages.count
        while low < high {
            let middle = (low + high) / 2
            if pages[middle].raw <= offset { low = middle + 1 } else { high = middle }
        }
        return pages[..<low].last { $0.edition == edition && !$0.number.isEmpty }?.number
    }

    private func line(at offset: Int32, in passage: Passage) -> String? {
        lines.last { $0.raw <= offset && $0.raw >= passage.raw.start }?.number
    }

    /// `note/@n`, else the note's number in the document.
    func noteNumber(of passage: Int32) -> String? {
        guard passages[Int(passage)].kind == .note else { return nil }
        guard let index = noteCalls.firstIndex(where: { $0.note == passage }) else { return nil }
        return noteCalls[index].mark ?? String(index + 1)
    }

    /// The paragraph that people find a passage at: its own number, else that of the paragraph that calls a note or
    /// introduces a list. `nil` for headings and before the first paragraph.
    func paragraph(at passage: Passage) -> Int? {
        if passage.paragraph > 0 { return Int(passage.paragraph) }
        if passage.enclosing >= 0 { return paragraph(at: passages[Int(passage.enclosing)]) }
        guard passage.kind != .heading else { return nil }
        let before = passages.last {
            $0.part == passage.part && $0.kind.isCounted && $0.raw.start < passage.raw.start
        }
        return before.map { Int($0.paragraph) }
    }

    private func label(of locator: Locator, chain: [Part], passage: Passage, strings: SheetStrings) -> String {
        var items = chain.map { part in
            guard let type = part.type, type != "div" else { return part.label }
            let word = strings.find("locator.part.\(type)") ?? type.replacing("-", with: " ")
            return word + "\u{A0}" + part.label
        }
        if let line = locator.line {
            items.append(span(strings("locator.line"), strings("locator.lines"), line, locator.lastLine))
        } else if let paragraph = paragraph(at: passage) {
            items.append("¶\u{A0}\(paragraph)")
        }
        if let page = locator.page {
            items.append(span(strings("locator.page"), strings("locator.pages"), page, locator.lastPage))
        }
        return items.joined(separator: ", ")
    }

    private func span(_ one: String, _ several: String, _ first: String, _ last: String?) -> String {
        guard let last else { return one + "\u{A0}" + first }
        return several + "\u{A0}" + first + "–" + last
    }
}
