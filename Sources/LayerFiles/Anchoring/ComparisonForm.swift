import WordForms

/// How words of quotes and texts are compared: canonically decomposed, quotes, apostrophes, dashes and dots made
/// alike, ligatures taken apart, soft hyphens left out. Case and accents count.
///
/// Decomposed forms are equal exactly where NFC forms are, and every piece of one comes from one scalar, so that
/// offsets can be kept.
enum ComparisonForm {
    static let dash = UInt32(UInt8(ascii: "-"))

    /// The scalars a scalar is compared as; empty for one that is left out.
    static func codes(of scalar: UInt32) -> [UInt32] {
        if scalar < limit { return table[Int(scalar)] }
        return compute(scalar)
    }

    static func isBlank(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x20, 0x09, 0x0A, 0x0D, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
        default: false
        }
    }

    /// A mark that belongs to the scalar before it: no match ends between the two.
    static func isMark(_ code: UInt32) -> Bool {
        guard code >= 0x300, let scalar = Unicode.Scalar(code) else { return false }
        return scalar.properties.canonicalCombiningClass != .notReordered
    }

    static func isLetter(_ code: UInt32) -> Bool {
        if code < 0x80 { return code | 0x20 &- 0x61 < 26 || code &- 0x30 < 10 }
        return Unicode.Scalar(code)?.properties.isAlphabetic ?? false
    }

    /// All scalars of the scripts up to the kana are looked up; decomposing costs a hundred times as much.
    private static let limit: UInt32 = 0x3000
    private static let table: [[UInt32]] = (0..<limit).map(compute)

    private static func compute(_ value: UInt32) -> [UInt32] {
        switch value {
        case 0..<0x80: return [value]
        case 0xAD, 0x200B, 0x2060, 0xFEFF: return []
        case 0x2018, 0x2019, 0x201A, 0x201B, 0x2032, 0x2BC, 0xB4: return [0x27]
        case 0x201C...0x201F, 0xAB, 0xBB, 0x2033: return [0x22]
        case 0x2039, 0x203A: return [0x27]
        case 0x2010...0x2015, 0x2212: return [dash]
        case 0x2026: return [0x2E, 0x2E, 0x2E]
        case 0x17F: return [0x73]
        case 0xC6: return [0x41, 0x45]
        case 0xE6: return [0x61, 0x65]
        case 0x152: return [0x4F, 0x45]
        case 0x153: return [0x6F, 0x65]
        case 0xFB00...0xFB06: return ligatures[Int(value) - 0xFB00].unicodeScalars.map(\.value)
        default: break
        }
        guard let scalar = Unicode.Scalar(value) else { return [value] }
        return decomposedScalars(String(Character(scalar))).map(\.value)
    }

    private static let ligatures = ["ff", "fi", "fl", "ffi", "ffl", "st", "st"]
}
