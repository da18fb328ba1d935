import TextModel

/// Makes the locators of an index out of stretches of text.
struct LocatorList {
    let works: [SelectedWork]
    let sigla: [String]
    let strings: SheetStrings
    let rangeStyle: RangeStyle
    /// Per work: the editions whose pages its text has, one entry without a name where there is one edition or none.
    let editions: [[Edition]]

    /// An edition of a work as an index cites it.
    struct Edition {
        /// That of the work, with a raised number where there are several editions: `PN¹`.
        var siglum: String
        /// `pb/@ed`; `nil`: the text's own pages.
        var key: String?
        /// As people write it, `Dutton, 2025`; `nil` where there is no other.
        var name: String?
        /// Page numbers that repeat, so that a page alone says too little.
        var repeatedPages: Set<String>
    }

    init(works: [SelectedWork], sigla: [String], strings: SheetStrings, rangeStyle: RangeStyle) {
        self.works = works
        self.sigla = sigla
        self.strings = strings
        self.rangeStyle = rangeStyle
        editions = zip(works, sigla).map { work, siglum in
            var keys: [String?] = []
            for page in work.document.pages where !keys.contains(page.edition) { keys.append(page.edition) }
            if keys.isEmpty { keys = [nil] }
            return keys.enumerated().map { number, key in
                var seen: Set<String> = []
                let repeated = work.document.pages.lazy.filter { $0.edition == key }.map(\.number)
                    .filter { !seen.insert($0).inserted }
                return Edition(
                    siglum: keys.count == 1 ? siglum : siglum + Self.raised(number + 1), key: key,
                    name: keys.count == 1 ? nil : key.map(work.document.work.editionName),
                    repeatedPages: Set(repeated))
            }
        }
    }

    /// `12` as `¹²`.
    private static func raised(_ number: Int) -> String {
        let digits = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
        return String(String(number).compactMap { $0.wholeNumberValue.map { digits[$0] } })
    }

    /// One list a work and edition, in text order. Stretches that adjoin become one range, others never do.
    func locators(of occurrences: [Occurrence]) -> [WorkLocators] {
        works.indices.flatMap { work -> [WorkLocators] in
            let own = occurrences.filter { $0.work == work }
            guard !own.isEmpty else { return [] }
            return editions[work].map { WorkLocators(siglum: $0.siglum, locators: list(own, in: $0)) }
        }
    }

    /// How many places there are to look up; a place in two editions is one.
    func count(of occurrences: [Occurrence]) -> Int {
        works.indices.reduce(0) { count, work in
            let own = occurrences.filter { $0.work == work }
            return own.isEmpty ? count : count + list(own, in: editions[work][0]).count
        }
    }

    private func list(_ occurrences: [Occurrence], in edition: Edition) -> [IndexLocator] {
        // Evidence and counter-evidence are never one range.
        var joined: [Occurrence] = []
        for stance in Stance.allCases {
            var last: Occurrence?
            for occurrence in occurrences.filter({ $0.stance == stance }).sorted(by: { $0.raw < $1.raw }) {
                guard var open = last else {
                    last = occurrence
                    continue
                }
                let meets = occurrence.raw.start < open.raw.end
                if meets || works[open.work].joins(open, occurrence), open.isPrincipal == occurrence.isPrincipal {
                    if occurrence.raw.end > open.raw.end { open.lastPassage = occurrence.lastPassage }
                    open.raw.end = max(open.raw.end, occurrence.raw.end)
                    last = open
                } else {
                    joined.append(open)
                    last = occurrence
                }
            }
            if let last { joined.append(last) }
        }
        joined.sort { ($0.raw, $0.stance.order) < ($1.raw, $1.stance.order) }

        var list: [IndexLocator] = []
        for occurrence in joined {
            let locator = IndexLocator(
                text: text(of: occurrence, in: edition), stance: occurrence.stance, isPrincipal: occurrence.isPrincipal,
                anchor: anchor(work: occurrence.work, passage: occurrence.firstPassage))
            if let same = list.firstIndex(where: { $0.text == locator.text && $0.stance == locator.stance }) {
                list[same].isPrincipal = list[same].isPrincipal || locator.isPrincipal
            } else {
                list.append(locator)
            }
        }
        return list
    }

    func anchor(work: Int, passage: Int32) -> String { "w\(work + 1)-\(passage + 1)" }

    /// The short form: a page where the work has pages, else part and line or paragraph.
    private func text(of occurrence: Occurrence, in edition: Edition) -> String {
        let document = works[occurrence.work].document
        let passage = document.passages[Int(occurrence.firstPassage)]
        let locator = document.locator(
            for: occurrence.raw, in: occurrence.firstPassage, edition: edition.key)
        let note =
            passage.kind == .note
            ? document.noteMark(of: occurrence.firstPassage).map { "n" + $0 } ?? "n" : ""
        if let page = locator.page {
            let prefix = edition.repeatedPages.contains(page) ? locator.parts.first.map { $0 + ":" } : nil
            return (prefix ?? "") + numberRange(page, locator.lastPage ?? page, style: rangeStyle) + note
        }
        let part = locator.parts.joined(separator: ".")
        if let line = locator.line {
            let lines = numberRange(line, locator.lastLine ?? line, style: rangeStyle)
            return (part.isEmpty ? strings("locator.line") + "\u{A0}" : part + ".") + lines + note
        }
        guard let paragraph = locator.paragraph ?? paragraph(before: passage, in: document) else {
            return (part.isEmpty ? strings("locator.head") : part) + note
        }
        var paragraphs = "¶\(paragraph)"
        if occurrence.lastPassage != occurrence.firstPassage {
            let last = document.passages[Int(occurrence.lastPassage)]
            if last.part == passage.part, Int(last.paragraph) > paragraph {
                paragraphs = "¶" + numberRange(String(paragraph), String(last.paragraph), style: rangeStyle)
            }
        }
        return (part.isEmpty ? "" : part + "\u{A0}") + paragraphs + note
    }

    /// A list or a stage direction between paragraphs is found at the paragraph before it.
    private func paragraph(before passage: Passage, in document: Document) -> Int? {
        guard passage.kind != .heading else { return nil }
        let before = document.passages.last {
            $0.part == passage.part && $0.kind.isCounted && $0.raw.start < passage.raw.start
        }
        return before.map { Int($0.paragraph) }
    }
}

extension Stance {
    /// For, against, open: the order in which sheets name them.
    var order: Int {
        switch self {
        case .supports: 0
        case .contradicts: 1
        case .ambiguous: 2
        }
    }
}
