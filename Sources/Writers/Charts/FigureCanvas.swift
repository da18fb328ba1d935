import Analysis
import TextModel

/// A figure while it is drawn: from the top down, each part below the one before.
struct FigureCanvas {
    let builder: ChartBuilder
    let id: String
    let title: String
    var svg = SVGWriter()
    /// Where the next part begins.
    var y = 0.0
    var concepts: [String] = []

    static let width = ChartFigure.width

    init(_ builder: ChartBuilder, id: String, title: String, subtitle: String) {
        self.builder = builder
        self.id = id
        self.title = title
        guard !builder.isPage else { return }
        for line in TextWidth.wrapped(title, into: Self.width, size: 16, isBold: true) {
            y += 18
            svg.text(line, x: 0, y: y, "h1")
        }
        y += 4
        paragraph(subtitle)
        y += 10
    }

    /// Small print across the picture.
    mutating func paragraph(_ text: String) {
        for line in TextWidth.wrapped(text, into: Self.width, size: 12) {
            y += 15
            svg.text(line, x: 0, y: y, "soft")
        }
    }

    // MARK: - Legend

    enum LegendItem {
        case stance(Stance)
        /// How far a mark reaches.
        case stretch
        /// A facet of the scheme, by an id under it.
        case facet(String)
        case sample(String, (inout SVGWriter, _ x: Double, _ y: Double) -> Void, width: Double)
    }

    /// Signs and what they mean, in a row that breaks where it must.
    mutating func legend(_ items: [LegendItem]) {
        let row = 19.0
        var x = 0.0
        y += 12
        for item in items {
            let (text, lead) = words(for: item)
            let width = lead + 6 + TextWidth.of(text, size: 12)
            if x > 0, x + width > Self.width {
                x = 0
                y += row
            }
            draw(item, x: x, y: y)
            svg.text(text, x: x + lead + 6, y: y + 4, "ink")
            x += width + 20
        }
        y += 18
    }

    private func words(for item: LegendItem) -> (String, Double) {
        switch item {
        case .stance(let stance): (builder.strings("chart.legend.\(stance.rawValue)"), 10)
        case .stretch: (builder.strings("chart.legend.stretch"), 24)
        case .facet(let id): (builder.label(of: id), 24)
        case .sample(let text, _, let width): (text, width)
        }
    }

    private mutating func draw(_ item: LegendItem, x: Double, y: Double) {
        switch item {
        case .stance(let stance): StanceMark.draw(stance, x: x + 5, y: y, into: &svg)
        case .stretch: svg.line(x1: x, y1: y, x2: x + 24, y2: y, "stretch", width: 5)
        case .facet(let id):
            concepts.append(id)
            svg.group(builder.palette.className(of: id)) { svg in
                svg.line(
                    x1: x, y1: y, x2: x + 24, y2: y, "stretch", width: 5, dash: builder.palette.dash(of: id))
            }
        case .sample(_, let draw, _): draw(&svg, x, y)
        }
    }

    /// Legend entries for the facets of some concepts, where there are several to tell apart.
    func facetItems(of concepts: [String]) -> [LegendItem] {
        let facets = Set(concepts.compactMap(builder.palette.facet)).sorted()
        guard facets.count > 1 else { return [] }
        return facets.map { .facet(builder.selection.scheme.concepts[$0].id) }
    }

    /// The stances that occur.
    func stanceItems(of evidence: [Evidence]) -> [LegendItem] {
        let used = Set(evidence.map(\.stance))
        return Stance.allCases.filter(used.contains).map { .stance($0) }
    }

    func figure(description: String, tables: [ChartTable]) -> ChartFigure {
        ChartFigure(
            id: id, title: title, description: description, height: y + 4, tables: tables, shapes: svg.text,
            concepts: concepts)
    }
}
