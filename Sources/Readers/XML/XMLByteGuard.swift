private import Glibc

/// Looks at the bytes of a file before libxml2 does: cuts them into chunks that end after whole markup, and stops
/// at tags that libxml2 would need too long for.
///
/// It tells tags, comments, instructions, CDATA sections and the document type declaration apart and nothing more;
/// what is not well-formed libxml2 will say. Works for encodings in which `<`, `>` and quotes are those of ASCII.
struct XMLByteGuard {
    struct Violation {
        var offset: Int
        var identifier: String
        var summary: String
        var advice: String
    }

    private let limits: XMLLimits
    /// Everything before has been looked at.
    private(set) var position: Int
    private var attributeWork = 0

    init(limits: XMLLimits, position: Int) {
        self.limits = limits
        self.position = position
    }

    /// Goes over whole pieces of markup until at least `count` bytes are passed, or to the end.
    mutating func advance(over bytes: [UInt8], by count: Int) -> Violation? {
        let goal = position + count
        return unsafe bytes.withUnsafeBufferPointer { bytes in
            while position < goal, position < bytes.count {
                guard let tag = unsafe find(UInt8(ascii: "<"), in: bytes, from: position) else {
                    position = bytes.count
                    break
                }
                if let violation = unsafe pass(markupAt: tag, in: bytes) { return violation }
            }
            return nil
        }
    }

    private mutating func pass(markupAt start: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Violation? {
        let next = start + 1 < bytes.count ? unsafe bytes[start + 1] : 0
        switch next {
        case UInt8(ascii: "!"):
            if unsafe has("<!--", at: start, in: bytes) {
                position = unsafe end(of: "-->", in: bytes, from: start + 4)
            } else if unsafe has("<![CDATA[", at: start, in: bytes) {
                position = unsafe end(of: "]]>", in: bytes, from: start + 9)
            } else {
                return unsafe pass(declarationAt: start, in: bytes)
            }
        case UInt8(ascii: "?"):
            position = unsafe end(of: "?>", in: bytes, from: start + 2)
        case UInt8(ascii: "<") where unsafe has("<<<<<<<", at: start, in: bytes):
            return Violation(
                offset: start, identifier: "forgotten-merge", summary: "merge conflict left in the file",
                advice: "settle the conflict: keep one side and delete the lines <<<<<<<, ======= and >>>>>>>")
        default:
            return unsafe pass(tagAt: start, in: bytes)
        }
        return nil
    }

    private mutating func pass(tagAt start: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Violation? {
        var index = start + 1
        var attributes = 0
        var quote: UInt8 = 0
        let limit = min(bytes.count, start + limits.tag)
        scan: while index < limit {
            let byte = unsafe bytes[index]
            if quote != 0 {
                // `<` cannot stand in a value: libxml2 will say so at this place.
                if byte == quote { quote = 0 } else if byte == UInt8(ascii: "<") { break scan }
            } else {
                switch byte {
                case UInt8(ascii: ">"):
                    index += 1
                    break scan
                case UInt8(ascii: "<"): break scan
                case UInt8(ascii: "\""), UInt8(ascii: "'"): quote = byte
                case UInt8(ascii: "="): attributes += 1
                default: break
                }
            }
            index += 1
        }
        if index == limit, index < bytes.count {
            return Violation(
                offset: start, identifier: "tag-too-long", summary: "tag of more than \(limits.tag) bytes",
                advice: "is a quote or a > missing? No edition has tags as long as this")
        }
        guard attributes <= limits.attributes else {
            return Violation(
                offset: start, identifier: "too-many-attributes", summary: "tag with \(attributes) attributes",
                advice: "at most \(limits.attributes) are read")
        }
        attributeWork += attributes * attributes
        guard attributeWork <= limits.attributeWork else {
            return Violation(
                offset: start, identifier: "too-many-attributes", summary: "too many tags with many attributes",
                advice: "the file would take too long to read; is it what you think it is?")
        }
        position = index
        return nil
    }

    /// `<!DOCTYPE …>` with its internal subset.
    private mutating func pass(declarationAt start: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Violation? {
        var index = start + 2
        var brackets = 0
        let limit = min(bytes.count, start + limits.tag)
        while index < limit {
            switch unsafe bytes[index] {
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                let quote = unsafe bytes[index]
                index = unsafe find(quote, in: bytes, from: index + 1) ?? bytes.count
            case UInt8(ascii: "["): brackets += 1
            case UInt8(ascii: "]"): brackets -= 1
            case UInt8(ascii: ">") where brackets <= 0:
                position = index + 1
                return nil
            case UInt8(ascii: "<") where unsafe has("<!--", at: index, in: bytes):
                index = unsafe end(of: "-->", in: bytes, from: index + 4) - 1
            case UInt8(ascii: "<") where unsafe has("<?", at: index, in: bytes):
                index = unsafe end(of: "?>", in: bytes, from: index + 2) - 1
            default: break
            }
            index += 1
        }
        if index >= limit, limit < bytes.count {
            return Violation(
                offset: start, identifier: "tag-too-long",
                summary: "document type declaration of more than \(limits.tag) bytes",
                advice: "is a quote, ] or > missing?")
        }
        position = bytes.count
        return nil
    }

    private func find(_ byte: UInt8, in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        guard start < bytes.count, let base = bytes.baseAddress,
            let found = unsafe memchr(base + start, Int32(byte), bytes.count - start)
        else { return nil }
        return unsafe UnsafeRawPointer(found) - UnsafeRawPointer(base)
    }

    /// Offset just after the next occurrence of a word, or the end of the file.
    private func end(of word: StaticString, in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        let last = unsafe word.utf8Start[word.utf8CodeUnitCount - 1]
        var from = start
        while let found = unsafe find(last, in: bytes, from: from) {
            let first = found + 1 - word.utf8CodeUnitCount
            if first >= start, unsafe has(word, at: first, in: bytes) { return found + 1 }
            from = found + 1
        }
        return bytes.count
    }

    private func has(_ word: StaticString, at start: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard start + word.utf8CodeUnitCount <= bytes.count else { return false }
        for offset in 0..<word.utf8CodeUnitCount where unsafe bytes[start + offset] != word.utf8Start[offset] {
            return false
        }
        return true
    }
}
