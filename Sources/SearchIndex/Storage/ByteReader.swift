import TextModel

/// Reads what ``ByteWriter`` wrote. Anything that cannot be, throws ``IndexError/damaged(_:)``: the file was changed
/// behind our back, and the index is built anew.
struct ByteReader {
    private let bytes: [UInt8]
    private(set) var position: Int
    private let end: Int

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        position = 0
        end = bytes.count
    }

    init(_ bytes: [UInt8], _ range: Range<Int>) throws {
        guard range.lowerBound >= 0, range.upperBound <= bytes.count else { throw Self.tooShort }
        self.bytes = bytes
        position = range.lowerBound
        end = range.upperBound
    }

    private static let tooShort = IndexError.damaged("stored array ends too early")

    var isAtEnd: Bool { position >= end }

    @inline(__always)
    mutating func byte() throws -> UInt8 {
        guard position < end else { throw Self.tooShort }
        defer { position += 1 }
        return bytes[position]
    }

    @inline(__always)
    mutating func varint() throws -> UInt32 {
        var value: UInt32 = 0
        var shift: UInt32 = 0
        while true {
            let next = try byte()
            value |= UInt32(next & 0x7F) << shift
            if next < 0x80 { return value }
            shift += 7
            guard shift < 35 else { throw IndexError.damaged("stored number is too long") }
        }
    }

    @inline(__always)
    mutating func signed() throws -> Int32 {
        let bits = try varint()
        return Int32(bitPattern: bits >> 1) ^ -Int32(bitPattern: bits & 1)
    }

    /// A count of things that take at least one byte each: never more than what is left.
    mutating func count() throws -> Int {
        let count = Int(try varint())
        guard count <= end - position else { throw Self.tooShort }
        return count
    }

    mutating func bool() throws -> Bool { try byte() != 0 }

    mutating func string() throws -> String {
        let count = try count()
        defer { position += count }
        return String(decoding: bytes[position..<position + count], as: UTF8.self)
    }

    mutating func optionalString() throws -> String? { try bool() ? string() : nil }

    mutating func strings() throws -> [String] { try list { try $0.string() } }

    mutating func range() throws -> ByteRange {
        let start = try signed()
        return ByteRange(start, start &+ (try signed()))
    }

    mutating func column() throws -> [Int32] {
        let count = Int(try varint())
        guard count * 4 <= end - position else { throw Self.tooShort }
        defer { position += count * 4 }
        return unsafe [Int32](unsafeUninitializedCapacity: count) { column, initialized in
            unsafe bytes.withUnsafeBytes { source in
                unsafe UnsafeMutableRawBufferPointer(column).copyMemory(
                    from: UnsafeRawBufferPointer(rebasing: source[position..<position + count * 4]))
            }
            initialized = count
        }
    }

    mutating func list<Element>(_ body: (inout ByteReader) throws -> Element) throws -> [Element] {
        let count = try count()
        var list: [Element] = []
        list.reserveCapacity(count)
        for _ in 0..<count { list.append(try body(&self)) }
        return list
    }
}
