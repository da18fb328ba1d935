import Foundation
import QueryLanguage
import TestSupport
import Testing
import TextModel
import Writers

@Suite struct RecordTests {
    static let hits: [Hit] = {
        let display = "She held the child as one holds a parcel, and felt nothing at all."
        var locator = Locator()
        locator.parts = ["1", "2"]
        locator.page = "27"
        locator.paragraph = 3
        locator.label = "ch. 2, ¶ 3, p. 27"
        var first = Hit(
            document: "Corpus/door.xml", title: "The Door", passage: "p1", kind: .text, locator: locator, start: 46,
            end: 65,
            ranges: [HitRange(passage: "p1", start: 46, end: 65, quote: "felt nothing\n  at all")],
            text: display, display: display, marks: [46..<65], concepts: ["impaired-bonding"],
            annotations: ["Corpus/door.ana.xml#a-1"], layers: ["ana"], about: ["jane>max"], stance: .contradicts,
            basis: .told, anchor: .exact)
        first.partner = Hit(
            document: "Corpus/door.xml", title: "The Door", display: "Ein \"Zitat\", <kurz>.", marks: [4..<11])
        let wide = "ここで彼女は泣いた。それから笑った。"
        let second = Hit(
            document: "Corpus/jp.xml", title: "塩と柿", passage: "p.2", kind: .verse, locator: nil, start: 0, end: 6,
            ranges: [HitRange(passage: "p.2", start: 0, end: 6, quote: "ここで彼女は")], text: wide, display: wide,
            marks: [9..<18])
        return [first, second, Hit(document: "Corpus/door.xml", title: "The Door")]
    }()

    @Test func `JSON lines have every key of the contract`() throws {
        var writer = JSONWriter()
        for hit in Self.hits { HitRecords.write(hit, into: &writer) }
        let lines = String(decoding: writer.bytes, as: UTF8.self).split(separator: "\n")
        #expect(lines.count == 3)
        let keys = [
            "document", "title", "passage", "kind", "locator", "start", "end", "ranges", "text", "display", "concepts",
            "annotations", "layers", "layer", "about", "stance", "basis", "anchor", "partner",
        ]
        for line in lines {
            let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            for key in keys { #expect(object[key] != nil, "no \(key)") }
        }
        expectGolden(String(decoding: writer.bytes, as: UTF8.self), "hits.jsonl")
    }

    @Test func `annotations have every key of the contract`() throws {
        let work = Fixture.door()
        var writer = JSONWriter()
        AnnotationRecords.write(work.annotations, of: work.document, into: &writer)
        let keys = [
            "id", "document", "layer", "creator", "created", "modified", "ranges", "concepts", "about", "stance",
            "basis", "certainty", "comment", "anchor",
        ]
        let lines = String(decoding: writer.bytes, as: UTF8.self).split(separator: "\n")
        #expect(lines.count == work.annotations.count)
        for line in lines {
            let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            for key in keys { #expect(object[key] != nil, "no \(key)") }
        }
    }

    @Test(arguments: [3, 4] as [UInt64]) func `CSV comes back as it went out`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let pieces = ["a", ",", "\"", "\n", "\r\n", " ", "é", ";"]
        var writer = CSVWriter()
        var rows: [[String]] = []
        for _ in 0..<80 {
            let row = (0..<3).map { _ in
                (0..<Int.random(in: 0...5, using: &generator)).map { _ in
                    pieces.randomElement(using: &generator) ?? ""
                }.joined()
            }
            rows.append(row)
            writer.row(row)
        }
        #expect(Self.readCSV(writer.bytes) == rows, "seed \(seed)")
        #expect(HitRecords.columns.count == HitRecords.cells(of: Self.hits[0]).count)
    }

    /// RFC 4180, read by its grammar.
    private static func readCSV(_ bytes: [UInt8]) -> [[String]] {
        var rows: [[String]] = []
        var row: [String] = []
        var cell: [UInt8] = []
        var isQuoted = false
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            let next = index + 1 < bytes.count ? bytes[index + 1] : 0
            switch (isQuoted, byte) {
            case (true, UInt8(ascii: "\"")) where next == UInt8(ascii: "\""):
                cell.append(byte)
                index += 1
            case (true, UInt8(ascii: "\"")): isQuoted = false
            case (true, _): cell.append(byte)
            case (false, UInt8(ascii: "\"")): isQuoted = true
            case (false, UInt8(ascii: ",")), (false, 0x0D):
                row.append(String(decoding: cell, as: UTF8.self))
                cell = []
                if byte == 0x0D {
                    rows.append(row)
                    row = []
                    index += 1
                }
            default: cell.append(byte)
            }
            index += 1
        }
        return rows
    }

    @Test(arguments: [40, 60, 80, 120, 200]) func `a table fits the terminal`(width: Int) {
        let text = HitRecords.table(Self.hits).text(width: width)
        for line in text.split(separator: "\n") {
            // Five columns of eight and the gaps between them are the least.
            #expect(columnWidth(of: String(line)) <= max(width, 48), "\(line)")
        }
        // Nothing but blanks and line ends is lost.
        let letters = text.filter { !$0.isWhitespace }
        for word in ["felt", "impaired", "†"] { #expect(letters.contains(word)) }
        if width == 80 { expectGolden(text, "hits-80.txt") }
    }
}
