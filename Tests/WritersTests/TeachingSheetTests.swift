import TestSupport
import Testing
import TextModel
import Writers

/// Case sheet, lesson plan, slides, and the edition for parents.
@Suite struct TeachingSheetTests {
    private let strings = SheetStrings(language: "en")

    private struct Missing: Error {}

    private func material(_ selection: TeachingSelection) -> SheetMaterial {
        SheetMaterial(selection, strings: strings)
    }

    private func list(_ value: SheetValue?) -> [SheetValue] {
        if case .array(let values)? = value { values } else { [] }
    }

    private func text(_ value: SheetValue?) -> String? {
        if case .string(let text)? = value { text } else { nil }
    }

    @Test(arguments: [SheetKind.caseSheet, .lessonPlan, .slides, .flashcards, .quiz], SheetFormat.pages)
    func `golden file`(kind: SheetKind, format: SheetFormat) throws {
        let writer = try SheetWriter(language: "en")
        let file = writer.sheet(kind, writer.material(Fixture.handoutSelection()), format: format).file
        #expect(file.name == "\(kind.rawValue).\(format.rawValue)")
        expectGolden(file.text.withoutStyle.withoutPictures, file.name)
    }

    // MARK: - Case sheet

    @Test func `a case sheet prints what was not found, and both parents`() throws {
        let selection = try ShippedCorpus.handout(["impaired-bonding"], of: ["love-story"])
        let sheet = CaseSheetBuilder(material(selection)).build().sheet
        let cases = list(sheet["cases"])
        #expect(cases.compactMap { text($0["heading"]) } == ["Jane and Max", "Abe and Max"])
        for value in cases {
            #expect(list(value["factors"]).count == 5)
            #expect(list(value["parents"]).compactMap { text($0["name"]) } == ["Jane", "Abe"])
            #expect(list(value["parents"]).allSatisfy { !list($0["ties"]).isEmpty })
            #expect(list(value["notTold"]).count == 8)
            // The case is told: nothing of it may be called seen.
            for row in list(value["factors"]) { #expect(list(list(row["slots"])[0]["items"]).isEmpty) }
        }
        let html = try SheetWriter(language: "en").write(sheet, .html).text
        let empty = cases.flatMap { list($0["factors"]).flatMap { list($0["slots"]) } }.filter {
            list($0["items"]).isEmpty
        }
        #expect(empty.count > 20)
        // The links are nobody's so far: "None found" once more a case.
        #expect(html.ranges(of: ">None found</p>").count >= empty.count + cases.count)
        // What is said of people in general is evidence about nobody.
        #expect(!html.contains("raises the risk of impaired bonding"))
    }

    @Test func `each annotation about the two stands in its row, and nothing else`() throws {
        let selection = try ShippedCorpus.handout(["impaired-bonding"], of: ["good-room"])
        let sheet = CaseSheetBuilder(material(selection)).build().sheet
        let first = try #require(list(sheet["cases"]).first)
        #expect(text(first["heading"]) == "Rene Hoggarth and Colin Hoggarth")
        let own = selection.works[0].annotations.filter { anchored in
            !anchored.annotation.about.isEmpty
                && anchored.annotation.about.contains { subject in
                    switch subject {
                    case .dyad(let from, let towards): Set([from, towards]) == ["rene", "colin"]
                    case .person(let id): ["rene", "colin"].contains(id)
                    case .relation: false
                    }
                }
        }
        let items = list(first["factors"]).flatMap { list($0["slots"]).flatMap { list($0["items"]) } }
        // One that carries concepts of two rows stands in both.
        #expect(items.count >= own.count)
        let against = list(first["factors"]).flatMap { list(list($0["slots"])[3]["items"]) }
        #expect(against.count >= own.filter { $0.annotation.stance == .contradicts }.count)
    }

    @Test func `an arrow stands only where somebody drew it, with its passage`() throws {
        var selection = try ShippedCorpus.handout(["impaired-bonding"], of: ["love-story"])
        let place = try #require(selection.places.first)
        selection.plan.links = [
            ProposedLink(
                from: "postpartum-depression", towards: "impaired-bonding", reader: "the account", place: place)
        ]
        let sheet = CaseSheetBuilder(material(selection)).build().sheet
        let links = list(list(sheet["cases"])[0]["links"])
        #expect(links.count == 1)
        #expect(text(links[0]["from"]) == "postpartum depression")
        #expect(text(links[0]["text"])?.hasPrefix("After Max is born") == true)
    }

    // MARK: - Lesson plan

    @Test func `a lesson lasts as long as it says, and has room for what fits`() throws {
        let selection = try ShippedCorpus.handout(["impaired-bonding"])
        let sheet = LessonPlanBuilder(material(selection)).build().sheet
        let plans = list(sheet["plans"])
        #expect(plans.map { $0["minutes"] } == [.int(50), .int(90)])
        for plan in plans {
            var clock = 0
            for step in list(plan["steps"]) {
                #expect(step["from"] == .int(clock))
                guard case .int(let minutes)? = step["minutes"] else { throw Missing() }
                clock += minutes
                #expect(step["to"] == .int(clock))
            }
            #expect(.int(clock) == plan["minutes"])
        }
        let worksheet = list(plans[0]["steps"]).compactMap { text($0["what"]) }.first { $0.contains("at home") }
        #expect(worksheet != nil, "so many passages do not fit into one class")
        #expect(sheet["audience"] == .string("instructor"))
    }

    @Test func `every question has what is to be expected and how it may be misread`() throws {
        var selection = try ShippedCorpus.handout(["impaired-bonding"], of: ["good-room"])
        selection.plan.prompts = [
            PlannedPrompt(level: "notice", text: "Which list is longer?", expected: "Deeds.", misreading: "Neglect.")
        ]
        let prompts = list(LessonPlanBuilder(material(selection)).build().sheet["prompts"])
        #expect(prompts.count == 3)
        #expect(text(prompts[0]["text"]) == "Which list is longer?")
        #expect(prompts[0]["expected"] == ["Deeds."] && prompts[0]["misreadings"] == ["Neglect."])
        for prompt in prompts { #expect(!list(prompt["expected"]).isEmpty && !list(prompt["misreadings"]).isEmpty) }
    }

    // MARK: - Slides

    @Test func `slides show each passage bare before its marks, and lose no line`() throws {
        let selection = try ShippedCorpus.handout(["impaired-bonding"], of: ["good-room", "cherry-year"])
        let slides = list(SlidesBuilder(material(selection)).build().sheet["slides"])
        let passages = slides.filter { $0["kind"] == .string("passage") }
        var bare: Set<String> = []
        for slide in passages {
            let heading = try #require(text(slide["heading"]))
            #expect(list(slide["lines"]).count <= 11)
            if slide["isMarked"] == .bool(false) { bare.insert(heading) }
            if slide["isMarked"] == .bool(true) { #expect(bare.contains(heading)) }
        }
        for isMarked in [true, false] {
            var shown = ""
            for slide in passages where slide["isMarked"] == .bool(isMarked) {
                for line in list(slide["lines"]) {
                    for segment in list(line["segments"]) { shown += text(segment["text"]) ?? "" }
                }
                shown += " "
            }
            let words = shown.split(separator: " ").count
            let own = selection.places.reduce(0) { sum, place in
                let document = selection.works[place.work].document
                return sum + document.readingText(document.passages[Int(place.passage)]).split(separator: " ").count
            }
            #expect(words == own)
        }
        #expect(slides.enumerated().allSatisfy { $0.element["number"] == .int($0.offset + 1) })
        // However many slides the notes of a passage need: each letter in the text has its note on a slide of it.
        var (letters, notes): (Set<[String?]>, Set<[String?]>) = ([], [])
        for slide in passages where slide["isMarked"] == .bool(true) {
            for mark in list(slide["marks"]) { notes.insert([text(slide["heading"]), text(mark["key"])]) }
            for segment in list(slide["lines"]).flatMap({ list($0["segments"]) }) {
                for mark in list(segment["opens"]) { letters.insert([text(slide["heading"]), text(mark["key"])]) }
            }
        }
        #expect(letters.count > 20 && letters == notes)
    }

    // MARK: - For parents

    @Test func `the page for parents has its own words, no marks, and nothing to be afraid of`() throws {
        var selection = try ShippedCorpus.selection()
        selection.works.removeAll { !$0.document.path.contains("parent-infant-bonding") }
        selection.works[0].passages = selection.works[0].document.passages.indices.map { Int32($0) }
        selection.audience = .parent
        selection.help = HelpFields(emergencyNumber: "112", lines: ["A line, 0800"], checked: "2026-03-01")
        selection.plan.fields = ["page on infant massage": "https://example.org/massage"]
        let writer = try SheetWriter(language: "en")
        let (file, warnings) = writer.sheet(.handout, writer.material(selection), format: .html)
        #expect(warnings == [])
        let html = file.text.withoutStyle
        for words in [
            "Call 112 or go", "A line, 0800", "1 March 2026", "lay your baby on its back", "Never shake a baby",
            "https://example.org/massage", "does not replace medical care", "class=\"checklist\"",
        ] {
            #expect(html.contains(words), "\(words)")
        }
        for words in ["<mark", "neglect", "[emergency", "behavioural problems", "child depression", "score"] {
            #expect(!html.contains(words), "\(words)")
        }
        // Sentences that a child of twelve reads: seldom more than twenty words.
        let document = selection.works[0].document
        let prose = document.passages.filter { [.text, .list].contains($0.kind) && $0.part >= 0 }
            .filter { document.parts[Int($0.part)].type != "references" }.map(document.readingText)
        let sentences = prose.flatMap { $0.split(whereSeparator: { ".!?".contains($0) }) }
            .map { $0.split(separator: " ").count }.filter { $0 > 0 }
        #expect(Double(sentences.reduce(0, +)) / Double(sentences.count) < 13)
    }

    @Test func `without its fields a page for parents leaves sentences out, and without help it is an error`() throws {
        var selection = try ShippedCorpus.selection()
        selection.works.removeAll { !$0.document.path.contains("parent-infant-bonding") }
        selection.works[0].passages = selection.works[0].document.passages.indices.map { Int32($0) }
        selection.audience = .parent
        let writer = try SheetWriter(language: "en")
        let (file, warnings) = writer.sheet(.handout, writer.material(selection), format: .markdown)
        #expect(warnings.map(\.identifier).sorted() == ["empty-field", "empty-help-field"])
        #expect(warnings.contains { $0.severity == .error })
        #expect(!file.text.contains("You can read more here"))
        #expect(file.text.contains("Stroke or massage your baby gently, with love."))
    }
}
