import Foundation
import Readers
import TestSupport
import Testing
import TextModel

/// Reads a text as a file `test.xml`.
func read(_ xml: String) -> TEIReading { TEIReader.read(Array(xml.utf8), path: "test.xml") }

func read(_ url: URL) throws -> TEIReading {
    TEIReader.read([UInt8](try Data(contentsOf: url)), path: url.lastPathComponent)
}

func fixture(_ name: String) -> URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Fixtures/\(name)")
}

/// A TEI around a body.
func tei(_ body: String, header: String = "") -> String {
    "<TEI xmlns='http://www.tei-c.org/ns/1.0'><teiHeader><fileDesc>\(header)</fileDesc></teiHeader>"
        + "<text><body>\(body)</body></text></TEI>"
}

/// Reading texts of the passages of a body.
func readings(_ body: String) throws -> [String] {
    let document = try #require(read(tei(body)).documents.first)
    return document.passages.map { document.readingText($0) }
}

@Suite struct TEIReaderTests {
    @Test func `reads every hard case`() throws {
        let document = try #require(try read(fixture("hard.xml")).documents.first)
        var text = ""
        let ids = PassageIdentifiers(document)
        for (index, passage) in document.passages.enumerated() {
            let locator = document.locator(for: passage.raw, in: Int32(index))
            text += "\(ids[index]) [\(passage.kind.rawValue), \(document.languages[Int(passage.language)])"
            if passage.paragraph > 0 { text += ", ¶ \(passage.paragraph)" }
            if passage.enclosing >= 0 { text += ", in \(ids[Int(passage.enclosing)])" }
            text += "] {\(locator.label) | \(locator.short)}\n    \(document.path(ofElement: passage.element))\n"
            text += "    \(document.readingText(passage))\n"
        }
        text += "hyphens: \(document.lineEndHyphens.map { around($0, in: document) })\n"
        text +=
            "calls: \(document.noteCalls.map { "\(around($0.reading, in: document)) \($0.mark ?? "-") \(ids[Int($0.note)])" })\n"
        text += "speeches: \(document.speeches.map { "\($0.who) \(collapsedWhiteSpace(document.rawText($0.raw)))" })\n"
        text +=
            "mentions: \(document.mentions.map { "\($0.person) \(collapsedWhiteSpace(document.rawText($0.raw)))" })\n"
        text += "pages: \(document.pages.map(\.number)) lines: \(document.lines.map(\.number))\n"
        let parts = document.parts.map {
            "\($0.type ?? "-") \($0.label) [\($0.head ?? "")] \($0.isOnlyOne ? "alone" : "")"
        }
        text += "parts: \(parts)\n"
        expectGolden(text, "hard.txt")
    }

    private func around(_ offset: Int32, in document: Document) -> String {
        let start = max(0, Int(offset) - 6)
        let end = min(document.reading.count, Int(offset) + 6)
        return String(decoding: document.reading[start..<Int(offset)], as: UTF8.self) + "|"
            + String(decoding: document.reading[Int(offset)..<end], as: UTF8.self)
    }

    @Test func `place and time of a setting are told apart, and its sentences stay`() throws {
        for (setting, expected) in [
            ("<setting><name>Hull</name><date>1956</date></setting>", "Hull, 1956"),
            ("<setting><name>Hull</name>\n <date>1956</date></setting>", "Hull 1956"),
            ("<p>In <name>Hull</name>, in <date>1956</date>.</p>", "In Hull, in 1956."),
            ("<setting><name>Hull</name></setting><setting><name>Kano</name></setting>", "Hull; Kano"),
        ] {
            let text =
                "<TEI xmlns=\"http://www.tei-c.org/ns/1.0\"><teiHeader><fileDesc><titleStmt><title>T</title></titleStmt>"
                + "<publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc></fileDesc><profileDesc><settingDesc>"
                + setting + "</settingDesc></profileDesc></teiHeader><text><body><p>A.</p></body></text></TEI>"
            let document = try #require(TEIReader.read(Array(text.utf8), path: "t.xml").documents.first)
            #expect(document.work.setting == expected)
        }
    }

