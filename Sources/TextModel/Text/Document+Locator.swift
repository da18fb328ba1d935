extension Document {
    /// Where a range of a passage stands, as people cite it.
    ///
    /// Computed for the range, not the passage: pages turn inside paragraphs. `edition` picks one of several
    /// paginations (`pb/@ed`); without it the first one of the text counts. Needs parts, pages, lines, speeches and
    /// passages of the document, not its elements.
    package func locator(for range: ByteRange, in index: Int32, edition: String? = nil) -> Locator {
        let passage = passages[Int(index)]
        var locator = Locator()
        let path = partPath(of: passage)
        locator.parts = path.map { parts[Int($0)].label }
        setPages(of: range, edition: edition ?? pages.first?.edition, in: &locator)
        setLines(of: range, in: passage, &locator)
        locator.paragraph = paragraph(of: passage)

        let partWords = path.map { self.partWords($0) }
        var words = partWords
        if passage.kind == .speech, let speaker = speaker(of: index) { words.append(speaker) }
        if let line = locator.line {
            words.append(locator.lastLine.map { "ll. \(line)–\($0)" } ?? "l. \(line)")
        } else if let paragraph = locator.paragraph, passage.kind != .speech {
            words.append("¶ \(paragraph)")
        }
        let page = locator.page.map { page in locator.lastPage.map { "pp. \(page)–\($0)" } ?? "p. \(page)" }
        if passage.kind == .note {
            let mark = noteMark(of: index).map { "n. \($0)" } ?? "note"
            words.append(page.map { "\($0) \(mark)" } ?? mark)
        } else if let page {
            words.append(page)
        }
        if words.isEmpty { words = [Self.name(of: passage.kind)] }
        locator.label = words.joined(separator: ", ")
        locator.short = short(locator, partWords, fallback: words, edition: edition ?? pages.first?.edition)
        return locator
    }

    /// An island that is not counted itself stands in the paragraph around it.
    private func paragraph(of passage: Passage) -> Int? {
        if passage.paragraph > 0 { return Int(passage.paragraph) }
        guard passage.enclosing >= 0, [.list, .table, .description, .heading].contains(passage.kind) else { return nil }
        return paragraph(of: passages[Int(passage.enclosing)])
    }

    /// What is left to say of a place without part, page and number.
    private static func name(of kind: PassageKind) -> String {
        switch kind {
        case .front: "front matter"
        case .stage: "stage direction"
        default: kind.rawValue
        }
    }

    // MARK: - Parts

    /// Parts around a passage from the outside in, without those that occur once.
    private func partPath(of passage: Passage) -> [Int32] {
        var path: [Int32] = []
        var part = passage.part
        while part >= 0 {
            if !parts[Int(part)].isOnlyOne { path.append(part) }
            part = parts[Int(part)].parent
        }
        return path.reversed()
    }

    /// `ch. 3`, `act 1`; a part whose kind is there once among its neighbours by its name alone: `preface`.
    private func partWords(_ index: Int32) -> String {
        let part = parts[Int(index)]
        if let word = LevelWord.word(for: part) { return "\(word) \(part.label)" }
        guard let type = part.type?.lowercased(), type.allSatisfy({ $0.isLetter || $0 == "-" || $0 == "_" }) else {
            return "sec. \(part.label)"
        }
        let name = String(type.map { $0 == "_" ? " " : $0 })
        let isSingle =
            part.label == "1" && !parts.contains { $0.parent == part.parent && $0.type == part.type && $0.label != "1" }
        return isSingle ? name : "\(name) \(part.label)"
    }

    /// The outermost part around a passage, `ch. 3`; `nil` where the text has none, or one only.
    package func partName(of passage: Passage) -> String? { partPath(of: passage).first.map(partWords) }

    // MARK: - Pages and lines

    private func setPages(of range: ByteRange, edition: String?, in locator: inout Locator) {
        let first = page(before: range.start + 1, edition: edition)
        let last = page(before: max(range.end, range.start + 1), edition: edition)
        locator.page = first
        if let last, last != first { locator.lastPage = last }
    }

    /// Number of the last page that starts before an offset.
    private func page(before offset: Int32, edition: String?) -> String? {
        var index = pages.partition(from: offset) { $0.raw }
        while index > 0 {
            index -= 1
            if pages[index].edition == edition, !pages[index].number.isEmpty { return pages[index].number }
        }
        return nil
    }

    private func setLines(of range: ByteRange, in passage: Passage, _ locator: inout Locator) {
        // Only a passage in which lines start is cited by lines: prose after a song is not.
        let firstInside = lines.partition(from: passage.raw.start) { $0.raw }
        guard passage.kind != .front, firstInside < lines.count, lines[firstInside].raw < passage.raw.end else {
            return
        }
        // Verse begins with its first line, whatever stands before it (a speaker); prose is cited by lines where
        // the range starts in one.
        let start = passage.kind == .text ? range.start : max(range.start, lines[firstInside].raw)
        let first = lines.partition(from: start + 1) { $0.raw } - 1
        guard first >= firstInside else { return }
        let last = lines.partition(from: max(range.end, start + 1)) { $0.raw } - 1
        locator.line = lines[first].number
        if last > first, lines[last].number != lines[first].number { locator.lastLine = lines[last].number }
    }

    // MARK: - Speakers and notes

    /// Who speaks, in capitals as plays print it.
    private func speaker(of index: Int32) -> String? {
        let passage = passages[Int(index)]
        if let speech = speeches.last(where: { $0.raw.contains(passage.raw) && !$0.who.isEmpty }) {
            let names = speech.who.map { id in work.persons.first { $0.id == id }?.name ?? id }
            return names.joined(separator: " / ").uppercased()
        }
        return printedSpeaker(of: index)?.uppercased()
    }

    /// The name that is printed before a speech, as it is printed but for the sign that ends it.
    package func printedSpeaker(of index: Int32) -> String? {
        var before = Int(index)
        while before > 0 {
            before -= 1
            switch passages[before].kind {
            case .speaker:
                let name = readingText(passages[before])
                return String(name.reversed().drop { $0 == "." || $0 == ":" }.reversed())
            case .speech, .stage, .note: continue
            default: return nil
            }
        }
        return nil
    }

    /// The mark that calls a note, else its number among the calls of its innermost part.
    package func noteMark(of index: Int32) -> String? {
        // A note of several paragraphs is called by its first.
        var first = index
        while first >= 0 {
            if let call = noteCalls.first(where: { $0.note == first }) {
                if let mark = call.mark { return mark }
                let part = passages[Int(first)].part
                let earlier = noteCalls.filter {
                    passages[Int($0.note)].part == part && passages[Int($0.note)].raw < passages[Int(first)].raw
                }
                return String(earlier.count + 1)
            }
            guard first > 0, passages[Int(first)].kind == .note else { return nil }
            first -= 1
        }
        return nil
    }

    // MARK: - Short form

    /// `27`, `27–28`, with its part where the number repeats in the document; without pages the label.
    private func short(_ locator: Locator, _ partWords: [String], fallback: [String], edition: String?) -> String {
        guard let page = locator.page else { return fallback.joined(separator: ", ") }
        let repeats = pages.lazy.filter { $0.edition == edition && $0.number == page }.prefix(2).count > 1
        let number = locator.lastPage.map { "\(page)–\($0)" } ?? page
        return repeats ? (partWords + [number]).joined(separator: ", ") : number
    }
}

