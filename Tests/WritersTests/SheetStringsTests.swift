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

    /// Every label in every language, with the same places for values.
    @Test(arguments: ["de", "fr", "es"]) func `a language has every label, translated`(language: String) throws {
        let english = try Self.labels("en")
        let own = try Self.labels(language)
        #expect(Set(own.keys) == Set(english.keys))
        var untranslated: [String] = []
        for (key, text) in english {
            let translation = own[key] ?? ""
            func places(_ text: String) -> Set<Substring> { Set(text.matches(of: /\{[a-z0-9]+\}/).map(\.0)) }
            #expect(places(text) == places(translation), "\(key)")
            #expect(translation.hasPrefix(" ") == text.hasPrefix(" ") || key.hasPrefix("quote."), "\(key)")
            if text == translation, text.split(separator: " ").count > 3 { untranslated.append(key) }
        }
        #expect(untranslated == [])
        let strings = SheetStrings(language: language)
        #expect(strings.language == language)
        #expect(strings("evidence.for") == own["evidence.for"])
    }

    @Test func `days and numbers as a language writes them`() {
        let day = { SheetStrings(language: $0).day("2026-03-01") }
        #expect(
            ["en", "de", "fr", "es"].map(day) == [
                "1 March 2026", "1. März 2026", "1er mars 2026", "1 de marzo de 2026",
            ])
        #expect(SheetStrings(language: "de").number(12345) == "12.345")
        #expect(SheetStrings(language: "de").quoted("Emma") == "„Emma“")
    }

    @Test func `speech inside a quotation has marks of the second level`() {
        let quoted = { SheetStrings(language: $0).quoted("“Now and again,” he said.") }
        #expect(
            ["en", "de", "fr", "es"].map(quoted) == [
                "“‘Now and again,’ he said.”", "„‚Now and again,‘ he said.“", "«\u{A0}“Now and again,” he said.\u{A0}»",
                "«“Now and again,” he said.»",
            ])
        #expect(SheetStrings(language: "fr").quoted("«Oui»") == "«\u{A0}“Oui”\u{A0}»")
        #expect(SheetStrings(language: "en").quoted("‘Low!’ It’s") == "“‘Low!’ It’s”")
    }

    private static func labels(_ language: String) throws -> [String: String] {
        let file = packageRoot.appendingPathComponent("Sources/CShipped/Strings/\(language).json")
        let tree = try JSONSerialization.jsonObject(with: Data(contentsOf: file))
        var labels: [String: String] = [:]
        func collect(_ value: Any, _ path: String) {
            if let branch = value as? [String: Any] {
                for (key, value) in branch { collect(value, path.isEmpty ? key : path + "." + key) }
            } else if let text = value as? String {
                labels[path] = text
            }
        }
        collect(tree, "")
        return labels
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
