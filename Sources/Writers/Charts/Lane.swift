import Analysis
import TextModel

/// A line of a chart: a concept, or a work, with what stands where.
struct Lane {
    var label: String
    /// The label is the title of a work.
    var isWork = false
    /// Id of the concept that gives the colour.
    var concept: String
    var marks: [LaneMark]
    /// Where parts of the lane's own text begin.
    var ticks: [Double] = []
    var counts: StanceCounts
}

/// One piece of evidence in a lane.
struct LaneMark {
    /// Middle of the sign.
    var x: Double
    var stance: Stance
    /// Left and right end of each piece of its target.
    var stretches: [(left: Double, right: Double)]
    var title: String
    var link: String?
}

/// Lanes under a heading of their own.
struct LaneGroup {
    var heading: String?
    var lanes: [Lane]
}

/// Signs of a lane at their places: for above the line, against below it, open on it; none covers another.
struct LaneLayout {
    struct Placed {
        var mark: Int
        var x: Double
        /// Steps above the line, below it where negative.
        var level: Int
    }

    private(set) var placed: [Placed] = []
    /// Highest and lowest level that is used.
    private(set) var above = 0
    private(set) var below = 0

    /// Pixels between two signs side by side.
    static let pitch = 2 * StanceMark.radius + 1

    /// Signs go as near to the line as there is room.
    init(_ marks: [LaneMark], right: Double) {
        // Last sign of each level; levels are filled from the left, so one number is enough.
        var up: [Double] = []
        var down: [Double] = []
        var open = -Double.infinity
        for index in marks.indices.sorted(by: { (marks[$0].x, $0) < (marks[$1].x, $1) }) {
            let mark = marks[index]
            switch mark.stance {
            case .supports:
                let level = Self.level(mark.x, &up)
                placed.append(Placed(mark: index, x: mark.x, level: level))
            case .contradicts:
                let level = Self.level(mark.x, &down)
                placed.append(Placed(mark: index, x: mark.x, level: -level))
            case .ambiguous:
                // There is only one line: a sign that would cover another moves to the right, and back at the end.
                open = max(mark.x, open + Self.pitch)
                placed.append(Placed(mark: index, x: min(open, max(mark.x, right)), level: 0))
            }
        }
        above = up.count
        below = down.count
    }

    private static func level(_ x: Double, _ last: inout [Double]) -> Int {
        if let free = last.firstIndex(where: { x - $0 >= pitch }) {
            last[free] = x
            return free + 1
        }
        last.append(x)
        return last.count
    }
}
