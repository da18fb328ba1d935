/// Eight bytes of a text looked at together: a word's bytes are told apart without a loop, whose end no processor
/// foresees.
struct EightBytes {
    private let value: UInt64

    /// The bytes from `index` on; there must be eight.
    @inline(__always)
    init(_ bytes: Span<UInt8>, at index: Int) {
        // Within bounds, which are checked; "unsafe" is only that any type could be made of the bytes.
        value = unsafe UInt64(littleEndian: bytes.bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self))
    }

    /// How many letters and digits of ASCII stand at the beginning: 0…8.
    @inline(__always)
    var leadingWordBytes: Int {
        let high: UInt64 = 0x8080_8080_8080_8080
        let low = value & ~high
        // Adding 80 - x (hexadecimal) to seven bits sets the eighth where they are x or more; no byte reaches the next.
        let lower = low | Self.all(0x20)
        let letters = (lower &+ Self.all(0x80 - 0x61)) & ~(lower &+ Self.all(0x80 - 0x7B))
        let digits = (low &+ Self.all(0x80 - 0x30)) & ~(low &+ Self.all(0x80 - 0x3A))
        let words = (letters | digits) & ~value & high
        return (~words & high).trailingZeroBitCount >> 3
    }

    /// True where the byte at a place, which is no word byte, surely ends a word: ASCII but for the apostrophe.
    @inline(__always)
    func endsWord(at place: Int) -> Bool {
        let byte = UInt8(truncatingIfNeeded: value >> UInt64(8 * place))
        return byte < 0x80 && byte != UInt8(ascii: "'")
    }

    /// The first `count` bytes, up to 7, the others 0.
    @inline(__always)
    func first(_ count: Int) -> UInt64 { value & ((1 << UInt64(8 * count)) - 1) }

    private static func all(_ byte: UInt64) -> UInt64 { byte &* 0x0101_0101_0101_0101 }
}
