import Foundation
package import TextModel
package import Writers

/// Makes of a sheet's page what other programs make: PDF, documents, books, slides.
///
/// Everything is made in a folder of its own that is gone afterwards; the caller gets whole files or an error.
package struct Publisher: Sendable {
    /// The day of the sheet, `2026-03-07`: documents name it as the day on which they were made.
    let date: String
    let strings: SheetStrings

    /// Where the files of the filter for pandoc are shipped; `sheet.lua` loads the others from its own folder.
    private static let filter = "Filter/"

    package init(date: String, strings: SheetStrings) {
        self.date = date
        self.strings = strings
    }

    /// Makes the format of a page that ``SheetWriter`` has written for it.
    ///
    /// - Throws: a `Diagnostic` where the program for it is missing, or fails.
    package func publish(_ page: WrittenFile, as format: SheetFormat) throws -> WrittenFile {
        let stem = page.name.split(separator: ".").dropLast().joined(separator: ".")
        let name = stem + "." + format.rawValue
        return try Self.withFolder { folder in
            let file = folder.appendingPathComponent("sheet." + format.rawValue)
            switch format {
            case .pdf: try makePDF(page, at: file, in: folder)
            case .docx, .odt, .epub, .pptx: try makeDocument(page, format, at: file, in: folder)
            default: throw Diagnostic("unknown-format", .error, file: name, "no program makes \(format.rawValue)")
            }
            do {
                return WrittenFile(name: name, bytes: try [UInt8](Data(contentsOf: file)))
            } catch {
                throw Diagnostic("tool-failed", .error, file: name, "nothing was written")
            }
        }
    }

    /// Tagged for screen readers, with bookmarks, and all its fonts inside.
    private func makePDF(_ page: WrittenFile, at file: URL, in folder: URL) throws {
        let source = folder.appendingPathComponent("sheet.html")
        try Data(page.bytes).write(to: source)
        _ = try ExternalTool.weasyprint.run(
            ["--quiet", "--encoding", "utf-8", "--pdf-variant", "pdf/ua-1", source.path, file.path], in: folder)
    }

    /// Pages of all places that have a name in a PDF.
    func pages(of file: WrittenFile) throws -> [String: Int] {
        try Self.withFolder { folder in
            try Data(file.bytes).write(to: folder.appendingPathComponent("sheet.pdf"))
            return PageLocators.destinations(in: try ExternalTool.pdfinfo.run(["-dests", "sheet.pdf"], in: folder))
        }
    }

    /// How many pages a PDF has; `nil` where the program that counts them is missing.
    func pageCount(of file: WrittenFile) throws -> Int? {
        guard ExternalTool.pdfinfo.path != nil else { return nil }
        return try Self.withFolder { folder in
            try Data(file.bytes).write(to: folder.appendingPathComponent("sheet.pdf"))
            let lines = try ExternalTool.pdfinfo.run(["sheet.pdf"], in: folder).split(separator: "\n")
            return lines.first { $0.hasPrefix("Pages:") }.flatMap {
                Int($0.dropFirst("Pages:".count).filter(\.isNumber))
            }
        }
    }

    /// With styles of its own, comments, footnotes; what each part of a page is in a document says `sheet.lua`.
    private func makeDocument(_ page: WrittenFile, _ format: SheetFormat, at file: URL, in folder: URL) throws {
        // Books draw SVG; word processors draw little of it, so they get what a good drawer makes of it.
        let isDrawn = format != .epub
        let source = PandocPage(page.text, pictureExtension: isDrawn ? "png" : "svg")
        var files = source.pictures
        files.append(WrittenFile(name: "sheet.html", text: source.html))
        files += ShippedFiles.all(in: Self.filter).map {
            WrittenFile(name: String($0.name.dropFirst(Self.filter.count)), bytes: $0.bytes)
        }
        var arguments = [
            "--from", "html", "--to", format == .epub ? "epub3" : format.rawValue, "--standalone",
            "--lua-filter", "sheet.lua", "--metadata", "lang=\(language(of: source, in: format))",
            "--metadata", "casebook-date=\(date)",
            "--metadata", "casebook-contents=\(strings("sheet.contents"))",
        ]
        let reference = ReferenceDocument(
            title: source.title, runningTitle: source.runningTitle, language: source.language,
            isLetter: source.isLetter, isLandscape: source.isLandscape)
        switch format {
        case .docx:
            files.append(WrittenFile(name: "reference.docx", bytes: reference.docx))
            arguments += [
                "--reference-doc", "reference.docx", "--metadata", "casebook-page=\(reference.docxPage)",
            ]
        case .odt:
            files.append(WrittenFile(name: "reference.odt", bytes: reference.odt))
            arguments += ["--reference-doc", "reference.odt"]
        case .pptx:
            var parts: [WrittenFile] = []
            for part in ReferenceDocument.slideParts {
                let text = try ExternalTool.pandoc.run(
                    ["--print-default-data-file", "pptx/" + part], in: folder)
                parts.append(WrittenFile(name: part, text: text))
            }
            files.append(WrittenFile(name: "reference.pptx", bytes: reference.pptx(of: parts)))
            arguments += ["--reference-doc", "reference.pptx", "--slide-level", "2"]
        case .epub:
            files.append(WrittenFile(name: "book.css", text: ShippedFiles.text("Templates/book.css") ?? ""))
            arguments += [
                "--css", "book.css", "--toc", "--toc-depth", "2", "--metadata", "title=\(source.title)",
                // The same book keeps its name: readers put a new edition in the place of the old one.
                "--metadata", "identifier=casebook:\(source.runningTitle)",
            ]
        default: break
        }
        for file in files { try Data(file.bytes).write(to: folder.appendingPathComponent(file.name)) }
        for picture in source.pictures where isDrawn {
            // Twice as fine as a screen: 190 dots an inch on paper.
            let name = picture.name.replacing(".svg", with: ".png")
            _ = try ExternalTool.rsvgConvert.run(
                ["--zoom", "2", "--dpi-x", "192", "--dpi-y", "192", "--output", name, picture.name], in: folder)
        }
        _ = try ExternalTool.pandoc.run(
            arguments + ["--output", file.path, "sheet.html"], in: folder,
            environment: ["SOURCE_DATE_EPOCH": String(secondsSince1970)])
    }

    /// In OpenDocument a language without a country makes a file that LibreOffice does not open.
    private func language(of page: PandocPage, in format: SheetFormat) -> String {
        guard format == .odt, !page.language.contains("-") else { return page.language }
        let countries = ["en": "US", "de": "DE", "fr": "FR", "es": "ES"]
        return page.language + "-" + (countries[page.language] ?? "ZZ")
    }

    /// The first second of the sheet's day.
    private var secondsSince1970: Int {
        let parts = date.split(separator: "-").compactMap { Int($0) }
        guard parts.count == 3 else { return 0 }
        let day = DateComponents(
            calendar: Calendar(identifier: .iso8601), timeZone: TimeZone(secondsFromGMT: 0), year: parts[0],
            month: parts[1], day: parts[2])
        return Int(day.date?.timeIntervalSince1970 ?? 0)
    }

    /// Calls with a folder that is deleted afterwards.
    static func withFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("casebook-\(UUID().uuidString)", isDirectory: true)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try body(folder)
    }
}

