extension ZipArchive {
    /// Why bytes are no archive that can be read here.
    package struct Damaged: Error {
        package var reason: String
        /// Its files are compressed, which others can undo.
        package var isCompressed = false
    }

    /// Files of an archive whose files are stored, as ours are: by its directory, each checked. Folders are left out.
    package static func files(in bytes: [UInt8]) throws(Damaged) -> [(name: String, bytes: [UInt8])] {
        func number(_ at: Int, _ length: Int) throws(Damaged) -> Int {
            guard at >= 0, at + length <= bytes.count else { throw Damaged(reason: "it is cut off") }
            return (0..<length).reduce(0) { $0 | Int(bytes[at + $1]) << (8 * $1) }
        }
        // The end of the directory has 22 bytes and a comment, which others may have added.
        var end = bytes.count - 22
        while end >= 0, bytes.count - end < 66_000, try number(end, 4) != 0x0605_4B50 { end -= 1 }
        guard end >= 0, try number(end, 4) == 0x0605_4B50 else { throw Damaged(reason: "it is no zip") }
        var files: [(name: String, bytes: [UInt8])] = []
        var entry = try number(end + 16, 4)
        for _ in 0..<(try number(end + 10, 2)) {
            guard try number(entry, 4) == 0x0201_4B50 else { throw Damaged(reason: "its directory is damaged") }
            let (method, check) = (try number(entry + 10, 2), try number(entry + 16, 4))
            let (size, nameLength) = (try number(entry + 24, 4), try number(entry + 28, 2))
            let offset = try number(entry + 42, 4)
            let next = entry + 46 + nameLength + (try number(entry + 30, 2)) + (try number(entry + 32, 2))
            guard next <= bytes.count else { throw Damaged(reason: "it is cut off") }
            let name = String(decoding: bytes[entry + 46..<entry + 46 + nameLength], as: UTF8.self)
            let start = offset + 30 + (try number(offset + 26, 2)) + (try number(offset + 28, 2))
            guard try number(offset, 4) == 0x0403_4B50, start + size <= bytes.count else {
                throw Damaged(reason: "\(name) is cut off")
            }
            entry = next
            if name.hasSuffix("/") { continue }
            guard method == 0 else { throw Damaged(reason: "its files are compressed", isCompressed: true) }
            let content = Array(bytes[start..<start + size])
            guard Int(crc32(content)) == check else { throw Damaged(reason: "\(name) is damaged") }
            files.append((name, content))
        }
        return files
    }
}
