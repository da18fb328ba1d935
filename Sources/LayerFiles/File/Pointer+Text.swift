package import TextModel

extension Pointer {
    /// Reads a TEI pointer as it stands in an attribute.
    ///
    /// `string-range`, `string-index`, `xpath`, ids and bare paths are taken apart; every other scheme is kept as
    /// it is. Never fails: what is no pointer at all is a file name. `base` is an `xml:base` in force.
    package init(text: String, base: String? = nil) {
        let file: Substring
        let fragment: Substring?
        if let hash = text.utf8.firstIndex(of: UInt8(ascii: "#")) {
            file = text[..<hash]
            fragment = text[text.index(after: hash)...]
        } else {
            file = text[...]
            fragment = nil
        }
        self.init(
            file: Self.resolved(PercentEncoding.decoded(file), against: base),
            place: fragment.map { Self.place(of: PercentEncoding.decoded($0)) } ?? .whole)
    }

    /// The pointer as it stands in an attribute: without blanks, file names percent-encoded.
    package var text: String {
        let file = PercentEncoding.encoded(file)
        switch place {
        case .whole: return file
        case .range(let base, let offset, let length):
            return file + "#string-range(\(base.text),\(offset),\(length))"
        case .point(let base, let offset): return file + "#string-index(\(base.text),\(offset))"
        case .element(.id(let id)): return file + "#" + id
        case .element(.path(let path)): return file + "#xpath(" + PercentEncoding.blanksEncoded(path) + ")"
        case .other(let fragment): return file + "#" + PercentEncoding.blanksEncoded(fragment)
        }
    }

    private static func place(of fragment: String) -> Place {
        guard !fragment.isEmpty else { return .whole }
        if let arguments = arguments(of: "string-range", in: fragment), arguments.count == 3,
            let offset = Int(arguments[1]), let length = Int(arguments[2])
        {
            return .range(base: Base(text: arguments[0]), offset: offset, length: length)
        }
        if let arguments = arguments(of: "string-index", in: fragment), arguments.count == 2,
            let offset = Int(arguments[1])
        {
            return .point(base: Base(text: arguments[0]), offset: offset)
        }
        if fragment.hasPrefix("xpath("), fragment.hasSuffix(")") {
            let path = fragment.dropFirst("xpath(".count).dropLast()
            return .element(Base(text: String(path)))
        }
        if fragment.hasPrefix("/") { return .element(.path(fragment)) }
        return fragment.contains("(") ? .other(fragment) : .element(.id(fragment))
    }

    /// Arguments of a scheme, split at its commas; `nil` where another scheme is used.
    static func arguments(of scheme: String, in fragment: String) -> [String]? {
        let bytes = Array(fragment.utf8)
        let name = Array(scheme.utf8) + [UInt8(ascii: "(")]
        guard bytes.starts(with: name), bytes.last == UInt8(ascii: ")") else { return nil }
        var arguments: [String] = []
        var start = name.count
        var depth = 0
        var quote: UInt8?
        func argument(to end: Int) -> String {
            var (low, high) = (start, end)
            while low < high, bytes[low] == 0x20 { low += 1 }
            while low < high, bytes[high - 1] == 0x20 { high -= 1 }
            return String(decoding: bytes[low..<high], as: UTF8.self)
        }
        for index in name.count..<bytes.count - 1 {
            let byte = bytes[index]
            if let open = quote {
                if byte == open { quote = nil }
                continue
            }
            switch byte {
            case UInt8(ascii: "'"), UInt8(ascii: "\""): quote = byte
            case UInt8(ascii: "("), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: ")"), UInt8(ascii: "]"): depth -= 1
            case UInt8(ascii: ",") where depth == 0:
                arguments.append(argument(to: index))
                start = index + 1
            default: break
            }
        }
        arguments.append(argument(to: bytes.count - 1))
        return arguments
    }

    /// A relative file name against `xml:base`, which names a folder (it ends with a slash) or a file.
    private static func resolved(_ file: String, against base: String?) -> String {
        guard let base, !base.isEmpty, !file.contains("://"), !file.hasPrefix("/") else { return file }
        if file.isEmpty { return PercentEncoding.decoded(base[...]) }
        guard let slash = base.lastIndex(of: "/") else { return file }
        return PercentEncoding.decoded(base[...slash]) + file
    }
}

extension Pointer.Base {
    package init(text: String) {
        self = text.hasPrefix("/") ? .path(text) : .id(text)
    }

    package var text: String {
        switch self {
        case .id(let id): id
        case .path(let path): PercentEncoding.blanksEncoded(path)
        }
    }
}

/// Percent-encoding of file names in pointers.
package enum PercentEncoding {
    /// Everything but the unreserved characters of RFC 3986 and the slash is encoded.
    package static func encoded(_ name: String) -> String {
        var result: [UInt8] = []
        for byte in name.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"), UInt8(ascii: "/"):
                result.append(byte)
            default: append(byte, to: &result)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Decodes what is encoded; a lone percent sign stays.
    package static func decoded(_ text: Substring) -> String {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return String(text) }
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count, let high = value(bytes[index + 1]),
                let low = value(bytes[index + 2])
            {
                result.append(high << 4 | low)
                index += 3
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// A pointer is one of a list: white space, and `%` itself, cannot stand in it.
    static func blanksEncoded(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 <= 0x20 || $0 == UInt8(ascii: "%") }) else { return text }
        var result: [UInt8] = []
        for byte in text.utf8 {
            if byte <= 0x20 || byte == UInt8(ascii: "%") { append(byte, to: &result) } else { result.append(byte) }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func append(_ byte: UInt8, to result: inout [UInt8]) {
        let digits = Array("0123456789ABCDEF".utf8)
        result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case 0x30...0x39: digit - 0x30
        case 0x41...0x46: digit - 0x41 + 10
        case 0x61...0x66: digit - 0x61 + 10
        default: nil
        }
    }
}
