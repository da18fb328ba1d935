import Foundation
import TestSupport
import Testing

/// Decks of the shipped casebook, set as pages by WeasyPrint and as slides by LibreOffice: nothing runs over the foot.
@Suite struct SlideDeckTests {
    /// One that has fewer than its words need is cut where nobody sees it before the class does.
    private static let decks: [(name: String, arguments: [String])] = [
        // Two concepts, many works: columns of evidence, references on several slides, labels longer than in English.
        ("two-concepts", ["resilience | lack-of-affection", "--language", "de"]),
        // Marks close together, those without a person, verse.
        ("one-concept", ["impaired-bonding", "--language", "fr"]),
        // All of a work, help lines that do not fit one slide.
        (
            "one-work",
            ["in:the-good-room", "--language", "es", "--emergency-number", "112", "--checked", "2026-03-01"]
                + (1...12).flatMap {
                    ["--help-line", "Line \($0) of many, with the hours at which somebody answers: day and night."]
                }
        ),
    ]

    /// The headings that the deck's tree names, in order.
    private static func headings(of deck: String, in place: Workplace) throws -> [String] {
        let data = try Data(contentsOf: place.folder.appendingPathComponent("sheets/\(deck).json"))
        let tree = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        return try #require(tree["slides"] as? [[String: Any]]).compactMap { $0["heading"] as? String }
    }

    @Test(
        .enabled(
            if: SystemTool.has("weasyprint", "pandoc", "rsvg-convert", "soffice", "pdftotext"),
            "no WeasyPrint, pandoc, librsvg, LibreOffice or Poppler"))
    func `every slide has its heading, and its words end above the foot`() throws {
        try withTemporaryFolder { folder in
            for name in ["Corpus", "Schemas", "Packets", "casebook.yml"] {
                try FileManager.default.copyItem(
                    at: packageRoot.appendingPathComponent(name), to: folder.appendingPathComponent(name))
            }
            let place = Workplace(folder: folder)
            try FileManager.default.createDirectory(
                at: folder.appendingPathComponent("sheets"), withIntermediateDirectories: true)
            for (name, arguments) in Self.decks {
                for format in ["json", "pdf", "pptx"] {
                    let run = try place.run(
                        ["export", "slides"] + arguments + ["--format", format, "-o", "sheets/\(name).\(format)"])
                    #expect(run.status == 0, "\(run.error)")
                }
            }
            // The seminar has headnotes and words of its own for what is not known.
            let packet = try String(
                contentsOf: folder.appendingPathComponent("Packets/impaired-bonding.yml"), encoding: .utf8
            ).replacing(
                "sheets: [handout, worksheet, key, slides]", with: "sheets: [slides]\nformats: [json, pdf, pptx]")
            try place.write(packet, to: "Packets/p.yml")
            let run = try place.run(["packet", "build", "p", "-o", "sheets"])
            #expect(run.status == 0, "\(run.error)")
            let opened = try SystemTool.run(
                "sh", "-c",
                "soffice -env:UserInstallation=file://$PWD/office --headless --convert-to pdf --outdir opened sheets/*.pptx",
                in: folder)
            for deck in Self.decks.map(\.name) + ["p-slides"] {
                let headings = try Self.headings(of: deck, in: place)
                #expect(headings.count > 20)
                for name in ["sheets", "opened"] {
                    let pages = try PrintedPage.all(of: "\(name)/\(deck).pdf", in: folder)
                    #expect(pages.count == headings.count, "\(name)/\(deck): \(opened.text)")
                    for (index, (page, heading)) in zip(pages, headings).enumerated() {
                        check(page, heading, isOpening: index == 0, "\(name)/\(deck), slide \(index + 1)")
                    }
                }
            }
        }
    }

    private func check(_ page: PrintedPage, _ heading: String, isOpening: Bool, _ name: String) {
        // The foot begins at 0.945 of a slide and at 0.94 of a page; it holds the checksum on each but the opening.
        let foot = page.words.filter { $0.top > page.height * 0.94 }
        #expect(isOpening || foot.contains { $0.text.contains(/^[2-9A-Z]{6}$/) }, "\(name) has no foot")
        let words = page.words.filter { $0.top <= page.height * 0.94 }
        let text = words.map(\.text).joined(separator: " ")
        // Words are cut at blanks of every width.
        let first = heading.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(text.contains(first), "\(name) lacks “\(first)”: \(text)")
        for word in words {
            let isInside =
                word.left > page.width * 0.02 && word.right < page.width * 0.98 && word.bottom < page.height * 0.95
            #expect(isInside, "\(name): “\(word.text)” ends at \(word.right), \(word.bottom)")
        }
    }
}
