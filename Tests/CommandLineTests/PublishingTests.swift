import Foundation
import TestSupport
import Testing

/// A program of the system that a test asks about what we have made.
enum SystemTool {
    static func has(_ names: String...) -> Bool { names.allSatisfy { executable($0) != nil } }

    /// What it prints, errors too, and how it ends.
    static func run(_ name: String, _ arguments: String..., in folder: URL) throws -> (text: String, status: Int32) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try #require(executable(name)))
        process.arguments = arguments
        process.currentDirectoryURL = folder
        let output = folder.appendingPathComponent(".tool-\(UUID().uuidString)")
        try Data().write(to: output)
        let handle = try FileHandle(forWritingTo: output)
        process.standardOutput = handle
        process.standardError = handle
        try process.run()
        process.waitUntilExit()
        return (String(decoding: try Data(contentsOf: output), as: UTF8.self), process.terminationStatus)
    }
}

/// The text of `door.xml` with annotations on it.
func withAnnotatedCasebook<Result>(_ body: (Workplace) throws -> Result) throws -> Result {
    try withCasebook { place in
        for (quote, stance) in [("Ada felt nothing for the child", "supports"), ("He slept.", "contradicts")] {
            let run = try place.run(
                "annotate", "add", "Corpus/door.xml", "--quote", quote, "--concept", "impaired-bonding", "--about",
                "ada>tom", "--stance", stance, "--basis", "told")
            #expect(run.status == 0, "\(run.error)")
        }
        return try body(place)
    }
}

@Suite struct PublishingTests {
    @Test func `a format whose program is missing names the Debian package and writes nothing`() throws {
        try withCasebook { place in
            for (format, package) in [("pdf", "weasyprint"), ("docx", "pandoc"), ("odt", "pandoc"), ("epub", "pandoc")]
            {
                let run = try place.run(
                    ["export", "concept-index", "--format", format, "-o", "index.\(format)"],
                    environment: ["PATH": "/nowhere"])
                #expect(run.status == 1)
                #expect(run.error.contains("apt-get install \(package)"), "\(run.error)")
                #expect(!place.exists("index.\(format)"))
            }
        }
    }

    @Test(
        .enabled(if: SystemTool.has("weasyprint", "pdfinfo", "pdffonts", "pdftotext"), "no WeasyPrint or no Poppler"),
        arguments: [("A4", "595.276 x 841.89"), ("letter", "612 x 792")])
    func `a PDF is tagged, titled, in its language, with bookmarks, embedded fonts and room at the edges`(
        paper: String, size: String
    ) throws {
        try withAnnotatedCasebook { place in
            let run = try place.run(
                ["export", "handout", "impaired-bonding", "--format", "pdf", "--paper", paper, "-o", "sheet.pdf"])
            #expect(run.status == 0, "\(run.error)")
            let about = try SystemTool.run("pdfinfo", "sheet.pdf", in: place.folder).text
            #expect(about.contains(try Regex("Tagged: +yes")))
            #expect(about.contains(try Regex("Title: +Impaired bonding")))
            #expect(about.contains(size))
            let bytes = String(
                decoding: try Data(contentsOf: place.folder.appendingPathComponent("sheet.pdf")), as: UTF8.self)
            #expect(bytes.contains("/Lang (en)"))
            #expect(bytes.contains("/Outlines"))
            #expect(bytes.contains("pdfuaid"))
            let fonts = try SystemTool.run("pdffonts", "sheet.pdf", in: place.folder).text
            for line in fonts.split(separator: "\n").dropFirst(2) {
                #expect(line.contains(try Regex(" yes (yes|no) +yes ")), "not embedded: \(line)")
            }
            let words = try SystemTool.run("pdftotext", "-bbox", "sheet.pdf", "-", in: place.folder).text
            let width = paper == "A4" ? 595.3 : 612.0
            for match in words.matches(of: /xMin="([\d.]+)"[^>]*xMax="([\d.]+)"/) {
                // 18 mm are the margin; a sign may hang into it.
                #expect((Double(match.1) ?? 0) > 40)
                #expect((Double(match.2) ?? 0) < width - 40)
            }
        }
    }

