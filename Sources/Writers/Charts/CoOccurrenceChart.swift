import Analysis
import Foundation
import TextModel

extension ChartBuilder {
    /// More concepts than this have cells too small to hold a number.
    private static let matrixLimit = 32

    /// One figure: half a matrix of concepts, with the passages that hold both and, where there are enough of them,
    /// how far that is from chance.
    func addCoOccurrence(to chart: inout Chart) {
        chart.title = strings("chart.cooccurrence.title")
        // Two concepts in one passage are two annotations as a rule, of which a query for one concept finds only
        // the one: then everything that is said of these passages counts.
        let isByConcept = !selection.concepts.isEmpty
        let evidence = works.flatMap { isByConcept ? $0.all : $0.evidence }
        var concepts = rows(evidence)
        guard concepts.count > 1 else { return }
        if concepts.count > Self.matrixLimit {
            let counts = Dictionary(grouping: evidence, by: \.concept).mapValues(\.count)
            let most = concepts.sorted { (-(counts[$0] ?? 0), $0) < (-(counts[$1] ?? 0), $1) }.prefix(Self.matrixLimit)
            chart.notes.append(strings.counted("chart.cooccurrence.left", concepts.count - Self.matrixLimit))
            concepts = inSchemeOrder(most)
        }
        // Passages in which something else was annotated were read as well: they count among those with neither.
        let pairs = CoOccurrence(isByConcept ? evidence : works.flatMap(\.evidence), concepts: concepts)
        chart.figures.append(matrix(pairs, chart))
    }

    /// Concepts that are shown: those asked for; beside a single one all that share a passage with it.
    private func rows(_ evidence: [Evidence]) -> [String] {
        let present = inSchemeOrder(evidence.map(\.concept))
        guard !selection.concepts.isEmpty else { return present }
        let chosen = present.filter(selection.chosenConcepts.contains)
        guard chosen.count == 1, let column = present.firstIndex(of: chosen[0]) else { return chosen }
        let pairs = CoOccurrence(evidence, concepts: present)
        return present.indices.filter { $0 == column || pairs.count($0, column) > 0 }.map { present[$0] }
    }

    private func matrix(_ pairs: CoOccurrence, _ chart: Chart) -> ChartFigure {
        let concepts = pairs.concepts
        let shownWorks = Set(works.filter { !$0.all.isEmpty }.map(\.index)).count
        var canvas = FigureCanvas(
            self, id: "f1", title: strings("chart.cooccurrence.title"), subtitle: chart.subtitle)
        canvas.concepts += concepts
        let layout = MatrixLayout(labels: concepts.map(label))
        let isWithheld = !layout.pairs.contains { pairs.association($0.row, $0.column).isReliable }
        let most = layout.pairs.map { pairs.count($0.row, $0.column) }.max() ?? 0
        canvas.legend(heatItems(most: most, signs: !isWithheld) + canvas.facetItems(of: concepts))
        canvas.y += 4
        for row in concepts.indices {
            for column in 0..<row {
                cell(pairs, row, column, most: most, layout, &canvas)
            }
            diagonal(pairs, row, layout, &canvas)
        }
        canvas.y += Double(concepts.count) * layout.size + 6
        canvas.paragraph(
            strings.counted(
                "chart.cooccurrence.caption", pairs.units, ["works": strings.counted("chart.works", shownWorks)]))
        canvas.paragraph(strings(isWithheld ? "chart.cooccurrence.no-measure" : "chart.cooccurrence.measure"))
        if layout.hasMeasures, !isWithheld { canvas.paragraph(strings("chart.cooccurrence.numbers")) }
        return canvas.figure(description: description(pairs), tables: [table(pairs)])
    }

    // MARK: - Cells

