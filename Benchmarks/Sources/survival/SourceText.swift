/// A novel's file cut into tags and text, with the byte of the file that each byte of the text stream comes from.
///
/// Written apart from Casebook's reader: it knows the plain XML of the novels and nothing else, and the benchmark
/// checks that both give the same text.
struct SourceText {
    struct Tag {
        var name: String
        var isEnd: Bool
        var isEmpty: Bool
        var range: Range<Int>
    }

    let bytes: [UInt8]
    var tags: [Tag] = []
    /// The text stream of the `text` element.
    var raw: [UInt8] = []
    /// Byte of the file of each byte of ``raw``.
    var sources: [Int32] = []

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        var index = 0
        var depth = 0
        while index < bytes.count {
            guard bytes[index] == UInt8(ascii: "<") else {
                if depth > 0 { index = appendText(at: index) } else { index += 1 }
                continue
            }
            if bytes[index...].starts(with: "<!--".utf8) {
                while !bytes[index...].starts(with: "-->".utf8) { index += 1 }
                index += 3
                continue
            }
            let end = bytes[index...].firstIndex(of: UInt8(ascii: ">")) ?? bytes.count - 1
            let range = index..<end + 1
            index = end + 1
            guard bytes[range.lowerBound + 1] != UInt8(ascii: "?"), bytes[range.lowerBound + 1] != UInt8(ascii: "!")
            else {
                continue
            }
            let isEnd = bytes[range.lowerBound + 1] == UInt8(ascii: "/")
            let isEmpty = bytes[end - 1] == UInt8(ascii: "/")
            let start = range.lowerBound + (isEnd ? 2 : 1)
            let name = bytes[start..<end].prefix { byte in byte > 0x20 && byte != UInt8(ascii: "/") }
            let tag = Tag(name: String(decoding: name, as: UTF8.self), isEnd: isEnd, isEmpty: isEmpty, range: range)
            tags.append(tag)
            if tag.name == "text", !isEmpty { depth += isEnd ? -1 : 1 }
        }
    }

    private mutating func appendText(at index: Int) -> Int {
        if bytes[index] == UInt8(ascii: "&") {
            let end = bytes[index...].firstIndex(of: UInt8(ascii: ";")) ?? index
            let name = String(decoding: bytes[(index + 1)..<end], as: UTF8.self)
            let value: UInt8 =
                switch name {
                case "amp": UInt8(ascii: "&")
                case "lt": UInt8(ascii: "<")
                case "gt": UInt8(ascii: ">")
                case "quot": UInt8(ascii: "\"")
                default: UInt8(ascii: "'")
                }
            raw.append(value)
            sources.append(Int32(index))
            return end + 1
        }
        if bytes[index] == 0x0D, index + 1 < bytes.count, bytes[index + 1] == 0x0A { return index + 1 }
        raw.append(bytes[index])
        sources.append(Int32(index))
        return index + 1
    }

    /// Content of the elements of a name that hold no other element of that name, in the `body`.
    func elements(_ name: String) -> [(start: Tag, end: Tag)] {
        guard let body = tags.first(where: { $0.name == "body" && !$0.isEnd }) else { return [] }
        var open: Tag?
        var found: [(start: Tag, end: Tag)] = []
        for tag in tags where tag.range.lowerBound > body.range.lowerBound && tag.name == name && !tag.isEmpty {
            if tag.isEnd {
                if let start = open { found.append((start, tag)) }
                open = nil
            } else {
                open = tag
            }
        }
        return found
    }
}

/// A file that is made out of another one, remembering where each byte comes from.
struct Rewriting {
    let old: [UInt8]
    private(set) var bytes: [UInt8] = []
    /// Byte of the old file that a byte is, or stands for; -1 for what is new.
    private(set) var origins: [Int32] = []
    /// Up to where the old file was used.
    private(set) var position = 0
    /// Stretches of the new file that readers do not see: they change no quote.
    private(set) var hidden: [Range<Int>] = []

    init(_ old: [UInt8]) { self.old = old }

    mutating func copy(to end: Int) {
        guard position < end else { return }
        copy(position..<end)
        position = end
    }

    /// A stretch from elsewhere; the position stays.
    mutating func copy(_ range: Range<Int>) {
        bytes += old[range]
        origins += range.map(Int32.init)
    }

    mutating func skip(to end: Int) { position = max(position, end) }

    mutating func insert(_ text: String, isHidden: Bool = false) {
        if isHidden { hidden.append(bytes.count..<bytes.count + text.utf8.count) }
        bytes += text.utf8
        origins += [Int32](repeating: -1, count: text.utf8.count)
    }

    /// Other bytes for the same character.
    mutating func substitute(to end: Int, _ text: String) {
        let start = position
        bytes += text.utf8
        for offset in 0..<text.utf8.count { origins.append(Int32(min(start + offset, end - 1))) }
        position = end
    }

    /// A stretch in other words.
    mutating func replace(to end: Int, _ text: String) {
        skip(to: end)
        insert(text)
    }

    mutating func finish() { copy(to: old.count) }

    /// The way back: the new file becomes the old one.
    func inverse() -> (old: [UInt8], new: [UInt8], origins: [Int32]) {
        var back = [Int32](repeating: -1, count: old.count)
        for (index, origin) in origins.enumerated() where origin >= 0 && back[Int(origin)] < 0 {
            back[Int(origin)] = Int32(index)
        }
        return (bytes, old, back)
    }
}