    @Test(.enabled(if: SystemTool.has("weasyprint", "pdfinfo", "pdftotext"), "no WeasyPrint or no Poppler"))
    func `the index of a handout names the pages that its marks stand on`() throws {
        try withAnnotatedCasebook { place in
            let run = try place.run(
                "export", "handout", "impaired-bonding", "--format", "pdf", "--paper", "A4", "-o", "sheet.pdf")
            #expect(run.status == 0, "\(run.error)")
            let text = try SystemTool.run("pdftotext", "-layout", "sheet.pdf", "-", in: place.folder).text
            #expect(text.contains("Numbers are pages of this handout."))
            let places = try SystemTool.run("pdfinfo", "-dests", "sheet.pdf", in: place.folder).text
            let mark = try #require(places.firstMatch(of: /(\d+) \[[^\]]*\] "m1a"/))
            #expect(text.contains(try Regex("impaired bonding \(mark.1)")), "\(places)\n\(text)")
        }
    }

    @Test(
        .enabled(if: SystemTool.has("pandoc", "unzip"), "no pandoc or no unzip"))
    func `a DOCX has real styles, headings, a comment at each margin note and running lines`() throws {
        try withAnnotatedCasebook { place in
            let run = try place.run(
                "export", "handout", "impaired-bonding", "--format", "docx", "--paper", "letter", "-o", "sheet.docx")
            #expect(run.status == 0, "\(run.error)")
            func part(_ name: String) throws -> String {
                try SystemTool.run("unzip", "-p", "sheet.docx", name, in: place.folder).text
            }
            let text = try part("word/document.xml")
            for style in ["Title", "Heading1", "Heading2", "Passage", "MarkFocus", "MarkAgainst", "LineNumber"] {
                #expect(text.contains("w:val=\"\(style)\""), "no \(style)")
                #expect(try part("word/styles.xml").contains("w:styleId=\"\(style)\""))
            }
            let comments = try part("word/comments.xml")
            #expect(comments.ranges(of: "<w:comment ").count == 2)
            #expect(comments.contains("impaired bonding: Ada towards Tom"))
            #expect(text.ranges(of: "<w:commentRangeStart ").count == 2)
            #expect(text.ranges(of: "<w:commentRangeEnd ").count == 2)
            #expect(text.contains("TOC \\o"), "a table of contents")
            #expect(text.contains("w:w=\"12240\""), "Letter")
            #expect(try part("word/footer1.xml").contains(" PAGE "))
            #expect(try part("docProps/core.xml").contains("2026-01-01T00:00:00Z"), "the sheet's day")
        }
    }

