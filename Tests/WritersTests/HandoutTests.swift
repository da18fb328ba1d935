import TestSupport
import Testing
import TextModel
import Writers

@Suite struct HandoutTests {
    private let strings = SheetStrings(language: "en")

    private func handout(_ selection: TeachingSelection) -> Handout {
        HandoutBuilder(selection, strings: strings).build()
    }

    @Test(arguments: SheetFormat.pages) func `golden file`(format: SheetFormat) throws {
        let writer = try SheetWriter(language: "en")
        let file = writer.handout(Fixture.handoutSelection(), format: format).file
        #expect(file.name == "handout.\(format.rawValue)")
        expectGolden(file.text.withoutStyle.withoutPictures, file.name)
    }

    /// Parts by the names of their members in the tree.
    private static let parts: [(part: SheetPart, key: String)] = [
        (.aims, "aims"), (.concepts, "concepts"), (.charts, "charts"), (.evidence, "evidence"), (.unknown, "unknown"),
        (.discussion, "discussion"), (.tools, "tools"), (.glossary, "glossary"), (.references, "references"),
        (.index, "index"),
    ]

    @Test func `a handout for reading has every part, and what is hidden is gone`() throws {
        var selection = Fixture.handoutSelection()
        selection.plan.unknown = ["Whose voice it is."]
        func members(_ key: String, _ options: SheetOptions) throws -> [SheetValue] {
            guard
                case .array(let values)? = HandoutBuilder(selection, strings: strings, options: options).build().sheet[
                    key]
            else { throw Missing() }
            return values
        }
        for (part, key) in Self.parts {
            var options = SheetOptions()
            #expect(try !members(key, options).isEmpty, "\(part)")
            options.hidden = [part]
            #expect(try members(key, options).isEmpty, "\(part)")
            // To hide says more than to show, to show more than the preset.
            options.preset = .seminar
            options.shown = [part]
            #expect(try members(key, options).isEmpty, "\(part)")
            options.hidden = []
            #expect(try !members(key, options).isEmpty, "\(part)")
        }
        let charts = try members("charts", SheetOptions())
        #expect(
            charts.compactMap { $0["heading"] } == [
                .string("Who is tied to whom in “The Door”"), .string("Jane and Max in “The Door”"),
            ])
        #expect(
            try members("discussion", SheetOptions()).compactMap { $0["level"] } == ["notice", "interpret", "apply"])
        // A line under each passage says whose words they are.
        let html = try SheetWriter(language: "en").handout(selection, format: .html).file.text
        #expect(html.ranges(of: "<p class=\"source\">").count == 5)
        #expect(html.contains("about one minute to read"))
    }

    @Test func `more pages than one class gets are a warning`() {
        #expect(Preset.seminar.warnings(ofPages: 5).map(\.identifier) == ["seminar-limit"])
        #expect(Preset.seminar.warnings(ofPages: 4) == [] && Preset.seminar.warnings(ofPages: nil) == [])
        #expect(Preset.reader.warnings(ofPages: 50) == [])
    }

    @Test func `evidence for and against is never in one list`() throws {
        let sheet = handout(Fixture.handoutSelection()).sheet
        guard case .array(let blocks)? = sheet["evidence"] else { throw Missing() }
        #expect(blocks.count == 1)
        func references(_ side: String) -> [String] {
            guard case .array(let items)? = blocks[0][side] else { return [] }
            return items.compactMap { if case .string(let text)? = $0["reference"] { text } else { nil } }
        }
        #expect(references("for") == ["1a", "1c", "5a"])
        #expect(references("against") == ["3a", "3b", "5b"])
        #expect(references("ambiguous") == ["2a"])
    }

    @Test func `urgent help wherever depression after a birth appears, with fields and a warning`() {
        var selection = Fixture.handoutSelection()
        #expect(handout(selection).sheet["urgentHelp"] != .null)
        #expect(handout(selection).warnings.map(\.identifier).contains("empty-help-field"))
        #expect(handout(selection).warnings.allSatisfy { $0.severity == .warning })
        selection.audience = .parent
        #expect(
            handout(selection).warnings.first { $0.identifier == "empty-help-field" }?.severity == .error)
        selection.help = HelpFields(emergencyNumber: "112", lines: ["Line: 0800"], checked: "2026-03-01")
        #expect(!handout(selection).warnings.map(\.identifier).contains("empty-help-field"))
        guard case .string(let text)? = handout(selection).sheet["urgentHelp"]?["text"] else {
            Issue.record("no text")
            return
        }
        #expect(text.contains("112"))

        var other = Fixture.handoutSelection()
        other.works[0].passages = [0, 1, 2]
        #expect(handout(other).sheet["urgentHelp"] == .null)
    }

    @Test func `content note from tags, from the concept, and taken away`() {
        var selection = Fixture.handoutSelection()
        func note() -> String? {
            if case .string(let text)? = handout(selection).sheet["contentNote"] { text } else { nil }
        }
        #expect(note()?.contains("wish not to live") == true)
        selection.works[0].annotations[7].annotation.contentTags = [.none]
        #expect(note() == nil)
        selection.works[0].annotations[0].annotation.contentTags = [.violenceToChild]
        #expect(note()?.contains("harm towards a child") == true)
    }

    @Test func `words are counted once a passage, and a restricted work has a limit`() {
        var selection = Fixture.handoutSelection()
        let quoted = handout(selection).quoted
        #expect(quoted.map(\.title) == ["The Door", "About bonding"])
        // 14 + 14 + 13 + 10 words; 9 of 14.
        #expect(quoted.map(\.quoted) == [51, 9])
        #expect(quoted.map(\.total) == [51, 14])
        #expect(quoted.map(\.passedLimit) == [nil, 1])
        #expect(handout(selection).warnings.map(\.identifier).contains("quotation-limit"))
        selection.quotationLimit = 20
        #expect(handout(selection).quoted.map(\.passedLimit) == [nil, nil])
    }

    @Test func `ids are never printed`() throws {
        let writer = try SheetWriter(language: "en")
        let text = writer.handout(Fixture.handoutSelection(), format: .markdown).file.text
        for id in ["impaired-bonding", "lack-of-affection", "p1", "r1"] {
            // The query at the end of the sheet is the one place where a name of the machine stands.
            let lines = text.split(separator: "\n").filter { !$0.contains("query:") }
            #expect(!lines.contains { $0.contains(id) }, "\(id) is printed")
        }
        #expect(text.contains("Not lack of affection shown: see ¶ 1"))
    }

    @Test func `a seminar warns of more than one class reads, and leaves out what stands on cards`() throws {
        var options = SheetOptions()
        options.preset = .seminar
        let small = HandoutBuilder(Fixture.handoutSelection(), strings: strings, options: options).build()
        #expect(!small.warnings.map(\.identifier).contains("seminar-limit"))
        #expect(small.sheet["index"] == .array([]) && small.sheet["glossary"] == .array([]))
        let all = try ShippedCorpus.handout(["impaired-bonding"])
        let large = HandoutBuilder(all, strings: strings, options: options).build()
        #expect(large.warnings.filter { $0.identifier == "seminar-limit" }.count == 2)
        #expect(handout(all).sheet["index"] != .array([]))
    }

    @Test func `what the pages do not tell: the works' own list, silent parents, nothing seen`() throws {
        let selection = try ShippedCorpus.handout(["impaired-bonding"], of: ["love-story", "good-room"])
        let text = try SheetWriter(language: "en").handout(selection, format: .markdown).file.text
        #expect(text.contains("Whose affair it was, and when."))
        #expect(text.contains("Nothing is marked about Walt Hoggarth and the tie to Colin Hoggarth."))
        #expect(!text.contains("about Abe"), "Abe's tie is marked on these pages")
    }

    @Test func `passages in a chosen order, with headnotes and the same numbers`() throws {
        var selection = Fixture.handoutSelection()
        selection.sequence = [
            PassagePlace(work: 0, passage: 2), PassagePlace(work: 1, passage: 1), PassagePlace(work: 0, passage: 0),
        ]
        selection.plan.headnotes[PassagePlace(work: 1, passage: 1)] = "Said of people in general."
        let sheet = handout(selection).sheet
        guard case .array(let cases)? = sheet["cases"] else { throw Missing() }
        #expect(cases.count == 3, "a work that comes back is a group of its own")
        #expect(cases[0]["brief"] != .null && cases[2]["brief"] == .null, "its case is told once")
        let key = Worksheet(selection, strings: strings).key
        guard case .array(let items)? = key["items"] else { throw Missing() }
        #expect(items.map { $0["number"] } == [.int(1), .int(2), .int(3)])
        #expect(items[1]["headnote"] == .string("Said of people in general."))
        #expect(key["checksum"] == sheet["checksum"])
    }

    @Test func `a case in brief ends with a sentence`() {
        let long = Array(repeating: "One two three four five six seven eight nine ten.", count: 14)
        let brief = HandoutBuilder.brief(long.joined(separator: " "))
        #expect(brief.split(separator: " ").count == 120 && brief.hasSuffix("ten."))
        #expect(HandoutBuilder.brief("Dr. Wali comes. She stays.") == "Dr. Wali comes. She stays.")
    }

    @Test func `no suggestion, no score, nothing that is not placed in the text`() throws {
        let writer = try SheetWriter(language: "en")
        let html = writer.handout(Fixture.handoutSelection(), format: .html).file.text
        #expect(!html.contains("score"))
    }

    struct Missing: Error {}
}

