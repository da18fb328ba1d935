import Analysis
import TextModel

extension ChartBuilder {
    /// Persons that fit into one picture; of more those that most is said of.
    private static let personLimit = 18

    /// A figure a work: its people, how they are related, and what is annotated about each two of them.
    func addRelations(to chart: inout Chart) {
        chart.title = strings("chart.kind.relations")
        for work in works {
            guard let figure = relations(of: work, id: "f\(chart.figures.count + 1)", &chart) else {
                continue
            }
            chart.figures.append(figure)
        }
        if chart.figures.count == 1 { chart.title = chart.figures[0].title }
    }

    /// `nil` where nothing joins two persons.
    func relations(of work: ChartWork, id: String, _ chart: inout Chart) -> ChartFigure? {
        let summaries = TieSummary.summaries(of: work.evidence)
        let people = people(of: work, summaries)
        guard !people.shown.isEmpty else { return nil }
        if people.left > 0 { chart.notes.append(strings.counted("chart.relations.left", people.left)) }
        let shown = Set(people.shown.map(\.id))
        let ties = summaries.filter { shown.contains($0.tie.from) && shown.contains($0.tie.towards) }
        let relations = work.document.work.relations

        var canvas = FigureCanvas(
            self, id: id, title: strings("chart.relations.title", ["work": work.title]), subtitle: chart.subtitle)
        let concepts = inSchemeOrder(ties.flatMap { $0.lines.map(\.concept) })
        canvas.concepts += concepts + concepts.compactMap(palette.facetID)
        let kinds = RelationKinds(
            relations.filter { relation in
                Tie.ties(of: relation).contains { shown.contains($0.from) && shown.contains($0.towards) }
            })
        canvas.legend(relationItems(kinds) + tieItems(ties) + canvas.facetItems(of: concepts))
        canvas.y += 4

        let declared = relations.flatMap { relation in Tie.ties(of: relation).map { ($0.pair, weight: 2.0) } }
        // Ten annotations pull no harder than five: the picture is about who, not about how much.
        let said = ties.map { ($0.tie.pair, weight: 1 + Double(min($0.total, 5))) }
        let graph = PersonGraph(
            people.shown, relations: relations, links: Self.merged(declared + said), width: ChartFigure.width)
        let drawing = GraphDrawing(builder: self, work: work, graph: graph, kinds: kinds, ties: ties)
        canvas.svg.group(at: (0, canvas.y)) { drawing.draw(relations: relations, into: &$0) }
        canvas.y += graph.height
        drawing.key(into: &canvas) { tie in
            self.link(tie, in: work, figure: id)
        }
        if !people.alone.isEmpty {
            canvas.paragraph(strings("chart.relations.alone", ["persons": strings.list(people.alone.map(\.name))]))
        }
        return canvas.figure(
            description: description(of: work, ties, kinds), tables: tables(of: work, ties, figure: id))
    }

    // MARK: - Who

    /// Persons who are joined with another, most joined first where there are too many; and those who are not.
    private func people(
        of work: ChartWork, _ summaries: [TieSummary]
    ) -> (shown: [Person], alone: [Person], left: Int) {
        var weight: [String: Int] = [:]
        for summary in summaries {
            weight[summary.tie.from, default: 0] += 1 + summary.total
            weight[summary.tie.towards, default: 0] += 1 + summary.total
        }
        for tie in work.document.work.relations.flatMap(Tie.ties) {
            weight[tie.from, default: 0] += 1
            weight[tie.towards, default: 0] += 1
        }
        let known = Set(work.document.work.persons.map(\.id))
        // Whom an annotation names and no list declares is a person all the same.
        let others = weight.keys.filter { !known.contains($0) }.sorted()
            .map { Person(id: $0, names: [$0], sex: nil, role: nil) }
        let all = work.document.work.persons + others
        let joined = all.filter { weight[$0.id] != nil }
        let alone = all.filter { weight[$0.id] == nil }
        guard joined.count > Self.personLimit else { return (joined, alone, 0) }
        let most = joined.map(\.id).sorted { (-(weight[$0] ?? 0), $0) < (-(weight[$1] ?? 0), $1) }
            .prefix(Self.personLimit)
        // A crowd of bystanders is not listed.
        return (joined.filter { most.contains($0.id) }, [], all.count - Self.personLimit)
    }

