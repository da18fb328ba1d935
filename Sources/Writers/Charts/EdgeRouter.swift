/// Finds bent lines between boxes that run around other boxes, and places for their numbers.
struct EdgeRouter {
    /// A line with one bend, from box to box.
    struct Curve {
        var startX: Double
        var startY: Double
        var bendX: Double
        var bendY: Double
        var endX: Double
        var endY: Double

        /// The point after a share of the way.
        func point(_ share: Double) -> (x: Double, y: Double) {
            let rest = 1 - share
            return (
                rest * rest * startX + 2 * rest * share * bendX + share * share * endX,
                rest * rest * startY + 2 * rest * share * bendY + share * share * endY
            )
        }

        /// The same line some pixels to the side.
        func moved(_ distance: Double) -> Curve {
            let (dx, dy) = (endX - startX, endY - startY)
            let length = max(1, (dx * dx + dy * dy).squareRoot())
            let (x, y) = (-dy / length * distance, dx / length * distance)
            return Curve(
                startX: startX + x, startY: startY + y, bendX: bendX + x, bendY: bendY + y, endX: endX + x,
                endY: endY + y)
        }

        /// Direction at the end, of length 1.
        var heading: (x: Double, y: Double) {
            let (dx, dy) = (endX - bendX, endY - bendY)
            let length = max(0.01, (dx * dx + dy * dy).squareRoot())
            return (dx / length, dy / length)
        }

        var path: SVGPath {
            var path = SVGPath()
            path.move(startX, startY)
            path.curve(bendX, bendY, endX, endY)
            return path
        }
    }

    let nodes: [PersonGraph.Node]
    let width: Double
    let height: Double
    /// Numbers that have their place.
    private(set) var discs: [(x: Double, y: Double)] = []
    /// Points of the lines drawn so far.
    private var used: [(x: Double, y: Double)] = []

    static let discRadius = 8.5

    init(nodes: [PersonGraph.Node], width: Double, height: Double) {
        self.nodes = nodes
        self.width = width
        self.height = height
    }

    /// A line from one box to another. `bends` are the pixels by which it may leave the straight way, best first;
    /// positive is to the left of the direction. `gap` is left free before the second box, for an arrow.
    mutating func route(_ from: Int, _ to: Int, bends: [Double], gap: Double) -> Curve {
        var best: (curve: Curve, cost: Double)?
        for (rank, bend) in bends.enumerated() {
            let curve = curve(from, to, bend: bend, gap: gap)
            let cost = cost(curve, from, to) + Double(rank) * 3
            if cost < (best?.cost ?? .infinity) { best = (curve, cost) }
        }
        let curve = best?.curve ?? curve(from, to, bend: 0, gap: gap)
        used += Self.shares(12).map(curve.point)
        return curve
    }

    /// A free place on a line for its number.
    mutating func place(on curve: Curve) -> (x: Double, y: Double) {
        var best: (point: (x: Double, y: Double), cost: Double)?
        for share in [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74] {
            let point = curve.point(share)
            var cost = abs(share - 0.5) * 10
            for node in nodes where node.holds(point.x, point.y, margin: Self.discRadius + 2) { cost += 100 }
            for disc in discs where Self.distance(disc, point) < 2 * Self.discRadius + 3 { cost += 100 }
            // Not where another line runs through.
            for other in used where Self.distance(other, point) < Self.discRadius { cost += 2 }
            if cost < (best?.cost ?? .infinity) { best = (point, cost) }
        }
        let point = best?.point ?? curve.point(0.5)
        discs.append(point)
        return point
    }

    // MARK: - Inside

    private func curve(_ from: Int, _ to: Int, bend: Double, gap: Double) -> Curve {
        let (one, other) = (nodes[from], nodes[to])
        let (dx, dy) = (other.x - one.x, other.y - one.y)
        let length = max(1, (dx * dx + dy * dy).squareRoot())
        // The bend of the curve lies half as far out as its control point.
        let bendX = (one.x + other.x) / 2 + dy / length * bend * 2
        let bendY = (one.y + other.y) / 2 - dx / length * bend * 2
        let start = border(of: one, towards: (bendX, bendY), gap: 2)
        let end = border(of: other, towards: (bendX, bendY), gap: gap)
        return Curve(startX: start.x, startY: start.y, bendX: bendX, bendY: bendY, endX: end.x, endY: end.y)
    }

    /// Where a line from the middle of a box leaves it.
    private func border(
        of node: PersonGraph.Node, towards point: (x: Double, y: Double), gap: Double
    ) -> (x: Double, y: Double) {
        let (dx, dy) = (point.x - node.x, point.y - node.y)
        let (halfWidth, halfHeight) = (node.width / 2 + gap, node.height / 2 + gap)
        guard dx != 0 || dy != 0 else { return (node.x, node.y) }
        let scale = min(
            dx == 0 ? .infinity : halfWidth / abs(dx), dy == 0 ? .infinity : halfHeight / abs(dy))
        return (node.x + dx * min(scale, 1), node.y + dy * min(scale, 1))
    }

    /// Boxes that are hit count most, then leaving the picture, then running along other lines.
    private func cost(_ curve: Curve, _ from: Int, _ to: Int) -> Double {
        var cost = 0.0
        for share in Self.shares(24) {
            let point = curve.point(share)
            for (index, node) in nodes.enumerated() where index != from && index != to {
                if node.holds(point.x, point.y, margin: 6) { cost += 60 }
            }
            for index in [from, to] where share > 0.1 && share < 0.9 {
                if nodes[index].holds(point.x, point.y, margin: 0) { cost += 20 }
            }
            if point.x < 4 || point.x > width - 4 || point.y < 4 || point.y > height - 4 { cost += 40 }
            for other in used where Self.distance(other, point) < 7 { cost += 4 }
        }
        return cost
    }

    private static func shares(_ count: Int) -> [Double] {
        (1..<count).map { Double($0) / Double(count) }
    }

    private static func distance(_ one: (x: Double, y: Double), _ other: (x: Double, y: Double)) -> Double {
        let (dx, dy) = (one.x - other.x, one.y - other.y)
        return (dx * dx + dy * dy).squareRoot()
    }
}
