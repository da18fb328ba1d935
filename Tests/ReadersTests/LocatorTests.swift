import Foundation
import Readers
import TestSupport
import Testing
import TextModel

@Suite struct LocatorTests {
    /// Label and short form of the place of some words.
    private func place(_ words: String, in body: String, edition: String? = nil) throws -> String {
        let document = try #require(read(tei(body)).documents.first)
        let raw = String(decoding: document.raw, as: UTF8.self)
        let found = try #require(raw.range(of: words))
        let start = raw.utf8.distance(from: raw.startIndex, to: found.lowerBound)
        let range = ByteRange(start, start + words.utf8.count)
        let piece = try #require(DocumentPlaces(document).pieces(of: range).first)
        let locator = document.locator(for: range, in: piece.passage, edition: edition)
        return locator.label + " | " + locator.short
    }

    private let novel = """
        <div type='volume' n='1'><div type='chapter'><head>I</head><pb n='1'/><p>One two<pb n='2'/> three.</p><p>Four</p></div>
        <div type='chapter'><head>II</head><p>Five</p></div></div>
        <div type='volume' n='2'><div type='chapter'><head>I</head><pb n='1'/><p>Six<note>Seven</note></p></div></div>
        """

    @Test func `cites volume, chapter, paragraph and page`() throws {
        #expect(try place("One", in: novel) == "vol. 1, ch. 1, ¶ 1, p. 1 | vol. 1, ch. 1, 1")
        #expect(try place("two three", in: novel) == "vol. 1, ch. 1, ¶ 1, pp. 1–2 | vol. 1, ch. 1, 1–2")
        #expect(try place("three", in: novel) == "vol. 1, ch. 1, ¶ 1, p. 2 | 2")
        #expect(try place("Five", in: novel) == "vol. 1, ch. 2, ¶ 1, p. 2 | 2")
        #expect(try place("Six", in: novel) == "vol. 2, ¶ 1, p. 1 | vol. 2, 1")
        #expect(try place("Seven", in: novel) == "vol. 2, p. 1 n. 1 | vol. 2, 1")
    }

    @Test func `cites act, scene, speaker and line`() throws {
        let play = """
            <div type='act'><head>Erster Aufzug.</head><div type='scene'><head>1. Auftritt</head><sp><speaker>ANDRES.</speaker><p>Ja.</p></sp></div>
            <div type='scene'><head>Zweyter Auftritt, zweite Szene</head><sp><speaker>Lehngen</speaker><l>So</l><l>ist <stage>ab</stage></l><l part='F'>es</l></sp></div></div>
            <div type='act'><head>Zweiter Aufzug</head><stage>Nacht</stage></div>
            """
        #expect(try place("Ja", in: play) == "act 1, scene 1, ANDRES | act 1, scene 1, ANDRES")
        #expect(try place("ist", in: play) == "act 1, scene 2, LEHNGEN, l. 2 | act 1, scene 2, LEHNGEN, l. 2")
        #expect(try place("es", in: play).hasPrefix("act 1, scene 2, LEHNGEN, l. 2"))
        #expect(try place("Nacht", in: play) == "act 2 | act 2")
    }

    @Test func `cites one edition of several`() throws {
        let body = "<pb n='1' ed='#A'/><pb n='101' ed='B'/><p>One</p><pb n='2' ed='#A'/><p>Two</p>"
        #expect(try place("Two", in: body) == "¶ 2, p. 2 | 2")
        #expect(try place("Two", in: body, edition: "B") == "¶ 2, p. 101 | 101")
    }

    @Test(arguments: [
        ("CHAPTER I.", 1), ("Chapter the Last", nil), ("Chapter XIV. In which", 14), ("CHAPTER THE FIRST", 1),
        ("VOLUME THE SECOND", 2),
        ("IX", 9), ("I. The Door", 1), ("I Am Born", nil), ("3", 3), ("3. Auftritt", 3), ("Dritter Aufzug.", 3),
        ("Acte premier", 1),
        ("2d Part", 2), ("Letter 12", 12), ("Mild", nil), ("Civil", nil), ("xii", 12), ("Fünfzehnter Auftritt", 15),
        ("Two", 2),
        ("Two Brothers", nil), ("Chapter mild", nil), ("1851", 1851), ("", nil),
    ])
    func `reads the number in a heading`(head: String, number: Int?) throws {
        let body = "<div><p>x</p></div><div type='a'><head>\(head)</head><p>y</p></div>"
        let document = try #require(read(tei(body)).documents.first)
        #expect(document.parts.last?.label == String(number ?? 1))
    }
}
