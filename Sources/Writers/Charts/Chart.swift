/// The kinds of pictures that are drawn of annotations.
package enum ChartKind: String, Sendable, CaseIterable {
    /// Where along a work each concept stands.
    case distribution
    /// Which concepts stand in the same passages.
    case coOccurrence = "co-occurrence"
    /// The persons of a work, how they are related, and what is said of each tie.
    case relations
    /// What is said of two persons from the beginning of a story to its end.
    case trajectory
    /// One concept in several works, side by side.
    case compare
}

/// Pictures of annotations with the tables they are drawn from; never of suggestions, and never a score of anybody.
package struct Chart: Sendable {
    package var kind: ChartKind
    package var title: String
    /// What was asked, of which layers.
    package var subtitle: String
    /// One for each work, dyad or concept, as the kind asks; empty where nothing was found.
    package var figures: [ChartFigure]
    /// What the reader has to know: what is left out and why.
    package var notes: [String]
    /// Colours of its pictures.
    let palette: ChartPalette
}

/// One picture with its table.
package struct ChartFigure: Sendable {
    /// Unlike that of any other figure of the page: `f1`.
    package var id: String
    package var title: String
    /// What the picture shows, in words, for those who do not see it.
    package var description: String
    package var height: Double
    package var tables: [ChartTable]
    /// The shapes, without the `svg` element around them.
    package var shapes: String
    /// Ids of the concepts whose colours it uses.
    var concepts: [String]

    /// All pictures are as wide: at the width of a printed page their text is that of a footnote.
    static let width = 760.0
}

/// The numbers behind a picture.
package struct ChartTable: Sendable, Equatable {
    package struct Column: Sendable, Equatable {
        package var heading: String
        package var isNumber = false
    }

    package struct Row: Sendable, Equatable {
        /// Where marks of the picture lead.
        package var anchor: String?
        package var cells: [String]
    }

    package var caption: String
    package var columns: [Column]
    package var rows: [Row]
}

extension Chart {
    /// The picture as a file of its own; several figures one under the other.
    package var svg: String {
        let gap = 36.0
        var writer = SVGWriter()
        var y = 0.0
        for figure in figures {
            if figures.count == 1 {
                writer.append(figure.shapes)
            } else {
                writer.group(title: figure.title, at: (0, y)) { $0.append(figure.shapes) }
            }
            y += figure.height + gap
        }
        let height = figures.isEmpty ? 60 : y - gap
        if figures.isEmpty { writer.text(subtitle, x: 0, y: 30, "soft") }
        // An empty picture says that it is empty.
        let description = figures.isEmpty ? subtitle : figures.map(\.description).joined(separator: " ")
        let concepts = figures.flatMap(\.concepts)
        // A margin, so that a picture that is shown alone does not stick to the window's edge.
        let margin = 16.0
        return Self.element(
            id: "chart", title: figures.count == 1 ? figures[0].title : title, description: description,
            box: (-margin, -margin, ChartFigure.width + 2 * margin, height + 2 * margin),
            style: ChartStyle.style(palette, concepts: concepts), ground: true, body: writer.text)
    }

    /// One figure for a page of HTML: the page's own ground shows, and the page has the heading.
    package func fragment(_ figure: ChartFigure) -> String {
        Self.element(
            id: figure.id, title: figure.title, description: figure.description,
            box: (0, 0, ChartFigure.width, figure.height),
            style: ChartStyle.style(palette, concepts: figure.concepts), ground: false, body: figure.shapes)
    }

    private static func element(
        id: String, title: String, description: String, box: (x: Double, y: Double, width: Double, height: Double),
        style: String, ground: Bool, body: String
    ) -> String {
        let number = SVGWriter.number
        let size = "width=\"\(number(box.width))\" height=\"\(number(box.height))\""
        // With links inside it is no single image: a screen reader has to reach them.
        let role = body.contains("<a href=") ? "group" : "img"
        var text =
            // Some layout engines give the rules of the root to nothing inside it: its font stands at it as well.
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"cb\" font-family=\"sans-serif\" font-size=\"12\" \(size)"
            + " viewBox=\"\(number(box.x)) \(number(box.y)) \(number(box.width)) \(number(box.height))\""
            + " role=\"\(role)\" aria-labelledby=\"\(id)-title \(id)-desc\" style=\"max-width:100%;height:auto\">\n"
        text += "<title id=\"\(id)-title\">\(SVGWriter.escaped(title))</title>\n"
        text += "<desc id=\"\(id)-desc\">\(SVGWriter.escaped(description))</desc>\n"
        text += style
        if ground {
            text +=
                "<rect class=\"ground\" x=\"\(number(box.x))\" y=\"\(number(box.y))\""
                + " width=\"\(number(box.width))\" height=\"\(number(box.height))\"/>\n"
        }
        return text + body + "</svg>\n"
    }
}
