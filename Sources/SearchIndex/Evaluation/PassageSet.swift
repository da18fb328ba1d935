/// A set of passages of the whole casebook, a bit each: a hundred thousand passages are twelve kilobytes, and the
/// operators of a query are loops over words.
struct PassageSet: Equatable {
    private var words: [UInt64]
    let capacity: Int

    init(capacity: Int) {
        self.capacity = capacity
        words = [UInt64](repeating: 0, count: (capacity + 63) / 64)
    }

    mutating func insert(_ passage: Int) { words[passage >> 6] |= 1 << UInt64(passage & 63) }

    mutating func insert(_ passages: Range<Int>) { for passage in passages { insert(passage) } }

    func contains(_ passage: Int) -> Bool { words[passage >> 6] & (1 << UInt64(passage & 63)) != 0 }

    mutating func formUnion(_ other: PassageSet) { for index in words.indices { words[index] |= other.words[index] } }

    mutating func formIntersection(_ other: PassageSet) {
        for index in words.indices { words[index] &= other.words[index] }
    }

    mutating func subtract(_ other: PassageSet) { for index in words.indices { words[index] &= ~other.words[index] } }

    var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

    var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

    /// In rising order, until the body returns false.
    func forEach(_ body: (Int) throws -> Bool) rethrows {
        for (index, word) in words.enumerated() {
            var rest = word
            while rest != 0 {
                if try !body(index * 64 + rest.trailingZeroBitCount) { return }
                rest &= rest - 1
            }
        }
    }
}