    private static func merged(_ links: [(Pair, weight: Double)]) -> [(Pair, weight: Double)] {
        var weights: [Pair: Double] = [:]
        for (pair, weight) in links { weights[pair, default: 0] += weight }
        return weights.sorted { $0.key < $1.key }.map { ($0.key, weight: $0.value) }
    }

    // MARK: - Legend and words

    private func relationItems(_ kinds: RelationKinds) -> [FigureCanvas.LegendItem] {
        kinds.names.map { name in
            .sample(
                relationName(name),
                { svg, x, y in kinds.draw(name, from: (x, y), to: (x + 26, y), into: &svg) }, width: 26)
        }
    }

    func relationName(_ name: String) -> String {
        strings.find("relation.\(name)") ?? name.replacing("_", with: " ")
    }

    private func tieItems(_ ties: [TieSummary]) -> [FigureCanvas.LegendItem] {
        guard !ties.isEmpty else { return [] }
        return [
            .sample(
                strings("chart.legend.tie"),
                { svg, x, y in
                    svg.line(x1: x, y1: y, x2: x + 24, y2: y, "stretch", width: 3)
                    GraphDrawing.arrow(x: x + 32, y: y, heading: (1, 0), into: &svg)
                }, width: 32)
        ]
    }

    private func description(of work: ChartWork, _ ties: [TieSummary], _ kinds: RelationKinds) -> String {
        let relations = work.document.work.relations.map(work.phrases.phrase)
        let said = ties.map { summary in
            phrase(summary.tie, in: work) + ": "
                + summary.lines.map { label(of: $0.concept) + ", " + words($0.counts) }.joined(separator: "; ")
        }
        return strings(
            "chart.relations.description",
            [
                "work": work.title,
                "relations": relations.isEmpty ? strings("chart.relations.none") : relations.joined(separator: "; "),
                "ties": said.isEmpty ? strings("chart.relations.nothing") : said.joined(separator: ". "),
            ])
    }

    // MARK: - Tables

    private func tables(of work: ChartWork, _ ties: [TieSummary], figure: String) -> [ChartTable] {
        var tables: [ChartTable] = []
        if !ties.isEmpty {
            let columns =
                [
                    ChartTable.Column(heading: strings("chart.table.tie")),
                    ChartTable.Column(heading: strings("chart.table.concept")),
                ]
                + Stance.allCases.map {
                    ChartTable.Column(heading: strings("stance.\($0.rawValue)"), isNumber: true)
                }
            let rows = ties.enumerated().flatMap { number, summary in
                summary.lines.enumerated().map { index, line in
                    ChartTable.Row(
                        anchor: index == 0 ? Self.anchor(figure, tie: number) : nil,
                        cells: ["\(number + 1) " + phrase(summary.tie, in: work), label(of: line.concept)]
                            + Stance.allCases.map { strings.number(line.counts[$0]) })
                }
            }
            tables.append(ChartTable(caption: strings("chart.table.ties"), columns: columns, rows: rows))
        }
        let relations = work.document.work.relations
        if !relations.isEmpty {
            tables.append(
                ChartTable(
                    caption: strings("chart.table.relations"),
                    columns: [ChartTable.Column(heading: strings("chart.table.relation"))],
                    rows: relations.map { ChartTable.Row(anchor: nil, cells: [work.phrases.phrase($0)]) }))
        }
        return tables
    }

    private static func anchor(_ figure: String, tie: Int) -> String { "\(figure)-t\(tie + 1)" }

    private func link(_ tie: Int, in work: ChartWork, figure: String) -> String? {
        link == nil && isPage ? "#" + Self.anchor(figure, tie: tie) : nil
    }
}
