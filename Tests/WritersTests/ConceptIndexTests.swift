import Foundation
import TestSupport
import Testing
import TextModel
import WordForms
import Writers

@Suite struct ConceptIndexTests {
    private let strings = SheetStrings(language: "en")

    private func index(_ selection: TeachingSelection, _ options: ConceptIndexOptions = .init()) -> ConceptIndex {
        ConceptIndexBuilder(selection, strings: strings, options: options).build()
    }

    private func entry(_ heading: String, in index: ConceptIndex) -> IndexEntry? {
        index.entries.first { $0.heading == heading }
    }

    private func text(_ locators: [WorkLocators]) -> String {
        locators.map { work in
            work.siglum + " "
                + work.locators.map { ($0.isPrincipal ? "*" : "") + $0.text + $0.sign }.joined(separator: ", ")
        }.joined(separator: "; ")
    }

    @Test(arguments: SheetFormat.pages) func `golden file`(format: SheetFormat) throws {
        let writer = try SheetWriter(language: "en")
        let file = writer.conceptIndex(Fixture.selection(), format: format)
        #expect(file.name == "concept-index.\(format.rawValue)")
        expectGolden(file.text.withoutStyle, file.name)
    }

    @Test func `the TEI form is valid against tei_all and has every entry`() throws {
        let selection = Fixture.selection()
        var options = ConceptIndexOptions()
        options.hasPersons = true
        for options in [ConceptIndexOptions(), options] {
            let index = index(selection, options)
            let text = String(decoding: index.tei, as: UTF8.self)
            for entry in index.entries { #expect(text.contains("<term>\(entry.heading)</term>")) }
            guard let schema = sharedFolder?.appendingPathComponent("schema/tei_all-4.12.0.rng"),
                let jing = executable("jing")
            else { continue }
            try withTemporaryFolder { folder in
                let file = folder.appendingPathComponent("index.xml")
                try Data(index.tei).write(to: file)
                let process = Process()
                process.executableURL = URL(fileURLWithPath: jing)
                process.arguments = [schema.path, file.path]
                let output = Pipe()
                process.standardOutput = output
                process.standardError = FileHandle.nullDevice
                try process.run()
                let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
                process.waitUntilExit()
                #expect(process.terminationStatus == 0, "\(said)")
            }
        }
    }

    @Test func `persons and pairs lead to the concepts under which they stand`() {
        var options = ConceptIndexOptions()
        options.hasPersons = true
        let builder = ConceptIndexBuilder(Fixture.selection(), strings: strings, options: options)
        let entries = builder.build().entries
        let jane = entries.first { $0.heading == "Jane towards Max" }
        #expect(jane?.seeUnder.map(\.heading).contains("impaired bonding") == true)
        #expect(jane?.locatorCount == 0)
        #expect(ConceptIndexChecker.findings(in: entries, order: builder.order) == [])
    }

    @Test func `stance, principal passages and statements in general are kept apart`() {
        let impaired = entry("impaired bonding", in: index(Fixture.selection()))
        #expect(impaired.map { text($0.locators) } == "Doo *27, 27?, 28†")
        #expect(impaired?.subentries.map(\.heading) == ["in general"])
        #expect(impaired.map { text($0.subentries[0].locators) } == "AB ¶1–2, ¶2†")
    }

    @Test func `an entry with many locators is divided by person, else by work, else by stance`() {
        var options = ConceptIndexOptions()
        options.undivided = 2
        var selection = Fixture.selection()
        selection.works[0].annotations[0].annotation.about = [.person("max"), .dyad("jane", "max")]
        let impaired = entry("impaired bonding", in: index(selection, options))
        #expect(impaired?.locators.isEmpty == true)
        #expect(impaired?.subentries.map(\.heading) == ["in general", "Jane towards Max", "Max"])
        let dyad = impaired?.subentries.first { $0.heading == "Jane towards Max" }
        #expect(dyad?.subentries.map(\.heading) == ["evidence for", "readers may differ", "speaks against"])
        #expect(dyad.map { text($0.subentries[0].locators) } == "Doo *27")
    }

    /// Whatever is marked, nobody looks up six bare numbers where anything tells their places apart.
    @Test func `a long run is divided by work, by stance, by what it rests on, by part`() {
        var paragraphs: [String] = []
        for (index, key) in "abcdefghijklmnopqr".enumerated() {
            paragraphs.append("{\(key):Words \(index).:\(key)} More.")
        }
        func index(bases: [Basis], parts: Int) -> ConceptIndex {
            var marked = MarkedText("c.xml", title: "C", paragraphs)
            for part in 0..<parts {
                let division = Part(
                    parent: -1, element: 0, type: "chapter", label: String(part + 1), head: nil, isOnlyOne: false,
                    raw: ByteRange(0, 0))
                marked.document.parts.append(division)
            }
            for passage in marked.document.passages.indices where parts > 0 {
                marked.document.passages[passage].part = Int32(passage * parts / paragraphs.count)
            }
            let work = SelectedWork(
                document: marked.document,
                annotations: "abcdefghijklmnopqr".enumerated().map { index, key in
                    marked.annotation(
                        String(key), ["neglect"], about: [.person("x")], stance: index < 2 ? .contradicts : .supports,
                        basis: bases[index % bases.count])
                })
            return self.index(TeachingSelection(scheme: Fixture.scheme, works: [work], date: "", program: ""))
        }
        func headings(_ index: ConceptIndex) -> [String] {
            entry("child neglect", in: index)?.subentries.first?.subentries.map(\.heading) ?? []
        }
        #expect(headings(index(bases: [.shown, .told, .inferred], parts: 0)).count == 4)
        let chapters = index(bases: [.shown], parts: 6)
        #expect(headings(chapters).contains("evidence for, ch. 2"), "\(headings(chapters))")
        func longest(_ entry: IndexEntry) -> Int {
            max(entry.locators.reduce(0) { $0 + $1.locators.count }, entry.subentries.map(longest).max() ?? 0)
        }
        #expect(chapters.entries.map(longest).max() ?? 9 <= 5)
        let found = chapters.entries.first { $0.concept == "neglect" }
        #expect(found?.locatorCount == 18, "no place is lost")
    }

    @Test func `of several editions each has its pages, under a sign of its own`() {
        var selection = TeachingSelection(scheme: Fixture.scheme, works: [Fixture.door()], date: "", program: "")
        selection.works[0].document.pages = selection.works[0].document.pages.flatMap { page in
            [
                PageBreak(raw: page.raw, number: page.number, edition: "dutton-2025"),
                PageBreak(raw: page.raw, number: String((Int(page.number) ?? 0) - 4), edition: "oxford-2026"),
            ]
        }
        selection.works[0].document.work.notes.append(WorkNote(type: "edition", text: "Dutton, 2025"))
        var options = ConceptIndexOptions()
        options.undivided = 3
        let index = index(selection, options)
        // Three places, six numbers: looked up in one edition, an entry is no longer than three.
        #expect(
            entry("impaired bonding", in: index).map { text($0.locators) } == "Doo¹ *27, 27?, 28†; Doo² *23, 23?, 24†")
        #expect(index.sigla.map(\.siglum) == ["Doo¹", "Doo²"])
        #expect(index.sigla.map(\.citation.edition) == ["Pages of Dutton, 2025", "Pages of oxford-2026"])
        _ = selection.choose(edition: "Oxford, 2026") { $0.lowercased().replacing(", ", with: "-") }
        #expect(entry("impaired bonding", in: self.index(selection)).map { text($0.locators) } == "Doo *23, 23?, 24†")
    }

