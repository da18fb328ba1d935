import TextModel

/// Makes the locators of an index out of stretches of text.
struct LocatorList {
    let works: [SelectedWork]
    let sigla: [String]
    let strings: SheetStrings
    let rangeStyle: RangeStyle
    /// Per work: page numbers that repeat, so that a page alone says too little.
    private let repeatedPages: [Set<String>]

    init(works: [SelectedWork], sigla: [String], strings: SheetStrings, rangeStyle: RangeStyle) {
        self.works = works
        self.sigla = sigla
        self.strings = strings
        self.rangeStyle = rangeStyle
        repeatedPages = works.map { work in
            let edition = work.document.pages.first?.edition
            var seen: Set<String> = []
            return Set(
                work.document.pages.lazy.filter { $0.edition == edition }.map(\.number)
                    .filter { !seen.insert($0).inserted })
        }
    }

    /// One list a work, in text order. Stretches that adjoin become one range, others never do.
    func locators(of occurrences: [Occurrence]) -> [WorkLocators] {
        works.indices.compactMap { work in
            let own = occurrences.filter { $0.work == work }
            guard !own.isEmpty else { return nil }
            return WorkLocators(siglum: sigla[work], locators: list(own))
        }
    }

    private func list(_ occurrences: [Occurrence]) -> [IndexLocator] {
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
                text: text(of: occurrence), stance: occurrence.stance, isPrincipal: occurrence.isPrincipal,
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
    func text(of occurrence: Occurrence) -> String {
        let document = works[occurrence.work].document
        let passage = document.passages[Int(occurrence.firstPassage)]
        let locator = document.locator(for: occurrence.raw, in: occurrence.firstPassage)
        let note =
            passage.kind == .note
            ? document.noteMark(of: occurrence.firstPassage).map { "n" + $0 } ?? "n" : ""
        if let page = locator.page {
            let prefix = repeatedPages[occurrence.work].contains(page) ? locator.parts.first.map { $0 + ":" } : nil
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
