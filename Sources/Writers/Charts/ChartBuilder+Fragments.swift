import Analysis

extension ChartBuilder {
    /// A picture that another sheet takes in, with the words that belong to it.
    package struct Fragment: Sendable, Equatable {
        /// What the sheet may set above it.
        package var title: String
        /// An `svg` element without heading and ground, with its own style and its words for screen readers.
        package var svg: String
    }

    /// The people of a work, for a sheet: who is tied to whom, and what is annotated about them. `nil` where nothing
    /// joins two persons.
    ///
    /// Make the builder with `isPage: true`, so that the heading is the sheet's, and with the `link` that leads to
    /// the sheet's own passages.
    ///
    /// `work` is the index of the work in the selection; `id` is unlike any other id of the sheet: the ids of title
    /// and description begin with it.
    package func relationGraph(of work: Int, id: String) -> Fragment? {
        var chart = Chart(kind: .relations, title: "", subtitle: "", figures: [], notes: [], palette: palette)
        guard works.indices.contains(work), let figure = relations(of: works[work], id: id, &chart) else { return nil }
        return Fragment(title: figure.title, svg: chart.fragment(figure))
    }

    /// Trajectories of a work's dyads, for a sheet; those of whom most is said first, at most `limit`.
    ///
    /// `work` is the index of the work in the selection; `id` is unlike any other id of the sheet: each picture adds
    /// its number.
    package func trajectories(of work: Int, id: String, limit: Int = 1) -> [Fragment] {
        guard works.indices.contains(work) else { return [] }
        let chart = Chart(kind: .trajectory, title: "", subtitle: "", figures: [], notes: [], palette: palette)
        return Trajectory.pairs(in: works[work].evidence).prefix(limit).enumerated().map { index, pair in
            let figure = trajectory(of: pair.pair, in: works[work], id: "\(id)-\(index + 1)", chart)
            return Fragment(title: figure.title, svg: chart.fragment(figure))
        }
    }
}