    @Test func `a limit that the first words of passages pass is told, and so is an index that is not sound`() throws {
        let writer = try SheetWriter(language: "en")
        func warnings(_ selection: TeachingSelection) -> [Diagnostic] {
            writer.sheet(.conceptIndex, writer.material(selection), format: .html).warnings
        }
        #expect(warnings(Fixture.selection()).map(\.identifier) == ["quotation-limit"])
        var free = Fixture.selection()
        free.quotationLimit = 100
        #expect(warnings(free) == [])
        // A label that two concepts share.
        free.scheme.concepts[3].labels = [Label(kind: .preferred, text: "impaired bonding", language: "en")]
        #expect(warnings(free).map(\.identifier).contains("unsound-index"))
    }

    @Test func `persons of one name in two works are told apart by the title`() {
        var selection = Fixture.selection()
        var other = Fixture.door()
        other.document.work.title = "Another Door"
        selection.works = [Fixture.door(), other]
        var options = ConceptIndexOptions()
        options.undivided = 2
        let impaired = entry("impaired bonding", in: index(selection, options))
        #expect(
            impaired?.subentries.map(\.heading) == ["Jane towards Max (Another Door)", "Jane towards Max (The Door)"])
    }

    @Test func `ranges only for what is continuous`() {
        func locators(_ second: String) -> String? {
            var marked = MarkedText("c.xml", title: "C", ["One. {a:Two.:a}", second, "Six."])
            marked.document.pages = [
                PageBreak(raw: 0, number: "9", edition: nil),
                PageBreak(raw: marked.document.passages[1].raw.start, number: "10", edition: nil),
            ]
            let work = SelectedWork(
                document: marked.document,
                annotations: ["a", "b"].map {
                    marked.annotation($0, ["neglect"], about: [.person("x")], basis: .told)
                })
            let selection = TeachingSelection(scheme: Fixture.scheme, works: [work], date: "", program: "")
            return entry("child neglect", in: index(selection)).map { text($0.locators) }
        }
        #expect(locators("{b:Three.:b} Four.") == "C 9–10")
        #expect(locators("Three. {b:Four.:b}") == "C 9, 10")
    }

    @Test func `an index of a query holds what the query matched`() {
        var selection = Fixture.selection()
        selection.matched = ["Corpus/door.ana.xml#a-f", "Corpus/door.ana.xml#a-e"]
        let index = index(selection)
        #expect(entry("impaired bonding", in: index).map { text($0.locators) } == "Doo 28†")
        #expect(index.locorum.flatMap(\.passages).count == 2)
    }

    @Test func `facets lead to their concepts and have no locators of their own`() {
        let index = index(Fixture.selection())
        let bond = entry("bond", in: index)
        #expect(bond?.locatorCount == 0)
        #expect(bond?.seeSpecific.map(\.heading) == ["impaired bonding", "lack of affection shown"])
        // Nothing under it was found on these pages, and an orphan has no place.
        #expect(entry("child neglect", in: index) == nil)
        #expect(entry("impaired bonding", in: index)?.seeAlso.map(\.heading) == ["lack of affection shown"])
    }

    @Test func `other names lead to the entry, or repeat a short one`() {
        var options = ConceptIndexOptions()
        options.undivided = 4
        let index = index(Fixture.selection(), options)
        #expect(entry("bonding difficulties", in: index)?.see.map(\.heading) == ["impaired bonding"])
        let short = entry("coldness", in: index)
        #expect(short?.see.isEmpty == true)
        #expect(short?.locators == entry("lack of affection shown", in: index)?.locators)
    }

    @Test func `another name is left out beside its entry`() {
        var selection = Fixture.selection()
        selection.scheme.concepts[1].labels.append(
            Label(kind: .alternative, text: "impaired bonds", language: "en"))
        #expect(entry("impaired bonds", in: index(selection)) == nil)
    }

    @Test func `what has no place is listed`() {
        let unplaced = index(Fixture.selection()).unplaced
        #expect(unplaced.map(\.quote) == ["nobody fed him"])
        #expect(unplaced.map(\.reason) == ["orphaned"])
        #expect(unplaced.map(\.concepts) == [["child neglect"]])
    }

    @Test func `every annotation that has a place is in the index`() {
        let selection = Fixture.selection()
        let index = index(selection)
        for (number, work) in selection.works.enumerated() {
            for annotation in work.annotations where annotation.verdict.isShown {
                for piece in annotation.pieces {
                    let row = index.locorum[number].passages.first {
                        $0.anchor == "w\(number + 1)-\(piece.passage + 1)"
                    }
                    for concept in annotation.annotation.concepts {
                        let heading = selection.scheme[concept.id]?.preferredLabel()
                        #expect(row?.concepts.contains { $0.heading == heading } == true)
                    }
                }
            }
        }
    }

    @Test func `the fixture's index is sound`() {
        let builder = ConceptIndexBuilder(Fixture.selection(), strings: strings)
        #expect(ConceptIndexChecker.findings(in: builder.build().entries, order: builder.order) == [])
    }
}

