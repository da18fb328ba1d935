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
}
