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
        // By bytes: going over scalars and encoding each costs ten times as much.
        let utf8 = text.utf8Span.span
        var index = 0
        while index < utf8.count {
            let byte = utf8[index]
            switch byte {
            case UInt8(ascii: "&"): bytes += "&amp;".utf8
            case UInt8(ascii: "<"): bytes += "&lt;".utf8
            case UInt8(ascii: ">"): bytes += "&gt;".utf8
            case UInt8(ascii: "\"") where isAttribute: bytes += "&quot;".utf8
            case 0x0A where isAttribute, 0x09 where isAttribute: bytes += "&#\(byte);".utf8
            case 0x0D: bytes += "&#13;".utf8
            case 0x0A, 0x09, 0x20..<0x80: bytes.append(byte)
            // XML cannot hold it, not even as a reference.
            case 0..<0x20: append(0xFFFD)
            default:
                let length = min(byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4, utf8.count - index)
                var value = UInt32(byte) & (length == 2 ? 0x1F : length == 3 ? 0x0F : 0x07)
                for next in 1..<max(1, length) { value = value << 6 | UInt32(utf8[index + next]) & 0x3F }
                append(value == 0xFFFE || value == 0xFFFF ? 0xFFFD : value)
                index += length - 1
            }
            index += 1
        }
    }

    /// A character that is not ASCII.
    private mutating func append(_ value: UInt32) {
        if isASCII {
            bytes += "&#\(value);".utf8
        } else if let scalar = Unicode.Scalar(value), let encoded = UTF8.encode(scalar) {
            bytes.append(contentsOf: encoded)
        }
    }
}
