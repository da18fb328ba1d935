import Analysis
import TextModel

/// The people of a work as a graph: who stands where, and which lines join them.
///
/// Generations are rows: parents above their children, as family trees are drawn. Where no relation has generations
/// the persons stand in a ring. Boxes never overlap; lines bend around boxes that lie in their way.
struct PersonGraph {
    struct Node {
        var person: Person
        /// The name, in one or two lines.
        var lines: [String]
        var role: String?
        var x = 0.0
        var y = 0.0
        var width = 0.0
        var height = 0.0

        /// Does a point lie in the box, or nearer to it than a margin.
        func holds(_ x: Double, _ y: Double, margin: Double) -> Bool {
            abs(x - self.x) < width / 2 + margin && abs(y - self.y) < height / 2 + margin
        }
    }

    /// Two persons that something joins; indices of nodes.
    struct Link {
        var first: Int
        var second: Int
        /// More of it pulls more.
        var weight: Double
    }

    private(set) var nodes: [Node]
    private(set) var height = 0.0
    private let links: [Link]
    /// Persons with children in the picture.
    private let parents: Set<Int>
    private let width: Double

    /// Pixels between two boxes of a row: room for the number of a line.
    private static let columnGap = 34.0
    /// As much as two boxes of a row are apart where there is room.
    private static let wideColumnGap = 120.0
    private static let margin = 28.0

