import Analysis
import TextModel

/// Draws a graph of persons: relations as thin lines, what is annotated about two persons as numbered arrows, and
/// below it the key to the numbers.
struct GraphDrawing {
    let builder: ChartBuilder
    let work: ChartWork
    let graph: PersonGraph
    let kinds: RelationKinds
    let ties: [TieSummary]

    /// Concepts of one arrow that the key lists; the table has all.
    private static let lineLimit = 6

    func draw(relations: [Relation], into svg: inout SVGWriter) {
        let index = Dictionary(
            graph.nodes.enumerated().map { ($1.person.id, $0) }, uniquingKeysWith: { first, _ in first })
        var router = EdgeRouter(nodes: graph.nodes, width: ChartFigure.width, height: graph.height)
        for relation in relations {
            for tie in Tie.ties(of: relation) {
                guard let from = index[tie.from], let to = index[tie.towards] else { continue }
                let curve = router.route(from, to, bends: Self.relationBends, gap: 2)
                svg.group(title: work.phrases.phrase(relation)) { kinds.draw(relation.name, curve, into: &$0) }
            }
        }
        var numbers: [(x: Double, y: Double)] = []
        for (number, summary) in ties.enumerated() {
            guard let from = index[summary.tie.from], let to = index[summary.tie.towards] else { continue }
            let gap = summary.tie.isMutual ? 3 : Self.arrowLength + 2
            let curve = router.route(from, to, bends: Self.tieBends, gap: gap)
            svg.group(title: title(summary, number)) { svg in strands(summary, curve, into: &svg) }
            numbers.append(router.place(on: curve))
        }
        for node in graph.nodes { draw(node, into: &svg) }
        for (number, place) in numbers.enumerated() { Self.disc(number + 1, x: place.x, y: place.y, into: &svg) }
    }

    /// Relations are straight where they can be.
    private static let relationBends: [Double] = [0, 16, -16, 30, -30, 48, -48, 70, -70, 95, -95]
    /// Arrows bend to their left, so that the one back lies beside it.
    private static let tieBends: [Double] = [16, 22, 30, 40, 52, -16, 66, -30, 82, -48, 100, -70]

    // MARK: - Parts

    private func draw(_ node: PersonGraph.Node, into svg: inout SVGWriter) {
        let (left, top) = (node.x - node.width / 2, node.y - node.height / 2)
        if node.person.isGroup {
            svg.rect(x: left + 3, y: top + 3, width: node.width, height: node.height, "node", radius: 6)
        }
        svg.rect(x: left, y: top, width: node.width, height: node.height, "node", radius: 6)
        var y = top + 16.5
        for line in node.lines {
            svg.text(line, x: node.x, y: y, "b", anchor: .middle)
            y += 14
        }
        if let role = node.role { svg.text(role, x: node.x, y: y - 1, "soft small", anchor: .middle) }
    }

    private static let arrowLength = 9.0

    /// One line a facet, side by side, and one arrow for all.
    private func strands(_ summary: TieSummary, _ curve: EdgeRouter.Curve, into svg: inout SVGWriter) {
        var facets: [Int?] = []
        var concepts: [String] = []
        for line in summary.lines {
            let facet = builder.palette.facet(of: line.concept)
            if !facets.contains(facet) {
                facets.append(facet)
                concepts.append(line.concept)
            }
        }
        // Width says roughly how much: one annotation, some, many.
        let wanted = summary.total == 1 ? 1.6 : summary.total < 6 ? 2.4 : 3.4
        // A bundle of many is no broader than one of three.
        let width = concepts.count > 2 ? min(wanted, 6 / Double(concepts.count)) : wanted
        for (index, concept) in concepts.enumerated() {
            let offset = (Double(index) - Double(concepts.count - 1) / 2) * (width + 1.3)
            // The colour of the facet, as the legend has it.
            svg.group(builder.palette.className(of: builder.palette.facetID(of: concept) ?? concept)) { svg in
                svg.path(
                    curve.moved(offset).path, "stretch", width: width, dash: builder.palette.dash(of: concept))
            }
        }
        guard !summary.tie.isMutual else { return }
        let heading = curve.heading
        Self.arrow(
            x: curve.endX + heading.x * Self.arrowLength, y: curve.endY + heading.y * Self.arrowLength,
            heading: heading, into: &svg)
    }

