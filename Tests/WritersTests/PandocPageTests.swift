import Testing
import Writers

@Suite struct PandocPageTests {
    private func body(_ html: String) -> String { PandocPage(html).html }

    @Test(arguments: [
        ("<p class=\"source\">a <b>b</b></p>", "<div class=\"source\"><p>a <b>b</b></p></div>"),
        ("<p>a</p>", "<p>a</p>"),
        (
            "<ul><li id=\"m\" class=\"x\">a<ul><li>b</li></ul></li></ul>",
            "<ul><li><div id=\"m\" class=\"x\">a<ul><li>b</li></ul></div></li></ul>"
        ),
        ("<blockquote class=\"numbered\">a</blockquote>", "<div class=\"quotation numbered\">a</div>"),
        ("<mark data-mark=\"a\" class=\"lane0\">a</mark>", "<span data-mark=\"a\" class=\"mark lane0\">a</span>"),
        ("<b class=\"key\">a</b>", "<span class=\"strong key\">a</span>"),
        (
            "<dl><div id=\"w1\"><dt>a</dt><dd>b</dd></div></dl>",
            "<dl><dt><span id=\"w1\"></span>a</dt><dd>b</dd></dl>"
        ),
        ("<th scope=\"row\">a</th>", "<th>a</th>"), ("<br>a", "<br>a"),
    ])
    func `what pandoc would lose is put where it keeps it`(html: String, expected: String) {
        #expect(body(html) == expected)
    }

    @Test func `pictures become files with their title for a text`() {
        let page = PandocPage(
            "<p>a</p><svg width=\"380\" role=\"group\"><title id=\"t\">People &amp; ties</title><path/></svg>b",
            pictureExtension: "png")
        #expect(page.html == "<p>a</p><p><img src=\"picture-1.png\" alt=\"People &amp; ties\" width=\"50%\"></p>b")
        #expect(page.pictures.map(\.name) == ["picture-1.svg"])
        #expect(page.pictures[0].text.contains("role=\"img\""))
    }

    @Test func `the head says what a document needs`() throws {
        let file = try SheetWriter(language: "en").handout(Fixture.selection(), format: .docx).file
        let page = PandocPage(file.text)
        #expect(page.language == "en")
        #expect(!page.title.isEmpty)
        #expect(page.runningTitle.hasPrefix(page.title))
        #expect(!page.isLetter && !page.isLandscape)
        #expect(!page.html.contains("<style"))
    }

    @Test func `a reference document is the same bytes every time, on the paper asked for`() {
        let a4 = ReferenceDocument(
            title: "A & B", runningTitle: "A · 1", language: "de", isLetter: false, isLandscape: false)
        #expect(a4.docx == a4.docx)
        #expect(a4.odt == a4.odt)
        let text = String(decoding: a4.docx, as: UTF8.self)
        #expect(text.contains("A &amp; B"))
        #expect(text.contains("w:w=\"11906\" w:h=\"16838\""))
        let letter = ReferenceDocument(
            title: "A", runningTitle: "A", language: "en", isLetter: true, isLandscape: true)
        #expect(
            String(decoding: letter.docx, as: UTF8.self).contains("w:w=\"15840\" w:h=\"12240\" w:orient=\"landscape\""))
        #expect(String(decoding: letter.odt, as: UTF8.self).contains("fo:page-width=\"279.4mm\""))
    }
}
