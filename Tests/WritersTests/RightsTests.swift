import Readers
import TestSupport
import Testing
import TextModel
import Writers

/// Words quoted, words withheld, what is said of sensitive passages.
@Suite struct RightsTests {
    private let strings = SheetStrings(language: "en")

    private func writer() throws -> SheetWriter { try SheetWriter(language: "en") }

    private static let paper = """
        <?xml version="1.0"?>
        <TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en"><teiHeader><fileDesc>
         <titleStmt><title>A Paper Novel</title><author>Doe, Ann</author></titleStmt>
         <extent><measure unit="words" quantity="90000">90000 words</measure></extent>
         <publicationStmt><authority>T.</authority><availability status="restricted"><p>No.</p></availability></publicationStmt>
         <notesStmt><note type="paper">From a paper copy.</note><note type="edition">Dutton, 2025</note>
          <note type="edition">Oxford, 2026</note></notesStmt>
         <sourceDesc><bibl>Dutton, 2025</bibl></sourceDesc></fileDesc></teiHeader>
         <text><body><div><pb n="27" ed="dutton-2025"/><pb n="23" ed="oxford-2026"/>
          <p xml:id="r2"><seg>She looks at the baby politely.</seg> “<quote xml:id="q2">a guest, she thought</quote>”</p>
         </div></body></text></TEI>
        """

    private func paperSelection() throws -> TeachingSelection {
        let document = try #require(TEIReader.read(Array(Self.paper.utf8), path: "Corpus/paper.xml").documents.first)
        var work = SelectedWork(document: document, annotations: [])
        work.passages = [0]
        return TeachingSelection(scheme: Fixture.scheme, works: [work], date: "2026-03-07", program: "0.1.0")
    }

    private func quotedLines(_ sheet: SheetValue) -> [String] {
        guard case .array(let lines)? = sheet["quoted"] else { return [] }
        return lines.compactMap { if case .string(let text)? = $0["text"] { text } else { nil } }
    }

    // MARK: - Counting

