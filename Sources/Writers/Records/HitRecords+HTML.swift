package import QueryLanguage
import TextModel

extension HitRecords {
    /// A page of hits is one file: its style is inside.
    package static func htmlHead(title: String) -> String {
        """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
        <title>\(escaped(title))</title>
        <style>
        body { font: 1rem/1.5 Georgia, serif; max-width: 42rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a; background: #fff }
        article { border-top: 1px solid #ccc; padding: .8rem 0 }
        h1 { font-size: 1.2rem } h2 { font-size: 1rem; margin: 0 }
        p { margin: .3rem 0 } .place { color: #555; font-size: .9rem }
        mark { background: #fff3b0; color: inherit; border-bottom: 2px solid #8a6d00 }
        @media (prefers-color-scheme: dark) { body { background: #16181c; color: #e8e6e3 } .place { color: #a9a9a9 }
        mark { background: #4a3f00; border-color: #e0c341 } }
        </style></head><body><main><h1>\(escaped(title))</h1>

        """
    }

    package static let htmlFoot = "</main></body></html>\n"

    package static func html(_ hit: Hit) -> String {
        var place = hit.locator?.label ?? ""
        if !hit.concepts.isEmpty { place += (place.isEmpty ? "" : " · ") + hit.concepts.joined(separator: ", ") }
        if let stance = hit.stance { place += " · " + stance.rawValue }
        var text = "<article><h2>\(escaped(hit.title))</h2><p class=\"place\">\(escaped(place))</p>"
        if let display = hit.display { text += "<p>\(marked(display, hit.marks))</p>" }
        if let partner = hit.partner, let display = partner.display {
            let label = partner.locator?.label ?? ""
            text += "<p class=\"place\">with \(escaped(label))</p><p>\(marked(display, partner.marks))</p>"
        }
        return text + "</article>\n"
    }

    private static func marked(_ display: String, _ marks: [Range<Int>]) -> String {
        let bytes = Array(display.utf8)
        var text = ""
        var place = 0
        for mark in marks where mark.lowerBound >= place && mark.upperBound <= bytes.count {
            text += escaped(String(decoding: bytes[place..<mark.lowerBound], as: UTF8.self))
            text += "<mark>" + escaped(String(decoding: bytes[mark], as: UTF8.self)) + "</mark>"
            place = mark.upperBound
        }
        return text + escaped(String(decoding: bytes[place...], as: UTF8.self))
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            default: result.append(character)
            }
        }
        return result
    }
}
