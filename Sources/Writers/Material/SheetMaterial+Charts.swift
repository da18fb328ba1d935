import TextModel

/// A picture on a sheet.
struct SheetChart: Sendable {
    var heading: String
    /// An `svg` element with its words for screen readers.
    var svg: String

    var sheetValue: SheetValue { ["heading": .string(heading), "svg": .string(svg)] }
}

extension SheetMaterial {
    /// Works with pictures; a sheet on more of them is an index, not a story.
    private var chartLimit: Int { options.preset == .seminar ? 1 : 6 }

    /// The people of each work and how the dyad of whom most is said fares, in the order of the sheet. The pictures
    /// are of the whole work; linked, their marks lead to the marks that are on the sheet.
    func charts(areLinked: Bool) -> [SheetChart] {
        var works: [Int] = []
        for passage in passages where !works.contains(passage.work) { works.append(passage.work) }
        let anchors = areLinked ? anchorsByAnnotation : [:]
        var selection = selection
        if !options.showsQuotations {
            // Charts quote no restricted work.
            for index in selection.works.indices { selection.works[index].document.work.availability = .restricted }
        }
        let builder = ChartBuilder(selection, strings: strings, isPage: true) { work, annotation in
            anchors[work]?[annotation].map { "#" + $0 }
        }
        return works.lazy.map { work -> [SheetChart] in
            let graph = builder.relationGraph(of: work, id: "people-\(work + 1)").map { [$0] } ?? []
            let trajectories = builder.trajectories(of: work, id: "trajectory-\(work + 1)")
            // A graph without anything said of its ties is a family tree, which the persons' list gives in a line.
            guard !trajectories.isEmpty else { return [] }
            return (graph + trajectories).map { SheetChart(heading: $0.title, svg: $0.svg) }
        }
        .filter { !$0.isEmpty }.prefix(chartLimit).flatMap(\.self)
    }

    /// Where the marks of the sheet stand, by work and index of the annotation.
    private var anchorsByAnnotation: [Int: [Int: String]] {
        var anchors: [Int: [Int: String]] = [:]
        for passage in passages {
            for mark in passage.marks where anchors[passage.work]?[mark.annotation] == nil {
                anchors[passage.work, default: [:]][mark.annotation] = anchor(mark, passage)
            }
        }
        return anchors
    }
}
