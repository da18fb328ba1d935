import Casebook
import Foundation
import QueryLanguage
import SearchIndex
import TestSupport
import Testing
import TextModel
import Writers

@Suite struct PacketTests {
    private let project: Project

    init() throws { project = try Project.open(packageRoot.path) }

    private struct Unwanted: Error {}

    private func build(_ name: String) throws -> PacketBuild {
        try project.build(try project.packet(named: name).packet, date: "2026-03-07") {
            try project.updatedIndex(suggesting: false).index
        }
    }

    /// A casebook with one text of three paragraphs.
    private func withCasebook(_ body: (Project, URL) throws -> Void) throws {
        try withTemporaryFolder { folder in
            _ = try Project.create(in: folder.path)
            let text = """
                <TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Tale</title></titleStmt>
                <publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc></fileDesc></teiHeader>
                <text><body><p xml:id="a">She held the child.</p><p>He slept all night.</p><p>By spring she sang.</p></body></text></TEI>
                """
            try Data(text.utf8).write(to: folder.appendingPathComponent("Corpus/tale.xml"))
            try FileManager.default.createDirectory(
                at: folder.appendingPathComponent("Packets"), withIntermediateDirectories: true)
            try body(try Project.open(folder.path), folder)
        }
    }

    private func selection(_ yaml: String, of project: Project) throws -> (TeachingSelection, [Diagnostic]) {
        let (packet, problems) = Packet.read(yaml, name: "t")
        #expect(problems == [])
        let (selection, diagnostics) = try project.selection(for: packet, date: "") { throw Unwanted() }
        return (selection, diagnostics)
    }