extension Project {
    /// Makes a sheet in any of its formats, those of other programs too.
    ///
    /// - Returns: as ``SheetWriter/sheet(_:_:format:)``.
    /// - Throws: a `Diagnostic` where a program that makes the format is missing, or fails.
    package func sheet(
        _ kind: SheetKind, _ material: SheetMaterial, format: SheetFormat, writer: SheetWriter
    ) throws -> (file: WrittenFile, warnings: [Diagnostic]) {
        let (page, warnings) = writer.sheet(kind, material, format: format)
        guard format.isPublication, !warnings.contains(where: { $0.severity == .error }) else {
            return (page, warnings)
        }
        let publisher = Publisher(date: material.date, strings: writer.strings)
        let file = try publisher.publish(page, as: format)
        guard format == .pdf, kind == .handout else { return (file, warnings) }
        guard material.hasIndex else {
            return (file, warnings + (try material.options.preset.warnings(ofPages: publisher.pageCount(of: file))))
        }
        // The index stands last and does not move what it names: with the pages of the first setting the second is
        // right. Its own last page may be another, which no place of the index is on.
        var numbered = material
        numbered.options.pages = try publisher.pages(of: file)
        return (try publisher.publish(writer.sheet(kind, numbered, format: format).file, as: format), warnings)
    }
}