@Suite struct ConceptIndexCheckerTests {
    private func entry(_ heading: String, locators: [String] = ["1"], concept: String? = nil) -> IndexEntry {
        var entry = IndexEntry(heading: heading, anchor: "a-" + heading, concept: concept)
        if !locators.isEmpty {
            entry.locators = [
                WorkLocators(
                    siglum: "W",
                    locators: locators.map {
                        IndexLocator(text: $0, stance: .supports, isPrincipal: false, anchor: "x")
                    })
            ]
        }
        return entry
    }

    private func seeing(_ heading: String, _ target: String) -> IndexEntry {
        var entry = entry(heading, locators: [])
        entry.see = [CrossReference(heading: target, anchor: "a-" + target)]
        return entry
    }

    private func kinds(_ entries: [IndexEntry]) -> [ConceptIndexChecker.Finding.Kind] {
        ConceptIndexChecker.findings(in: entries).map(\.kind)
    }

    @Test func `a sound index has no findings`() {
        #expect(kinds([entry("a"), seeing("b", "a")]) == [])
    }

    @Test func `blind references`() {
        #expect(kinds([entry("a"), seeing("b", "c")]) == [.blind])
        #expect(kinds([entry("a", locators: []), seeing("b", "a")]) == [.orphan, .blind])
        var also = entry("d")
        also.seeAlso = [CrossReference(heading: "nowhere", anchor: "x")]
        #expect(kinds([also]) == [.blind])
    }

