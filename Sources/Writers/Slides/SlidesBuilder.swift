package import TextModel

/// Slides of a class: one thought a page, each passage first without its marks, then with them.
package struct SlidesBuilder {
    private let material: SheetMaterial

    private var strings: SheetStrings { material.strings }

    /// So many lines of a passage are read from the last row.
    private static let linesPerSlide = 11
    /// So many lines of evidence fit beside each other.
    private static let itemsPerSlide = 3
    /// More words than this on a list are read and not listened to.
    private static let wordsPerSlide = 75
    /// So many words of a quotation are read at a glance; the whole of it is on the passage's own page.
    private static let wordsPerQuote = 22

    package init(_ material: SheetMaterial) { self.material = material }

    package func build() -> (sheet: SheetValue, warnings: [Diagnostic]) {
        var slides: [SheetValue] = []
        slides.append(slide("opening", material.title, [.init("lines", .strings(opening))]))
        if material.contentNote != nil || statement != nil {
            slides.append(
                slide(
                    "care", strings("handout.content-note"),
                    [.init("lines", .strings([material.contentNote, statement].compactMap(\.self)))]))
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
        if material.urgentHelpIsShown { slides.append(slide("help", strings("help.heading"), [])) }
        slides.append(
            slide(
                "sources", strings("handout.references"),
                [.init("references", .array(ReferenceList.sorted(material.works(), strings: strings)))]))
        let total = slides.count
        slides = slides.enumerated().map { index, slide in
            slide.with([.init("number", .int(index + 1)), .init("total", .int(total))])
        }
        let sheet = material.frame(
            .slides, title: material.title, moment: .inClass, [.init("slides", .array(slides))])
        return (sheet, material.quotationWarnings + material.helpWarnings("slides"))
    }

    private var statement: String? { material.statement("concepts-statement", "concepts") }

    private var opening: [String] {
        let works = Set(material.passages.map(\.work)).sorted().map {
            WorkCitation.title(material.selection.works[$0].document.work.title)
        }
        return [
            material.selection.plan.course, material.selection.plan.day.map(strings.day), strings.list(works),
        ].compactMap(\.self)
    }

    /// `kind` names the part of the template.
    private func slide(_ kind: String, _ heading: String, _ members: [SheetValue.Member]) -> SheetValue {
        let value: SheetValue = [
            "kind": .string(kind), "is-\(kind)": .bool(true), "heading": .string(heading),
        ]
        return value.with(members)
    }

    // MARK: - Concepts

    private func concept(_ concept: Concept) -> [SheetValue] {
        let confusions = material.confusions(of: concept)
        return [
            slide(
                "concept", material.sentence(material.label(of: concept)),
                [
                    .init("definition", .text(concept.definition)),
                    .init(
                        "confusions",
                        .array(
                            confusions.prefix(2).map { note in
                                let other = note.confusable.flatMap { material.selection.scheme[$0] }
                                return ["label": .text(other.map(material.label)), "text": .string(note.text)]
                            })),
                ])
        ]
    }

    // MARK: - Passages

    private func passages() -> [SheetValue] {
        material.passages.flatMap { passage -> [SheetValue] in
            let lines = passage.lines
            if lines.isEmpty { return [self.passage(passage, lines, 0..<0, isMarked: false)] }
            let chunks = stride(from: 0, to: lines.count, by: Self.linesPerSlide).map {
                $0..<min($0 + Self.linesPerSlide, lines.count)
            }
            let bare = chunks.map { self.passage(passage, lines, $0, isMarked: false) }
            guard material.options.shows(.marks), !passage.marks.isEmpty else { return bare }
            return bare + chunks.map { self.passage(passage, lines, $0, isMarked: true) }
        }
    }

    private func passage(
        _ passage: MarkedPassage, _ lines: [[MarkedPassage.Segment]], _ range: Range<Int>, isMarked: Bool
    ) -> SheetValue {
        let heading =
            "\(passage.number) · "
            + [material.title(of: passage), passage.locator.label]
            .filter { !$0.isEmpty }.joined(separator: ", ")
        let shown = Set(lines[range].flatMap { $0.flatMap(\.marks) }).sorted()
        return slide(
            "passage", heading,
            [
                .init("headnote", .text(range.lowerBound == 0 ? material.headnote(of: passage) : nil)),
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
                .init("marks", .array(isMarked ? shown.map { mark(passage.marks[$0], passage) } : [])),
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
        let (supporting, against, open) = (items("for"), items("against"), items("ambiguous"))
        let pages = max(
            1, (max(supporting.count, against.count, open.count) + Self.itemsPerSlide - 1) / Self.itemsPerSlide)
        let label = material.sentence(material.label(of: concept))
        return (0..<pages).map { page in
            func part(_ items: [SheetValue]) -> SheetValue {
                .array(Array(items.dropFirst(page * Self.itemsPerSlide).prefix(Self.itemsPerSlide)))
            }
            return slide(
                "evidence", label,
                [
                    .init("for", part(supporting)), .init("against", part(against)), .init("ambiguous", part(open)),
                    .init("isFirst", .bool(page == 0)),
                ])
        }
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

    /// Items under their subheadings, on as many pages as their words need.
    private func lists(_ heading: String, _ groups: [(title: String?, items: [String])]) -> [SheetValue] {
        var pages: [[(title: String?, items: [String])]] = []
        var words = 0
        for group in groups {
            for (index, item) in group.items.enumerated() {
                if pages.isEmpty || words + item.wordCount > Self.wordsPerSlide {
                    pages.append([])
                    words = 0
                }
                words += item.wordCount
                let last = pages.count - 1
                if index == 0 || pages[last].isEmpty {
                    pages[last].append((group.title, [item]))
                } else {
                    pages[last][pages[last].count - 1].items.append(item)
                }
            }
        }
        return pages.map { page in
            slide(
                "list", heading,
                [
                    .init(
                        "groups",
                        .array(page.map { ["subheading": .text($0.title), "items": .strings($0.items)] }))
                ])
        }
    }
}
