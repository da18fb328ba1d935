/// Where each run of some codes occurs in a folded text: finds the places of a quote without going over the text.
struct GramIndex: Sendable {
    /// Codes of a gram. Six letters occur some dozens of times in a novel; fewer would occur too often, more would
    /// miss words between two changes.
    static let length = 6

    private let heads: [Int32]
    private let next: [Int32]
    private let mask: Int

    /// Costs one pass over the text.
    init(_ codes: [UInt32]) {
        var size = 1 << 10
        while size < codes.count { size *= 2 }
        mask = size - 1
        var heads = [Int32](repeating: -1, count: size)
        var next = [Int32](repeating: -1, count: codes.count)
        // From the end, so that chains rise.
        for position in stride(from: codes.count - Self.length, through: 0, by: -1) {
            let slot = Self.hash(codes, position) & (size - 1)
            next[position] = heads[slot]
            heads[slot] = Int32(position)
        }
        self.heads = heads
        self.next = next
    }

    private static func hash(_ codes: [UInt32], _ position: Int) -> Int {
        var hash: UInt64 = 0
        for index in position..<position + length { hash = (hash &+ UInt64(codes[index])) &* 0x9E37_79B9_7F4A_7C15 }
        return Int(truncatingIfNeeded: hash >> 20)
    }

    /// Calls with each place where a gram of `pattern` may stand (hashes can agree), rising, until `visit` says no.
    func forEachPlace(of pattern: [UInt32], at offset: Int, _ visit: (Int) -> Bool) {
        var place = heads[Self.hash(pattern, offset) & mask]
        while place >= 0 {
            guard visit(Int(place)) else { return }
            place = next[Int(place)]
        }
    }

    /// Places where all of `pattern` stands, rising; none for a pattern shorter than a gram.
    func occurrences(of pattern: [UInt32], in codes: [UInt32], limit: Int) -> [Int] {
        guard pattern.count >= Self.length else { return [] }
        // The gram with the shortest chain, of a few, decides how many places are looked at.
        let offset = rarestGram(of: pattern)
        var found: [Int] = []
        forEachPlace(of: pattern, at: offset) { place in
            let start = place - offset
            if start >= 0, start + pattern.count <= codes.count, Self.equals(codes, start, pattern) {
                found.append(start)
            }
            return found.count < limit
        }
        return found
    }

    private func rarestGram(of pattern: [UInt32]) -> Int {
        var best = (offset: 0, count: Int.max)
        let step = max(1, (pattern.count - Self.length) / 8)
        for offset in stride(from: 0, through: pattern.count - Self.length, by: step) {
            var count = 0
            forEachPlace(of: pattern, at: offset) { _ in
                count += 1
                return count < best.count
            }
            if count < best.count { best = (offset, count) }
        }
        return best.offset
    }

    private static func equals(_ codes: [UInt32], _ start: Int, _ pattern: [UInt32]) -> Bool {
        for index in pattern.indices where codes[start + index] != pattern[index] { return false }
        return true
    }
}
