import TextModel

/// The stable name of a suggestion: what is suggested, and where.
enum SuggestionIdentifier {
    /// 16 hexadecimal digits: the upper half of a 128-bit FNV-1a of document, passage, range in scalars of the
    /// passage's raw stream, and concept. Among a million suggestions two would share a name once in 40 million
    /// corpora.
    static func make(
        document: Document, passage: Passage, passageName: String, raw: ByteRange, concept: String
    ) -> String {
        let start = document.scalarOffset(ofByte: raw.start, in: passage)
        let end = document.scalarOffset(ofByte: raw.end, in: passage)
        let text = [document.name, passageName, "\(start)", "\(end)", concept].joined(separator: "\u{0}")
        var hash: UInt128 = 0x6C62_272E_07BB_0142_62B8_2175_6295_C58D
        for byte in text.utf8 {
            hash ^= UInt128(byte)
            hash = hash &* 0x0000_0000_0100_0000_0000_0000_0000_013B
        }
        let digits = String(UInt64(truncatingIfNeeded: hash >> 64), radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
