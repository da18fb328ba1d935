package import TextModel

/// Slides of a class: one thought a page, each passage first without its marks, then with them.
package struct SlidesBuilder {
    let material: SheetMaterial

    var strings: SheetStrings { material.strings }

    /// So many lines of a passage are read from the last row.
    private static let linesPerSlide = 11
    /// So many words of a quotation are read at a glance; the whole of it is on the passage's own page.
    private static let wordsPerQuote = 22

    package init(_ material: SheetMaterial) { self.material = material }

    package func build() -> (sheet: SheetValue, warnings: [Diagnostic]) {
        var slides: [SheetValue] = []
        slides.append(slide("opening", material.title, [.init("lines", .strings(opening))]))
        if material.contentNote != nil || statement != nil {
            slides += care()
        }
        if !material.aims.isEmpty {
            slides += lists(strings("handout.aims"), [(nil, material.aims)])
        }
        slides += material.focus.flatMap(concept)
        slides += passages()
        slides += charts()
        slides += material.focus.flatMap(evidence)
        slides += unknown()
        slides += questions()
        slides += help()
        slides += sources()
        let total = slides.count
        slides = slides.enumerated().map { index, slide in
            slide.with([.init("number", .int(index + 1)), .init("total", .int(total))])
        }
        let sheet = material.frame(
            .slides, title: material.title, moment: .inClass, [.init("slides", .array(slides))])
        return (sheet, material.quotationWarnings + material.helpWarnings("slides"))
    }

    var statement: String? { material.statement("concepts-statement", "concepts") }

    private var opening: [String] {
        let works = Set(material.passages.map(\.work)).sorted().map {
            WorkCitation.title(material.selection.works[$0].document.work.title)
        }
        return [
            material.selection.plan.course, material.selection.plan.day.map(strings.day), strings.list(works),
        ].compactMap(\.self)
    }

    /// `kind` names the part of the template.
    func slide(_ kind: String, _ heading: String, _ members: [SheetValue.Member]) -> SheetValue {
        let value: SheetValue = [
            "kind": .string(kind), "is-\(kind)": .bool(true), "heading": .string(heading),
        ]
        return value.with(members)
    }

    /// Slides under one heading; where there are several, each says which it is.
    func numbered<Item>(
        _ heading: String, _ pages: [[Item]], _ body: (String, [Item]) -> SheetValue
    ) -> [SheetValue] {
        pages.enumerated().map { index, page in
            guard pages.count > 1 else { return body(heading, page) }
            let values = ["heading": heading, "number": String(index + 1), "total": String(pages.count)]
            return body(strings("slides.part", values), page)
        }
    }

    // MARK: - Concepts

    /// What it is, and then what it is taken for.
    private func concept(_ concept: Concept) -> [SheetValue] {
        let label = material.sentence(material.label(of: concept))
        let confusions = material.confusions(of: concept).map { note -> (label: String?, text: String) in
            (note.confusable.flatMap { material.selection.scheme[$0] }.map(material.label), note.text)
        }
        let pages = SlideRoom.pages(confusions, .pairs) { 1.3 + SlideRoom.lines($0.text, in: 38) }
        return [slide("concept", label, [.init("definition", .text(concept.definition))])]
            + numbered(strings("slides.confusions", ["concept": label]), pages) { heading, page in
                slide(
                    "confusions", heading,
                    [
                        .init(
                            "confusions",
                            .array(page.map { ["label": .text($0.label), "text": .string($0.text)] }))
                    ])
            }
    }

    // MARK: - Passages

    private func passages() -> [SheetValue] {
        material.passages.flatMap { passage -> [SheetValue] in
            let lines = passage.lines
            if lines.isEmpty { return [self.passage(passage, lines, 0..<0, marks: nil)] }
            let bare = Self.evenly(lines.count).map { self.passage(passage, lines, $0, marks: nil) }
            guard material.options.shows(.marks), !passage.marks.isEmpty else { return bare }
            return bare
                + Self.evenly(lines.count).flatMap { marked(passage, lines, $0) }
                .map { self.passage(passage, lines, $0.lines, marks: $0.marks) }
        }
    }

    /// So many lines on slides of about the same height: none is left alone on the last.
    private static func evenly(_ count: Int) -> [Range<Int>] {
        let slides = (count + linesPerSlide - 1) / linesPerSlide
        return (0..<slides).map { count * $0 / slides..<count * ($0 + 1) / slides }
    }

    /// Lines with the marks in them, on two slides or more where the notes would run over the foot.
    private func marked(
        _ passage: MarkedPassage, _ lines: [[MarkedPassage.Segment]], _ range: Range<Int>
    ) -> [(lines: Range<Int>, marks: [Int])] {
        let shown = Set(lines[range].flatMap { $0.flatMap(\.marks) }).sorted()
        let notes = SlideRoom.pages(shown, .marks) { index in
            let note = NoteText(mark(passage.marks[index], passage))
            return SlideRoom.lines(note.what, in: Self.noteMeasure) + SlideRoom.lines(note.about, in: Self.noteMeasure)
        }
        let texts = lines[range].map { $0.map(\.text).joined() }
        // As in slides of other programs: prose runs on, and the lines of verse stay.
        let isVerse = texts.dropLast().allSatisfy { $0.unicodeScalars.count < 48 }
        let height =
            isVerse
            ? texts.map { SlideRoom.lines($0, in: Self.noteMeasure) }.reduce(0, +)
            : SlideRoom.lines(texts.joined(separator: " "), in: Self.noteMeasure)
        let isHigh = height > SlideRoom.Kind.marks.rawValue
        guard notes.count > 1 || isHigh, range.count > 1 else {
            return notes.isEmpty ? [(range, [])] : notes.map { (range, $0) }
        }
        let middle = range.lowerBound + range.count / 2
        return marked(passage, lines, range.lowerBound..<middle) + marked(passage, lines, middle..<range.upperBound)
    }

    /// The notes' column in the size of their type.
    private static let noteMeasure = 21.0

    private struct NoteText {
        var what = ""
        var about = ""

        init(_ note: SheetValue) {
            func text(_ key: String) -> String? { if case .string(let text)? = note[key] { text } else { nil } }
            what = "a " + (text("heading") ?? "")
            about = [text("about"), text("basis")].compactMap(\.self).joined(separator: " · ")
        }
    }

    private func passage(
        _ passage: MarkedPassage, _ lines: [[MarkedPassage.Segment]], _ range: Range<Int>, marks: [Int]?
    ) -> SheetValue {
        let isMarked = marks != nil
        let heading =
            "\(passage.number) · "
            + [material.title(of: passage), passage.locator.label]
            .filter { !$0.isEmpty }.joined(separator: ", ")
        return slide(
            "passage", heading,
            [
                .init("headnote", .text(range.lowerBound == 0 && !isMarked ? material.headnote(of: passage) : nil)),
                .init("note", .text(material.work(of: passage).sheetNote)), .init("speaker", .text(passage.speaker)),
                .init("withheld", .text(material.withheld(passage))), .init("isMarked", .bool(isMarked)),
                .init(
                    "lines",
                    .array(
                        range.map { index in
                            [
                                "number": .int(index + 1), "isNumbered": .bool(NumberedLines.isNumbered(index + 1)),
                                "segments": .array(
                                    lines[index].map { segment($0, passage, isMarked: isMarked) }),
                            ]
                        })),
                .init("marks", .array((marks ?? []).map { mark(passage.marks[$0], passage) })),
            ])
    }

    private func segment(_ segment: MarkedPassage.Segment, _ passage: MarkedPassage, isMarked: Bool) -> SheetValue {
        guard isMarked else { return ["text": .string(segment.text)] }
        func list(_ marks: [Int]) -> SheetValue {
            .array(
                marks.map { index in
                    let mark = passage.marks[index]
                    let annotation = material.annotation(mark, passage).annotation
                    return [
                        "key": .string(mark.key), "sign": .text((annotation.stance ?? .supports).sign),
                        "lane": .int(mark.lane), "stance": .string((annotation.stance ?? .supports).rawValue),
                        "isFocus": .bool(material.isFocus(annotation)),
                    ]
                })
        }
        return ["text": .string(segment.text), "opens": list(segment.opens), "marks": list(segment.marks)]
    }

    private func mark(_ mark: MarkedPassage.Mark, _ passage: MarkedPassage) -> SheetValue {
        let annotation = material.annotation(mark, passage).annotation
        let stance = annotation.stance ?? .supports
        return [
            "key": .string(mark.key), "sign": .text(stance.sign), "stance": .string(stance.rawValue),
            "heading": .string(material.labels(of: annotation).joined(separator: ", ")),
            "about": .text(material.about(annotation, in: passage.work)),
            "basis": .text(annotation.basis.map { strings("basis.\($0.rawValue)") }),
        ]
    }

    // MARK: - After reading

    private func charts() -> [SheetValue] {
        // A page of its own has room for a picture, whatever the preset.
        guard !material.options.hidden.contains(.charts) else { return [] }
        return material.charts(areLinked: false).map { chart in
            slide("chart", chart.heading, [.init("svg", .string(chart.svg))])
        }
    }

    private func evidence(_ concept: Concept) -> [SheetValue] {
        guard material.options.shows(.evidence), let evidence = material.evidence(for: concept) else { return [] }
        func items(_ key: String) -> [SheetValue] {
            guard case .array(let items)? = evidence[key] else { return [] }
            return items.map { item in
                guard case .object(let members) = item, case .string(let quote)? = item["quote"] else { return item }
                let short = quote.shortened(to: Self.wordsPerQuote)
                return .object(members.map { $0.key == "quote" ? .init("quote", .string(short)) : $0 })
            }
        }
        func height(_ item: SheetValue, in measure: Double) -> Double {
            func text(_ key: String) -> String { if case .string(let text)? = item[key] { text } else { "" } }
            let place = [text("reference"), text("about"), text("basis")].joined(separator: " · ")
            return 0.5 + SlideRoom.lines(text("quote"), in: measure) + 0.85 * SlideRoom.lines(place, in: measure)
        }
        func columns(_ items: [SheetValue]) -> [[SheetValue]] {
            SlideRoom.pages(items, .column) { height($0, in: 20) }
        }
        let (supporting, against) = (columns(items("for")), columns(items("against")))
        let label = material.sentence(material.label(of: concept))
        let sides = (0..<max(1, supporting.count, against.count)).map { page in
            slide(
                "evidence", label,
                [
                    .init("for", .array(page < supporting.count ? supporting[page] : [])),
                    .init("against", .array(page < against.count ? against[page] : [])),
                    .init("isFirst", .bool(page == 0)),
                ])
        }
        let open = SlideRoom.pages(items("ambiguous"), .column) { 0.2 + height($0, in: 35) }
        return sides + open.map { slide("open-evidence", label, [.init("ambiguous", .array($0))]) }
    }

    private func unknown() -> [SheetValue] {
        guard material.options.shows(.unknown) else { return [] }
        let groups = material.unknown().map { group -> (String?, [String]) in
            var title: String?
            if case .string(let text)? = group["title"] { title = text }
            guard case .array(let items)? = group["items"] else { return (title, []) }
            return (title, items.compactMap { if case .string(let text) = $0 { text } else { nil } })
        }
        return lists(strings("unknown.heading"), groups)
    }

    private func questions() -> [SheetValue] {
        guard material.options.shows(.discussion) else { return [] }
        let questions = material.questions
        return SheetMaterial.levels.flatMap { level in
            lists(strings("discussion.\(level)"), [(nil, questions.filter { $0.level == level }.map(\.text))])
        }
    }

    /// Items under their subheadings, on as many pages as they need.
    private func lists(_ heading: String, _ groups: [(title: String?, items: [String])]) -> [SheetValue] {
        let items = groups.flatMap { group in
            group.items.enumerated().map { (title: group.title, text: $0.element, isFirst: $0.offset == 0) }
        }
        let pages = SlideRoom.pages(items, .list) { item in
            // A subheading stands over its first item, and again where its items go on.
            Self.height(ofLarge: item.text) + (item.isFirst && item.title != nil ? 1.2 : 0)
        }
        return pages.map { page in
            var groups: [(title: String?, items: [String])] = []
            for item in page {
                if item.isFirst || groups.isEmpty {
                    groups.append((item.title, [item.text]))
                } else {
                    groups[groups.count - 1].items.append(item.text)
                }
            }
            return slide(
                "list", heading,
                [
                    .init(
                        "groups",
                        .array(groups.map { ["subheading": .text($0.title), "items": .strings($0.items)] }))
                ])
        }
    }

    static func height(ofLarge text: String) -> Double { 0.35 + SlideRoom.lines(text, in: 33) }
}
