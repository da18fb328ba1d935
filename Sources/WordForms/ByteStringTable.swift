/// Byte strings with a number each: an open-addressed hash table over one arena, so that a look-up allocates nothing.
struct ByteStringTable: Sendable {
    private var arena: [UInt8] = []
    private var bounds: [UInt32] = [0]
    /// Number + 1, 0 for a free slot; the size is a power of two.
    private var slots = [Int32](repeating: 0, count: 1024)
    /// Upper bits of each string's hash beside its slot: most misses end here.
    private var tags = [UInt32](repeating: 0, count: 1024)

    var count: Int { bounds.count - 1 }

    subscript(number: Int32) -> ArraySlice<UInt8> {
        arena[Int(bounds[Int(number)])..<Int(bounds[Int(number) + 1])]
    }

    func find(_ bytes: Span<UInt8>) -> Int32? {
        let hash = Self.hash(bytes)
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] != 0 {
            if tags[slot] == UInt32(truncatingIfNeeded: hash >> 32), equals(slots[slot] - 1, bytes) {
                return slots[slot] - 1
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    mutating func insert(_ bytes: Span<UInt8>) -> (number: Int32, isNew: Bool) {
        let hash = Self.hash(bytes)
        let tag = UInt32(truncatingIfNeeded: hash >> 32)
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] != 0 {
            if tags[slot] == tag, equals(slots[slot] - 1, bytes) { return (slots[slot] - 1, false) }
            slot = (slot + 1) & (slots.count - 1)
        }
        let number = Int32(count)
        for index in bytes.indices { arena.append(bytes[index]) }
        bounds.append(UInt32(arena.count))
        slots[slot] = number + 1
        tags[slot] = tag
        // Half full: beyond that, runs of taken slots grow quickly.
        if count * 2 > slots.count { grow() }
        return (number, true)
    }

    private func equals(_ number: Int32, _ bytes: Span<UInt8>) -> Bool {
        let start = Int(bounds[Int(number)])
        guard Int(bounds[Int(number) + 1]) - start == bytes.count else { return false }
        for index in bytes.indices where arena[start + index] != bytes[index] { return false }
        return true
    }

    private mutating func grow() {
        let size = slots.count * 2
        slots = [Int32](repeating: 0, count: size)
        tags = [UInt32](repeating: 0, count: size)
        for number in 0..<Int32(count) {
            let hash = Self.hash(self[number].span)
            var slot = Int(truncatingIfNeeded: hash) & (size - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
            slots[slot] = number + 1
            tags[slot] = UInt32(truncatingIfNeeded: hash >> 32)
        }
    }

    /// FNV-1a, 64 bits, with its upper half folded down: words are short, and it needs no set-up.
    private static func hash(_ bytes: Span<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for index in bytes.indices {
            hash ^= UInt64(bytes[index])
            hash = hash &* 0x100_0000_01B3
        }
        return hash ^ (hash >> 29)
    }
}