    private func cell(
        _ pairs: CoOccurrence, _ row: Int, _ column: Int, most: Int, _ layout: MatrixLayout,
        _ canvas: inout FigureCanvas
    ) {
        let association = pairs.association(row, column)
        let (x, y, size) = (layout.x(column), canvas.y + Double(row) * layout.size, layout.size)
        let step = heat(association.both, most: most)
        let title =
            strings.counted(
                "chart.cooccurrence.cell", association.both,
                ["first": label(of: pairs.concepts[row]), "second": label(of: pairs.concepts[column])])
            + " " + measures(association)
        canvas.svg.group(title: title) { svg in
            svg.rect(x: x + 1, y: y + 1, width: size - 2, height: size - 2, "q\(step)", radius: 2)
            guard association.both > 0 else {
                svg.text("·", x: x + size / 2, y: y + size / 2 + 4, "on\(step)", anchor: .middle)
                return
            }
            let shows = layout.hasMeasures && association.isReliable
            svg.text(
                strings.number(association.both), x: x + size / 2, y: y + size / 2 + (shows ? 0 : 4),
                "b on\(step)", anchor: .middle)
            if shows {
                svg.text(
                    Self.directed(association), x: x + size / 2, y: y + size / 2 + 12, "small on\(step)",
                    anchor: .middle)
            }
            if association.isReliable, association.logLikelihood >= Association.noticeable {
                Self.corner(x: x + size - 2, y: y + 2, isUp: association.isAttraction, "i\(step)", &svg)
            }
        }
    }

    /// Where row and column of one concept meet: its passages, and its name.
    private func diagonal(_ pairs: CoOccurrence, _ row: Int, _ layout: MatrixLayout, _ canvas: inout FigureCanvas) {
        let (x, y, size) = (layout.x(row), canvas.y + Double(row) * layout.size, layout.size)
        let concept = pairs.concepts[row]
        canvas.svg.group(palette.className(of: concept)) { svg in
            svg.line(
                x1: x + 3, y1: y + 4, x2: x + 3, y2: y + size - 4, "stretch", width: 5, dash: palette.dash(of: concept))
            svg.text(strings.number(pairs.count(row, row)), x: x + 12, y: y + size / 2 + 4, "soft")
            svg.text(
                TextWidth.fitted(label(of: concept), into: layout.labelWidth, size: 12), x: x + layout.nameOffset,
                y: y + size / 2 + 4, "ink")
        }
    }

    /// Step of the ramp; nothing is the first.
    private func heat(_ count: Int, most: Int) -> Int {
        guard count > 0, most > 0 else { return 0 }
        let top = ChartStyle.heatSteps - 1
        // The root spreads the small numbers, of which there are many; the numbers themselves stand in the cells.
        return max(1, Int((Double(top) * (Double(count) / Double(most)).squareRoot()).rounded()))
    }

    private func heatItems(most: Int, signs: Bool) -> [FigureCanvas.LegendItem] {
        var items: [FigureCanvas.LegendItem] = [
            .sample(
                strings("chart.legend.heat", ["count": strings.number(most)]),
                { svg, x, y in
                    for step in 0..<ChartStyle.heatSteps {
                        svg.rect(x: x + Double(step) * 12, y: y - 6, width: 11, height: 12, "q\(step)", radius: 2)
                    }
                }, width: Double(ChartStyle.heatSteps) * 12)
        ]
        for (name, isUp) in [("together", true), ("apart", false)] where signs {
            items.append(
                .sample(
                    strings("chart.legend.\(name)"),
                    { svg, x, y in Self.corner(x: x + 7, y: y - 4, isUp: isUp, "ink", &svg) }, width: 7))
        }
        return items
    }

    /// The sign in a cell's corner: upwards for more often than by chance, downwards for less.
    private static func corner(x: Double, y: Double, isUp: Bool, _ classes: String, _ svg: inout SVGWriter) {
        var path = SVGPath()
        path.move(x - 7, isUp ? y + 6 : y)
        path.line(x, isUp ? y + 6 : y)
        path.line(x - 3.5, isUp ? y : y + 6)
        path.close()
        svg.path(path, classes)
    }

    // MARK: - Words

    /// "G² 7.1, PMI 0.84: together more often than by chance." or that there are too few.
    private func measures(_ association: Association) -> String {
        guard association.isReliable else { return strings("chart.cooccurrence.withheld") }
        let values = [
            "expected": Self.short(association.expected), "g2": Self.short(association.logLikelihood),
            "pmi": association.mutualInformation.map(Self.signed) ?? "–",
        ]
        let verdict =
            association.logLikelihood < Association.noticeable
            ? "chance" : association.isAttraction ? "together" : "apart"
        return strings("chart.cooccurrence.\(verdict)", values)
    }

