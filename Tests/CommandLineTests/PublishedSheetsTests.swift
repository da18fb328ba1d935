import Foundation
import TestSupport
import Testing

/// Every kind of sheet, made of the shipped seminar in the formats of other programs, by a packet as a teacher does.
@Suite struct PublishedSheetsTests {
    private static let kinds = [
        "handout", "worksheet", "key", "case-sheet", "lesson-plan", "concept-card", "slides", "flashcards", "quiz",
        "concept-index",
    ]

    /// A copy of the shipped casebook whose seminar makes the given sheets in the given formats, into `sheets`.
    private func build<Result>(
        _ sheets: [String] = kinds, formats: [String], paper: String = "A4", environment: [String: String] = [:],
        _ body: (Workplace, Run) throws -> Result
    ) throws -> Result {
        try withTemporaryFolder { folder in
            for name in ["Corpus", "Schemas", "casebook.yml"] {
                try FileManager.default.copyItem(
                    at: packageRoot.appendingPathComponent(name), to: folder.appendingPathComponent(name))
            }
            let place = Workplace(folder: folder)
            let seminar = try String(
                contentsOf: packageRoot.appendingPathComponent("Packets/impaired-bonding.yml"), encoding: .utf8)
            let packet =
                seminar
                .replacing(
                    "sheets: [handout, worksheet, key, slides]", with: "sheets: [\(sheets.joined(separator: ", "))]"
                )
                .replacing("paper: A4", with: "paper: \(paper)\nformats: [\(formats.joined(separator: ", "))]")
                // The teacher has filled in what the shipped packet leaves open.
                .replacing(
                    "emergency:\n  lines: []\n  checked:",
                    with: "emergency: \"112\"\n  lines: [A line]\n  checked: 2026-03-01")
            try place.write(packet, to: "Packets/p.yml")
            let run = try place.run(["packet", "build", "p", "-o", "sheets"], environment: environment)
            return try body(place, run)
        }
    }

    @Test func `where a program is missing the other sheets are made, and its package is named`() throws {
        try build(["handout", "key"], formats: ["pdf", "docx", "md"], environment: ["PATH": "/nowhere"]) { place, run in
            #expect(run.status == 0, "\(run.error)")
            for name in ["handout.html", "handout.md", "key.html", "key.md"] {
                #expect(place.exists("sheets/p-" + name))
            }
            #expect(!place.exists("sheets/p-handout.pdf") && !place.exists("sheets/p-key.docx"))
            #expect(run.error.ranges(of: "warning: no sheets as pdf").count == 1, "\(run.error)")
            #expect(run.error.contains("apt-get install weasyprint") && run.error.contains("apt-get install pandoc"))
        }
    }

