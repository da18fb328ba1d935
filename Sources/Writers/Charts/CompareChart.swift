import Analysis
import TextModel

extension ChartBuilder {
    /// A figure a concept: a lane for each work, all as long, whatever their length in words.
    func addComparison(to chart: inout Chart) {
        chart.title = strings("chart.kind.compare")
        var concepts = selection.concepts
        if concepts.isEmpty, let widest = widestConcept {
            concepts = [widest]
            chart.notes.append(strings("chart.compare.chosen", ["concept": label(of: widest)]))
        }
        for concept in concepts {
            let evidence = evidence(of: concept)
            guard !evidence.isEmpty else { continue }
            chart.figures.append(
                comparison(of: concept, evidence, id: "f\(chart.figures.count + 1)", chart))
        }
        if chart.figures.count == 1 { chart.title = chart.figures[0].title }
    }

    /// Works with their dates, the oldest first; of those without a date the order stays.
    private var worksByDate: [ChartWork] {
        works.sorted { left, right in
            (left.document.work.date ?? "~", left.index) < (right.document.work.date ?? "~", right.index)
        }
    }

    /// Evidence for a concept and all under it, work by work.
    private func evidence(of concept: String) -> [Evidence] {
        guard let index = selection.scheme.index(of: concept) else { return [] }
        let indices = selection.exactConcepts.contains(concept) ? [index] : selection.scheme.closure(of: index)
        let ids = Set(indices.map { selection.scheme.concepts[$0].id })
        return worksByDate.flatMap { $0.evidence.filter { ids.contains($0.concept) } }
    }

    /// The concept that stands in most works; of several the one that is annotated most.
    private var widestConcept: String? {
        var works: [String: Set<Int>] = [:]
        var counts: [String: Int] = [:]
        for piece in self.works.flatMap(\.evidence) {
            works[piece.concept, default: []].insert(piece.work)
            counts[piece.concept, default: 0] += 1
        }
        return inSchemeOrder(works.keys).max { left, right in
            (works[left]?.count ?? 0, counts[left] ?? 0) < (works[right]?.count ?? 0, counts[right] ?? 0)
        }
    }

    private func comparison(
        of concept: String, _ evidence: [Evidence], id: String, _ chart: Chart
    ) -> ChartFigure {
        let shown = worksByDate.filter { work in evidence.contains { $0.work == work.index } }
        var canvas = FigureCanvas(
            self, id: id,
            title: strings.counted("chart.compare.title", shown.count, ["concept": sentence(label(of: concept))]),
            subtitle: chart.subtitle)
        canvas.concepts.append(concept)
        let axis = TextAxis.share(left: LanePlot.left, right: LanePlot.right)
        let lanes = shown.map { work -> Lane in
            let own = evidence.enumerated().filter { $0.element.work == work.index }
            let length = Double(max(work.scale.total, 1))
            let marks = own.map { index, piece in
                LaneMark(
                    x: axis.x(piece.position / length), stance: piece.stance,
                    stretches: piece.stretches.map { (axis.x($0.lowerBound / length), axis.x($0.upperBound / length)) },
                    title: title(of: piece), link: link(piece, index: index, figure: id))
            }
            // Chapters of a novel as ticks; more would be a ruler.
            let sections = work.scale.sections().last { $0.count <= 80 } ?? []
            return Lane(
                label: work.title, isWork: true, concept: concept, marks: marks,
                ticks: sections.dropFirst().map { axis.x(Double($0.range.lowerBound) / length) },
                counts: StanceCounts(own.map(\.element)))
        }
        LanePlot(
            builder: self, axis: axis, groups: [LaneGroup(heading: nil, lanes: lanes)],
            axisTitle: strings("chart.axis.share")
        ).draw(stances: evidence, legend: lanes.contains { !$0.ticks.isEmpty } ? [partItem] : [], into: &canvas)
        let counts = zip(shown, lanes).map { $0.title + ": " + words($1.counts) }
        return canvas.figure(
            description: strings(
                "chart.compare.description", ["concept": label(of: concept), "counts": counts.joined(separator: "; ")]),
            tables: [evidenceTable(evidence, figure: id, showsWork: true)])
    }

    private var partItem: FigureCanvas.LegendItem {
        .sample(
            strings("chart.legend.part"),
            { svg, x, y in svg.line(x1: x + 3, y1: y - 4, x2: x + 3, y2: y + 4, "line") }, width: 6)
    }
}
