import Foundation

/// Whether two concepts stand in the same units (passages) more often than chance would put them there.
///
/// The four cells of the table: units with both, with the first only, with the second only, with neither.
package struct Association: Sendable, Equatable {
    /// Units with both.
    package var both: Int
    /// Units with the first, the others too or not.
    package var first: Int
    package var second: Int
    /// All units.
    package var total: Int

    package init(both: Int, first: Int, second: Int, total: Int) {
        self.both = both
        self.first = first
        self.second = second
        self.total = total
    }

    /// Below this an expected count is too small for the measures to mean anything: Cochran's rule (1954), which
    /// textbooks of corpus linguistics keep for the log-likelihood as well.
    package static let smallestReliable = 5.0

    /// Units with both that chance would give.
    package var expected: Double { total > 0 ? Double(first) * Double(second) / Double(total) : 0 }

    /// The smallest of the four expected counts.
    package var smallestExpected: Double {
        guard total > 0 else { return 0 }
        return Double(min(first, total - first)) * Double(min(second, total - second)) / Double(total)
    }

    /// False where one of the four expected counts is below ``smallestReliable``: the measures are then withheld.
    package var isReliable: Bool { smallestExpected >= Self.smallestReliable }

    /// Dunning's log-likelihood G² of the whole table: 2 Σ O ln (O/E); 0 where chance explains everything.
    package var logLikelihood: Double {
        guard total > 0 else { return 0 }
        let rows = [Double(first), Double(total - first)]
        let columns = [Double(second), Double(total - second)]
        let observed = [
            [Double(both), Double(first - both)], [Double(second - both), Double(total - first - second + both)],
        ]
        var sum = 0.0
        for row in 0..<2 {
            for column in 0..<2 where observed[row][column] > 0 {
                let expected = rows[row] * columns[column] / Double(total)
                sum += observed[row][column] * log(observed[row][column] / expected)
            }
        }
        return max(0, 2 * sum)
    }

    /// Pointwise mutual information in bits: log₂ (O/E) of the units with both; `nil` where there are none.
    package var mutualInformation: Double? {
        guard both > 0, expected > 0 else { return nil }
        return log2(Double(both) / expected)
    }

    /// Together more often than chance would have it.
    package var isAttraction: Bool { Double(both) > expected }

    /// G² beyond which chance alone gives such a table once in twenty (χ², one degree of freedom, 5 %).
    package static let noticeable = 3.841
}