    @Test func `reads the header of a work`() throws {
        let work = try #require(try read(fixture("hard.xml")).documents.first).work
        #expect(work.title == "The Lantern House: every hard case")
        #expect(work.subtitle == "A reader's trial")
        #expect(work.authors == ["Quill, Nora"])
        #expect(work.date == "1851")
        #expect(work.source == "The Lantern House, 1851")
        #expect(work.availability == .free)
        #expect(work.licence == "CC BY 4.0")
        #expect(work.languages == ["en", "fr"])
        #expect(work.abstract == "A lamp is kept burning.\nNobody comes.")
        #expect(work.notes == [WorkNote(type: "invented", text: "Invented for tests; no real person.")])
        #expect(work.setting == "Hull, 1850")
        #expect(work.keywords == ["trial", "lamp"])
        #expect(
            work.persons == [
                Person(id: "nell", names: ["Nell", "Mrs. Harrow"], sex: .female, role: "mother"),
                Person(id: "pip", names: ["Pip Harrow"], sex: .male, role: nil),
                Person(id: "crowd", names: ["the crowd"], sex: nil, role: nil, isGroup: true),
            ])
        #expect(
            work.relations == [
                Relation(id: nil, name: "parent_of", active: ["nell"], passive: ["pip"], mutual: []),
                Relation(id: "r.k", name: "friends", active: [], passive: [], mutual: ["pip", "crowd"]),
            ])
    }

    @Test(arguments: [
        ("Brontë, Emily (1818-1848)", "Brontë, Emily"), ("Carroll, Lewis [pseud.] (1832-1898).", "Carroll, Lewis"),
        ("Grimm, Jacob, 1785-1863", "Grimm, Jacob"), ("Winston, R.", "Winston, R."),
        ("Ward, Humphry, Mrs.", "Ward, Humphry, Mrs."),
        ("N. N.", "N. N."), ("Louis XIV", "Louis XIV"), ("Smith (pseud.)", "Smith (pseud.)"),
    ])
    func `names authors without their dates`(author: String, name: String) throws {
        let header = "<titleStmt><title>A novel : ELTeC edition</title><author>\(author)</author></titleStmt>"
        let work = try #require(read(tei("<p>x</p>", header: header)).documents.first).work
        #expect(work.authors == [name])
        #expect(work.title == "A novel")
    }

    @Test func `takes the language nearest to the text`() throws {
        let header = "<titleStmt><title/></titleStmt>"
        func languages(_ body: String, profile: String = "", root: String = "") throws -> [String] {
            let xml =
                "<TEI xmlns='http://www.tei-c.org/ns/1.0' \(root)><teiHeader><fileDesc>\(header)</fileDesc>\(profile)</teiHeader><text><body>\(body)</body></text></TEI>"
            let document = try #require(
                TEIReader.read(Array(xml.utf8), path: "test.xml", defaultLanguage: "sv").documents.first)
            return document.passages.map { document.languages[Int($0.language)] }
        }
        let one = "<profileDesc><langUsage><language ident='ger'/></langUsage></profileDesc>"
        let two = "<profileDesc><langUsage><language ident='ger'/><language ident='en'/></langUsage></profileDesc>"
        #expect(
            try languages("<p>x</p><p xml:lang='fr'>y<note xml:lang='eng-GB'>z</note></p>") == ["sv", "fr", "en-GB"])
        #expect(try languages("<p>x</p>", profile: one) == ["de"])
        #expect(try languages("<p>x</p>", profile: two) == ["sv"])
        #expect(try languages("<p>x</p>", profile: one, root: "xml:lang='it'") == ["it"])
    }

    @Test(.enabled(if: sharedFolder != nil, "the shared material is not here"))
    func `reads the shared sample as the contract quotes it`() throws {
        let shared = try #require(sharedFolder)
        let reading = try read(shared.appendingPathComponent("reference/samples/Corpus/hard.xml"))
        #expect(reading.diagnostics.isEmpty)
        let document = try #require(reading.documents.first)
        #expect(document.passages.count == 35)
        let texts = document.passages.map { "\($0.kind.rawValue) " + document.readingText($0) }
        for quoted in [
            "text She held the child as one holds a parcel, and felt nothing at all. Nobody spoke[…].",
            "note A public note, inside the paragraph.",
            "text In her letter she wrote: and then she listed what was missing: that was the whole letter.",
            "text Dear Ma, he is a stranger to me.", "speech and yet so far; I reach and do not touch your hand.",
            "text Yours, Ada",
        ] {
            #expect(texts.contains(quoted))
        }
    }

    @Test(arguments: [
        ("<p>wo<hi>r</hi>d <c>w</c><w>ord</w></p>", ["word word"]),
        ("<p>one<lb/>two three-<lb/>four<pb/>five</p>", ["one two three- four five"]),
        ("<p>a<note>b</note>c</p>", ["ac", "b"]),
        ("<p>a<list><item>b</item></list>c</p>", ["a c", "b"]),
        ("<p>a<milestone unit='x'/>b<anchor/>c<fw>d</fw>e<?pi x?>f<!-- g -->h</p>", ["abcefh"]),
        ("<p><sic>a</sic><orig>b</orig><abbr>c</abbr><corr>d</corr></p>", ["abcd"]),
        ("<p>x<choice> <orig>a</orig> <reg>b</reg> </choice>y</p>", ["xby"]),
        ("<p>x <choice><sic>a</sic><corr/></choice> y</p>", ["x y"]),
        (
            "<p>x<choice><sic>a<note>in sic</note></sic><corr>b<note>in corr</note></corr></choice>y</p>",
            ["xby", "in corr"]
        ),
        (
            "<p>x<app><rdg>a</rdg><rdg>b</rdg></app>y<app><rdgGrp><rdg>c</rdg><rdg>d</rdg></rdgGrp></app>z</p>",
            ["xaycz"]
        ),
        (
            "<p>x<choice><sic>a<choice><abbr>b</abbr><expan>c</expan></choice></sic><corr>d<choice><abbr>e</abbr><expan>f</expan></choice></corr></choice>y</p>",
            ["xdfy"]
        ),
        ("<p>x<subst>\n<del>a</del>\n<add>b</add>\n</subst>y</p>", ["xby"]),
        ("<p><del>a<p>b</p></del></p>", []),
        ("<p>a<gap/>b</p><gap/>", ["a[…]b"]),
        ("<lg><l>a</l><l>b</l></lg>", ["a b"]),
        ("<l>a</l><l>b</l>", ["a", "b"]),
        ("<p>&#xA0;</p><p>a&#xA0;</p>", ["a\u{A0}"]),
        ("loose<p>a</p>text", ["loose text", "a"]),
        (
            "<p>soft&#xAD;<lb break='no'/>hyphen¬<lb break='no'/>ed‐<lb break='no'/>word - <lb break='no'/>x</p>",
            ["softhyphenedword -x"]
        ),
    ])
    func `puts the reading text together`(body: String, expected: [String]) throws {
        #expect(try readings(body) == expected)
    }

    @Test func `maps each shown byte back to the raw text`() throws {
        let document = try #require(try read(fixture("hard.xml")).documents.first)
        for passage in document.passages {
            var offset = passage.reading.start
            var run = Int(passage.runs.lowerBound)
            while offset < passage.reading.end {
                while run + 1 < Int(passage.runs.upperBound), document.runs[run + 1].reading <= offset { run += 1 }
                let byte = document.reading[Int(offset)]
                if document.runs[run].isCopied {
                    let raw = document.rawOffset(ofReading: offset, in: passage)
                    let source = document.raw[Int(raw)]
                    #expect(source == byte || isXMLSpace(source) && byte == 0x20)
                    #expect(document.readingOffset(ofRaw: raw, in: passage) == offset)
                }
                offset += 1
            }
        }
    }

    @Test func `tells files apart by what they hold`() throws {
        #expect(read(tei("<p>x</p>")).kind == .text)
        #expect(read("<TEI xmlns='http://www.tei-c.org/ns/1.0' type='casebook-layer'><standOff/></TEI>").kind == .layer)
        let annotation =
            "<standOff><listAnnotation><annotation target='a.xml#string-range(p1,0,4)'/></listAnnotation></standOff>"
        #expect(read("<TEI xmlns='http://www.tei-c.org/ns/1.0'>\(annotation)</TEI>").kind == .layer)
        #expect(
            read("<TEI xmlns='http://www.tei-c.org/ns/1.0'><standOff><listPerson/></standOff></TEI>").kind == .persons)
        #expect(read("<html/>").kind == .other)
        #expect(read("<TEI").kind == .other)
    }

    @Test func `reads a corpus as several documents`() throws {
        let one =
            "<TEI xml:id='a'><teiHeader><fileDesc><titleStmt><title>A</title></titleStmt></fileDesc></teiHeader><text><body><p>one</p></body></text></TEI>"
        let two =
            "<TEI><teiHeader/><text><group><text n='I'><body><p>two</p></body></text><text><body><head>Part 2</head><p>three</p></body></text></group></text></TEI>"
        let header =
            "<teiHeader><fileDesc><titleStmt><title>All</title><author>N. N.</author></titleStmt></fileDesc></teiHeader>"
        let documents = read("<teiCorpus xmlns='http://www.tei-c.org/ns/1.0'>\(header)\(one)\(two)</teiCorpus>")
            .documents
        #expect(documents.map(\.name) == ["test.xml#a", "test.xml#2"])
        #expect(documents.map(\.work.title) == ["A", "All"])
        #expect(documents.map(\.work.authors) == [["N. N."], ["N. N."]])
        let last = try #require(documents.last)
        #expect(
            last.path(ofElement: last.passages[0].element)
                == "/teiCorpus[1]/TEI[2]/text[1]/group[1]/text[1]/body[1]/p[1]")
        #expect(last.parts.map(\.label) == ["I", "2"])
        #expect(last.parts.map(\.head) == [nil, "Part 2"])
    }

    @Test func `reads P4 with a warning`() throws {
        let reading = read("<TEI.2><teiHeader/><text><body><p>x</p></body></text></TEI.2>")
        #expect(places(reading.diagnostics) == ["no-namespace 1:1"])
        let document = try #require(reading.documents.first)
        #expect(!document.hasNamespace)
        #expect(document.path(ofElement: document.passages[0].element) == "/TEI.2[1]/text[1]/body[1]/p[1]")
    }

    @Test func `reports what it leaves alone`() {
        let reading = read(
            tei("<p>a<delSpan/>b<delSpan/><xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='x.xml'/></p>"))
        #expect(reading.diagnostics.map(\.identifier).sorted() == ["include", "span-not-applied"])
    }

    @Test func `prefers the text to the transcription of pages`() throws {
        let pages = "<sourceDoc><surface><line>as</line><line>written</line></surface></sourceDoc>"
        let both = read("<TEI xmlns='http://www.tei-c.org/ns/1.0'>\(pages)<text><body><p>read</p></body></text></TEI>")
        #expect(both.documents.first.map(listing) == "text: read\n")
        let alone = read("<TEI xmlns='http://www.tei-c.org/ns/1.0'>\(pages)</TEI>")
        #expect(alone.documents.first.map(listing) == "text: as written\n")
    }

    @Test func `has no documents where there is an error`() {
        let reading = read(tei("<p>a &ldquo;b</p>"))
        #expect(reading.documents.isEmpty)
        #expect(reading.hasErrors)
    }
}

/// `kind: reading text`, a line a passage.
func listing(_ document: Document) -> String {
    document.passages.map { "\($0.kind.rawValue): \(document.readingText($0))\n" }.joined()
}
