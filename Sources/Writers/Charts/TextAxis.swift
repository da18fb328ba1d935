import Analysis

/// The horizontal axis of a chart along a text.
struct TextAxis {
    /// A stretch of the text and where it is drawn.
    struct Segment {
        var words: Range<Double>
        var left: Double
        var right: Double
    }

    enum Measure {
        /// Words from the beginning.
        case words
        /// Shares of the work, so that long and short works can be compared.
        case share
        /// Phases of the story, all as wide, whatever the length of their telling.
        case phases([Section])
    }

    let measure: Measure
    let segments: [Segment]
    let left: Double
    let right: Double
    /// Levels of parts that are marked above the lanes, from the outside in.
    let levels: [[Section]]
    /// Where everything stands that lies in no phase.
    let elsewhere: Segment?

    /// The whole work, in words.
    static func words(_ scale: WordScale, left: Double, right: Double, levels: [[Section]]) -> TextAxis {
        let segment = Segment(words: 0..<Double(max(scale.total, 1)), left: left, right: right)
        // Two levels are what can be read above a chart: volume and chapter, act and scene.
        return TextAxis(
            measure: .words, segments: [segment], left: left, right: right, levels: Array(levels.prefix(2)),
            elsewhere: nil)
    }

    static func share(left: Double, right: Double) -> TextAxis {
        TextAxis(
            measure: .share, segments: [Segment(words: 0..<1, left: left, right: right)], left: left, right: right,
            levels: [], elsewhere: nil)
    }

    /// One column a phase; with `hasRest` one more for what lies outside all of them.
    static func phases(_ phases: [Section], hasRest: Bool, left: Double, right: Double) -> TextAxis {
        let gap = 4.0
        let count = Double(phases.count + (hasRest ? 1 : 0))
        let width = (right - left + gap) / count
        let segments = phases.enumerated().map { index, phase in
            let start = left + Double(index) * width
            return Segment(
                words: Double(phase.range.lowerBound)..<Double(phase.range.upperBound), left: start,
                right: start + width - gap)
        }
        let rest =
            hasRest ? Segment(words: 0..<0, left: left + Double(phases.count) * width, right: right) : nil
        return TextAxis(
            measure: .phases(phases), segments: segments, left: left, right: right, levels: [], elsewhere: rest)
    }

    var hasPhases: Bool {
        if case .phases = measure { return true }
        return false
    }

    /// Where a place is drawn.
    func x(_ position: Double) -> Double {
        guard
            let segment = segments.first(where: { position >= $0.words.lowerBound && position <= $0.words.upperBound })
        else { return elsewhere.map { ($0.left + $0.right) / 2 } ?? (position <= 0 ? left : right) }
        let length = segment.words.upperBound - segment.words.lowerBound
        let share = length > 0 ? (position - segment.words.lowerBound) / length : 0.5
        // Room for a sign at both ends, so that it does not stand on the border of its column.
        let margin = segments.count > 1 ? StanceMark.radius + 3 : 0
        return segment.left + margin + share * (segment.right - segment.left - 2 * margin)
    }

    /// A round step of numbers so that an axis of a length has four to nine of them.
    static func step(for length: Double) -> Int {
        var step = 1
        let factors = [2, 5, 10]
        var power = 1
        while true {
            for factor in factors {
                if length / Double(step) <= 8 { return step }
                step = factor * power
            }
            power *= 10
        }
    }
}
