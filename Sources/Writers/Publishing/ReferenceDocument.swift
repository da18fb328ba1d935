import TextModel

/// The document whose styles, paper and running lines pandoc takes over: made here, the same bytes every time.
///
/// It holds nothing but what differs from pandoc's own; pandoc fills the rest in.
package struct ReferenceDocument: Sendable {
    /// Printed above the text of every page but the first.
    package var title: String
    /// Printed below it, before the number of the page: title and checksum.
    package var runningTitle: String
    package var language: String
    package var isLetter: Bool
    package var isLandscape: Bool

    package init(title: String, runningTitle: String, language: String, isLetter: Bool, isLandscape: Bool) {
        self.isLandscape = isLandscape
        self.title = title
        self.runningTitle = runningTitle
        self.language = language
        self.isLetter = isLetter
    }

    /// In twentieths of a point: A4 is 210 × 297 mm, Letter 8½ × 11 inches.
    private var pageSize: (width: Int, height: Int) {
        let (short, long) = isLetter ? (12240, 15840) : (11906, 16838)
        return isLandscape ? (long, short) : (short, long)
    }

    /// Paper and margins, as a section of a document says them.
    package var docxPage: String {
        let size = pageSize
        let turn = isLandscape ? " w:orient=\"landscape\"" : ""
        return """
            <w:pgSz w:w="\(size.width)" w:h="\(size.height)"\(turn)/>\
            <w:pgMar w:top="1247" w:right="1134" w:bottom="1247" w:left="1134" w:header="680" w:footer="624" w:gutter="0"/>
            """
    }

    // MARK: - Office Open XML

    /// A `reference.docx`.
    package var docx: [UInt8] {
        var archive = ZipArchive()
        let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        let package = "http://schemas.openxmlformats.org/package/2006"
        let type = "application/vnd.openxmlformats-officedocument.wordprocessingml"
        archive.add(
            """
            <Types xmlns="\(package)/content-types"><Default Extension="xml" ContentType="application/xml"/>\
            <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
            <Override PartName="/word/document.xml" ContentType="\(type).document.main+xml"/>\
            <Override PartName="/word/styles.xml" ContentType="\(type).styles+xml"/>\
            <Override PartName="/word/header1.xml" ContentType="\(type).header+xml"/>\
            <Override PartName="/word/header2.xml" ContentType="\(type).header+xml"/>\
            <Override PartName="/word/footer1.xml" ContentType="\(type).footer+xml"/></Types>
            """, named: "[Content_Types].xml")
        archive.add(
            """
            <Relationships xmlns="\(package)/relationships"><Relationship Id="rId1" Type="\(relations)/officeDocument" \
            Target="word/document.xml"/></Relationships>
            """, named: "_rels/.rels")
        archive.add(
            """
            <Relationships xmlns="\(package)/relationships">\
            <Relationship Id="rId1" Type="\(relations)/styles" Target="styles.xml"/>\
            <Relationship Id="rId21" Type="\(relations)/header" Target="header1.xml"/>\
            <Relationship Id="rId22" Type="\(relations)/header" Target="header2.xml"/>\
            <Relationship Id="rId23" Type="\(relations)/footer" Target="footer1.xml"/></Relationships>
            """, named: "word/_rels/document.xml.rels")
        let size = pageSize
        let section =
            """
            <w:sectPr><w:headerReference w:type="default" r:id="rId21"/><w:headerReference w:type="first" r:id="rId22"/>\
            <w:footerReference w:type="default" r:id="rId23"/><w:footerReference w:type="first" r:id="rId23"/>\
            <w:type w:val="continuous"/>\(docxPage)<w:titlePg/></w:sectPr>
            """
        archive.add(
            "<w:document \(Self.names)><w:body><w:p/>\(section)</w:body></w:document>", named: "word/document.xml")
        archive.add(
            "<w:hdr \(Self.names)><w:p><w:pPr><w:pStyle w:val=\"header\"/></w:pPr><w:r><w:t>\(SVGWriter.escaped(title))</w:t></w:r></w:p></w:hdr>",
            named: "word/header1.xml")
        archive.add(
            "<w:hdr \(Self.names)><w:p><w:pPr><w:pStyle w:val=\"header\"/></w:pPr></w:p></w:hdr>",
            named: "word/header2.xml")
        // The number of the page at the right edge of the text: paper less two margins of 20 mm.
        let edge = size.width - 2 * 1134
        archive.add(
            """
            <w:ftr \(Self.names)><w:p><w:pPr><w:pStyle w:val="footer"/><w:tabs><w:tab w:val="right" w:pos="\(edge)"/></w:tabs></w:pPr>\
            <w:r><w:t>\(SVGWriter.escaped(runningTitle))</w:t></w:r><w:r><w:tab/></w:r><w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>\
            <w:r><w:t xml:space="preserve"> / </w:t></w:r><w:fldSimple w:instr=" NUMPAGES "><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p></w:ftr>
            """, named: "word/footer1.xml")
        archive.add(docxStyles, named: "word/styles.xml")
        return archive.bytes
    }

    private static let names =
        "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\""

    private var docxStyles: String {
        let styles = DocumentStyle.all.map(\.docx).joined(separator: "\n")
        return """
            <w:styles \(Self.names)><w:docDefaults><w:rPrDefault><w:rPr>\
            <w:rFonts w:ascii="\(DocumentStyle.serif)" w:hAnsi="\(DocumentStyle.serif)" w:cs="\(DocumentStyle.serif)" w:eastAsia="\(DocumentStyle.serif)"/>\
            <w:sz w:val="21"/><w:szCs w:val="21"/><w:lang w:val="\(SVGWriter.escaped(language))"/></w:rPr></w:rPrDefault></w:docDefaults>
            \(styles)
            <w:style w:type="table" w:default="1" w:styleId="Table"><w:name w:val="Table"/><w:tblPr><w:tblBorders>\
            <w:insideH w:val="single" w:sz="4" w:space="0" w:color="D6CEC3"/><w:bottom w:val="single" w:sz="4" w:space="0" w:color="D6CEC3"/></w:tblBorders>\
            <w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="160" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>
            </w:styles>
            """
    }
}

