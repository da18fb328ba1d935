extension ReferenceDocument {
    /// A `reference.odt`: styles and the page they stand on.
    package var odt: [UInt8] {
        var archive = ZipArchive()
        // The type stands first and stored, so that a file's kind is told from its first bytes.
        archive.add(Array("application/vnd.oasis.opendocument.text".utf8), named: "mimetype")
        archive.add(
            Array(
                """
                <?xml version="1.0" encoding="UTF-8"?>
                <manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">\
                <manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>\
                <manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/>\
                <manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/></manifest:manifest>
                """.utf8), named: "META-INF/manifest.xml")
        archive.add(Array(odtStyles.utf8), named: "styles.xml")
        // Pandoc lists in the manifest what it finds here, and LibreOffice opens no file that holds more.
        archive.add(
            Array(
                """
                <?xml version="1.0" encoding="UTF-8"?>
                <office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.2">\
                <office:meta/></office:document-meta>
                """.utf8), named: "meta.xml")
        return archive.bytes
    }

    private var odtStyles: String {
        let names = ["office", "style", "text"].map {
            "xmlns:\($0)=\"urn:oasis:names:tc:opendocument:xmlns:\($0):1.0\""
        }
        let others =
            "xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\" xmlns:svg=\"urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0\""
        let (short, long) = isLetter ? ("215.9mm", "279.4mm") : ("210mm", "297mm")
        let (width, height) = isLandscape ? (long, short) : (short, long)
        let parts = language.split(separator: "-")
        let country = parts.count > 1 ? String(parts[1]) : "none"
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <office:document-styles \(names.joined(separator: " ")) \(others) office:version="1.2">
            <office:font-face-decls><style:font-face style:name="\(DocumentStyle.serif)" svg:font-family="'\(DocumentStyle.serif)'"/>\
            <style:font-face style:name="\(DocumentStyle.sans)" svg:font-family="\(DocumentStyle.sans)"/></office:font-face-decls>
            <office:styles>
            <style:default-style style:family="paragraph"><style:text-properties style:font-name="\(DocumentStyle.serif)" \
            fo:font-size="10.5pt" fo:language="\(parts.first.map(String.init) ?? "en")" fo:country="\(country)"/></style:default-style>
            \(DocumentStyle.all.map { $0.odt() }.joined(separator: "\n"))
            \(DocumentStyle.openDocumentCopies)
            </office:styles>
            <office:automatic-styles><style:page-layout style:name="page"><style:page-layout-properties fo:page-width="\(width)" \
            fo:page-height="\(height)" style:print-orientation="\(isLandscape ? "landscape" : "portrait")" fo:margin-top="20mm" fo:margin-bottom="15mm" \
            fo:margin-left="20mm" fo:margin-right="20mm"/><style:footer-style><style:header-footer-properties fo:min-height="8mm" \
            fo:margin-top="4mm"/></style:footer-style></style:page-layout></office:automatic-styles>
            <office:master-styles><style:master-page style:name="Standard" style:page-layout-name="page"><style:footer>\
            <text:p text:style-name="footer">\(SVGWriter.escaped(runningTitle)) · <text:page-number text:select-page="current">1</text:page-number> / \
            <text:page-count>1</text:page-count></text:p></style:footer></style:master-page></office:master-styles>
            </office:document-styles>
            """
    }
}

extension DocumentStyle {
    /// The names under which pandoc's OpenDocument calls what it calls otherwise in Office Open XML.
    private static let openDocumentNames: [String: String] = [
        "Normal": "Standard", "Body Text": "Text_20_body", "First Paragraph": "First_20_paragraph",
        "Block Text": "Quotations", "Footnote Text": "Footnote", "Definition Term": "Definition_20_Term",
        "Definition": "Definition_20_Definition", "Hyperlink": "Internet_20_link",
    ]

    /// Styles that OpenDocument has twice: terms that stand close, links that were followed.
    fileprivate static var openDocumentCopies: String {
        let copies = [
            "Definition Term": "Definition Term Tight", "Definition": "Definition Definition Tight",
            "Hyperlink": "Visited Internet Link",
        ]
        return all.compactMap { style in copies[style.name].map { style.odt(named: $0) } }.joined(separator: "\n")
    }

    private static func openDocumentName(_ name: String) -> String {
        if let known = openDocumentNames[name] { return known }
        let heading = name.hasPrefix("heading ") ? "Heading " + name.dropFirst("heading ".count) : name
        return heading.replacing(" ", with: "_20_")
    }

    fileprivate func odt(named copy: String? = nil) -> String {
        let isParagraph = family == .paragraph
        let name = Self.openDocumentName(copy ?? name)
        // LibreOffice knows its own styles by the name that it shows.
        var text =
            "<style:style style:name=\"\(name)\" style:display-name=\"\(name.replacing("_20_", with: " "))\" style:family=\"\(isParagraph ? "paragraph" : "text")\""
        if let parent { text += " style:parent-style-name=\"\(Self.openDocumentName(parent))\"" }
        if let outline { text += " style:default-outline-level=\"\(outline)\"" }
        text += ">"
        if isParagraph {
            text += "<style:paragraph-properties\(paragraphAttributes)>"
            if let tab {
                text += "<style:tab-stops><style:tab-stop style:position=\"\(tab)mm\"/></style:tab-stops>"
            }
            if let numberTab {
                text +=
                    "<style:tab-stops><style:tab-stop style:position=\"\(numberTab)mm\" style:type=\"right\" style:leader-style=\"dotted\" style:leader-text=\".\"/></style:tab-stops>"
            }
            text += "</style:paragraph-properties>"
        }
        return text + "<style:text-properties\(characterAttributes)/></style:style>"
    }

    private var paragraphAttributes: String {
        var text = ""
        if let before { text += " fo:margin-top=\"\(before)pt\"" }
        if let after { text += " fo:margin-bottom=\"\(after)pt\"" }
        if let line { text += " fo:line-height=\"\(line)%\"" }
        if let indent { text += " fo:margin-left=\"\(indent)mm\"" }
        if let endIndent { text += " fo:margin-right=\"\(endIndent)mm\"" }
        if let firstIndent { text += " fo:text-indent=\"\(firstIndent)mm\"" }
        if staysWithNext { text += " fo:keep-with-next=\"always\"" }
        if staysWhole { text += " fo:keep-together=\"always\"" }
        switch border {
        case .none: break
        case .left:
            text += " fo:border-left=\"1pt solid #\(name == "Care" ? "7C2438" : "D6CEC3")\" fo:padding-left=\"3mm\""
        case .below: text += " fo:border-bottom=\"0.5pt solid #5B544D\" style:join-border=\"false\""
        case .above: text += " fo:border-top=\"0.5pt solid #D6CEC3\" fo:padding-top=\"3mm\""
        case .box: text += " fo:border=\"0.5pt solid #7C2438\" fo:padding=\"2mm\""
        }
        return text
    }

    private var characterAttributes: String {
        var text = ""
        if let isSans { text += " style:font-name=\"\(isSans ? Self.sans : Self.serif)\"" }
        if let size { text += " fo:font-size=\"\(size)pt\"" }
        if let isBold { text += " fo:font-weight=\"\(isBold ? "bold" : "normal")\"" }
        if isItalic == true { text += " fo:font-style=\"italic\"" }
        if let colour { text += " fo:color=\"#\(colour)\"" }
        // LibreOffice has links blue and underlined where nothing else is said.
        if name == "Hyperlink" { text += " fo:color=\"#000000\" style:text-underline-style=\"none\"" }
        let kind: String? =
            switch underline {
            case .none: nil
            case .solid: "solid"
            case .dashed: "dash"
            case .dotted: "dotted"
            }
        if let kind {
            text +=
                " style:text-underline-style=\"\(kind)\" style:text-underline-color=\""
                + (lineColour.map { "#" + $0 } ?? "font-color") + "\""
        }
        if isRaised { text += " style:text-position=\"super 65%\"" }
        return text
    }
}