    @Test func `of a paper copy only quoted words count, and the book is as long as it says`() throws {
        var selection = try paperSelection()
        let sheet = HandoutBuilder(selection, strings: strings).build().sheet
        #expect(quotedLines(sheet) == ["A Paper Novel: 4 words of 90,000 (< 0.1\u{A0}%)."])
        selection.works[0].document.work.extent = nil
        let unknown = HandoutBuilder(selection, strings: strings).build()
        #expect(
            quotedLines(unknown.sheet) == ["A Paper Novel: 4 words; how many the whole work has is not known."])
        #expect(unknown.warnings.allSatisfy { $0.identifier != "quotation-limit" })
    }

    @Test func `the limit is the work’s own, else the casebook’s, else a tenth or 1000 words`() throws {
        func limit(_ quoted: Int, _ total: Int?, casebook: Int? = nil, work own: Int? = nil) throws -> Int? {
            var selection = try paperSelection()
            selection.works[0].document.work.extent = total
            selection.works[0].quotationLimit = own
            selection.quotationLimit = casebook
            // As many words as are asked for stand in the one quotation.
            let words = String(repeating: "word ", count: quoted)
            let text = Self.paper.replacing("a guest, she thought", with: words)
            var document = try #require(TEIReader.read(Array(text.utf8), path: "Corpus/paper.xml").documents.first)
            document.work.extent = total
            selection.works[0].document = document
            let warnings = HandoutBuilder(selection, strings: strings).build().warnings
            let warning = warnings.first { $0.identifier == "quotation-limit" }
            return warning.flatMap { Int($0.summary.split(separator: " ").last ?? "") }
        }
        #expect(try limit(100, 1000) == nil)
        #expect(try limit(101, 1000) == 100)
        #expect(try limit(1000, 90_000) == nil)
        #expect(try limit(1001, 90_000) == 1000)
        #expect(try limit(1001, nil) == 1000)
        #expect(try limit(41, 90_000, casebook: 40) == 40)
        #expect(try limit(41, 90_000, casebook: 40, work: 50) == nil)
        #expect(try limit(51, 90_000, casebook: 40, work: 50) == 50)
    }

    @Test func `every sheet says how many words it quotes`() throws {
        let selection = try ShippedCorpus.handout(["impaired-bonding"], of: ["good-room", "love-story"])
        let writer = try writer()
        for kind in SheetKind.allCases where kind != .conceptCard {
            let html = writer.sheet(kind, writer.material(selection), format: .html).file.text
            let hasLine = html.contains("The Good Room: ") && html.contains("\u{A0}%).")
            #expect(hasLine, "\(kind)")
        }
    }

    @Test func `works whose text is not at hand are counted by their digests`() throws {
        var selection = Fixture.selection()
        var annotation = Annotation(id: "a-1", targets: [])
        annotation.concepts = [ConceptReference(id: "impaired-bonding", scheme: "", version: nil)]
        annotation.targets = [
            Target(
                pointer: Pointer(file: "dombey.xml", place: .whole), quote: Quote(digest: "sha256:00ff 57"))
        ]
        selection.absent = [AbsentWork(title: "Dombey and Son", annotations: [AbsentAnnotation(annotation)])]
        let line =
            "Dombey and Son: the text is not here, and nothing of it is quoted; one annotation marks about 10 of its words."
        #expect(quotedLines(HandoutBuilder(selection, strings: strings).build().sheet).last == line)
        selection.concepts = ["secure-attachment"]
        #expect(!quotedLines(HandoutBuilder(selection, strings: strings).build().sheet).contains(line))
    }

    // MARK: - Without words

    @Test func `a sheet without quotations has places, blanks and no words of the text`() throws {
        let selection = try ShippedCorpus.handout(["impaired-bonding"], of: ["good-room"])
        let writer = try writer()
        var options = SheetOptions()
        options.showsQuotations = false
        options.index.showsIncipits = false
        let document = selection.works[0].document
        // Five words in a row that stand in a chosen passage, and are not in a sheet's own texts.
        var fives: Set<String> = []
        for passage in selection.works[0].passages {
            let words = document.readingText(document.passages[Int(passage)]).split(separator: " ")
            for start in words.indices.dropLast(4) { fives.insert(words[start..<start + 5].joined(separator: " ")) }
        }
        #expect(fives.count > 300)
        for kind in SheetKind.allCases where kind != .conceptCard {
            let (file, warnings) = writer.sheet(kind, writer.material(selection, options: options), format: .markdown)
            let text = file.text.replacing("\\", with: "").replacing("**", with: "")
            for five in fives { #expect(!text.contains(five), "\(kind): \(five)") }
            #expect(!warnings.contains { $0.identifier == "quotation-limit" })
            if ![.conceptIndex, .lessonPlan].contains(kind) { #expect(text.contains("____________"), "\(kind)") }
            #expect(text.contains("The Good Room: 0 words"), "\(kind)")
        }
    }

    @Test func `of a paper copy the paraphrase stays`() throws {
        var options = SheetOptions()
        options.showsQuotations = false
        let writer = try writer()
        let text = writer.sheet(.handout, writer.material(try paperSelection(), options: options), format: .markdown)
            .file.text
        #expect(text.contains("*She looks at the baby politely.*"))
        #expect(text.contains("In your own copy: p. 27, 4 words."))
        #expect(!text.contains("a guest"))
    }

    @Test func `pages are those of the edition that is chosen`() throws {
        var selection = try paperSelection()
        let key = { (name: String) in name.lowercased().replacing(", ", with: "-") }
        #expect(selection.editions == ["dutton-2025", "oxford-2026"])
        let isFound = selection.choose(edition: "Oxford, 2026", key: key)
        #expect(isFound)
        let writer = try writer()
        let text = writer.sheet(.handout, writer.material(selection), format: .markdown).file.text
        #expect(text.contains("### 1 · p. 23"))
        #expect(text.contains("Doe, A. *A Paper Novel* (Oxford, 2026), p. 23."))
        let isThere = selection.choose(edition: "Faber, 1999", key: key)
        #expect(!isThere)
    }

    // MARK: - Comments

    struct Comment: CustomTestStringConvertible {
        var before: String
        var after: String
        var testDescription: String { before }
    }

    @Test(arguments: [
        Comment(before: "“Felt nothing at all” names it.", after: "“…” names it."),
        Comment(before: "She 'felt nothing at all', and it's plain.", after: "She '…', and it's plain."),
        Comment(before: "‘Held the child … felt nothing’ is two.", after: "‘…’ is two."),
        Comment(before: "He calls it “attachment”, a term.", after: "He calls it “attachment”, a term."),
        Comment(before: "That she held the child as one holds a parcel.", after: "That …."),
        Comment(before: "The child sleeps.", after: "The child sleeps."),
    ])
    func `words of the text are taken out of what is said about it`(comment: Comment) {
        let document = plainDocument(["She held the child as one holds a parcel, and felt nothing at all."])
        #expect(QuotationRemover(document).remove(from: comment.before).text == comment.after)
    }

    // MARK: - Care

    @Test func `the content note names a passage to read instead, by the numbers of its own sheet`() throws {
        let selection = try ShippedCorpus.handout(["impaired-bonding"], of: ["good-room", "harmattan", "love-story"])
        let material = SheetMaterial(selection, strings: strings)
        let handout = HandoutBuilder(material).build().sheet
        guard case .string(let note)? = handout["contentNote"] else { return #expect(Bool(false), "no note") }
        let sentences = note.matches(of: /Passage (\d+) can be read in place of passages? ([\d, and]+)\./)
        #expect(!sentences.isEmpty, "\(note)")
        let sensitive = sensitivePassages(selection)
        for sentence in sentences {
            let new = try #require(Int(sentence.1))
            #expect(!sensitive.contains(new), "\(new) needs a warning itself")
            let old = sentence.2.split { !$0.isNumber }.compactMap { Int($0) }
            #expect(!old.isEmpty && old.allSatisfy(sensitive.contains))
        }
        // Another order, other numbers: the same passages.
        var shuffled = material
        shuffled.options.worksheet = WorksheetOptions(variant: "B")
        let sheet = Worksheet(shuffled).worksheet
        guard case .string(let other)? = sheet["contentNote"] else { return #expect(Bool(false), "no note") }
        #expect(other != note)
        #expect(other.matches(of: /can be read in place of/).count == sentences.count)
    }

    private func sensitivePassages(_ selection: TeachingSelection) -> Set<Int> {
        var numbers: Set<Int> = []
        for (index, place) in selection.places.enumerated() {
            let work = selection.works[place.work]
            let isSensitive = work.annotations.contains { anchored in
                anchored.verdict.isShown && anchored.pieces.contains { $0.passage == place.passage }
                    && !selection.contentTags(of: anchored).isEmpty
            }
            if isSensitive { numbers.insert(index + 1) }
        }
        return numbers
    }
}
