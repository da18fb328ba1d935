import Analysis
import TextModel

extension ChartBuilder {
    /// Dyads of one work that are drawn when none is named: those of whom most is said.
    private static let dyadLimit = 6

    /// A figure a dyad: what is said of the two from the beginning of the story to its end.
    ///
    /// A query that finds one work draws its dyads; several works get one each, the one of whom most is said.
    func addTrajectories(to chart: inout Chart) {
        chart.title = strings("chart.kind.trajectory")
        let told = works.filter { work in work.evidence.contains { !$0.ties.isEmpty } }
        let limit = told.count > 1 ? 1 : Self.dyadLimit
        var left = 0
        for work in told {
            let pairs = Trajectory.pairs(in: work.evidence)
            left += max(0, pairs.count - limit)
            for pair in pairs.prefix(limit) {
                chart.figures.append(
                    trajectory(of: pair.pair, in: work, id: "f\(chart.figures.count + 1)", chart))
            }
        }
        if left > 0 { chart.notes.append(strings.counted("chart.trajectory.left", left)) }
        if chart.figures.count == 1 { chart.title = chart.figures[0].title }
    }

    func trajectory(
        of pair: Pair, in work: ChartWork, id: String, _ chart: Chart
    ) -> ChartFigure {
        let concepts = selection.concepts.isEmpty ? nil : selection.chosenConcepts
        let alone = work.all.filter { piece in
            piece.ties.isEmpty && piece.persons.contains { $0 == pair.first || $0 == pair.second }
                && concepts?.contains(piece.concept) ?? true
        }
        let trajectory = Trajectory(work.evidence, of: pair, alone: alone)
        // In the order of the text, and once where both directions say the same.
        var seen: Set<Evidence.Key> = []
        var evidence = trajectory.evidence.filter { seen.insert($0.key).inserted }
        evidence.sort { ($0.position, $0.annotation) < ($1.position, $1.annotation) }

        let names = names(of: pair, trajectory, in: work)
        var canvas = FigureCanvas(
            self, id: id,
            title: strings("chart.trajectory.title", ["persons": strings.list(names), "work": work.title]),
            subtitle: chart.subtitle)
        let used = inSchemeOrder(evidence.map(\.concept))
        canvas.concepts += used

        let (axis, gaps) = axis(for: trajectory, in: work)
        let groups = trajectory.groups.map { group in
            LaneGroup(
                heading: heading(of: group.subject, in: work),
                lanes: group.bands.map { band in
                    let own = Set(band.evidence.map(\.key))
                    return lane(band.concept, evidence, on: axis, figure: id) { own.contains($0.key) }
                })
        }
        var plot = LanePlot(
            builder: self, axis: axis, groups: groups,
            axisTitle: strings(axis.hasPhases ? "chart.axis.phases" : "chart.axis.words"))
        plot.gaps = gaps
        plot.draw(stances: evidence, legend: canvas.facetItems(of: used), into: &canvas)
        return canvas.figure(
            description: strings(
                "chart.trajectory.description",
                ["persons": strings.list(names), "work": work.title, "story": story(trajectory, in: work)]),
            tables: [evidenceTable(evidence, figure: id, showsWork: false)])
    }

    /// Phases where the text has them, all as wide; else the text itself. Gaps are the parts, of phases or of the
    /// text, in which nothing is said of the two.
    private func axis(
        for trajectory: Trajectory, in work: ChartWork
    ) -> (TextAxis, gaps: [(left: Double, right: Double)]) {
        let levels = work.scale.sections()
        let phases = levels.lazy.map { $0.filter { $0.type == "phase" } }.first { $0.count > 1 } ?? []
        guard !phases.isEmpty else {
            let axis = TextAxis.words(work.scale, left: LanePlot.left, right: LanePlot.right, levels: levels)
            // In the many short chapters of a novel a gap is nothing to point at.
            let parts = levels.last { $0.count <= 24 } ?? []
            let gaps = trajectory.gaps(in: parts).map { index in
                (
                    left: axis.x(Double(parts[index].range.lowerBound)),
                    right: axis.x(Double(parts[index].range.upperBound))
                )
            }
            return (axis, gaps)
        }
        let hasRest = trajectory.evidence.contains { piece in
            !phases.contains {
                Double($0.range.lowerBound) <= piece.position && piece.position <= Double($0.range.upperBound)
            }
        }
        let axis = TextAxis.phases(phases, hasRest: hasRest, left: LanePlot.left, right: LanePlot.right)
        return (axis, trajectory.gaps(in: phases).map { (axis.segments[$0].left, axis.segments[$0].right) })
    }

    private func names(of pair: Pair, _ trajectory: Trajectory, in work: ChartWork) -> [String] {
        // Whoever acts in the first direction comes first: a parent, as a rule.
        guard case .tie(let tie)? = trajectory.groups.first?.subject else {
            return [work.phrases.name(pair.first), work.phrases.name(pair.second)]
        }
        return [work.phrases.name(tie.from), work.phrases.name(tie.towards)]
    }

    private func heading(of subject: Trajectory.Subject, in work: ChartWork) -> String {
        switch subject {
        case .tie(let tie): phrase(tie, in: work)
        case .alone(let person): strings("chart.trajectory.alone", ["person": work.phrases.name(person)])
        }
    }

    /// "Jane towards Max"; "Jane and Abe" where neither comes first.
    func phrase(_ tie: Tie, in work: ChartWork) -> String {
        let names = [work.phrases.name(tie.from), work.phrases.name(tie.towards)]
        return tie.isMutual
            ? strings.list(names) : strings("subject.dyad", ["from": names[0], "towards": names[1]])
    }

    /// The picture in words, band by band.
    private func story(_ trajectory: Trajectory, in work: ChartWork) -> String {
        trajectory.groups.map { group in
            let bands = group.bands.map { band -> String in
                let places = band.evidence.map { piece in
                    work.locator(piece)
                        + (piece.stance == .supports ? "" : " (" + strings("stance.\(piece.stance.rawValue)") + ")")
                }
                return label(of: band.concept) + ": " + places.joined(separator: "; ")
            }
            return heading(of: group.subject, in: work) + ". " + bands.joined(separator: ". ") + "."
        }
        .joined(separator: " ")
    }
}