    /// An arrow's head with its tip at a point.
    static func arrow(x: Double, y: Double, heading: (x: Double, y: Double), into svg: inout SVGWriter) {
        var path = SVGPath()
        let (backX, backY) = (x - heading.x * arrowLength, y - heading.y * arrowLength)
        path.move(x, y)
        path.line(backX - heading.y * 5, backY + heading.x * 5)
        path.line(backX + heading.y * 5, backY - heading.x * 5)
        path.close()
        svg.path(path, "disc")
    }

    private static func disc(_ number: Int, x: Double, y: Double, into svg: inout SVGWriter) {
        svg.circle(x: x, y: y, radius: EdgeRouter.discRadius, "disc")
        svg.text(String(number), x: x, y: y + 4, "disctext small b", anchor: .middle)
    }

    private func title(_ summary: TieSummary, _ number: Int) -> String {
        let lines = summary.lines.map { builder.label(of: $0.concept) + ": " + builder.words($0.counts) }
        return "\(number + 1) " + builder.phrase(summary.tie, in: work) + " · " + lines.joined(separator: " · ")
    }

    // MARK: - Key

    /// Numbers, who is meant, and the concepts with their stances, in two columns.
    func key(into canvas: inout FigureCanvas, link: (Int) -> String?) {
        guard !ties.isEmpty else { return }
        canvas.y += 10
        let columnWidth = (ChartFigure.width - 28) / 2
        var heights = [canvas.y, canvas.y]
        for (number, summary) in ties.enumerated() {
            let column = heights[1] < heights[0] ? 1 : 0
            let x = Double(column) * (columnWidth + 28)
            var y = heights[column]
            canvas.svg.group(title: title(summary, number), link: link(number)) { svg in
                entry(number, summary, x: x, y: &y, width: columnWidth, into: &svg)
            }
            heights[column] = y + 12
        }
        canvas.y = max(heights[0], heights[1])
    }

    private func entry(
        _ number: Int, _ summary: TieSummary, x: Double, y: inout Double, width: Double, into svg: inout SVGWriter
    ) {
        y += 12
        Self.disc(number + 1, x: x + EdgeRouter.discRadius, y: y - 4, into: &svg)
        let name = builder.phrase(summary.tie, in: work)
        svg.text(TextWidth.fitted(name, into: width - 26, size: 12, isBold: true), x: x + 24, y: y, "b")
        for line in summary.lines.prefix(Self.lineLimit) {
            y += 17
            svg.group(builder.palette.className(of: line.concept)) { svg in
                svg.line(
                    x1: x + 24, y1: y - 4, x2: x + 42, y2: y - 4, "stretch", width: 4,
                    dash: builder.palette.dash(of: line.concept))
                svg.text(
                    TextWidth.fitted(builder.label(of: line.concept), into: width - 160, size: 12), x: x + 48, y: y,
                    "ink")
                for (index, stance) in Stance.allCases.enumerated() where line.counts[stance] > 0 {
                    let place = x + width - 96 + Double(index) * 34
                    StanceMark.draw(stance, x: place, y: y - 4, into: &svg)
                    svg.text(builder.strings.number(line.counts[stance]), x: place + 8, y: y, "ink")
                }
            }
        }
        let left = summary.lines.count - Self.lineLimit
        if left > 0 {
            y += 16
            svg.text(builder.strings.counted("chart.relations.more", left), x: x + 48, y: y, "soft small")
        }
        y += 4
    }
}
