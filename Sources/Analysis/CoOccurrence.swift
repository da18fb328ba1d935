/// How often each two concepts stand in the same passage.
package struct CoOccurrence: Sendable {
    /// Ids, in the order in which they were given.
    package let concepts: [String]
    /// Passages that count: those with at least one annotation.
    package let units: Int
    /// Passages with two concepts, of the first with the second; the diagonal has those with the one.
    private let counts: [Int]

    /// - Parameters:
    ///   - evidence: of all works; a passage is known by its work and its index.
    ///   - concepts: rows and columns, each once; evidence of other concepts makes a passage count, no more.
    package init(_ evidence: some Sequence<Evidence>, concepts: [String]) {
        let columns = Dictionary(concepts.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        var passages: [Place: Set<Int>] = [:]
        for piece in evidence {
            for passage in piece.passages {
                let place = Place(work: piece.work, passage: passage)
                if let column = columns[piece.concept] {
                    passages[place, default: []].insert(column)
                } else if passages[place] == nil {
                    passages[place] = []
                }
            }
        }
        var counts = Array(repeating: 0, count: concepts.count * concepts.count)
        for found in passages.values {
            for row in found { for column in found { counts[row * concepts.count + column] += 1 } }
        }
        self.concepts = concepts
        self.counts = counts
        units = passages.count
    }

    /// Passages with two concepts; with one, where both are the same.
    package func count(_ row: Int, _ column: Int) -> Int { counts[row * concepts.count + column] }

    package func association(_ row: Int, _ column: Int) -> Association {
        Association(
            both: count(row, column), first: count(row, row), second: count(column, column), total: units)
    }

    private struct Place: Hashable {
        var work: Int
        var passage: Int32
    }
}
