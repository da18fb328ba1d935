import Analysis
import TextModel

/// Lanes along a text: labels to the left, the text in the middle, counts to the right, the axis below.
struct LanePlot {
    let builder: ChartBuilder
    let axis: TextAxis
    let groups: [LaneGroup]
    /// Stretches of the axis in which nothing is said: no line is drawn across them.
    var gaps: [(left: Double, right: Double)] = []
    /// Words of the axis, beneath its numbers.
    let axisTitle: String

    static let left = 186.0
    /// Three columns of counts stand to the right.
    static let right = ChartFigure.width - 3 * countWidth - 12
    private static let countWidth = 30.0
    private static let labelSize = 12.0

    /// More signs than this one above the other are a heap that nobody counts: bars say more.
    private static let highestHeap = 6
    /// Height of the highest bar and width of a bar.
    private static let barHeight = 26.0
    private static let barWidth = 11.0

    // MARK: - Drawing

    /// The legend comes first: the stances that occur, the line for marked words where they are drawn, and `others`.
    func draw(stances evidence: [Evidence], legend others: [FigureCanvas.LegendItem], into canvas: inout FigureCanvas) {
        let layouts = groups.map { $0.lanes.map { LaneLayout($0.marks, right: axis.right) } }
        let isDense = layouts.joined().contains { max($0.above, $0.below) > Self.highestHeap }
        canvas.legend(canvas.stanceItems(of: evidence) + (isDense ? [] : [.stretch]) + others)
        countHeadings(&canvas)
        let top = canvas.y
        sectionBands(&canvas)
        // What lies behind the lanes is written first, and its height is known last.
        let behind = canvas.svg
        canvas.svg = SVGWriter()
        let start = canvas.y
        let peak = isDense ? max(1, groups.flatMap(\.lanes).map { distribution($0).peak }.max() ?? 1) : 1
        var isFirst = true
        for (group, layout) in zip(groups, layouts) {
            heading(group, isFirst: isFirst, &canvas)
            isFirst = false
            for (lane, layout) in zip(group.lanes, layout) {
                isDense ? bars(lane, peak: peak, &canvas) : signs(lane, layout, &canvas)
            }
        }
        let lanes = canvas.svg
        canvas.svg = behind
        grid(from: max(top, start - 4), to: canvas.y, &canvas.svg)
        gapLabels(from: start, &canvas.svg)
        canvas.svg.append(lanes.text)
        scale(&canvas)
        if isDense { canvas.paragraph(builder.strings("chart.bars", ["count": builder.strings.number(peak)])) }
    }

    private func heading(_ group: LaneGroup, isFirst: Bool, _ canvas: inout FigureCanvas) {
        if !isFirst { canvas.y += 5 }
        guard let heading = group.heading else {
            if !isFirst {
                canvas.svg.line(x1: 0, y1: canvas.y, x2: ChartFigure.width, y2: canvas.y, "rule")
            }
            return
        }
        if !isFirst {
            canvas.svg.line(x1: 0, y1: canvas.y, x2: ChartFigure.width, y2: canvas.y, "rule")
            canvas.y += 4
        }
        canvas.y += 15
        let text = TextWidth.fitted(heading, into: Self.right, size: 12, isBold: true)
        canvas.svg.text(text, x: 0, y: canvas.y, "b")
        canvas.y += 7
    }

    // MARK: - Lanes

    private func signs(_ lane: Lane, _ layout: LaneLayout, _ canvas: inout FigureCanvas) {
        let step = LaneLayout.pitch
        // Lanes without signs on a side have some room there all the same, so that they look alike.
        let lines = labelLines(lane)
        let least = Double(lines.count) * 7 + 6
        let middle = canvas.y + max(least, Double(layout.above) * step + 9)
        canvas.svg.group(builder.palette.className(of: lane.concept)) { svg in
            baseline(lane, middle, &svg)
            for placed in layout.placed {
                let mark = lane.marks[placed.mark]
                svg.group(title: mark.title, link: mark.link) { svg in
                    if mark.stretches.count > 1, let first = mark.stretches.first, let last = mark.stretches.last,
                        axis.segments.count == 1
                    {
                        // A target in pieces is one.
                        svg.line(x1: first.left, y1: middle, x2: last.right, y2: middle, "stretch", width: 1)
                    }
                    for stretch in mark.stretches {
                        // A stretch that would be finer than print is drawn as wide as a hair.
                        let right = max(stretch.right, stretch.left + 1.5)
                        svg.line(
                            x1: stretch.left, y1: middle, x2: right, y2: middle, "stretch", width: 5,
                            dash: builder.palette.dash(of: lane.concept))
                    }
                    let y = middle - Double(placed.level) * step - (placed.level > 0 ? -1 : placed.level < 0 ? 1 : 0)
                    StanceMark.draw(mark.stance, x: placed.x, y: y, into: &svg)
                    svg.rect(
                        x: placed.x - step / 2 - 1, y: y - step / 2 - 1, width: step + 2, height: step + 2, "hit")
                }
            }
        }
        label(lane, lines, middle: middle, &canvas)
        canvas.y = middle + max(least, Double(layout.below) * step + 9)
    }