    @Test(.enabled(if: SystemTool.has("pandoc", "unzip", "xmllint"), "no pandoc, unzip or xmllint"))
    func `an ODT has a comment at each margin note, marks under the words and a table of contents`() throws {
        try withAnnotatedCasebook { place in
            let run = try place.run("export", "handout", "impaired-bonding", "--format", "odt", "-o", "sheet.odt")
            #expect(run.status == 0, "\(run.error)")
            func part(_ name: String) throws -> String {
                try SystemTool.run("unzip", "-p", "sheet.odt", name, in: place.folder).text
            }
            let text = try part("content.xml")
            let form = try SystemTool.run(
                "sh", "-c", "unzip -p sheet.odt content.xml | xmllint --noout -", in: place.folder)
            #expect(form.status == 0, "\(form.text)")
            #expect(text.ranges(of: "<office:annotation ").count == 2)
            #expect(text.ranges(of: "<office:annotation-end ").count == 2)
            #expect(text.contains("<text:p>impaired bonding: Ada towards Tom"))
            #expect(!text.contains("Margin_20_Note"), "what is a comment does not stand in the text again")
            for style in ["Mark_20_Focus", "Mark_20_Against", "Line_20_Number", "Mark_20_Key"] {
                #expect(text.contains("<text:span text:style-name=\"\(style)\">"), "no \(style)")
                #expect(try part("styles.xml").contains("style:name=\"\(style)\""))
            }
            // Each entry leads to its heading, whose page is a field.
            let entries = text.matches(of: /text:style-name="toc_20_1"><text:a [^>]*xlink:href="#([^"]+)"/)
            #expect(entries.count > 5)
            for entry in entries {
                #expect(text.contains("<text:bookmark-start text:name=\"\(entry.1)\""), "\(entry.1)")
                #expect(text.contains("text:reference-format=\"page\" text:ref-name=\"\(entry.1)\""))
            }
        }
    }

    @Test(.enabled(if: SystemTool.has("pandoc", "unzip"), "no pandoc or no unzip"), arguments: ["docx", "odt"])
    func `a note of the text is a footnote, at its place`(format: String) throws {
        try withCasebook { place in
            let text = doorText.replacing("open, and", with: "open,<note n=\"1\">As in the first edition.</note> and")
            try place.write(text, to: "Corpus/door.xml")
            _ = try place.run(
                "annotate", "add", "door", "--passage", "p1", "--range", "0:16", "--concept", "impaired-bonding")
            let run = try place.run("export", "handout", "impaired-bonding", "--format", format, "-o", "s." + format)
            #expect(run.status == 0, "\(run.error)")
            func part(_ name: String) throws -> String {
                try SystemTool.run("unzip", "-p", "s." + format, name, in: place.folder).text
            }
            if format == "docx" {
                let notes = try part("word/footnotes.xml")
                #expect(notes.contains("As in the first edition."))
                let before = try #require(notes.components(separatedBy: "As in the first").first)
                let id = try #require(before.matches(of: /<w:footnote [^>]*w:id="(\d+)"/).last?.1)
                let body = try part("word/document.xml")
                let call = try #require(body.firstRange(of: "<w:footnoteReference w:id=\"\(id)\""))
                #expect(body[..<call.lowerBound].replacing(/<[^>]*>/, with: "").hasSuffix("stood open,"))
                #expect(!body.contains("As in the first edition."))
            } else {
                let body = try part("content.xml")
                let note = try #require(body.firstRange(of: "<text:note "))
                #expect(body[..<note.lowerBound].replacing(/<[^>]*>/, with: "").hasSuffix("stood open,"))
                #expect(body.ranges(of: "As in the first edition.").count == 1)
            }
        }
    }

    @Test(
        .enabled(if: SystemTool.has("pandoc", "soffice", "pdftotext"), "no LibreOffice, pandoc or Poppler"),
        arguments: ["docx", "odt"])
    func `LibreOffice opens a document and shows all of it`(format: String) throws {
        try withAnnotatedCasebook { place in
            let run = try place.run(
                "export", "handout", "impaired-bonding", "--format", format, "-o", "sheet.\(format)")
            #expect(run.status == 0, "\(run.error)")
            // A profile of its own: two that share one wait for each other.
            let opened = try SystemTool.run(
                "soffice", "-env:UserInstallation=file://\(place.folder.path)/office", "--headless", "--convert-to",
                "pdf", "sheet.\(format)", in: place.folder)
            #expect(place.exists("sheet.pdf"), "\(opened.text)")
            let text = try SystemTool.run("pdftotext", "-layout", "sheet.pdf", "-", in: place.folder).text
            for words in [
                "Impaired bonding", "Ada felt nothing for the child", "He slept.", "Evidence for and against",
            ] {
                #expect(text.contains(words), "no “\(words)”")
            }
        }
    }

    @Test(.enabled(if: SystemTool.has("pandoc", "rsvg-convert", "unzip"), "no pandoc, librsvg or unzip"))
    func `slides are slides, each with its heading`() throws {
        try withAnnotatedCasebook { place in
            let run = try place.run("export", "slides", "impaired-bonding", "--format", "pptx", "-o", "sheet.pptx")
            #expect(run.status == 0, "\(run.error)")
            let list = try SystemTool.run("unzip", "-Z1", "sheet.pptx", in: place.folder).text
            #expect(list.matches(of: /ppt\/slides\/slide\d+\.xml/).count > 5)
            let theme = try SystemTool.run("unzip", "-p", "sheet.pptx", "ppt/theme/theme1.xml", in: place.folder).text
            #expect(theme.contains("Palatino Linotype"))
        }
    }
}
