/// Writes SVG as text: an element a line, numbers with at most one decimal, so that a picture is the same each time
/// and two versions can be compared line by line.
struct SVGWriter {
    private(set) var text = ""

    init() {}

    mutating func append(_ other: String) { text += other }

    // MARK: - Groups

    /// A group; `title` shows when the mouse rests on it and is what a screen reader says. With `link` it is a link.
    mutating func group(
        _ classes: String? = nil, title: String? = nil, link: String? = nil, at place: (x: Double, y: Double)? = nil,
        _ body: (inout SVGWriter) -> Void
    ) {
        let name = link == nil ? "g" : "a"
        text += "<\(name)"
        if let link { text += " href=\"\(Self.escaped(link))\"" }
        if let classes { text += " class=\"\(classes)\"" }
        if let place { text += " transform=\"translate(\(Self.number(place.x)) \(Self.number(place.y)))\"" }
        text += ">"
        if let title { text += "<title>\(Self.escaped(title))</title>" }
        text += "\n"
        body(&self)
        text += "</\(name)>\n"
    }

    // MARK: - Shapes

    mutating func rect(
        x: Double, y: Double, width: Double, height: Double, _ classes: String, radius: Double = 0
    ) {
        let corner = radius > 0 ? " rx=\"\(Self.number(radius))\"" : ""
        text +=
            "<rect class=\"\(classes)\" x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" width=\"\(Self.number(width))\""
            + " height=\"\(Self.number(height))\"\(corner)/>\n"
    }

    /// `dash` is an SVG dash array: `4 2`.
    mutating func line(
        x1: Double, y1: Double, x2: Double, y2: Double, _ classes: String, width: Double? = nil, dash: String? = nil
    ) {
        text +=
            "<line class=\"\(classes)\" x1=\"\(Self.number(x1))\" y1=\"\(Self.number(y1))\" x2=\"\(Self.number(x2))\""
            + " y2=\"\(Self.number(y2))\"\(Self.stroke(width, dash))/>\n"
    }

    mutating func circle(x: Double, y: Double, radius: Double, _ classes: String) {
        text +=
            "<circle class=\"\(classes)\" cx=\"\(Self.number(x))\" cy=\"\(Self.number(y))\" r=\"\(Self.number(radius))\"/>\n"
    }

    /// `data` as ``SVGPath`` makes it.
    mutating func path(_ path: SVGPath, _ classes: String, width: Double? = nil, dash: String? = nil) {
        text += "<path class=\"\(classes)\" d=\"\(path.data)\"\(Self.stroke(width, dash))/>\n"
    }

    // MARK: - Text

    enum Anchor: String {
        case start, middle, end
    }

    /// One line of text; `y` is its baseline.
    mutating func text(_ string: String, x: Double, y: Double, _ classes: String, anchor: Anchor = .start) {
        let side = anchor == .start ? "" : " text-anchor=\"\(anchor.rawValue)\""
        text +=
            "<text class=\"\(classes)\" x=\"\(Self.number(x))\" y=\"\(Self.number(y))\"\(side)>"
            + Self.escaped(string) + "</text>\n"
    }

    // MARK: - Inside

    private static func stroke(_ width: Double?, _ dash: String?) -> String {
        (width.map { " stroke-width=\"\(number($0))\"" } ?? "") + (dash.map { " stroke-dasharray=\"\($0)\"" } ?? "")
    }

    /// With at most one decimal: a tenth of a pixel is finer than print.
    static func number(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        let whole = abs(tenths) / 10
        let rest = abs(tenths) % 10
        return (tenths < 0 ? "-" : "") + (rest == 0 ? "\(whole)" : "\(whole).\(rest)")
    }

    /// What XML would take for markup, and what it does not allow, is replaced.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\n", "\t", "\r": result += " "
            default:
                let isForbidden = scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF
                result.unicodeScalars.append(isForbidden ? "\u{FFFD}" : scalar)
            }
        }
        return result
    }
}

/// The `d` of a path.
struct SVGPath {
    private(set) var data = ""

    init() {}

    mutating func move(_ x: Double, _ y: Double) { data += "M\(SVGWriter.number(x)) \(SVGWriter.number(y))" }
    mutating func line(_ x: Double, _ y: Double) { data += "L\(SVGWriter.number(x)) \(SVGWriter.number(y))" }
    mutating func curve(_ cx: Double, _ cy: Double, _ x: Double, _ y: Double) {
        data +=
            "Q\(SVGWriter.number(cx)) \(SVGWriter.number(cy)) \(SVGWriter.number(x)) \(SVGWriter.number(y))"
    }
    /// Half a circle, clockwise.
    mutating func arc(radius: Double, _ x: Double, _ y: Double) {
        let r = SVGWriter.number(radius)
        data += "A\(r) \(r) 0 0 1 \(SVGWriter.number(x)) \(SVGWriter.number(y))"
    }
    mutating func close() { data += "Z" }
}