    @Test(
        .enabled(if: SystemTool.has("weasyprint", "pdfinfo", "pdffonts", "pdftotext"), "no WeasyPrint or no Poppler"),
        arguments: [("A4", 595.3, 841.9), ("letter", 612.0, 792.0)])
    func `every sheet as PDF is tagged, titled, with bookmarks and fonts, and no line runs over the edge`(
        paper: String, width: Double, height: Double
    ) throws {
        try build(formats: ["pdf"], paper: paper) { place, run in
            #expect(run.status == 0 && !run.error.contains("warning"), "\(run.error)")
            var titles: Set<Substring> = []
            for kind in Self.kinds {
                let file = "sheets/p-\(kind).pdf"
                let about = try SystemTool.run("pdfinfo", file, in: place.folder).text
                #expect(about.contains(try Regex("Tagged: +yes")), "\(kind)")
                let title = try #require(about.firstMatch(of: /Title: +(.+)/), "\(kind)").1
                #expect(titles.insert(title).inserted, "two sheets are called “\(title)”")
                let bytes = String(
                    decoding: try Data(contentsOf: place.folder.appendingPathComponent(file)), as: UTF8.self)
                for part in ["/Lang (en)", "/Outlines", "pdfuaid"] { #expect(bytes.contains(part), "\(kind): \(part)") }
                let fonts = try SystemTool.run("pdffonts", file, in: place.folder).text.split(separator: "\n")
                    .dropFirst(2)
                for line in fonts { #expect(line.contains(try Regex(" yes (yes|no) +yes ")), "\(kind): \(line)") }
                // A slide has the measure of a screen, a form lies on its side.
                let size = kind == "slides" ? (960.0, 540.0) : kind == "case-sheet" ? (height, width) : (width, height)
                let words = try SystemTool.run("pdftotext", "-bbox", file, "-", in: place.folder).text
                for page in words.components(separatedBy: "<page ").dropFirst() {
                    let measure = try #require(page.firstMatch(of: /width="([\d.]+)" height="([\d.]+)"/))
                    #expect(abs((Double(measure.1) ?? 0) - size.0) < 1 && abs((Double(measure.2) ?? 0) - size.1) < 1)
                    for match in page.matches(
                        of: /xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</)
                    {
                        // 14 mm are the narrowest margin at the sides, 6 mm hold the foot.
                        let isInside =
                            (Double(match.1) ?? 0) > 39 && (Double(match.3) ?? 0) < size.0 - 39
                            && (Double(match.2) ?? 0) > 17 && (Double(match.4) ?? 0) < size.1 - 15
                        #expect(isInside, "\(kind): “\(match.5)” at \(match.1)–\(match.3), \(match.2)–\(match.4)")
                    }
                }
                guard kind == "handout" else { continue }
                // The seminar fits four pages; its checksum stands at the foot of each.
                let pages = try #require(about.firstMatch(of: /Pages: +(\d+)/)).1
                #expect(Int(pages) ?? 9 <= 4)
                let text = try SystemTool.run("pdftotext", "-layout", file, "-", in: place.folder).text
                let feet = text.split(separator: "\u{C}").filter { $0.contains(/· Handout · [2-9A-Z]{6}/) }
                #expect(String(feet.count) == pages)
            }
        }
    }

    @Test(
        .enabled(if: SystemTool.has("weasyprint", "pdfinfo"), "no WeasyPrint or no Poppler"),
        arguments: ["A4", "letter"])
    func `each concept has a card of one page, and all decisions one page together`(paper: String) throws {
        try withCasebook { place in
            for (arguments, count) in [([], 28), (["--pairs"], 1)] {
                let run = try place.run(
                    ["export", "concept-card", "--format", "pdf", "--paper", paper, "-o", "cards.pdf"] + arguments)
                #expect(run.status == 0, "\(run.error)")
                let about = try SystemTool.run("pdfinfo", "cards.pdf", in: place.folder).text
                #expect(about.contains(try Regex("Pages: +\(count)\n")), "\(paper): \(about)")
            }
        }
    }

    @Test(
        .enabled(if: SystemTool.has("weasyprint", "pdftotext"), "no WeasyPrint or no Poppler"),
        arguments: ["A4", "letter"])
    func `a form goes on over the page without a hole, and no label is torn from its row`(paper: String) throws {
        try withTemporaryFolder { folder in
            for name in ["Corpus", "Schemas", "casebook.yml"] {
                try FileManager.default.copyItem(
                    at: packageRoot.appendingPathComponent(name), to: folder.appendingPathComponent(name))
            }
            let place = Workplace(folder: folder)
            let run = try place.run(
                "export", "case-sheet", "in:cherry-year | in:field-notes | in:the-good-room", "--format", "pdf",
                "--paper",
                paper, "-o", "case.pdf")
            #expect(run.status == 0, "\(run.error)")
            var labels = 0
            let pages = try PrintedPage.all(of: "case.pdf", in: folder)
            for (index, page) in pages.enumerated() {
                let labelled = page.words.filter {
                    ["Presenting", "Predisposing", "Precipitating", "Perpetuating", "Protective"].contains($0.text)
                }
                labels += labelled.count
                for label in labelled {
                    // What stands beside it begins on the same line, and its question under it.
                    #expect(page.words.contains { $0.left > label.left + 60 && abs($0.top - label.top) < 9 })
                    #expect(page.words.contains { $0.text == "What" && (1..<40).contains($0.top - label.top) })
                }
                // A page before one that goes on in the middle of a row is filled.
                guard index + 1 < pages.count, let head = pages[index + 1].words.first, head.text == "Shown" else {
                    continue
                }
                let foot = page.words.filter { $0.bottom < page.height - 45 }.map(\.bottom).max() ?? 0
                #expect(foot > page.height * 0.7, "page \(index + 1) ends at \(foot) of \(page.height)")
            }
            #expect(labels > 0 && labels % 5 == 0)
        }
    }

    @Test(.enabled(if: SystemTool.has("pandoc", "epubcheck", "java"), "no pandoc or no epubcheck"))
    func `every sheet as a book passes epubcheck`() throws {
        try build(formats: ["epub"]) { place, run in
            #expect(run.status == 0, "\(run.error)")
            for kind in Self.kinds {
                let check = try SystemTool.run(
                    "java", "-jar", try #require(executable("epubcheck")), "sheets/p-\(kind).epub", in: place.folder)
                #expect(check.status == 0 && !check.text.contains("WARNING("), "\(kind): \(check.text)")
            }
        }
    }

    @Test(
        .enabled(
            if: SystemTool.has("pandoc", "rsvg-convert", "soffice", "pdftotext"), "no LibreOffice, pandoc or Poppler"),
        arguments: ["docx", "odt"])
    func `every sheet as a document is opened by LibreOffice, with all its words`(format: String) throws {
        try build(formats: [format]) { place, run in
            #expect(run.status == 0, "\(run.error)")
            let opened = try SystemTool.run(
                "sh", "-c",
                "soffice -env:UserInstallation=file://$PWD/office --headless --convert-to pdf --outdir opened sheets/*.\(format)",
                in: place.folder)
            let words = [
                "handout": ["Viking, said the wireless"], "worksheet": ["Viking, said the wireless"],
                "key": ["Also marked here"], "lesson-plan": ["To read aloud", "Debrief"],
                "case-sheet": ["None found", "Presenting", "Precipitating", "Perpetuating", "Protective"],
                "concept-card": ["Easily confused"], "slides": ["Viking, said the wireless"],
                "flashcards": ["Which concept"], "quiz": ["Answers"], "concept-index": ["see also"],
            ]
            for kind in Self.kinds {
                #expect(place.exists("opened/p-\(kind).pdf"), "\(kind): \(opened.text)")
                let text = try SystemTool.run("pdftotext", "-raw", "opened/p-\(kind).pdf", "-", in: place.folder).text
                // What brings its number or its letter has no second one, and a reason stands on its own line.
                #expect(!text.contains(try Regex("(?m)^[0-9]+\\.\\s+([0-9]+|[a-e]) ")), "\(kind)")
                #expect(!text.contains(try Regex("(told|shown|inferred|True|False|\\))[A-Z][a-z]")), "\(kind)")
                for word in try #require(words[kind]) { #expect(text.contains(word), "\(kind): \(word)") }
            }
        }
    }
}
