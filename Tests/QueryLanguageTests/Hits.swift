import QueryLanguage
import Testing
import TextModel

@Suite struct `Hits` {
    @Test func `hold a partner and their first layer`() {
        var hit = Hit(document: "a.xml", title: "A", layers: ["key", "instructor"])
        #expect(hit.layer == "key" && hit.partner == nil)
        hit.partner = Hit(document: "a.xml", title: "A", start: 3)
        #expect(hit.partner?.start == 3)
        hit.partner = nil
        #expect(hit == Hit(document: "a.xml", title: "A", layers: ["key", "instructor"]))
    }

    @Test func `are counted for and against`() {
        let stances: [Stance?] = [.supports, .supports, .contradicts, nil, .ambiguous]
        let count = HitCount(stances.map { Hit(document: "a.xml", title: "A", stance: $0) })
        #expect(count.text == "5 hits (2 for, 1 against, 1 ambiguous)")
        #expect(HitCount([Hit(document: "a.xml", title: "A")]).text == "1 hit")
    }

    @Test(arguments: [
        // Text with the match in brackets, columns, the padded line.
        ("She held him and [felt nothing] at all.", 12, "    him and [felt nothing] at all."),
        ("She held him and [felt nothing] at all.", 6, "  and [felt nothing] at"),
        ("[She] held", 6, "      [She] held"),
        ("a\n\n  b [x]\ty", 6, "  a b [x] y"),
        ("unbelievable[x]unbelievable", 4, "able[x]unbe"),
        ("日本語 [猫] 日本語", 5, "本語 [猫] 日本"),
        ("", 3, "   []"),
    ])
    func `stand in a concordance, cut where words end`(marked: String, columns: Int, expected: String) {
        let text = marked.filter { $0 != "[" && $0 != "]" }
        let before = marked.split(separator: "[", omittingEmptySubsequences: false)[0].utf8.count
        let match = marked.split(separator: "[").last?.split(separator: "]").first?.utf8.count ?? 0
        let line = ConcordanceLine(
            text: text, range: before..<before + (marked.contains("[") ? match : 0), context: columns)
        let padding = String(repeating: " ", count: max(0, columns - columnWidth(of: line.left)))
        #expect(padding + line.left + "[" + line.match + "]" + line.right == expected)
        #expect(line.padded(context: columns) == padding + line.left + line.match + line.right)
        #expect(columnWidth(of: line.left) <= columns && columnWidth(of: line.right) <= columns)
    }

    @Test func `of great length are shortened in the middle`() {
        let text = (1...40).map { "w\($0)" }.joined(separator: " ")
        let line = ConcordanceLine(text: text, range: 0..<text.utf8.count, context: 10, widest: 20)
        #expect(line.match == "w1 w2 w3 … w39 w40")
    }
}