    /// Too many to show one by one: bars of equal stretches of the text, with the same sides and fills as the signs.
    private func bars(_ lane: Lane, peak: Int, _ canvas: inout FigureCanvas) {
        let unit = Self.barHeight / Double(peak)
        let middle = canvas.y + Self.barHeight + 4
        let distribution = distribution(lane)
        let width = (axis.right - axis.left) / Double(distribution.bins.count)
        canvas.svg.group(builder.palette.className(of: lane.concept)) { svg in
            baseline(lane, middle, &svg)
            for (index, counts) in distribution.bins.enumerated() where counts.total > 0 {
                let x = axis.left + Double(index) * width + 1
                let title = [lane.label, builder.words(counts)].joined(separator: " · ")
                svg.group(title: title) { svg in
                    let open = Double(counts.ambiguous) * unit / 2
                    let high = Double(counts.supports) * unit
                    let low = Double(counts.contradicts) * unit
                    if counts.ambiguous > 0 {
                        svg.rect(x: x, y: middle - open, width: width - 2, height: 2 * open, "weak")
                    }
                    if high > 0 {
                        svg.rect(x: x, y: middle - open - high, width: width - 2, height: high, "solid")
                    }
                    if low > 0 { svg.rect(x: x, y: middle + open, width: width - 2, height: low, "hollow") }
                }
            }
        }
        label(lane, labelLines(lane), middle: middle, &canvas)
        let deepest =
            distribution.bins.map { Double($0.contradicts) * unit + Double($0.ambiguous) * unit / 2 }.max() ?? 0
        canvas.y = middle + max(11, deepest + 5)
    }

    private func distribution(_ lane: Lane) -> Distribution {
        let length = axis.right - axis.left
        let points = lane.marks.map { mark in
            Evidence(
                work: 0, annotation: 0, concept: lane.concept, stance: mark.stance,
                stretches: [mark.x - axis.left..<mark.x - axis.left], passages: [])
        }
        return Distribution(points, length: length, bins: max(1, Int(length / Self.barWidth)))
    }

    /// The line between for and against; broken where nothing at all is said.
    private func baseline(_ lane: Lane, _ y: Double, _ svg: inout SVGWriter) {
        for segment in axis.segments + [axis.elsewhere].compactMap(\.self) {
            var left = segment.left
            for gap in gaps where gap.left < segment.right && gap.right > left {
                if gap.left > left { svg.line(x1: left, y1: y, x2: gap.left, y2: y, "dots") }
                left = gap.right
            }
            if left < segment.right { svg.line(x1: left, y1: y, x2: segment.right, y2: y, "dots") }
        }
        for x in lane.ticks { svg.line(x1: x, y1: y - 4, x2: x, y2: y + 4, "rule") }
    }

    private func labelLines(_ lane: Lane) -> [String] {
        TextWidth.wrapped(lane.label, into: Self.left - 14, size: Self.labelSize, limit: 2)
    }

    /// What the lane is called, and its counts.
    private func label(_ lane: Lane, _ lines: [String], middle: Double, _ canvas: inout FigureCanvas) {
        let first = middle + 4 - Double(lines.count - 1) * 7
        for (index, line) in lines.enumerated() {
            canvas.svg.text(line, x: 0, y: first + Double(index) * 14, lane.isWork ? "work" : "ink")
        }
        for (index, stance) in Stance.allCases.enumerated() {
            let count = lane.counts[stance]
            canvas.svg.text(
                count > 0 ? builder.strings.number(count) : "–", x: countX(index), y: middle + 4,
                count > 0 ? "ink" : "soft", anchor: .middle)
        }
    }

    private func countX(_ index: Int) -> Double {
        ChartFigure.width - Double(2 - index) * Self.countWidth - Self.countWidth / 2
    }

    private func countHeadings(_ canvas: inout FigureCanvas) {
        canvas.y += 8
        for (index, stance) in Stance.allCases.enumerated() {
            StanceMark.draw(stance, x: countX(index), y: canvas.y, into: &canvas.svg)
        }
        // Columns of phases have headings of their own, which begin at this height.
        if case .phases = axis.measure { canvas.y -= 8 } else if !axis.levels.isEmpty { canvas.y -= 8 }
        canvas.y += 6
    }
}