@Suite struct MarkedPassageTests {
    /// Whatever marks meet in a passage: the words stay whole and every mark covers exactly its own.
    @Test(arguments: [1, 2, 3, 4] as [UInt64]) func `segments hold the text and the marks`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let text = "Über die Brücke ging sie, ohne — das Kind — anzusehen; “es” schlief 😀 lange nicht."
        for _ in 0..<60 {
            var marked = MarkedText("t.xml", title: "T", [text])
            marked.document.work.persons = Fixture.persons
            let borders = text.unicodeScalars.indices.map { text.utf8.distance(from: text.startIndex, to: $0) }
            var expected: [Set<Int>] = []
            var annotations: [AnchoredAnnotation] = []
            for number in 0..<Int.random(in: 0...6, using: &generator) {
                let ends = [borders.randomElement(using: &generator), borders.randomElement(using: &generator)]
                    .compactMap(\.self).sorted()
                var annotation = marked.annotation("", ["neglect"], about: [], basis: .told)
                annotation.annotation.id = "a-\(number)"
                annotation.pieces = [AnchoredPiece(passage: 0, raw: ByteRange(ends[0], ends[1]))]
                annotations.append(annotation)
                expected.append(Set(ends[0]..<ends[1]))
            }
            let work = SelectedWork(document: marked.document, annotations: annotations, passages: [0])
            let selection = TeachingSelection(scheme: Fixture.scheme, works: [work], date: "", program: "")
            let sheet = HandoutBuilder(selection, strings: SheetStrings(language: "en")).build().sheet
            guard case .array(let cases)? = sheet["cases"], case .array(let passages)? = cases[0]["passages"],
                case .array(let lines)? = passages[0]["lines"], case .array(let marks)? = passages[0]["marks"]
            else { throw HandoutTests.Missing() }
            var read = ""
            var covered: [String: Set<Int>] = [:]
            let segments = lines.flatMap { line -> [SheetValue] in
                if case .array(let segments)? = line["segments"] { segments } else { [] }
            }
            for segment in segments {
                guard case .string(let words)? = segment["text"], case .array(let active)? = segment["marks"] else {
                    throw HandoutTests.Missing()
                }
                var lanes: Set<Int> = []
                for mark in active {
                    guard case .string(let key)? = mark["key"], case .int(let lane)? = mark["lane"] else { continue }
                    covered[key, default: []].formUnion(read.utf8.count..<read.utf8.count + words.utf8.count)
                    #expect(lanes.insert(lane).inserted, "two marks in one lane, seed \(seed)")
                }
                read += words
            }
            #expect(read == text)
            let spaces = Set(text.utf8.enumerated().filter { $0.element == 0x20 }.map(\.offset))
            let got = covered.values.map { $0.subtracting(spaces) }
            let wanted = expected.map { $0.subtracting(spaces) }.filter { !$0.isEmpty }
            #expect(marks.count == wanted.count)
            for set in wanted { #expect(got.contains(set), "seed \(seed)") }
        }
    }
}

extension String {
    /// A sheet without its pictures, which have golden files of their own.
    var withoutPictures: String {
        replacing(/<svg .*?<\/svg>/.dotMatchesNewlines(), with: "<svg></svg>")
            .replacing(/"svg": "(?:[^"\\]|\\.)*"/, with: "\"svg\": \"\"")
    }

    /// A page without its style sheet, whose every change would otherwise change every golden file.
    var withoutStyle: String {
        guard let open = firstRange(of: "<style>"), let close = firstRange(of: "</style>") else { return self }
        return String(self[..<open.upperBound] + self[close.lowerBound...])
    }
}
