import Foundation
import TestSupport
import Testing
import Writers

@Suite struct SheetStringsTests {
    /// A label that is asked for and missing would stand on the sheet as its own key.
    @Test func `every label that code or a template asks for is there`() throws {
        let strings = SheetStrings(language: "en")
        var asked: Set<String> = []
        let templates = packageRoot.appendingPathComponent("Sources/CShipped/Templates")
        for file in try FileManager.default.contentsOfDirectory(at: templates, includingPropertiesForKeys: nil) {
            let text = try String(contentsOf: file, encoding: .utf8)
            for match in text.matches(of: /\{\{\{?t\.([a-zA-Z0-9.-]+)\}\}/) { asked.insert(String(match.1)) }
        }
        let code = packageRoot.appendingPathComponent("Sources/Writers")
        let files = FileManager.default.enumerator(at: code, includingPropertiesForKeys: nil)
        while let file = files?.nextObject() as? URL {
            guard file.pathExtension == "swift" else { continue }
            let text = try String(contentsOf: file, encoding: .utf8)
            for match in text.matches(of: /strings\(\s*"([a-z0-9.-]+)"/) { asked.insert(String(match.1)) }
            for match in text.matches(of: /counted\(\s*"([a-z0-9.-]+)"/) {
                asked.insert(String(match.1) + ".one")
                asked.insert(String(match.1) + ".other")
            }
        }
        #expect(asked.count > 60)
        for key in asked.sorted() { #expect(strings.find(key) != nil, "no label \(key) in en.json") }
    }

    @Test func `numbers, lists and days`() {
        let strings = SheetStrings(language: "en")
        #expect(strings.number(999) == "999")
        #expect(strings.number(1_234_567) == "1,234,567")
        #expect(strings.list(["a", "b", "c"]) == "a, b and c")
        #expect(strings.list([]) == "")
        #expect(strings.day("2026-03-07") == "7 March 2026")
        #expect(strings.day("soon") == "soon")
        #expect(strings.counted("handout.words", 1240) == "1,240 words")
        #expect(SheetStrings.fill("{a}{b}{", ["a": "1"]) == "1{b}{")
    }

    @Test func `a language without labels speaks English`() {
        let strings = SheetStrings(language: "xx")
        #expect(strings.language == "en")
        #expect(strings("evidence.for") == "For")
    }

    @Test func `what Markdown would take for markup is escaped`() {
        #expect(markdownEscaped("*a* _b_ [c](d) <e> `f` | \\") == #"\*a\* \_b\_ \[c\](d) \<e\> \`f\` \| \\"#)
        #expect(markdownEscaped("1. one\n- two\n# three") == "1\\. one\n\\- two\n\\# three")
        #expect(markdownEscaped("1.3 and 2)b") == "1.3 and 2)b")
        #expect(markdownEscaped("in 1997. well-known") == "in 1997. well-known")
    }
}
