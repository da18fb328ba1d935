#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

extension HeadCorrections {
    // Chosen by `casebook simulate-learning` on held-out exemplars; nearby values do about as well.

    /// Holds the scores of known concepts near the shipped ones: less lets ten decisions do harm, which two hundred
    /// do not make good.
    private static let knownRidge: Float = 4
    /// A concept of the user's own has nothing to be held near.
    private static let addedRidge: Float = 0.03
    /// Log odds of a concept that nothing is known of: one passage in eight, low, but within reach of five examples.
    private static let addedBase: Float = -2
    /// The exemplars of the model together count as much as the examples of a concept: they say what passages without
    /// it are like, but nobody looked whether they show it.
    private static let exemplarShare: Float = 1
    /// A new concept is suggested for at most this share of the exemplars. Most concepts show in two to four of a
    /// hundred; of 0.01, 0.02, 0.03 and 0.05 the first gave the best F1 after five examples.
    private static let suggestedShare: Float = 0.01
    /// A passage in which the user has marked something else was read, but perhaps not for this.
    private static let unmarkedWeight: Float = 0.02
    /// An empty passage speaks of all concepts at once, most of which nobody would have suggested in it.
    private static let emptyWeight: Float = 0.1
    /// The constant column, small, so that a few decisions do not raise or lower a concept everywhere.
    fileprivate static let constant: Float = 0.2

    /// Learns from decisions. `added` are concepts that the model does not know; those that nobody has marked
    /// anywhere are left out. `exemplars` are vectors of the model's: passages without the added concepts.
    package static func fitted(
        to decided: [DecidedWindow], settings: ModelSettings, exemplars: [[Int8]], added: [String]
    ) -> HeadCorrections {
        guard let width = decided.first?.mean.count else { return HeadCorrections() }
        let usable = decided.filter { $0.mean.count == width && $0.logits.count == settings.concepts.count }
        let space = CentredSpace(width: width, exemplars: exemplars.filter { $0.count == width })
        let rows = usable.map { space.row($0.mean) }

        let known = settings.concepts.enumerated().compactMap { index, concept -> Line? in
            var fit = LogisticFit(width: space.columns, ridge: knownRidge)
            let calibration = settings.calibration[index]
            // People decide on what is suggested, and that begins at the threshold: there both answers are as likely.
            // Counted from 0 instead, a rejection of a rare concept would teach next to nothing.
            let threshold = min(max(settings.thresholds[index], 0.001), 0.999)
            let even = calibration.intercept - log(threshold / (1 - threshold))
            for (window, row) in zip(usable, rows) {
                let base = Float(calibration.slope * Double(window.logits[index]) + even)
                for isPositive in window.verdicts(on: concept) {
                    fit.append(
                        row, base: base, isPositive: isPositive, weight: window.isEmpty ? emptyWeight : 1)
                }
            }
            guard fit.rows.count > 0 else { return nil }
            return space.line(concept, fit.solve(), base: 0)
        }

        let exemplarRows = exemplars.filter { $0.count == width }.map(space.row)
        let own = added.sorted().compactMap { concept -> Line? in
            guard usable.contains(where: { $0.shown.contains(concept) }) else { return nil }
            var fit = LogisticFit(width: space.columns, ridge: addedRidge)
            for (window, row) in zip(usable, rows) {
                let verdicts = window.verdicts(on: concept)
                for isPositive in verdicts {
                    fit.append(row, base: addedBase, isPositive: isPositive, weight: 1)
                }
                if verdicts.isEmpty, !window.shown.isEmpty {
                    fit.append(row, base: addedBase, isPositive: false, weight: unmarkedWeight)
                }
            }
            let examples = Float(usable.count { $0.shown.contains(concept) })
            let weight = exemplarShare * examples / Float(max(exemplarRows.count, 1))
            for row in exemplarRows {
                fit.append(row, base: addedBase, isPositive: false, weight: weight)
            }
            let learned = fit.solve()
            let shown = zip(usable, rows).filter { $0.0.shown.contains(concept) }.map(\.1)
            let limit = limit(of: learned, shown: shown, exemplars: exemplarRows)
            return space.line(concept, learned, base: addedBase - limit)
        }
        return HeadCorrections(known: known, added: own)
    }

    /// The log odds from which on a new concept is suggested. A few examples say which way to look and hardly how far;
    /// that is half way from the exemplars to the examples, and further where too many exemplars would be suggested.
    private static func limit(of learned: [Float], shown: [[Float]], exemplars: [[Float]]) -> Float {
        func score(_ row: [Float]) -> Float { zip(row, learned).reduce(addedBase) { $0 + $1.0 * $1.1 } }
        guard !shown.isEmpty, !exemplars.isEmpty else { return 0 }
        let scores = exemplars.map(score).sorted()
        let place = (Float(scores.count - 1) * (1 - suggestedShare)).rounded(.up)
        let ours = shown.map(score).reduce(0, +) / Float(shown.count)
        let theirs = scores.reduce(0, +) / Float(scores.count)
        return max(scores[Int(place)], (ours + theirs) / 2)
    }
}

extension DecidedWindow {
    /// What was said of a concept; two readers may contradict each other.
    fileprivate func verdicts(on concept: String) -> [Bool] {
        var verdicts: [Bool] = []
        if shown.contains(concept) { verdicts.append(true) }
        if denied.contains(concept) || isEmpty { verdicts.append(false) }
        return verdicts
    }
}

/// Mean states without what all of them share, and a constant column behind them: directions then tell passages
/// apart, and the constant need not undo them.
private struct CentredSpace {
    let centre: [Float]
    var columns: Int { centre.count + 1 }
    /// Mean states are unit vectors × 127.
    private static let unit: Float = 127

    init(width: Int, exemplars: [[Int8]]) {
        var sum = [Float](repeating: 0, count: width)
        for exemplar in exemplars { for column in 0..<width { sum[column] += Float(exemplar[column]) } }
        let scale = Self.unit * Float(max(exemplars.count, 1))
        centre = sum.map { $0 / scale }
    }

    func row(_ mean: [Int8]) -> [Float] {
        zip(mean, centre).map { Float($0) / Self.unit - $1 } + [HeadCorrections.constant]
    }

    /// The same line, of mean states as they are.
    func line(_ concept: String, _ learned: [Float], base: Float) -> HeadCorrections.Line {
        let direction = learned[..<centre.count]
        let shift = zip(direction, centre).reduce(Float(0)) { $0 + $1.0 * $1.1 }
        return .init(
            concept: concept, weights: direction.map { $0 / Self.unit },
            bias: base + learned[centre.count] * HeadCorrections.constant - shift)
    }
}
