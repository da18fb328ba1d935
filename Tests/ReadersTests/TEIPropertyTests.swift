import Foundation
import Readers
import TestSupport
import Testing
import TextModel

/// Properties of the reader on texts that nobody wrote.
@Suite struct TEIPropertyTests {
    /// The raw text is the concatenation of the text nodes; every shown letter stands in one passage.
    private func check(_ xml: String, letters: String) throws {
        let bytes = Array(xml.utf8)
        let reading = TEIReader.read(bytes, path: "test.xml")
        #expect(!reading.hasErrors, "\(xml)")
        let document = try #require(reading.documents.first, "\(xml)")
        let oracle = try #require(Oracle(bytes))
        #expect(oracle.string(at: "/tei:TEI/tei:text").map { Array($0.utf8) } == document.raw)
        let units = oracle.units()
        #expect(units.count { $0.isShown } == document.passages.count, "\(xml)\n\(listing(document))")
        for letter in letters {
            let hits = document.passages.count { document.readingText($0).contains(letter) }
            let isRaw = String(decoding: document.raw, as: UTF8.self).contains(letter)
            #expect(hits <= 1, "\(letter) in \(xml)")
            #expect(isRaw)
        }
    }

    @Test(.enabled(if: sharedFolder != nil, "the shared material is not here"))
    func `reads every element of TEI without losing text`() throws {
        let shared = try #require(sharedFolder)
        let schema = shared.appendingPathComponent("schema/tei_all-4.12.0.rng")
        let tree = try #require(XMLTree.read([UInt8](try Data(contentsOf: schema)), file: "tei_all").tree)
        let names = Set(tree.root.descendants("element").compactMap { $0["name"] })
        #expect(names.count > 500)
        for name in names.sorted() where name != "TEI" {
            let body = "<p>a<\(name)>b<\(name)>c</\(name)>d</\(name)>e</p><\(name)>f<p>g</p>h</\(name)>"
            try check(tei(body), letters: "abcdefgh")
        }
    }

    @Test func `reads random nestings without losing text`() throws {
        let names = [
            "p", "p", "note", "hi", "list", "item", "quote", "lg", "l", "l", "sp", "speaker", "stage", "choice", "sic",
            "corr", "app", "lem", "rdg", "rdgGrp", "subst", "del", "add", "restore", "fw", "div", "head",
            "floatingText",
            "body", "table", "row", "cell", "figure", "figDesc", "seg", "said", "pb", "lb", "gap", "ab", "label",
            "front",
            "titlePage", "epigraph", "abbr", "expan", "surplus",
        ]
        var random = SeededGenerator(seed: 41)
        for _ in 0..<1_500 {
            var letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")[...]
            func piece(_ depth: Int) -> String {
                var text = ""
                for _ in 0..<Int.random(in: 1...3, using: &random) {
                    switch Int.random(in: 0..<4, using: &random) {
                    case 0: text += letters.popFirst().map { String($0) } ?? ""
                    case 1: text += [" ", "\n  ", "-"].randomElement(using: &random) ?? ""
                    default:
                        guard depth > 0, letters.count > 4 else { continue }
                        let name = names.randomElement(using: &random) ?? "p"
                        let isEmpty = ["pb", "lb"].contains(name)
                        let joins = isEmpty && Bool.random(using: &random) ? " break='no'" : ""
                        text += isEmpty ? "<\(name)\(joins)/>" : "<\(name)>\(piece(depth - 1))</\(name)>"
                    }
                }
                return text
            }
            let body = piece(6)
            try check(
                tei("<p>\u{3B1}</p>" + body),
                letters: body.filter { $0.isLetter && $0.isASCII && body.filter { _ in true }.contains(">\($0)<") })
        }
    }

    @Test func `survives random changes of a hard file`() throws {
        let source = [UInt8](try Data(contentsOf: fixture("hard.xml")))
        var random = SeededGenerator(seed: 7)
        var whole = 0
        for _ in 0..<150 {
            var bytes = source
            for _ in 0...Int.random(in: 0..<3, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                if Bool.random(using: &random) {
                    bytes[place] = UInt8.random(in: 9...255, using: &random)
                } else {
                    bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1..<40, using: &random)))
                }
            }
            let reading = TEIReader.read(bytes, path: "test.xml")
            if reading.hasErrors {
                #expect(reading.documents.isEmpty)
            } else {
                whole += 1
            }
        }
        #expect(whole < 150)
    }

    @Test func `keeps memory and time in hand where texts are hostile`() {
        // Many small things inside of what the limits of XML allow.
        let many = 200_000
        for piece in [
            "<p>a</p>", "<note>a</note>", "a  b<lb/>", "<choice><sic>a</sic><corr>b</corr></choice>", "<pb n='1'/>",
        ] {
            let reading = read(tei("<p>" + String(repeating: piece, count: many) + "</p>"))
            #expect(!reading.hasErrors)
        }
        let deep =
            String(repeating: "<choice><sic>", count: 150) + "a"
            + String(repeating: "</sic><corr>b</corr></choice>", count: 150)
        #expect(read(tei("<p>\(deep)</p>")).documents.first.map(listing) == "text: b\n")
        // Nothing here is large but the sum: the reader says so instead of taking half a gigabyte.
        let large = read(tei("<p>" + String(repeating: "a  ", count: 15_000_000) + "</p>"))
        #expect(places(large.diagnostics).map { $0.prefix(14) } == ["file-too-large"])
        let names = (0..<40_000).map { "<n\($0)/>" }.joined()
        #expect(!read(tei("<p>\(names)</p>")).hasErrors)
    }

    @Test func `reads Latin-1, a byte order mark and CRLF alike`() throws {
        let xml = tei("<p>Wäre\r\nes <hi>so</hi> — é\r\n</p>").replacingOccurrences(of: "—", with: "-")
        let plain = try #require(read(xml.replacingOccurrences(of: "\r\n", with: "\n")).documents.first)
        let latin = "<?xml version='1.0' encoding='ISO-8859-1'?>" + xml
        let variants = [
            Array(xml.utf8), [0xEF, 0xBB, 0xBF] + Array(xml.utf8),
            latin.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) },
        ]
        for bytes in variants {
            let document = try #require(TEIReader.read(bytes, path: "test.xml").documents.first)
            #expect(document.raw == plain.raw)
            #expect(listing(document) == "text: Wäre es so - é\n")
        }
    }
}
