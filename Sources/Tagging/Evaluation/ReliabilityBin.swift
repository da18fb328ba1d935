/// Suggestions of about the same score: where scores are calibrated, their mean is the share that is right.
package struct ReliabilityBin: Sendable, Equatable {
    /// Scores from here …
    package var from: Double
    /// … up to here, this one left out, but for 1.
    package var to: Double
    package var count = 0
    package var right = 0
    /// Mean score; 0 where there is none.
    package var score = 0.0
    /// What it adds to the expected calibration error: its share of all suggestions times the distance of its mean
    /// score from its share of right ones.
    package var distance = 0.0

    /// Ten, as calibration errors are mostly counted, so that ours can be compared; `Documentation/evaluation.md` says so.
    private static let bins = 10

    package var rightShare: Double { share(right, of: count) }

    static func bins(_ pairs: [Evaluation.RankedPair]) -> [ReliabilityBin] {
        let width = 1 / Double(bins)
        var result = (0..<bins).map { ReliabilityBin(from: Double($0) * width, to: Double($0 + 1) * width) }
        for pair in pairs {
            let index = min(bins - 1, Int(pair.score * Double(bins)))
            result[index].count += 1
            result[index].score += pair.score
            if pair.isRight { result[index].right += 1 }
        }
        for index in result.indices where result[index].count > 0 {
            let sum = result[index].score
            result[index].distance = abs(Double(result[index].right) - sum) / Double(pairs.count)
            result[index].score = sum / Double(result[index].count)
        }
        return result
    }
}
