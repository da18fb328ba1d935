import TestSupport
import Testing
import TextModel
import Writers

@Suite struct WorksheetTests {
    private let strings = SheetStrings(language: "en")

    private func items(_ sheet: SheetValue) -> [SheetValue] {
        if case .array(let items)? = sheet["items"] { items } else { [] }
    }

    private func text(_ value: SheetValue?) -> String? {
        if case .string(let text)? = value { text } else { nil }
    }

    @Test(arguments: ["worksheet", "key"], SheetFormat.pages)
    func `golden file`(kind: String, format: SheetFormat) throws {
        let sheets = Worksheet(Fixture.handoutSelection(), strings: strings)
        let file = try SheetWriter(language: "en").write(kind == "key" ? sheets.key : sheets.worksheet, format)
        #expect(file.name == "\(kind).\(format.rawValue)")
        expectGolden(file.text.withoutStyle, file.name)
        if format == .html { #expect(HTMLPage(file.text).faults == []) }
    }

    @Test func `sheet and key have the same items, lines and checksum in every variant`() throws {
        let selection = try ShippedCorpus.handout(["impaired-bonding"], of: ["love-story", "good-room"])
        var orders: Set<String> = []
        for seed in [nil, 1, 2] as [UInt64?] {
            let sheets = Worksheet(selection, strings: strings, options: .init(seed: seed))
            let (worksheet, key) = (sheets.worksheet, sheets.key)
            #expect(worksheet["checksum"] == key["checksum"])
            #expect(worksheet["bank"] == key["bank"])
            #expect(items(worksheet).count == selection.works.reduce(0) { $0 + $1.passages.count })
            for (asked, answered) in zip(items(worksheet), items(key)) {
                #expect(asked["number"] == answered["number"])
                #expect(asked["lines"] == answered["lines"])
                #expect(asked["answers"] == .null)
                #expect(answered["answers"] != .null)
            }
            orders.insert(items(worksheet).map { (text($0["title"]) ?? "") + (text($0["locator"]) ?? "") }.joined())
            #expect(
                Worksheet(selection, strings: strings, options: .init(seed: seed)).worksheet == worksheet,
                "a variant is the same every time")
        }
        #expect(orders.count == 3)
    }

    @Test func `another annotation is another checksum`() {
        var selection = Fixture.handoutSelection()
        let before = Worksheet(selection, strings: strings).checksum
        #expect(before.count == 6)
        selection.works[0].annotations[0].annotation.stance = .contradicts
        #expect(Worksheet(selection, strings: strings).checksum != before)
    }

    @Test func `distractors are on none of the passages, and the bank is small`() throws {
        for concepts in [["impaired-bonding"], ["postpartum-depression"], ["quality-time"], ["bond"]] {
            let selection = try ShippedCorpus.handout(concepts)
            let sheet = Worksheet(selection, strings: strings).worksheet
            guard case .array(let bank)? = sheet["bank"] else { return }
            #expect(bank.count <= 8 && bank.count >= 4)
            let labels = bank.compactMap { text($0["label"]) }
            #expect(labels == labels.sorted())
            var present: Set<String> = []
            for work in selection.works {
                let chosen = Set(work.passages)
                for annotation in work.annotations
                where annotation.pieces.contains(where: { chosen.contains($0.passage) }) {
                    present.formUnion(
                        annotation.annotation.concepts.compactMap { selection.scheme[$0.id]?.preferredLabel() })
                }
            }
            // What is not on the passages is a distractor: a confusable neighbour of something that is.
            for label in labels where !present.contains(label) {
                let concept = selection.scheme.concepts.first { $0.preferredLabel() == label }
                let partners = selection.scheme.concepts.filter { other in
                    other.scopeNotes.contains { $0.confusable == concept?.id }
                }
                #expect(partners.contains { present.contains($0.preferredLabel()) }, "\(label)")
            }
        }
    }

    @Test func `a reason of the key has two sentences at most`() throws {
        var selection = Fixture.handoutSelection()
        selection.works[0].annotations[0].annotation.comment =
            "She holds it. Nothing warms. It may be the hour. Or not."
        let item = try #require(items(Worksheet(selection, strings: strings).key).first)
        guard case .array(let answers)? = item["answers"]?["expected"] else { throw HandoutTests.Missing() }
        #expect(answers.compactMap { text($0["reason"]) }.contains("She holds it. Nothing warms."))
    }

    @Test func `the worksheet gives no answer away`() throws {
        let selection = try ShippedCorpus.handout(["impaired-bonding"], of: ["good-room"])
        let file = try SheetWriter(language: "en").write(
            Worksheet(selection, strings: strings).worksheet, .html)
        #expect(!file.text.withoutStyle.contains("<mark"))
        let chosen = Set(selection.works[0].passages)
        for annotation in selection.works[0].annotations {
            guard let comment = annotation.annotation.comment, let piece = annotation.pieces.first,
                chosen.contains(piece.passage)
            else { continue }
            #expect(!file.text.contains(comment.prefix(40)))
        }
    }

    @Test(arguments: [5, 6] as [UInt64]) func `numbered lines lose no word`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let words = [
            "a", "mother", "ünübersehbar", "—", "eines",
            "Donaudampfschifffahrtsgesellschaftskapitänskajütenschlüsselbundes",
        ]
        for _ in 0..<40 {
            let text = (0..<Int.random(in: 1...60, using: &generator))
                .map { _ in words.randomElement(using: &generator) ?? "" }.joined(separator: " ")
            let marked = MarkedText("t.xml", title: "T", [text])
            let work = SelectedWork(document: marked.document, annotations: [], passages: [0])
            let selection = TeachingSelection(scheme: Fixture.scheme, works: [work], date: "", program: "")
            let item = try #require(items(Worksheet(selection, strings: strings).worksheet).first)
            guard case .array(let lines)? = item["lines"] else { throw HandoutTests.Missing() }
            let read = lines.compactMap { line -> String? in
                guard case .array(let segments)? = line["segments"] else { return nil }
                return segments.compactMap { self.text($0["text"]) }.joined()
            }
            #expect(read.joined(separator: " ") == text, "seed \(seed)")
            for line in read { #expect(line.unicodeScalars.count <= 61 || !line.contains(" ")) }
        }
    }
}
