/// How many of the places added so far lie before a place: a binary indexed tree, logarithmic both ways.
struct CountingTree {
    private var sums: [Int32]

    init(count: Int) {
        sums = [Int32](repeating: 0, count: count + 1)
    }

    mutating func add(at place: Int) {
        var index = place + 1
        while index < sums.count {
            sums[index] += 1
            index += index & -index
        }
    }

    func count(before place: Int) -> Int {
        var index = min(place, sums.count - 1)
        var count = 0
        while index > 0 {
            count += Int(sums[index])
            index -= index & -index
        }
        return count
    }
}
