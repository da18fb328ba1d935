import CLibxml2

/// How the bytes of a file become characters. libxml2 always gets UTF-8, so that its offsets can be trusted.
package enum XMLEncoding: Sendable, Equatable {
    case utf8
    /// ISO 8859, Windows and the like: a byte a character, ASCII where the byte is ASCII.
    case singleByte
    /// With the place of the high byte in each unit: 0 big endian, 1 little endian.
    case utf16(highByte: Int)

    /// The file in UTF-8, and the encoding it was in; the name of the encoding where it is not read.
    static func decode(_ bytes: [UInt8]) -> Result<(encoding: XMLEncoding, text: [UInt8]), UnknownEncoding> {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0x3C, 0x00]) {
            return .success((.utf16(highByte: 1), fromUTF16(bytes, highByte: 1)))
        }
        if bytes.starts(with: [0xFE, 0xFF]) || bytes.starts(with: [0x00, 0x3C]) {
            return .success((.utf16(highByte: 0), fromUTF16(bytes, highByte: 0)))
        }
        guard let declared = declaration(in: bytes) else { return .success((.utf8, bytes)) }
        let name = declared.name.lowercased()
        if ["utf-8", "utf8"].contains(name) { return .success((.utf8, bytes)) }
        if ["us-ascii", "ascii"].contains(name) { return .success((.utf8, blanked(bytes, declared.place))) }
        let families = ["iso-8859-", "iso8859-", "iso_8859-", "windows-125", "cp125", "koi8-", "latin1"]
        guard families.contains(where: { name.hasPrefix($0) }),
            let text = fromSingleBytes(blanked(bytes, declared.place), name: declared.name)
        else { return .failure(UnknownEncoding(name: declared.name)) }
        return .success((.singleByte, text))
    }

    struct UnknownEncoding: Error {
        var name: String
    }

    /// How many bytes of the file a byte of the text in UTF-8 stands for: all of a character counts at its first.
    func fileBytes(ofTextByte byte: UInt8) -> Int {
        switch self {
        case .utf8: 1
        case .singleByte: byte & 0xC0 == 0x80 ? 0 : 1
        // Characters of four bytes in UTF-8 are the ones with two units.
        case .utf16: byte & 0xC0 == 0x80 ? 0 : byte >= 0xF0 ? 4 : 2
        }
    }

    /// Number of characters in some bytes of the file.
    func scalarCount(of bytes: ArraySlice<UInt8>) -> Int {
        switch self {
        case .utf8: bytes.reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
        case .singleByte: bytes.count
        case .utf16: bytes.count / 2
        }
    }

    func markLength(of bytes: [UInt8]) -> Int {
        switch self {
        case .utf8: bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        case .singleByte: 0
        case .utf16: bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) ? 2 : 0
        }
    }

    private static func fromUTF16(_ bytes: [UInt8], highByte: Int) -> [UInt8] {
        var units: [UInt16] = []
        units.reserveCapacity(bytes.count / 2)
        for index in stride(from: 0, to: bytes.count - 1, by: 2) {
            units.append(UInt16(bytes[index + highByte]) << 8 | UInt16(bytes[index + 1 - highByte]))
        }
        let text = Array(String(decoding: units, as: UTF16.self).utf8)
        guard let declared = declaration(in: text) else { return text }
        return blanked(text, declared.place)
    }

    private static func fromSingleBytes(_ bytes: [UInt8], name: String) -> [UInt8]? {
        _ = XMLReader.prepared
        guard let handler = unsafe xmlFindCharEncodingHandler(name) else { return nil }
        defer { _ = unsafe xmlCharEncCloseFunc(handler) }
        guard let from = unsafe xmlBufferCreateSize(bytes.count + 1), let to = unsafe xmlBufferCreateSize(1 << 16)
        else {
            return nil
        }
        defer {
            unsafe xmlBufferFree(from)
            unsafe xmlBufferFree(to)
        }
        _ = unsafe bytes.withUnsafeBufferPointer { unsafe xmlBufferAdd(from, $0.baseAddress, Int32($0.count)) }
        // Each call moves a stretch; what it cannot read (a byte that has no character) stays where it is.
        while unsafe xmlBufferLength(from) > 0 {
            let before = unsafe xmlBufferLength(from)
            let result = unsafe xmlCharEncInFunc(handler, to, from)
            if unsafe result < 0 || xmlBufferLength(from) == before { return nil }
        }
        return unsafe Array(UnsafeBufferPointer(start: xmlBufferContent(to), count: Int(xmlBufferLength(to))))
    }

    /// The declaration of an encoding blanked: it would contradict the bytes, and blanks keep lines and columns.
    private static func blanked(_ bytes: [UInt8], _ place: Range<Int>) -> [UInt8] {
        var bytes = bytes
        for index in place { bytes[index] = UInt8(ascii: " ") }
        return bytes
    }

    /// `encoding="…"` in the XML declaration: where it stands, and the name.
    private static func declaration(in bytes: [UInt8]) -> (place: Range<Int>, name: String)? {
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        // A declaration is short; what comes later is none.
        let head = bytes[start..<min(bytes.count, start + 200)]
        let key = Array("encoding".utf8)
        guard head.starts(with: "<?xml".utf8), let end = head.firstIndex(of: UInt8(ascii: ">")),
            let first = (start..<end).first(where: { bytes[$0..<end].starts(with: key) }),
            let open = bytes[first..<end].firstIndex(where: { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") }),
            let close = bytes[(open + 1)..<end].firstIndex(of: bytes[open])
        else { return nil }
        return (first..<close + 1, String(decoding: bytes[(open + 1)..<close], as: UTF8.self))
    }
}
