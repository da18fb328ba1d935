import TestSupport
import Testing
import TextModel
import Writers

@Suite struct PagedStyleTests {
    @Test func `pages for paper know no screens and no variables`() throws {
        let writer = try SheetWriter(language: "en")
        let file = writer.handout(Fixture.selection(), format: .pdf).file
        #expect(file.name == "handout.html")
        let style = try #require(file.text.firstRange(of: "<style>")).upperBound
        let end = try #require(file.text.firstRange(of: "</style>")).lowerBound
        let text = file.text[style..<end]
        #expect(!text.contains("var(--"), "each variable has its value")
        #expect(!text.contains("@media"), "what is for paper stands for itself")
        #expect(!text.contains("#fffefb"), "the paper's colours, not the screen's")
        #expect(text.contains("border-bottom-color: #7c2438"))
        #expect(text.contains("string-set: title content()"))
    }

    @Test func `a casebook's own style and its additions are used`() throws {
        let writer = try SheetWriter(
            language: "en",
            ownTemplates: [
                "sheet.css":
                    ":root { --ink: #123456; } @media print { p { color: var(--ink); } } @media screen { b {} }",
                "paged.css": "h1 { color: var(--ink) } /* } */",
            ])
        let text = writer.handout(Fixture.selection(), format: .pdf).file.text
        #expect(text.contains("p { color: #123456; }\nh1 { color: #123456 }"))
        #expect(!text.contains("b {}"))
    }
}
