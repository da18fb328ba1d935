import TextModel

/// The kinds of relations that a work declares, each with a line of its own, so that lines need no labels.
struct RelationKinds {
    /// In the order in which they first occur.
    let names: [String]

    /// Lines for kinds of which there are no customs: family trees have some for descent and marriage.
    private static let dashes = ["2 3", "7 3", "7 3 2 3", "12 4", "1 5", "4 2 1 2 1 2"]

    init(_ relations: [Relation]) {
        var names: [String] = []
        for relation in relations where !names.contains(relation.name) { names.append(relation.name) }
        self.names = names
    }

    /// Two lines beside each other, as family trees write a marriage.
    private func isDouble(_ name: String) -> Bool { name == "spouses" || name == "married" }

    private func dash(_ name: String) -> String? {
        if isDouble(name) || name == "parent_of" { return nil }
        let others = names.filter { !isDouble($0) && $0 != "parent_of" }
        return others.firstIndex(of: name).map { Self.dashes[$0 % Self.dashes.count] }
    }

    /// A sample of a kind's line.
    func draw(
        _ name: String, from start: (x: Double, y: Double), to end: (x: Double, y: Double), into svg: inout SVGWriter
    ) {
        let curve = EdgeRouter.Curve(
            startX: start.x, startY: start.y, bendX: (start.x + end.x) / 2, bendY: (start.y + end.y) / 2,
            endX: end.x, endY: end.y)
        draw(name, curve, into: &svg)
    }

    func draw(_ name: String, _ curve: EdgeRouter.Curve, into svg: inout SVGWriter) {
        if isDouble(name) {
            for side in [-1.6, 1.6] { svg.path(curve.moved(side).path, "rel", width: 1.2) }
        } else {
            svg.path(curve.path, "rel", width: 1.3, dash: dash(name))
        }
    }
}
