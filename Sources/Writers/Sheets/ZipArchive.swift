/// A zip archive of stored files: what packages of questions and notes are made of.
///
/// Nothing is compressed, and every file has the same time (1 January 1980, the first that zip knows): the same
/// content gives the same bytes.
package struct ZipArchive {
    private var body: [UInt8] = []
    private var directory: [UInt8] = []
    private var count = 0

    /// Adds a file. Names are UTF-8 with `/` between folders. Files over 4 GiB do not fit the format.
    mutating func add(_ bytes: [UInt8], named name: String) {
        let name = Array(name.utf8)
        let offset = UInt32(body.count)
        let fields = Self.fields(of: bytes, nameLength: name.count)
        body += [0x50, 0x4B, 0x03, 0x04] + fields + [0, 0] + name + bytes
        directory += [0x50, 0x4B, 0x01, 0x02] + Self.short(20) + fields + [0, 0]
        // No comment, first disk, no attributes.
        directory += [UInt8](repeating: 0, count: 10) + Self.long(offset) + name
        count += 1
    }

    /// The finished archive.
    var bytes: [UInt8] {
        let end: [UInt8] =
            [0x50, 0x4B, 0x05, 0x06, 0, 0, 0, 0] + Self.short(count) + Self.short(count)
            + Self.long(UInt32(directory.count)) + Self.long(UInt32(body.count)) + [0, 0]
        return body + directory + end
    }

    /// An archive of some files.
    package static func bytes(of files: [WrittenFile]) -> [UInt8] {
        var archive = ZipArchive()
        for file in files { archive.add(file.bytes, named: file.name) }
        return archive.bytes
    }

    /// From "version needed" to the length of the name: alike before the file and in the directory.
    private static func fields(of bytes: [UInt8], nameLength: Int) -> [UInt8] {
        let size = long(UInt32(bytes.count))
        // Version 2.0; bit 11 says that names are UTF-8; method 0 is stored; 0x21 is 1 January 1980.
        return short(20) + short(1 << 11) + short(0) + short(0) + short(0x21) + long(crc32(bytes)) + size + size
            + short(nameLength)
    }

    private static func short(_ value: Int) -> [UInt8] { [UInt8(value & 0xFF), UInt8(value >> 8 & 0xFF)] }

    private static func long(_ value: UInt32) -> [UInt8] {
        [UInt8(value & 0xFF), UInt8(value >> 8 & 0xFF), UInt8(value >> 16 & 0xFF), UInt8(value >> 24)]
    }

    static func crc32(_ bytes: [UInt8]) -> UInt32 {
        var crc: UInt32 = 0xFFFF_FFFF
        for byte in bytes { crc = table[Int((crc ^ UInt32(byte)) & 0xFF)] ^ (crc >> 8) }
        return ~crc
    }

    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
    }
}
