import LayerFiles
import TestSupport
import Testing
import TextModel

struct AnchoringTests {
    /// Paragraphs of which each is told apart by its words.
    static let paragraphs = [
        "It was the second winter in the house by the river, and the child did not sleep.",
        "She held her daughter as one holds a parcel, and felt nothing at all. “Hush,” she said.",
        "The nurse wrote everything down: feeds, hours, weight. Nobody asked the mother anything.",
        "“You will love her,” said his mother, “when she smiles.” Jane felt nothing at all when she smiled.",
        "In March the ice broke, and for the first time she sang to the baby in the kitchen.",
    ]

    func anchors(
        of quotes: [(passage: Int32, quote: String)], after edit: ([String]) -> [String]
    ) throws -> (anchors: [AnchoredAnnotation], document: Document) {
        var old = plainDocument(Self.paragraphs)
        old.sha256 = "old"
        var layer = LayerFile.new(for: old, path: "plain.ana.xml", annotator: ana, version: "0.1.0")
        for (passage, quote) in quotes {
            let text = Self.paragraphs[Int(passage)]
            let range = try #require(text.firstRange(of: quote))
            let start = text[..<range.lowerBound].utf8.count
            let target = Target(
                of: piece(passage, start, start + quote.utf8.count, in: old), in: old, layerPath: "plain.ana.xml")
            try layer.add(Annotation(id: "", targets: [target]))
        }
        var new = plainDocument(edit(Self.paragraphs))
        new.sha256 = "new"
        return (Anchoring.anchor(layer, to: new), new)
    }

    func check(
        _ quote: String, in passage: Int32, after edit: ([String]) -> [String], is verdict: AnchorVerdict,
        at expected: String? = nil, sourceLocation: Testing.SourceLocation = #_sourceLocation
    ) throws {
        let (anchors, document) = try anchors(of: [(passage, quote)], after: edit)
        let anchor = try #require(anchors.first)
        #expect(anchor.verdict == verdict, sourceLocation: sourceLocation)
        let pieces = anchor.verdict.isShown ? anchor.pieces : anchor.candidates.first ?? []
        let words = pieces.map { document.rawText($0.raw) }.joined(separator: "|")
        #expect(words == expected ?? (verdict == .orphaned ? "" : quote), sourceLocation: sourceLocation)
        #expect(anchor.pieces.isEmpty != anchor.verdict.isShown, sourceLocation: sourceLocation)
    }

    @Test func `an unchanged text is exact`() throws {
        for quote in ["child", "the river, and", "did not sleep."] {
            try check(quote, in: 0, after: { $0 }, is: .exact)
        }
    }

    @Test func `a quote that occurs twice stays where it was`() throws {
        try check("felt nothing at all", in: 1, after: { $0 }, is: .exact)
        try check("felt nothing at all", in: 3, after: { ["New first paragraph."] + $0 }, is: .moved)
        let (anchors, document) = try anchors(
            of: [(1, "felt nothing at all"), (3, "felt nothing at all")], after: { ["New first paragraph."] + $0 })
        #expect(anchors.map { $0.pieces.first?.passage } == [2, 4])
        #expect(document.passages.count == 6)
    }

    @Test func `the other occurrence is not taken when the quote is deleted`() throws {
        func edit(_ paragraphs: [String]) -> [String] { [paragraphs[0]] + paragraphs[2...] }
        let (anchors, _) = try anchors(of: [(1, "felt nothing at all")], after: edit)
        #expect(!anchors[0].verdict.isShown)
    }

    @Test func `folded differences are none`() throws {
        func fold(_ text: String) -> String {
            text.replacing("“", with: "\"").replacing("”", with: "\"").replacing(" ", with: "\n   ")
                .replacing("first", with: "\u{FB01}r\u{AD}st")
        }
        try check("“Hush,” she said", in: 1, after: { $0.map(fold) }, is: .moved, at: "\"Hush,\"\n   she\n   said")
        try check(
            "for the first time", in: 4, after: { $0.map(fold) }, is: .moved,
            at: "for\n   the\n   \u{FB01}r\u{AD}st\n   time")
        // Case is no such difference.
        try check(
            "“Hush,” she said", in: 1, after: { $0.map { $0.replacing("Hush", with: "hush") } }, is: .fuzzy,
            at: "“hush,” she said")
    }