    @Test func `the shipped packets are listed and make their sheets`() throws {
        #expect(project.packetNames() == ["for-parents", "impaired-bonding", "two-ties"])
        for name in project.packetNames() {
            let (packet, problems) = try project.packet(named: name)
            #expect(problems == [], "\(name)")
            let build = try build(name)
            for sheet in packet.sheets {
                #expect(build.files.contains { $0.name == "\(name)-\(sheet.rawValue).html" })
            }
            // Only what a teacher has to fill in is missing.
            #expect(
                build.diagnostics.allSatisfy { ["empty-help-field", "empty-field"].contains($0.identifier) },
                "\(build.diagnostics)")
            #expect(!build.diagnostics.contains { $0.severity == .error })
        }
    }

    @Test func `all sheets of a packet carry one checksum and one numbering`() throws {
        var packet = try project.packet(named: "impaired-bonding").packet
        packet.formats = ["json"]
        packet.variants = 2
        let build = try project.build(packet, date: "2026-03-07") { throw Unwanted() }
        let names = build.files.map(\.name)
        #expect(names.contains("impaired-bonding-key-B.json") && names.contains("impaired-bonding-worksheet.html"))
        var checksums: Set<String> = []
        for file in build.files where file.name.hasSuffix(".json") {
            let sheet = try #require(try JSONSerialization.jsonObject(with: Data(file.bytes)) as? [String: Any])
            checksums.insert(try #require(sheet["checksum"] as? String))
        }
        #expect(checksums.count == 1)
        for file in build.files where file.name.hasSuffix(".html") {
            #expect(file.text.contains(try #require(checksums.first)), "\(file.name)")
        }
    }

    @Test func `a slip in a packet is told with its place`() {
        let (packet, diagnostics) = Packet.read(
            """
            titel: A
            date: 7 March
            sheets: [handout, workshet]
            prompts:
              notise: [What?]
            passages:
              - at: tale#a
                headnote: \(Array(repeating: "word", count: 31).joined(separator: " "))
              - begins: nowhere
            minutes: soon
            """, name: "t")
        #expect(
            diagnostics.map { "\($0.location?.line ?? 0) \($0.identifier)" } == [
                "1 unknown-key", "2 malformed-packet", "3 unknown-value", "5 unknown-key", "8 long-headnote",
                "9 malformed-packet", "10 malformed-packet",
            ])
        #expect(diagnostics[0].advice == "Did you mean “title”?")
        #expect(packet.sheets == [.handout] && packet.passages.count == 1)
        #expect(Packet.read("a: [", name: "t").diagnostics.map(\.identifier) == ["malformed-packet"])
        #expect(Packet.read("just text", name: "t").diagnostics.map(\.identifier) == ["malformed-packet"])
        #expect(Packet.read("", name: "t").diagnostics == [])
    }

    @Test func `passages are found by pointer, by path, and by their words when they have moved`() throws {
        try withCasebook { project, _ in
            let (selection, diagnostics) = try selection(
                """
                passages:
                  - at: "tale#/TEI[1]/text[1]/body[1]/p[3]"
                    headnote: Last
                  - tale#a
                  - at: tale#gone
                    begins: He slept
                """, of: project)
            #expect(selection.places.map(\.passage) == [2, 0, 1])
            #expect(selection.plan.headnotes == [PassagePlace(work: 0, passage: 2): "Last"])
            #expect(diagnostics.map(\.identifier) == ["moved-passage"])
            #expect(diagnostics[0].advice?.contains("tale#/TEI[1]/text[1]/body[1]/p[2]") == true)
            #expect(throws: Diagnostic.self) { try self.selection("passages: [tale#nowhere]", of: project) }
            #expect(throws: Diagnostic.self) { try self.selection("passages: [tail#a]", of: project) }
            #expect(throws: Diagnostic.self) { try self.selection("title: Empty", of: project) }
            // Generated names shift: no file holds them.
            #expect(throws: Diagnostic.self) { try self.selection("passages: [tale#p.2]", of: project) }
        }
    }

    @Test func `a sheet for parents without help lines is not made`() throws {
        var packet = try project.packet(named: "for-parents").packet
        packet.help.lines = []
        let build = try project.build(packet, date: "2026-03-07") { throw Unwanted() }
        #expect(build.files == [])
        #expect(build.diagnostics.map(\.identifier) == ["empty-help-field", "empty-field"])
        #expect(build.diagnostics[0].severity == .error)
    }

    @Test func `a marked handout for the class that has the worksheet is a warning`() throws {
        var packet = try project.packet(named: "impaired-bonding").packet
        packet.moment = .inClass
        func warnings() throws -> [String] {
            try project.build(packet, date: "2026-03-07") { throw Unwanted() }.diagnostics.map(\.identifier)
        }
        #expect(try warnings().contains("answers-given-away"))
        packet.hidden = [.marks]
        #expect(try !warnings().contains("answers-given-away"))
        packet.hidden = []
        packet.sheets = [.handout]
        #expect(try !warnings().contains("answers-given-away"))
    }

    @Test func `a new packet is read back, whatever its title and passages`() throws {
        try withCasebook { project, _ in
            for (number, title) in ["Plain", "a: b # c", "\"quoted\" \\ back", "- list", "yes", "ü „Ü“\nzwei", "[x]"]
                .enumerated()
            {
                let file = try project.newPacket(named: "n\(number)", title: title, query: "a & \"b\"", hits: nil)
                #expect(file == "Packets/n\(number).yml")
                let (packet, problems) = try project.packet(named: "n\(number)")
                #expect(problems == [], "\(title)")
                #expect(packet.title == title.replacing("\n", with: " "))
                #expect(packet.query == "a & \"b\"")
                #expect(packet.sheets == [.handout, .worksheet, .key])
            }
            #expect(throws: Diagnostic.self) { try project.newPacket(named: "n0", title: nil, query: nil, hits: nil) }
            #expect(throws: Diagnostic.self) { try project.newPacket(named: "a b", title: nil, query: nil, hits: nil) }
        }
    }

    @Test func `passages that a query found are written out and found again`() throws {
        try withCasebook { project, _ in
            let hits = [1, 3].map {
                Hit(document: "Corpus/tale.xml", title: "Tale", passage: $0 == 1 ? "a" : "p.\($0)")
            }
            _ = try project.newPacket(named: "picked", title: nil, query: "anything", hits: hits)
            let (packet, problems) = try project.packet(named: "picked")
            #expect(problems == [])
            #expect(packet.title == "Picked")
            let (selection, diagnostics) = try project.selection(for: packet, date: "") { throw Unwanted() }
            #expect(diagnostics == [])
            #expect(selection.places.map(\.passage) == [0, 2])
        }
    }

    @Test func `every field of a packet is read`() throws {
        let (packet, problems) = Packet.read(
            """
            format: 1
            title: Two ties
            course: Literature, session 4
            date: 2027-02-11
            audience: instructor
            moment: in-class
            language: de
            paper: letter
            preset: seminar
            notes: beneath
            hide: [evidence, index]
            show: [charts]
            quotations: false
            edition: Dutton, 2025
            query: saved:mothers
            concepts: [impaired bonding, neglect]
            layers: [ana]
            aims: [Name it.]
            unknown: [Whose voice it is.]
            rivals: [An illness.]
            minutes: 20
            seed: 7
            variants: 2
            sheets: [worksheet, key]
            formats: [pdf, docx]
            fields: {page on massage: "https://example.org"}
            replacements:
              suicide-self-harm: tale#a
              violence-to-child: {at: tale#b, begins: He slept}
            """, name: "t")
        #expect(problems == [])
        #expect(packet.title == "Two ties" && packet.course == "Literature, session 4" && packet.day == "2027-02-11")
        #expect(packet.audience == .instructor && packet.moment == .inClass && packet.language == "de")
        #expect(packet.paper == .letter && packet.preset == .seminar && packet.notesBeneath)
        #expect(packet.hidden == [.evidence, .index] && packet.shown == [.charts])
        #expect(!packet.showsQuotations && packet.edition == "Dutton, 2025")
        #expect(packet.query == "saved:mothers" && packet.concepts == ["impaired bonding", "neglect"])
        #expect(packet.layers == ["ana"] && packet.aims == ["Name it."] && packet.rivals == ["An illness."])
        #expect(packet.unknown == ["Whose voice it is."] && packet.minutes == 20 && packet.seed == 7)
        #expect(packet.variants == 2 && packet.sheets == [.worksheet, .key] && packet.formats == ["pdf", "docx"])
        #expect(packet.fields == ["page on massage": "https://example.org"])
        #expect(packet.replacements[.suicideSelfHarm]?.place.element == "a")
        #expect(packet.replacements[.violenceToChild]?.place.begins == "He slept")
        let wrong = Packet.read("replacements: {sadness: tale#a, infant-death: tale}", name: "t").diagnostics
        #expect(wrong.map(\.identifier) == ["unknown-key", "malformed-packet"])
    }

    @Test func `more than four aims are a warning, and four are printed`() throws {
        var packet = try project.packet(named: "impaired-bonding").packet
        let (aims, problems) = Packet.read("aims: [One., Two., Three., Four., Five.]", name: "t")
        #expect(problems.map(\.identifier) == ["many-aims"])
        packet.aims = aims.aims
        packet.sheets = [.handout]
        let page = try #require(try project.build(packet, date: "2026-03-07") { throw Unwanted() }.files.first).text
        #expect(page.contains("<li>Four.</li>") && !page.contains("<li>Five.</li>"))
    }

    // MARK: - In place of a passage

    private func contentNote(_ packet: Packet) throws -> (note: String, diagnostics: [String]) {
        var packet = packet
        packet.sheets = [.worksheet]
        packet.formats = ["json"]
        let build = try project.build(packet, date: "2026-03-07") { throw Unwanted() }
        let file = try #require(build.files.first { $0.name.hasSuffix(".json") })
        let sheet = try JSONSerialization.jsonObject(with: Data(file.bytes)) as? [String: Any]
        return (sheet?["contentNote"] as? String ?? "", build.diagnostics.map(\.identifier))
    }

    @Test func `the teacher names what is read in place of a passage, on the sheet or elsewhere`() throws {
        var packet = try project.packet(named: "impaired-bonding").packet
        func name(_ at: String) {
            packet.replacements = Packet.read("replacements: {terminal-illness: \(at)}", name: "t").packet.replacements
        }
        let chosen = try contentNote(packet).note
        name("love-story#p7")
        let own = try contentNote(packet)
        #expect(own.note != chosen)
        #expect(own.note.contains("Passage 3 can be read in place of passage 5."), "\(own.note)")
        #expect(!own.diagnostics.contains("sensitive-replacement"))
        // A passage that is on no sheet, of a work that is on none.
        name("cherry-year#p3")
        let elsewhere = try contentNote(packet).note
        #expect(elsewhere.contains("“The Cherry Year”, "), "\(elsewhere)")
        #expect(elsewhere.contains(" can be read in place of passage 5."))
        // One that needs the same warning is no help.
        name("love-story#p10")
        #expect(try contentNote(packet).diagnostics.contains("sensitive-replacement"))
        name("love-story#nowhere")
        #expect(throws: Diagnostic.self) { try contentNote(packet) }
    }

    @Test func `no wrong answer is a concept that a layer which is left out has found there`() throws {
        try withCasebook { project, folder in
            func layer(_ name: String, _ concept: String) throws {
                let text = """
                    <TEI xmlns="http://www.tei-c.org/ns/1.0" type="casebook-layer"><teiHeader><fileDesc><titleStmt><title>t</title>
                    </titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><bibl><ref target="tale.xml"/></bibl></sourceDesc>
                    </fileDesc></teiHeader><standOff type="annotations"><listAnnotation><note type="layer"/>
                    <annotation xml:id="a-\(name)0000000" target="tale.xml#string-range(a,0,3)" motivation="classifying">
                    <note type="exact">She</note><note type="prefix"/><note type="suffix"> held the child.</note><ptr type="concept" target="../Schemas/bonding.xml#\(concept)"/></annotation>
                    </listAnnotation></standOff></TEI>
                    """
                try Data(text.utf8).write(to: folder.appendingPathComponent("Corpus/tale.\(name).xml"))
            }
            func bank() throws -> String {
                let (selection, _) = try selection(
                    "passages: [tale#a]\nconcepts: [impaired-bonding]\nlayers: [a]", of: project)
                let writer = try project.sheetWriter()
                return writer.sheet(.worksheet, writer.material(selection), format: .json).file.text
            }
            try layer("a", "impaired-bonding")
            #expect(try bank().contains("\"lack of affection shown\""))
            try layer("b", "lack-of-affection")
            let bank = try bank()
            #expect(!bank.contains("\"lack of affection shown\""), "somebody has found it there")
            #expect(bank.contains("\"impaired bonding\""))
        }
    }
}
