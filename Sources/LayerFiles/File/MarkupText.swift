/// Markup that is being written: bytes, escaped as XML wants it.
struct MarkupText {
    private(set) var bytes: [UInt8] = []
    /// True for a file in another encoding than UTF-8: what is not ASCII is written as character references, which
    /// every encoding can hold.
    let isASCII: Bool

    init(isASCII: Bool = false) {
        self.isASCII = isASCII
    }

    mutating func raw(_ text: String) {
        bytes += text.utf8
    }

    mutating func raw(_ other: ArraySlice<UInt8>) {
        bytes += other
    }

    mutating func text(_ text: String) {
        escape(text, isAttribute: false)
    }

    /// ` name="value"`.
    mutating func attribute(_ name: String, _ value: String) {
        bytes += " \(name)=\"".utf8
        escape(value, isAttribute: true)
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func escape(_ text: String, isAttribute: Bool) {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": bytes += "&amp;".utf8
            case "<": bytes += "&lt;".utf8
            case ">": bytes += "&gt;".utf8
            case "\"" where isAttribute: bytes += "&quot;".utf8
            case "\n" where isAttribute, "\t" where isAttribute: bytes += "&#\(scalar.value);".utf8
            case "\r": bytes += "&#13;".utf8
            default:
                if !Self.isAllowed(scalar) {
                    // XML cannot hold it, not even as a reference.
                    bytes += "\u{FFFD}".utf8
                } else if isASCII, scalar.value > 0x7F {
                    bytes += "&#\(scalar.value);".utf8
                } else {
                    bytes += UTF8.encode(scalar).map { Array($0) } ?? []
                }
            }
        }
    }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x9, 0xA, 0xD, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
        default: false
        }
    }
}
