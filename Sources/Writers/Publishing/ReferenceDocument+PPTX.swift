extension ReferenceDocument {
    /// Parts of pandoc's own slides that are changed; the rest it fills in itself.
    package static let slideParts =
        [
            "theme/theme1", "slideMasters/slideMaster1", "slideLayouts/slideLayout1", "slideLayouts/slideLayout4",
        ]
        .map { "ppt/\($0).xml" }

    /// A `reference.pptx`: pandoc's own slides in the sheets' type, flush left, with more room for a passage, and the
    /// sheet's name and checksum at the foot.
    package func pptx(of parts: [WrittenFile]) -> [UInt8] {
        var archive = ZipArchive()
        for part in parts {
            var text = part.text
            switch part.name.split(separator: "/").last {
            case "theme1.xml":
                text = Self.withLatin(DocumentStyle.serif, inFont: "majorFont", of: text)
                text = Self.withLatin(DocumentStyle.sans, inFont: "minorFont", of: text)
            case "slideMaster1.xml":
                text = Self.moved(text, from: Self.heading, to: Self.highHeading)
                text = Self.moved(text, from: Self.body, to: Self.highBody)
                text = Self.withSizes(["3300": "2200", "2400": "1800", "2100": "1500", "1800": "1400"], in: text)
                text = text.replacing("anchor=\"ctr\"><a:normAutofit/>", with: "anchor=\"b\"><a:normAutofit/>")
                text = text.replacing(
                    "<p:titleStyle><a:lvl1pPr algn=\"ctr\"", with: "<p:titleStyle><a:lvl1pPr algn=\"l\"")
                text = text.replacing("</p:spTree>", with: foot + "</p:spTree>")
            case "slideLayout1.xml":
                // The opening has no foot; its lines begin under its title, dark enough to be read from the last row.
                text = text.replacing(" type=\"title\"", with: " showMasterSp=\"0\" type=\"title\"")
                text = Self.moved(
                    text, from: Frame(left: 1_371_600, top: 2_914_650, width: 6_400_800, height: 1_314_450),
                    to: Frame(left: 685_800, top: 2_800_350, width: 7_772_400, height: 1_600_200))
                text = text.replacing(
                    "marL=\"0\" indent=\"0\" algn=\"ctr\"", with: "marL=\"0\" indent=\"0\" algn=\"l\"")
                text = text.replacing(
                    "<a:tint val=\"75000\"/>", with: "<a:lumMod val=\"75000\"/><a:lumOff val=\"25000\"/>")
            default:
                for (left, width) in [(457_200, 4_038_600), (4_648_200, 4_038_600)] {
                    text = Self.moved(
                        text, from: Frame(left: left, top: Self.body.top, width: width, height: Self.body.height),
                        to: Frame(left: left, top: Self.highBody.top, width: width, height: Self.highBody.height))
                }
                text = Self.withSizes(["2100": "1400", "1800": "1300", "1500": "1200", "1350": "1200"], in: text)
            }
            archive.add(Array(text.utf8), named: part.name)
        }
        return archive.bytes
    }

    /// A place on a slide of 9 144 000 × 5 143 500 units, of which a point has 12 700.
    private struct Frame {
        var left: Int
        var top: Int
        var width: Int
        var height: Int

        var text: String { "<a:off x=\"\(left)\" y=\"\(top)\"/><a:ext cx=\"\(width)\" cy=\"\(height)\"/>" }
    }

    // As pandoc has them, and as they are here: the heading has room for two lines, the body ends above the foot.
    private static let heading = Frame(left: 457_200, top: 205_979, width: 8_229_600, height: 857_250)
    private static let highHeading = Frame(left: 457_200, top: 152_400, width: 8_229_600, height: 711_200)
    private static let body = Frame(left: 457_200, top: 1_200_151, width: 8_229_600, height: 3_394_472)
    private static let highBody = Frame(left: 457_200, top: 901_700, width: 8_229_600, height: 3_962_400)

    private static func moved(_ part: String, from old: Frame, to new: Frame) -> String {
        part.replacing(old.text, with: new.text)
    }

    /// The sheet's name with its checksum on the left, the number of the slide on the right.
    private var foot: String {
        func box(_ id: Int, _ left: Int, _ width: Int, _ alignment: String, _ run: String) -> String {
            """
            <p:sp><p:nvSpPr><p:cNvPr id="\(id)" name="Foot \(id)"/><p:cNvSpPr txBox="1"/><p:nvPr userDrawn="1"/></p:nvSpPr>\
            <p:spPr><a:xfrm>\(Frame(left: left, top: 4_876_800, width: width, height: 215_900).text)</a:xfrm>\
            <a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/></p:spPr>\
            <p:txBody><a:bodyPr wrap="square" lIns="91440" tIns="0" rIns="91440" bIns="0" anchor="ctr"/><a:lstStyle/>\
            <a:p><a:pPr algn="\(alignment)"/>\(run)</a:p></p:txBody></p:sp>
            """
        }
        let style = "<a:rPr lang=\"\(SVGWriter.escaped(language))\" sz=\"900\"/>"
        return box(101, 457_200, 7_315_200, "l", "<a:r>\(style)<a:t>\(SVGWriter.escaped(runningTitle))</a:t></a:r>")
            + box(
                102, 7_772_400, 914_400, "r",
                "<a:fld id=\"{8C7C9A52-0B55-4B0E-9B0C-6E4F3D8A1B27}\" type=\"slidenum\">\(style)<a:t>0</a:t></a:fld>")
    }

    private static func withLatin(_ name: String, inFont font: String, of theme: String) -> String {
        guard let start = theme.firstRange(of: "<a:\(font)>"),
            let latin = theme[start.upperBound...].firstRange(of: "<a:latin typeface=\""),
            let end = theme[latin.upperBound...].firstIndex(of: "\"")
        else { return theme }
        return theme[..<latin.upperBound] + name + theme[end...]
    }

    /// Sizes stand in hundredths of a point.
    private static func withSizes(_ sizes: [String: String], in text: String) -> String {
        var result = ""
        var rest = text[...]
        while let range = rest.firstRange(of: " sz=\""), let end = rest[range.upperBound...].firstIndex(of: "\"") {
            let size = String(rest[range.upperBound..<end])
            result += rest[..<range.upperBound] + (sizes[size] ?? size)
            rest = rest[end...]
        }
        return result + rest
    }
}
