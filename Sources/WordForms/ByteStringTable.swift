/// Byte strings with a number each: an open-addressed hash table, so that a look-up allocates nothing.
///
/// Nineteen words in twenty have at most eight bytes. Those are their own key, and one comparison of two integers
/// tells two of them apart; the others are compared byte by byte in the arena.
package struct ByteStringTable: Sendable {
    private struct Slot: Sendable {
        /// The bytes themselves, first one lowest, of a string of at most eight; a mixture of the bytes of a longer one.
        var key: UInt64
        /// Number + 1, 0 for a free slot.
        var number: Int32
        /// Bytes of the string, which tells short strings from long ones and from those with zero bytes.
        var count: Int32
    }

    private var arena: [UInt8] = []
    private var bounds: [UInt32] = [0]
    /// The size is a power of two.
    private var slots = [Slot](repeating: Slot(key: 0, number: 0, count: 0), count: 1024)

    package init() {}

    package var count: Int { bounds.count - 1 }

    package subscript(number: Int32) -> ArraySlice<UInt8> {
        arena[Int(bounds[Int(number)])..<Int(bounds[Int(number) + 1])]
    }

    func string(_ number: Int32, startsWith prefix: Span<UInt8>) -> Bool {
        let start = Int(bounds[Int(number)])
        guard Int(bounds[Int(number) + 1]) - start >= prefix.count else { return false }
        for index in prefix.indices where arena[start + index] != prefix[index] { return false }
        return true
    }

    package func find(_ bytes: Span<UInt8>) -> Int32? {
        let number = slots[slot(of: bytes, key: Self.key(bytes, Self.packed(bytes)))].number
        return number == 0 ? nil : number - 1
    }

    package mutating func insert(_ bytes: Span<UInt8>) -> (number: Int32, isNew: Bool) {
        insert(bytes, packed: Self.packed(bytes))
    }

    mutating func insert(_ bytes: Span<UInt8>, packed: UInt64) -> (number: Int32, isNew: Bool) {
        let key = Self.key(bytes, packed)
        let slot = slot(of: bytes, key: key)
        let found = slots[slot].number
        if found != 0 { return (found - 1, false) }
        let number = Int32(count)
        for index in bytes.indices { arena.append(bytes[index]) }
        bounds.append(UInt32(arena.count))
        slots[slot] = Slot(key: key, number: number + 1, count: Int32(bytes.count))
        // Half full: beyond that, runs of taken slots grow quickly.
        if count * 2 > slots.count { grow() }
        return (number, true)
    }

    /// The first eight bytes of a string in one integer, the first one lowest.
    static func packed(_ bytes: Span<UInt8>) -> UInt64 {
        var packed: UInt64 = 0
        for index in 0..<min(8, bytes.count) { packed |= UInt64(bytes[index]) << UInt64(8 * index) }
        return packed
    }

    /// The slot of a string, or the free one where it would stand.
    @inline(__always)
    private func slot(of bytes: Span<UInt8>, key: UInt64) -> Int {
        let mask = slots.count - 1
        var place = Self.place(of: key) & mask
        while true {
            let slot = slots[place]
            if slot.number == 0 { return place }
            if slot.key == key, slot.count == Int32(bytes.count), bytes.count <= 8 || equals(slot.number - 1, bytes) {
                return place
            }
            place = (place + 1) & mask
        }
    }

    private func equals(_ number: Int32, _ bytes: Span<UInt8>) -> Bool {
        let start = Int(bounds[Int(number)])
        for index in bytes.indices where arena[start + index] != bytes[index] { return false }
        return true
    }

    private mutating func grow() {
        let old = slots
        slots = [Slot](repeating: Slot(key: 0, number: 0, count: 0), count: old.count * 2)
        let mask = slots.count - 1
        for slot in old where slot.number != 0 {
            var place = Self.place(of: slot.key) & mask
            while slots[place].number != 0 { place = (place + 1) & mask }
            slots[place] = slot
        }
    }

    /// The packed bytes of a short string; of a longer one a mixture of its first eight and last four bytes, which
    /// differ nearly always, and its length.
    @inline(__always)
    private static func key(_ bytes: Span<UInt8>, _ packed: UInt64) -> UInt64 {
        guard bytes.count > 8 else { return packed }
        var rest = UInt64(bytes.count)
        for index in bytes.count - 4..<bytes.count { rest = rest << 8 | UInt64(bytes[index]) }
        return packed ^ rest &* 0xD6E8_FEB8_6659_FD93
    }

    /// Fibonacci hashing: the upper bits of a product with 2⁶⁴ over the golden ratio depend on all bits of the key.
    private static func place(of key: UInt64) -> Int {
        Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32)
    }
}
