import Analysis
import TextModel

extension ChartBuilder {
    /// A figure a work: a lane for each concept, in the order of the scheme.
    func addDistribution(to chart: inout Chart) {
        chart.title = strings("chart.kind.distribution")
        for work in works where !work.evidence.isEmpty {
            chart.figures.append(distribution(of: work, id: "f\(chart.figures.count + 1)", chart))
        }
        if chart.figures.count == 1 { chart.title = chart.figures[0].title }
    }

    private func distribution(of work: ChartWork, id: String, _ chart: Chart) -> ChartFigure {
        let concepts = inSchemeOrder(work.evidence.map(\.concept))
        var canvas = FigureCanvas(
            self, id: id, title: strings("chart.distribution.title", ["work": work.title]), subtitle: chart.subtitle)
        canvas.concepts += concepts
        let axis = TextAxis.words(
            work.scale, left: LanePlot.left, right: LanePlot.right, levels: work.scale.sections())
        // Facets stand apart.
        var groups: [LaneGroup] = []
        var facet: Int?
        for concept in concepts {
            let own = palette.facet(of: concept)
            if groups.isEmpty || own != facet { groups.append(LaneGroup(heading: nil, lanes: [])) }
            facet = own
            groups[groups.count - 1].lanes.append(
                lane(concept, work.evidence, on: axis, figure: id))
        }
        let plot = LanePlot(builder: self, axis: axis, groups: groups, axisTitle: strings("chart.axis.words"))
        plot.draw(stances: work.evidence, legend: canvas.facetItems(of: concepts), into: &canvas)
        let counts = concepts.map { concept in
            label(of: concept) + ": " + words(StanceCounts(work.evidence.filter { $0.concept == concept }))
        }
        return canvas.figure(
            description: strings(
                "chart.distribution.description",
                [
                    "work": work.title, "words": strings.number(work.scale.total),
                    "counts": counts.joined(separator: "; "),
                ]),
            tables: [evidenceTable(work.evidence, figure: id, showsWork: false)])
    }

    /// The lane of a concept; `evidence` is that of the figure's table, so that marks lead to its rows.
    func lane(
        _ concept: String, _ evidence: [Evidence], on axis: TextAxis, figure: String,
        where isWanted: (Evidence) -> Bool = { _ in true }
    ) -> Lane {
        let own = evidence.enumerated().filter { $0.element.concept == concept && isWanted($0.element) }
        let marks = own.map { index, piece in
            LaneMark(
                x: axis.x(piece.position), stance: piece.stance,
                stretches: piece.stretches.map { (axis.x($0.lowerBound), axis.x($0.upperBound)) },
                title: title(of: piece), link: link(piece, index: index, figure: figure))
        }
        return Lane(
            label: label(of: concept), concept: concept, marks: marks, counts: StanceCounts(own.map(\.element)))
    }
}