extension DocumentStyle {
    /// Names of styles with their blanks left out, and a capital letter at each word: what Word calls its own.
    private static func identifier(_ name: String) -> String {
        name == "header" || name == "footer"
            ? name
            : name.split(separator: " ").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
                .replacing("Toc", with: "TOC")
    }

    fileprivate var docx: String {
        let isDefault = name == "Normal" ? " w:default=\"1\"" : ""
        let type = family == .paragraph ? "paragraph" : "character"
        var text =
            "<w:style w:type=\"\(type)\"\(isDefault) w:styleId=\"\(Self.identifier(name))\"><w:name w:val=\"\(name)\"/>"
        if let parent { text += "<w:basedOn w:val=\"\(Self.identifier(parent))\"/>" }
        if outline != nil || name == "Title" { text += "<w:next w:val=\"BodyText\"/>" }
        text += "<w:qFormat/>"
        if family == .paragraph { text += "<w:pPr>\(paragraphProperties)</w:pPr>" }
        return text + "<w:rPr>\(characterProperties)</w:rPr></w:style>"
    }

    /// In the order that the schema wants.
    private var paragraphProperties: String {
        var text = ""
        if staysWithNext { text += "<w:keepNext/>" }
        if staysWhole { text += "<w:keepLines/>" }
        let line = { (side: String, width: Int, space: Int, colour: String) in
            "<w:\(side) w:val=\"single\" w:sz=\"\(width)\" w:space=\"\(space)\" w:color=\"\(colour)\"/>"
        }
        switch border {
        case .none: break
        case .left: text += "<w:pBdr>\(line("left", 12, 8, name == "Care" ? "7C2438" : "D6CEC3"))</w:pBdr>"
        // Without a line between them Word draws one below the last of several alike.
        case .below: text += "<w:pBdr>\(line("bottom", 4, 1, "5B544D"))\(line("between", 4, 1, "5B544D"))</w:pBdr>"
        case .above: text += "<w:pBdr>\(line("top", 4, 8, "D6CEC3"))</w:pBdr>"
        case .box:
            text += "<w:pBdr>\(["top", "left", "bottom", "right"].map { line($0, 4, 6, "7C2438") }.joined())</w:pBdr>"
        }
        if let numberTab {
            text +=
                "<w:tabs><w:tab w:val=\"right\" w:leader=\"dot\" w:pos=\"\(Self.twips(millimetres: numberTab))\"/></w:tabs>"
        }
        if let tab { text += "<w:tabs><w:tab w:val=\"left\" w:pos=\"\(Self.twips(millimetres: tab))\"/></w:tabs>" }
        if before != nil || after != nil || lineUnits != nil {
            text += "<w:spacing"
            if let before { text += " w:before=\"\(Int(before * 20))\"" }
            if let after { text += " w:after=\"\(Int(after * 20))\"" }
            if let lineUnits { text += " w:line=\"\(lineUnits)\" w:lineRule=\"auto\"" }
            text += "/>"
        }
        if indent != nil || firstIndent != nil || endIndent != nil {
            text += "<w:ind w:left=\"\(Self.twips(millimetres: indent ?? 0))\""
            if let endIndent { text += " w:right=\"\(Self.twips(millimetres: endIndent))\"" }
            if let firstIndent {
                let side = firstIndent < 0 ? "hanging" : "firstLine"
                text += " w:\(side)=\"\(Self.twips(millimetres: abs(firstIndent)))\""
            }
            text += "/>"
        }
        if let outline { text += "<w:outlineLvl w:val=\"\(outline - 1)\"/>" }
        return text
    }

    /// Lines in 240ths, as Word counts them.
    private var lineUnits: Int? { line.map { $0 * 240 / 100 } }

    private var characterProperties: String {
        var text = ""
        if let isSans {
            let font = isSans ? Self.sans : Self.serif
            text += "<w:rFonts w:ascii=\"\(font)\" w:hAnsi=\"\(font)\" w:cs=\"\(font)\"/>"
        }
        if let isBold { text += isBold ? "<w:b/>" : "<w:b w:val=\"0\"/>" }
        if isItalic == true { text += "<w:i/>" }
        if let colour { text += "<w:color w:val=\"\(colour)\"/>" }
        if let size { text += "<w:sz w:val=\"\(Int(size * 2))\"/><w:szCs w:val=\"\(Int(size * 2))\"/>" }
        let kind: String? =
            switch underline {
            case .none: nil
            case .solid: "single"
            case .dashed: "dash"
            case .dotted: "dotted"
            }
        if let kind { text += "<w:u w:val=\"\(kind)\"" + (lineColour.map { " w:color=\"\($0)\"" } ?? "") + "/>" }
        if isRaised { text += "<w:vertAlign w:val=\"superscript\"/>" }
        return text
    }

    /// 1440 to an inch.
    private static func twips(millimetres: Double) -> Int { Int((millimetres * 1440 / 25.4).rounded()) }
}

extension ZipArchive {
    fileprivate mutating func add(_ xml: String, named name: String) {
        add(Array(("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n" + xml).utf8), named: name)
    }
}