    @Test func `a changed quote is fuzzy, old and new shown`() throws {
        try check(
            "The nurse wrote everything down", in: 2, after: { $0.map { $0.replacing("wrote", with: "noted") } },
            is: .fuzzy, at: "The nurse noted everything down")
        try check(
            "as one holds a parcel, and felt", in: 1,
            after: { $0.map { $0.replacing("holds a parcel", with: "holds a wet parcel") } },
            is: .fuzzy, at: "as one holds a wet parcel, and felt")
    }

    @Test func `a quote that is gone is orphaned`() throws {
        try check("In March the ice broke", in: 4, after: { Array($0.dropLast()) }, is: .orphaned)
        try check("child", in: 0, after: { Array($0.dropFirst()) }, is: .orphaned)
        try check(
            "Nobody asked the mother anything.", in: 2,
            after: { $0.map { $0.replacing(" Nobody asked the mother anything.", with: "") } }, is: .orphaned)
    }

    @Test func `equal places are ambiguous and listed`() throws {
        let text = Self.paragraphs[1]
        let (anchors, _) = try anchors(of: [(1, "as one holds a parcel")], after: { $0 + [text, "x", text] })
        // The neighbours say nothing: it still stands where it stood.
        #expect(anchors[0].verdict == .exact)
        let (moved, _) = try self.anchors(
            of: [(1, "as one holds a parcel"), (0, "river")], after: { ["New.", $0[0], text, $0[2], text, $0[3]] })
        #expect(moved[0].verdict == .ambiguous || moved[0].pieces.first?.passage == 2)
    }

    @Test func `several pieces keep together`() throws {
        var old = plainDocument(Self.paragraphs)
        old.sha256 = "old"
        var layer = LayerFile.new(for: old, path: "plain.ana.xml", annotator: ana, version: "0.1.0")
        let pieces = [piece(1, 0, 8, in: old), piece(1, 30, 44, in: old)]
        try layer.add(Annotation(id: "", targets: pieces.map { Target(of: $0, in: old, layerPath: "plain.ana.xml") }))
        #expect(Anchoring.anchor(layer, to: old).first?.pieces == pieces)
        var new = plainDocument(["x"] + Self.paragraphs)
        new.sha256 = "new"
        let anchor = try #require(Anchoring.anchor(layer, to: new).first)
        #expect(anchor.verdict == .moved)
        #expect(anchor.pieces.map(\.passage) == [2, 2])
        let digests = layer.annotations[0].targets.map { Target(pointer: $0.pointer, quote: $0.quote.digested) }
        var restricted = LayerFile.new(for: old, path: "plain.ana.xml", annotator: ana, version: "0.1.0")
        try restricted.add(Annotation(id: "", targets: digests))
        #expect(Anchoring.anchor(restricted, to: old).first?.verdict == .exact)
    }

    @Test func `a quote is found as it is read, and several places are told`() {
        let document = plainDocument(Self.paragraphs)
        #expect(QuoteFinder.find("felt nothing at all", in: document).map { $0.pieces.first?.passage } == [1, 3])
        #expect(QuoteFinder.find("\"Hush,\"  she said", in: document).count == 1)
        #expect(QuoteFinder.find("ice", in: document).map { document.rawText($0.pieces[0].raw) } == ["ice"])
        let near = QuoteFinder.find("The nurse noted everything down", in: document)
        #expect(near.map(\.isExact) == [false])
        #expect(QuoteFinder.find("nowhere to be found in it", in: document).isEmpty)
    }

    @Test(arguments: [1, 2, 3, 4, 5])
    func `approximate search agrees with the plain table`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<60 {
            let pattern = (0..<Int.random(in: 1...150, using: &random)).map { _ in
                UInt32.random(in: 97...100, using: &random)
            }
            let text = (0..<Int.random(in: 0...200, using: &random)).map { _ in
                UInt32.random(in: 97...100, using: &random)
            }
            #expect(ApproximateSearch(pattern).distance(to: text[...]) == plainDistance(pattern, text))
        }
    }

    private func plainDistance(_ left: [UInt32], _ right: [UInt32]) -> Int {
        var row = Array(0...right.count)
        for (index, code) in left.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for column in right.indices {
                let best = min(diagonal + (code == right[column] ? 0 : 1), row[column] + 1, row[column + 1] + 1)
                diagonal = row[column + 1]
                row[column + 1] = best
            }
        }
        return row[right.count]
    }
}