    private func description(_ pairs: CoOccurrence) -> String {
        let found = sortedPairs(pairs).prefix(8).map { pair in
            strings(
                "chart.cooccurrence.pair",
                [
                    "first": label(of: pairs.concepts[pair.row]), "second": label(of: pairs.concepts[pair.column]),
                    "count": strings.number(pairs.count(pair.row, pair.column)),
                ])
        }
        return strings(
            "chart.cooccurrence.description",
            [
                "concepts": strings.number(pairs.concepts.count), "passages": strings.number(pairs.units),
                "pairs": found.isEmpty ? strings("chart.cooccurrence.none") : found.joined(separator: "; "),
            ])
    }

    private func table(_ pairs: CoOccurrence) -> ChartTable {
        let columns = [
            ChartTable.Column(heading: strings("chart.table.concept")),
            ChartTable.Column(heading: strings("chart.table.other-concept")),
            ChartTable.Column(heading: strings("chart.table.both"), isNumber: true),
            ChartTable.Column(heading: strings("chart.table.first"), isNumber: true),
            ChartTable.Column(heading: strings("chart.table.second"), isNumber: true),
            ChartTable.Column(heading: strings("chart.table.expected"), isNumber: true),
            ChartTable.Column(heading: "G²", isNumber: true), ChartTable.Column(heading: "PMI", isNumber: true),
        ]
        let withheld = strings("chart.table.withheld")
        let rows = sortedPairs(pairs).map { pair -> ChartTable.Row in
            let association = pairs.association(pair.row, pair.column)
            let isShown = association.isReliable
            return ChartTable.Row(
                anchor: nil,
                cells: [
                    label(of: pairs.concepts[pair.row]), label(of: pairs.concepts[pair.column]),
                    strings.number(association.both), strings.number(association.first),
                    strings.number(association.second), Self.short(association.expected),
                    isShown ? Self.directed(association) : withheld,
                    isShown ? association.mutualInformation.map(Self.signed) ?? "–" : withheld,
                ])
        }
        return ChartTable(
            caption: strings("chart.table.pairs"), columns: columns, rows: rows)
    }

    /// Pairs that share a passage, or could well have shared one; those with most passages first.
    private func sortedPairs(_ pairs: CoOccurrence) -> [(row: Int, column: Int)] {
        pairs.concepts.indices.flatMap { row in (0..<row).map { (row: row, column: $0) } }
            .filter { pairs.count($0.row, $0.column) > 0 || pairs.association($0.row, $0.column).isReliable }
            .sorted { left, right in
                (-pairs.count(left.row, left.column), left.row, left.column)
                    < (-pairs.count(right.row, right.column), right.row, right.column)
            }
    }

    /// G² with the side on which it lies; nought has none.
    private static func directed(_ association: Association) -> String {
        let text = short(association.logLikelihood)
        return text == "0.0" ? text : (association.isAttraction ? "+" : "−") + text
    }

    /// One decimal; more would pretend.
    static func short(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }

    /// Two decimals and always a sign.
    static func signed(_ value: Double) -> String {
        let hundredths = Int((abs(value) * 100).rounded())
        let rest = hundredths % 100
        return (value < 0 ? "−" : "+") + "\(hundredths / 100)." + (rest < 10 ? "0\(rest)" : "\(rest)")
    }
}

/// Where the cells of half a matrix stand. Each concept's name stands at the end of its row, which is the head of its
/// column: no name is written twice, and none is turned.
private struct MatrixLayout {
    let count: Int
    let size: Double
    let labelWidth: Double
    let nameOffset: Double

    init(labels: [String]) {
        count = labels.count
        // The number of the concept's passages stands before its name.
        nameOffset = 34
        let widths = labels.map { min(210, TextWidth.of($0, size: 12)) }
        labelWidth = widths.max() ?? 0
        // Each name has to fit after its own row. 44 pixels hold a count and a measure of four digits; below 32 the
        // measure is left to the table.
        let rooms = widths.enumerated().dropFirst().map { (ChartFigure.width - 34 - $1) / Double($0) }
        size = max(15, min(44, rooms.min() ?? 44))
    }

    var hasMeasures: Bool { size >= 32 }

    func x(_ column: Int) -> Double { Double(column) * size }

    var pairs: [(row: Int, column: Int)] {
        (0..<count).flatMap { row in (0..<row).map { (row: row, column: $0) } }
    }
}
