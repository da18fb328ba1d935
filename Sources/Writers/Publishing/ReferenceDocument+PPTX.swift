extension ReferenceDocument {
    /// Parts of pandoc's own slides that are changed; the rest it fills in itself.
    package static let slideParts =
        ["theme/theme1", "slideMasters/slideMaster1", "slideLayouts/slideLayout4", "slideLayouts/slideLayout5"]
        .map { "ppt/\($0).xml" }

    /// A `reference.pptx`: pandoc's own slides in the sheets' type, smaller, since a passage is to stand on one slide.
    package static func pptx(of parts: [WrittenFile]) -> [UInt8] {
        var archive = ZipArchive()
        for part in parts {
            var text = part.text
            if part.name.contains("theme") {
                text = withLatin(DocumentStyle.serif, inFont: "majorFont", of: text)
                text = withLatin(DocumentStyle.sans, inFont: "minorFont", of: text)
            } else {
                text = withSmallerType(text)
            }
            archive.add(Array(text.utf8), named: part.name)
        }
        return archive.bytes
    }

    private static func withLatin(_ name: String, inFont font: String, of theme: String) -> String {
        guard let start = theme.firstRange(of: "<a:\(font)>"),
            let latin = theme[start.upperBound...].firstRange(of: "<a:latin typeface=\""),
            let end = theme[latin.upperBound...].firstIndex(of: "\"")
        else { return theme }
        return theme[..<latin.upperBound] + name + theme[end...]
    }

    /// Sizes stand in hundredths of a point: a slide's 21 point become 17, its title's 33 become 24.
    private static func withSmallerType(_ text: String) -> String {
        let sizes = ["3300": "2400", "2400": "1800", "2100": "1700", "1800": "1500", "1500": "1300", "1350": "1200"]
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
