import Analysis

extension LanePlot {
    // MARK: - Parts

    /// Parts of the text above the lanes: a band a level, every other part on a tint.
    func sectionBands(_ canvas: inout FigureCanvas) {
        if case .phases(let phases) = axis.measure { return phaseHeadings(phases, &canvas) }
        for level in axis.levels {
            let height = 17.0
            let baseline = canvas.y + 12.5
            if let type = level.first?.type, level.allSatisfy({ $0.type == type || $0.type == nil }) {
                let name = builder.strings.find("chart.level.\(type.lowercased())") ?? type
                canvas.svg.text(name, x: Self.left - 14, y: baseline, "soft small", anchor: .end)
            }
            for (index, section) in level.enumerated() {
                let left = axis.x(Double(section.range.lowerBound))
                let right = axis.x(Double(section.range.upperBound))
                canvas.svg.group(title: section.head.map { "\(section.label): \($0)" } ?? section.label) { svg in
                    svg.rect(
                        x: left, y: canvas.y, width: right - left, height: height,
                        index.isMultiple(of: 2) ? "tint" : "paper")
                }
            }
            // Where the last label ended, so that none runs into the next.
            var end = -Double.infinity
            for section in level {
                let left = axis.x(Double(section.range.lowerBound))
                let right = axis.x(Double(section.range.upperBound))
                let label = Self.label(of: section, width: right - left - 4)
                let width = TextWidth.of(label, size: 10.5)
                let middle = min(max((left + right) / 2, axis.left + width / 2), axis.right - width / 2)
                guard middle - width / 2 > end + 3 else { continue }
                canvas.svg.text(label, x: middle, y: baseline, "soft small", anchor: .middle)
                end = middle + width / 2
            }
            canvas.y += height
        }
        canvas.y += 6
    }

    /// The heading of a part where there is room for it, else its number.
    private static func label(of section: Section, width: Double) -> String {
        guard let head = section.head, TextWidth.of(head, size: 10.5) <= width else { return section.label }
        return head
    }

    private func phaseHeadings(_ phases: [Section], _ canvas: inout FigureCanvas) {
        var columns: [(segment: TextAxis.Segment, text: String)] = zip(axis.segments, phases).map { segment, phase in
            (segment, phase.head.map { "\(phase.label) \($0)" } ?? phase.label)
        }
        if let rest = axis.elsewhere { columns.append((rest, builder.strings("chart.elsewhere"))) }
        var height = 0.0
        for column in columns {
            let width = column.segment.right - column.segment.left
            let lines = TextWidth.wrapped(column.text, into: width - 8, size: 10.5, limit: 3)
            for (index, line) in lines.enumerated() {
                canvas.svg.text(
                    line, x: (column.segment.left + column.segment.right) / 2, y: canvas.y + 13 + Double(index) * 13,
                    "small ink", anchor: .middle)
            }
            height = max(height, Double(lines.count) * 13 + 8)
        }
        for column in columns {
            canvas.svg.line(
                x1: column.segment.left, y1: canvas.y + height, x2: column.segment.right, y2: canvas.y + height, "line")
        }
        canvas.y += height + 2
    }

    /// Borders of parts behind the lanes.
    func grid(from top: Double, to bottom: Double, _ svg: inout SVGWriter) {
        if case .phases = axis.measure {
            for segment in axis.segments where !gaps.contains(where: { $0.left == segment.left }) {
                svg.rect(x: segment.left, y: top, width: segment.right - segment.left, height: bottom - top, "tint")
            }
            return
        }
        // More lines than this would be a grey field; the bands above the lanes show all.
        let limit = 24
        guard let level = axis.levels.last(where: { $0.count <= limit }) else { return }
        for section in level.dropFirst() {
            let x = axis.x(Double(section.range.lowerBound))
            svg.line(x1: x, y1: top, x2: x, y2: bottom, "rule")
        }
    }

    /// Gaps with room for words say that they are gaps.
    func gapLabels(from top: Double, _ svg: inout SVGWriter) {
        let words = builder.strings("chart.gap")
        let longest = words.split(separator: " ").map { TextWidth.of(String($0), size: 10.5) }.max() ?? 0
        // Beside the first lane: a heading may reach across its row.
        let first = top + (groups.first?.heading == nil ? 18 : 42)
        for segment in gaps where segment.right - segment.left > longest + 6 {
            let lines = TextWidth.wrapped(words, into: segment.right - segment.left - 6, size: 10.5, limit: 3)
            for (line, text) in lines.enumerated() {
                svg.text(
                    text, x: (segment.left + segment.right) / 2,
                    y: first + Double(line) * 13, "soft small work",
                    anchor: .middle)
            }
        }
    }

    // MARK: - Scale

    /// The axis below the lanes with its numbers and words.
    func scale(_ canvas: inout FigureCanvas) {
        canvas.y += 4
        switch axis.measure {
        case .phases: break
        case .words:
            let length = axis.segments[0].words.upperBound
            let step = TextAxis.step(for: length)
            let marks = stride(from: 0, through: Int(length), by: step)
            rule(marks.map { (axis.x(Double($0)), builder.strings.number($0)) }, &canvas)
        case .share:
            rule([0, 25, 50, 75, 100].map { (axis.x(Double($0) / 100), "\($0) %") }, &canvas)
        }
        canvas.y += 14
        canvas.svg.text(axisTitle, x: (axis.left + axis.right) / 2, y: canvas.y, "soft", anchor: .middle)
        canvas.y += 8
    }

    private func rule(_ ticks: [(x: Double, label: String)], _ canvas: inout FigureCanvas) {
        canvas.svg.line(x1: axis.left, y1: canvas.y, x2: axis.right, y2: canvas.y, "line")
        for tick in ticks {
            canvas.svg.line(x1: tick.x, y1: canvas.y, x2: tick.x, y2: canvas.y + 5, "line")
            canvas.svg.text(tick.label, x: tick.x, y: canvas.y + 16, "small ink", anchor: .middle)
        }
        canvas.y += 18
    }
}
