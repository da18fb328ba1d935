import Foundation
import TestSupport
import Testing
import Writers

/// What every HTML sheet has to be: whole, alone, and usable without eyes, mouse or colours.
@Suite struct PageTests {
    static func pages() throws -> [(name: String, html: String)] {
        let writer = try SheetWriter(language: "en")
        var parents = Fixture.handoutSelection()
        parents.audience = .parent
        return SheetKind.allCases.map { kind in
            let selection = kind == .conceptIndex ? Fixture.selection() : Fixture.handoutSelection()
            return (kind.rawValue, writer.sheet(kind, writer.material(selection), format: .html).file.text)
        } + [("parents", writer.sheet(.handout, writer.material(parents), format: .html).file.text)]
    }

    static let names = SheetKind.allCases.map(\.rawValue) + ["parents"]

    @Test(arguments: names) func `tags are balanced, ids are unique, links lead somewhere`(
        name: String
    ) throws {
        let html = try #require(try Self.pages().first { $0.name == name }?.html)
        let page = HTMLPage(html)
        #expect(page.faults == [])
        #expect(Set(page.ids).count == page.ids.count, "an id occurs twice")
        for target in page.links where target.hasPrefix("#") {
            #expect(page.ids.contains(String(target.dropFirst())), "\(target) leads nowhere")
        }
    }

    @Test(arguments: names) func `nothing is fetched from outside`(name: String) throws {
        let html = try #require(try Self.pages().first { $0.name == name }?.html)
        let page = HTMLPage(html)
        #expect(page.sources == [])
        // References may lead to their DOI; nothing else leads out, and no style imports anything.
        for link in page.links where !link.hasPrefix("#") { #expect(link.hasPrefix("https://doi.org/")) }
        #expect(!html.contains("url(") && !html.contains("@import") && !html.contains("<script"))
        #expect(!page.elements.contains("link") && !page.elements.contains("iframe") && !page.elements.contains("img"))
    }

    @Test(arguments: names) func `landmarks, language, title, headings in order`(
        name: String
    ) throws {
        let html = try #require(try Self.pages().first { $0.name == name }?.html)
        let page = HTMLPage(html)
        #expect(html.contains("<html lang=\"en\">"))
        #expect(html.contains("<title>") && !html.contains("<title></title>"))
        #expect(page.elements.filter { $0 == "main" }.count == 1)
        #expect(page.elements.filter { $0 == "h1" }.count == 1)
        #expect(page.links.first == "#content", "the skip link comes first")
        var last = 0
        for level in page.headingLevels {
            #expect(level <= last + 1, "a heading of level \(level) after one of level \(last)")
            last = level
        }
    }

    @Test func `text is escaped`() throws {
        let html = try #require(try Self.pages().first { $0.name == "handout" }?.html)
        #expect(html.contains("she *smiled* &lt;at&gt; it"))
        let writer = try SheetWriter(language: "en")
        let markdown = writer.handout(Fixture.handoutSelection(), format: .markdown).file.text
        #expect(markdown.contains(#"she \*smiled\* \<at\> it"#))
    }

    // MARK: - Colours

    /// Pairs of text and ground; WCAG AA asks for 4.5, and 3 for lines that carry a meaning.
    @Test(arguments: ["light", "dark", "paper"]) func `colours have contrast`(scheme: String) throws {
        let css = try String(
            contentsOf: packageRoot.appendingPathComponent("Sources/CShipped/Templates/sheet.css"), encoding: .utf8)
        let blocks = css.split(separator: ":root {").dropFirst().map { $0.prefix { $0 != "}" } }
        #expect(blocks.count == 3)
        func colours(_ block: Substring) -> [String: String] {
            var found: [String: String] = [:]
            for declaration in block.split(separator: ";") {
                let parts = declaration.split(separator: ":")
                guard parts.count == 2 else { continue }
                let value = parts[1].drop(while: \.isWhitespace)
                if value.hasPrefix("#") { found[parts[0].filter { !$0.isWhitespace }] = String(value) }
            }
            return found
        }
        let light = colours(blocks[0])
        let colours = scheme == "light" ? light : light.merging(colours(blocks[scheme == "dark" ? 1 : 2])) { $1 }
        for text in ["--ink", "--soft", "--accent", "--against", "--open"] {
            for ground in ["--paper", "--tint"] {
                let contrast = Self.contrast(try #require(colours[text]), try #require(colours[ground]))
                #expect(contrast >= 4.5, "\(text) on \(ground), \(scheme): \(contrast)")
            }
        }
        let contrast = Self.contrast(try #require(colours["--ink"]), try #require(colours["--paper"]))
        #expect(contrast >= 12, "running text, \(scheme): \(contrast)")
    }

    static func contrast(_ one: String, _ other: String) -> Double {
        func luminance(_ colour: String) -> Double {
            var digits = colour.dropFirst().map(String.init)
            if digits.count == 3 { digits = digits.flatMap { [$0, $0] } }
            let parts = stride(from: 0, to: 6, by: 2).map { index -> Double in
                let value = Double(Int(digits[index] + digits[index + 1], radix: 16) ?? 0) / 255
                return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
            }
            return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
        }
        let (a, b) = (luminance(one), luminance(other))
        return (max(a, b) + 0.05) / (min(a, b) + 0.05)
    }
}

/// As much of an HTML page as the tests look at.
struct HTMLPage {
    var elements: [String] = []
    var ids: [String] = []
    var links: [String] = []
    var sources: [String] = []
    var faults: [String] = []
    var headingLevels: [Int] = []

    private static let void: Set<String> = ["meta", "br", "hr", "img", "link", "input", "wbr"]

    init(_ html: String) {
        var open: [String] = []
        var rest = html.withoutStyle[...]
        while let start = rest.firstIndex(of: "<") {
            guard let end = rest[start...].firstIndex(of: ">") else {
                faults.append("a tag without an end")
                return
            }
            let tag = rest[rest.index(after: start)..<end]
            rest = rest[rest.index(after: end)...]
            if tag.hasPrefix("!") { continue }
            if tag.hasPrefix("/") {
                if open.last == String(tag.dropFirst()) {
                    open.removeLast()
                } else {
                    faults.append("</\(tag.dropFirst())> closes <\(open.last ?? "nothing")>")
                    return
                }
                continue
            }
            let name = String(tag.prefix { !$0.isWhitespace })
            elements.append(name)
            if !Self.void.contains(name), !tag.hasSuffix("/") { open.append(name) }
            if name.count == 2, name.hasPrefix("h"), let level = Int(name.dropFirst()) { headingLevels.append(level) }
            if let id = Self.attribute("id", of: tag) { ids.append(id) }
            if let link = Self.attribute("href", of: tag) { links.append(link) }
            if let source = Self.attribute("src", of: tag) { sources.append(source) }
        }
        if let last = open.last { faults.append("<\(last)> is not closed") }
    }

    private static func attribute(_ name: String, of tag: Substring) -> String? {
        guard let start = tag.firstRange(of: " \(name)=\"") else { return nil }
        return String(tag[start.upperBound...].prefix { $0 != "\"" })
    }
}