    /// Declared relations give the generations; links are everything that joins two persons, by ids.
    init(_ persons: [Person], relations: [Relation], links: [(Pair, weight: Double)], width: Double) {
        self.width = width
        let index = Dictionary(persons.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        nodes = persons.map { Self.node($0, isCrowded: persons.count > 7) }
        self.links = links.compactMap { pair, weight in
            guard let first = index[pair.first], let second = index[pair.second] else { return nil }
            return Link(first: first, second: second, weight: weight)
        }
        parents = Set(
            relations.filter { Generations.steps(of: $0.name) ?? 0 > 0 }.flatMap(\.active).compactMap { index[$0] })
        let generations = Generations(count: persons.count, relations: relations, index: index, links: self.links)
        if Set(generations.ranks).count > 1 || persons.count < 3 {
            placeInRows(generations.ranks)
        } else {
            placeInRing()
        }
    }

    private static func node(_ person: Person, isCrowded: Bool) -> Node {
        let limit = isCrowded ? 104.0 : 150.0
        let lines = TextWidth.wrapped(person.name, into: limit, size: 12, isBold: true, limit: 2)
        let role = person.role.map { TextWidth.fitted($0, into: limit, size: 10.5) }
        var node = Node(person: person, lines: lines, role: role)
        let widest = lines.map { TextWidth.of($0, size: 12, isBold: true) }.max() ?? 0
        node.width = max(48, max(widest, role.map { TextWidth.of($0, size: 10.5) } ?? 0) + 18)
        node.height = Double(lines.count) * 14 + (role == nil ? 0 : 13) + 12
        return node
    }

    // MARK: - Rows

    private mutating func placeInRows(_ ranks: [Int]) {
        var rows: [[Int]] = Array(repeating: [], count: (ranks.max() ?? 0) + 1)
        for (node, rank) in ranks.enumerated() { rows[rank].append(node) }
        rows = rows.flatMap { split($0) }
        // Room for lines that bend, with their numbers: more of it where there are many.
        let rowGap = 104 + min(64, Double(links.count) * 5)
        var y = Self.margin
        for row in rows {
            let height = row.map { nodes[$0].height }.max() ?? 0
            for node in row { nodes[node].y = y + height / 2 }
            y += height + rowGap
        }
        height = y - rowGap + Self.margin
        for row in rows { spread(row) }
        improve(&rows)
        settle(rows)
        centre()
    }

    /// A row that is too wide becomes two: above those without children, below them parents, near their children.
    private func split(_ row: [Int]) -> [[Int]] {
        let needed = row.reduce(0.0) { $0 + nodes[$1].width } + Double(max(0, row.count - 1)) * Self.columnGap
        guard needed > width, row.count > 1 else { return [row] }
        let above = row.filter { !parents.contains($0) }
        guard above.isEmpty || above.count == row.count else {
            return split(above) + split(row.filter(parents.contains))
        }
        return split(Array(row[..<(row.count / 2)])) + split(Array(row[(row.count / 2)...]))
    }

    /// Side by side, centred.
    private mutating func spread(_ row: [Int]) {
        let sum = row.reduce(0.0) { $0 + nodes[$1].width }
        let gap = gap(of: row)
        var x = (width - sum - gap * Double(row.count - 1)) / 2
        for node in row {
            nodes[node].x = x + nodes[node].width / 2
            x += nodes[node].width + gap
        }
    }

    /// Pixels between the boxes of a row: wide where there is room, so that lines have some.
    private func gap(of row: [Int]) -> Double {
        let sum = row.reduce(0.0) { $0 + nodes[$1].width }
        return row.count > 1 ? max(0, min(Self.wideColumnGap, (width - sum) / Double(row.count))) : 0
    }

    /// Exchanges neighbours, and any two of a row, as long as the picture becomes simpler. With fifteen persons
    /// there are at most some hundred pairs; rounds are few.
    private mutating func improve(_ rows: inout [[Int]]) {
        var best = cost()
        for _ in 0..<12 {
            var hasImproved = false
            for row in rows.indices {
                for first in rows[row].indices {
                    for second in rows[row].indices where second > first {
                        rows[row].swapAt(first, second)
                        spread(rows[row])
                        let now = cost()
                        if now < best - 0.01 {
                            best = now
                            hasImproved = true
                        } else {
                            rows[row].swapAt(first, second)
                            spread(rows[row])
                        }
                    }
                }
            }
            if !hasImproved { break }
        }
    }

    private mutating func centre() {
        let left = nodes.map { $0.x - $0.width / 2 }.min() ?? 0
        let right = nodes.map { $0.x + $0.width / 2 }.max() ?? 0
        let shift = (width - left - right) / 2
        for index in nodes.indices { nodes[index].x += shift }
    }

    /// Moves each person of a row towards those that they are linked with, keeping order and gaps.
    private mutating func settle(_ rows: [[Int]]) {
        for _ in 0..<6 {
            for row in rows {
                let wanted = row.map { node -> Double in
                    var sum = 0.0
                    var weight = 0.0
                    for link in links where link.first == node || link.second == node {
                        let other = link.first == node ? link.second : link.first
                        guard abs(nodes[other].y - nodes[node].y) > 1 else { continue }
                        sum += nodes[other].x * link.weight
                        weight += link.weight
                    }
                    return weight > 0 ? sum / weight : besidePartner(node, of: row) ?? nodes[node].x
                }
                shift(row, towards: wanted)
            }
        }
    }

    /// Whoever is joined with nobody in another row keeps to those of the own row.
    private func besidePartner(_ node: Int, of row: [Int]) -> Double? {
        guard let place = row.firstIndex(of: node) else { return nil }
        let partners = links.compactMap { link -> Int? in
            let other = link.first == node ? link.second : link.second == node ? link.first : nil
            return other.flatMap { row.firstIndex(of: $0) }
        }
        guard let nearest = partners.min(by: { abs($0 - place) < abs($1 - place) }) else { return nil }
        let distance = (nodes[node].width + nodes[row[nearest]].width) / 2 + gap(of: row)
        return nodes[row[nearest]].x + (nearest < place ? distance : -distance)
    }

    /// The row moved as a whole to where its persons want to be on the average, then each within its gap.
    private mutating func shift(_ row: [Int], towards wanted: [Double]) {
        guard !row.isEmpty else { return }
        for (node, x) in zip(row, wanted) { nodes[node].x = (nodes[node].x + x) / 2 }
        let gap = gap(of: row)
        func least(_ left: Int, _ right: Int) -> Double {
            (nodes[left].width + nodes[right].width) / 2 + gap
        }
        // From the left, then from the right, so that no two come too near and none leaves the picture.
        for index in row.indices {
            let left =
                index == 0 ? nodes[row[0]].width / 2 : nodes[row[index - 1]].x + least(row[index - 1], row[index])
            nodes[row[index]].x = max(nodes[row[index]].x, left)
        }
        for index in row.indices.reversed() {
            let right =
                index == row.count - 1
                ? width - nodes[row[index]].width / 2 : nodes[row[index + 1]].x - least(row[index], row[index + 1])
            nodes[row[index]].x = min(nodes[row[index]].x, right)
        }
    }

    /// How hard a picture is to read: long lines, crossings, lines along a row past others.
    private func cost() -> Double {
        var sum = 0.0
        for (index, link) in links.enumerated() {
            let (one, other) = (nodes[link.first], nodes[link.second])
            sum += abs(one.x - other.x) * (0.5 + 0.1 * link.weight)
            if abs(one.y - other.y) < 1 {
                let between = nodes.filter {
                    abs($0.y - one.y) < 1 && $0.x > min(one.x, other.x) + 1 && $0.x < max(one.x, other.x) - 1
                }
                sum += Double(between.count) * 160
            }
            for next in links[(index + 1)...] where crosses(link, next) { sum += 140 }
        }
        return sum
    }

    private func crosses(_ one: Link, _ other: Link) -> Bool {
        let ends = Set([one.first, one.second, other.first, other.second])
        guard ends.count == 4 else { return false }
        func side(_ a: Node, _ b: Node, _ c: Node) -> Double {
            (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
        }
        let (a, b, c, d) = (nodes[one.first], nodes[one.second], nodes[other.first], nodes[other.second])
        return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0
    }

    // MARK: - Ring

    private mutating func placeInRing() {
        let widest = nodes.map(\.width).max() ?? 0
        let count = Double(nodes.count)
        let radiusX = min(width / 2 - widest / 2, max(170, count * 34))
        // Two boxes at the side of a ring of fifteen are then about 100 pixels apart.
        let radiusY = max(110, count * 18)
        height = 2 * radiusY + 2 * Self.margin + 40
        var order = Array(nodes.indices)
        func place() {
            for (seat, node) in order.enumerated() {
                // From the top, clockwise; the middle of the picture stays free for lines.
                let (sine, cosine) = Self.direction(Double(seat) / count)
                nodes[node].x = width / 2 + sine * radiusX
                nodes[node].y = height / 2 - cosine * radiusY
            }
        }
        place()
        var best = ringCost()
        for _ in 0..<6 {
            var hasImproved = false
            for first in order.indices {
                for second in order.indices where second > first {
                    order.swapAt(first, second)
                    place()
                    let now = ringCost()
                    if now < best - 0.01 {
                        best = now
                        hasImproved = true
                    } else {
                        order.swapAt(first, second)
                    }
                }
            }
            if !hasImproved { break }
        }
        place()
    }

    /// Long lines and crossings.
    private func ringCost() -> Double {
        var sum = 0.0
        for (index, link) in links.enumerated() {
            let (one, other) = (nodes[link.first], nodes[link.second])
            sum += abs(one.x - other.x) + abs(one.y - other.y)
            for next in links[(index + 1)...] where crosses(link, next) { sum += 140 }
        }
        return sum
    }
}