    @Test func `circular references`() {
        #expect(kinds([seeing("a", "b"), seeing("b", "a")]) == [.circular, .circular])
        #expect(kinds([seeing("a", "b"), seeing("b", "c"), seeing("c", "a")]) == [.circular, .circular, .circular])
        var own = entry("a")
        own.seeAlso = [CrossReference(heading: "a", anchor: "a-a")]
        #expect(kinds([own]) == [.circular])
    }

    @Test func `see under leads to an entry that has the heading as a sub-entry`() {
        var parent = entry("a")
        parent.subentries = [entry("Jane")]
        var jane = IndexEntry(heading: "Jane", anchor: "a-Jane", concept: nil)
        jane.seeUnder = [CrossReference(heading: "a", anchor: "a-a")]
        #expect(kinds([parent, jane]) == [])
        parent.subentries = []
        #expect(kinds([parent, jane]) == [.blind])
    }

    @Test func `orphans among sub-entries`() {
        var parent = entry("a")
        parent.subentries = [entry("of b", locators: [])]
        #expect(kinds([parent]) == [.orphan])
    }

    @Test func `double entries`() {
        #expect(kinds([entry("a"), entry("a")]) == [.double])
        #expect(kinds([entry("a", concept: "c"), entry("b", concept: "c")]) == [])
        #expect(kinds([entry("a", concept: "c"), entry("b", locators: ["2"], concept: "c")]) == [.double])
    }

    @Test func `entries out of order`() {
        let order = HeadingOrder(.wordByWord, collation: Collation(language: "en"))
        let findings = ConceptIndexChecker.findings(in: [entry("b"), entry("a")], order: order)
        #expect(findings.map(\.kind) == [.disorder])
    }
}
