/// A sheet's HTML page made ready for pandoc: what pandoc would lose is put where it keeps it.
///
/// Pandoc keeps classes and ids on `div` and `span` alone. So parts and paragraphs with a class get a `div` around
/// them, words with a class a `span`; pictures become files. The filter `sheet.lua` then says what each class is in
/// a document.
package struct PandocPage: Sendable {
    package private(set) var html = ""
    /// SVG pictures under the names by which the page calls them.
    package private(set) var pictures: [WrittenFile] = []
    /// As its head says them: what a document names in its properties and its running lines.
    package private(set) var title = ""
    package private(set) var language = "en"
    package private(set) var runningTitle = ""
    package private(set) var isLetter = false
    package private(set) var isLandscape = false

    /// Of a box around a term, for the term that comes next.
    private var termAttributes: Substring = ""

    private let pictureExtension: String

    /// Costs one pass over the page, which has to be well-formed in its tags as our templates are.
    ///
    /// `pictureExtension` is that of the files by which the page calls its pictures; what is kept is SVG.
    package init(_ page: String, pictureExtension: String = "svg") {
        self.pictureExtension = pictureExtension
        var rest = page[...]
        title = Self.text(in: page, between: "<title>", and: "</title>") ?? ""
        language = Self.text(in: page, between: "<html lang=\"", and: "\"") ?? language
        runningTitle = Self.text(in: page, between: "@bottom-left { content: \"", and: "\"") ?? title
        isLandscape = page.contains("<body class=\"case-sheet\"")
        isLetter = page.contains("\n  size: letter;")
        // The style is for browsers; pictures bring their own.
        if let start = rest.firstRange(of: "<style>"), let end = rest.firstRange(of: "</style>") {
            html += rest[..<start.lowerBound]
            rest = rest[end.upperBound...]
        }
        var open: [Open] = []
        while let start = rest.firstIndex(of: "<") {
            html += rest[..<start]
            rest = rest[start...]
            if rest.hasPrefix("<svg") {
                guard let end = rest.firstRange(of: "</svg>") else { break }
                addPicture(rest[..<end.upperBound])
                rest = rest[end.upperBound...]
                continue
            }
            guard let end = rest.firstIndex(of: ">") else { break }
            let tag = rest[rest.index(after: start)..<end]
            rest = rest[rest.index(after: end)...]
            add(tag, &open)
        }
        html += rest
    }

    /// An element that is open, and what closes it here.
    private struct Open {
        var name: Substring
        var closing: String
    }

    private mutating func add(_ tag: Substring, _ open: inout [Open]) {
        if tag.hasPrefix("/") {
            let name = tag.dropFirst()
            if let index = open.lastIndex(where: { $0.name == name }) {
                html += open.remove(at: index).closing
            } else {
                html += "<\(tag)>"
            }
            return
        }
        let name = tag.prefix { !$0.isWhitespace && $0 != "/" }
        let attributes = tag.dropFirst(name.count)
        if Self.isVoid(name) || tag.hasSuffix("/") {
            html += "<\(tag)>"
            return
        }
        let (opening, closing) = Self.replacement(of: name, attributes, inside: open.last?.name)
        html += opening
        if name == "div", opening.isEmpty {
            termAttributes = attributes
        } else if name == "dt", !termAttributes.isEmpty {
            html += "<span\(termAttributes)></span>"
            termAttributes = ""
        }
        open.append(Open(name: name, closing: closing))
    }

    private static func replacement(
        of name: Substring, _ attributes: Substring, inside parent: Substring?
    ) -> (String, String) {
        let hasAttributes = !attributes.isEmpty
        switch name {
        case "body": return ("<body><div\(with("sheet", attributes))>", "</div></body>")
        case "section", "article", "nav", "header", "footer", "main", "aside", "figure":
            return ("<div\(attributes)>", "</div>")
        case "blockquote": return ("<div\(with("quotation", attributes))>", "</div>")
        // Inside a list of terms a box only groups; its id moves on to the term.
        case "div" where parent == "dl": return ("", "")
        case "p" where hasAttributes: return ("<div\(attributes)><p>", "</p></div>")
        case "ul" where hasAttributes, "ol" where hasAttributes, "dl" where hasAttributes,
            "table" where hasAttributes:
            return ("<div\(attributes)><\(name)>", "</\(name)></div>")
        case "li" where hasAttributes: return ("<li><div\(attributes)>", "</div></li>")
        case "mark": return ("<span\(with("mark", attributes))>", "</span>")
        case "sup" where hasAttributes: return ("<span\(attributes)>", "</span>")
        case "b" where hasAttributes: return ("<span\(with("strong", attributes))>", "</span>")
        // Which cells a heading is of is said by its place.
        case "th" where attributes.contains("scope="): return ("<th>", "</th>")
        case "cite": return ("<em>", "</em>")
        default: return ("<\(name)\(attributes)>", "</\(name)>")
        }
    }

    private static func text(in page: String, between start: String, and end: String) -> String? {
        guard let from = page.firstRange(of: start),
            let to = page[from.upperBound...].firstRange(of: end)
        else { return nil }
        let entities = ["&lt;": "<", "&gt;": ">", "&quot;": "\"", "&#39;": "'"]
        let text = entities.reduce(String(page[from.upperBound..<to.lowerBound])) {
            $0.replacing($1.key, with: $1.value)
        }
        return text.replacing("&amp;", with: "&")
    }

    /// The attributes with one more class.
    private static func with(_ name: String, _ attributes: Substring) -> String {
        guard let range = attributes.firstRange(of: "class=\"") else { return " class=\"\(name)\"" + attributes }
        return attributes[..<range.upperBound] + name + " " + attributes[range.upperBound...]
    }

    private static func isVoid(_ name: Substring) -> Bool {
        ["meta", "br", "img", "hr", "input", "link", "!DOCTYPE", "!doctype"].contains(name) || name.hasPrefix("!")
    }

    private mutating func addPicture(_ svg: Substring) {
        let stem = "picture-\(pictures.count + 1)"
        let name = stem + ".svg"
        pictures.append(WrittenFile(name: name, text: String(svg).replacing(" role=\"group\"", with: " role=\"img\"")))
        var title = ""
        if let start = svg.firstRange(of: "<title"), let open = svg[start.upperBound...].firstIndex(of: ">"),
            let end = svg[open...].firstRange(of: "</title>")
        {
            title = String(svg[svg.index(after: open)..<end.lowerBound]).replacing("\"", with: "&quot;")
        }
        // 760 pixels are as wide as the text; what is smaller keeps its measure.
        let width =
            Self.text(in: String(svg.prefix(400)), between: " width=\"", and: "\"").flatMap { Double($0) } ?? 760
        let share = min(100, Int((width / 7.6).rounded()))
        html += "<p><img src=\"\(stem).\(pictureExtension)\" alt=\"\(title)\" width=\"\(share)%\"></p>"
    }
}
