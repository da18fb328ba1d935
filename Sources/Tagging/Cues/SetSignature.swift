/// Some of the word sets of a program, in 256 bits: sets whose numbers differ by 256 share a bit, so that it can only
/// say surely that a set is not among them.
struct SetSignature: Sendable {
    private var bits: SIMD4<UInt64> = .zero

    mutating func insert(_ set: Int32) {
        bits[Int(set >> 6 & 3)] |= 1 << UInt64(set & 63)
    }

    mutating func formUnion(_ other: SetSignature) { bits |= other.bits }

    /// False where the set is surely not among these.
    func contains(_ set: Int32) -> Bool {
        bits[Int(set >> 6 & 3)] >> UInt64(set & 63) & 1 != 0
    }

    /// False where one of the others is surely not among these.
    func contains(_ others: SetSignature) -> Bool {
        (others.bits & ~bits) == .zero
    }
}