/// Words for the levels of works, as references abbreviate them.
private enum LevelWord {
    static func word(for part: Part) -> String? {
        if let word = part.type.flatMap({ words[$0.lowercased()] }) { return word }
        // An encoding that calls a volume a "group" may have the word in its heading.
        if let head = part.head {
            let known = head.split { !$0.isLetter }.prefix(3).lazy.compactMap { words[$0.lowercased()] }
            if let word = known.first { return word }
        }
        return part.type == "group" ? "pt." : nil
    }

    private static let words = [
        "chapter": "ch.", "chap": "ch.", "kapitel": "ch.", "chapitre": "ch.", "volume": "vol.", "vol": "vol.",
        "band": "vol.", "tome": "vol.", "part": "pt.", "teil": "pt.", "theil": "pt.", "partie": "pt.", "book": "bk.",
        "buch": "bk.", "livre": "bk.", "act": "act", "akt": "act", "aufzug": "act", "acte": "act", "scene": "scene",
        "szene": "scene", "auftritt": "scene", "section": "sec.", "letter": "letter", "brief": "letter",
        "canto": "canto", "stave": "stave", "entry": "entry", "phase": "phase", "day": "day", "appendix": "app.",
    ]
}

extension Array {
    /// Number of elements before an offset, in an array that is sorted by it.
    fileprivate func partition(from offset: Int32, _ place: (Element) -> Int32) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if place(self[middle]) < offset { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
