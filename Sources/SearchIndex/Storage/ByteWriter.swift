import TextModel

/// Writes numbers and strings one after the other: the form in which the index keeps flat arrays.
///
/// Whole columns of `Int32` are written with four bytes each, little-endian, so that reading them is one copy;
/// streams that are read a passage at a time have variable-length numbers.
struct ByteWriter {
    private(set) var bytes: [UInt8] = []

    var count: Int { bytes.count }

    mutating func reserve(_ capacity: Int) { bytes.reserveCapacity(capacity) }

    mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

    /// LEB128: seven bits a byte, the highest bit says that more follow.
    @inline(__always)
    mutating func append(varint value: UInt32) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    /// A number that may be negative, small in either direction (zigzag).
    @inline(__always)
    mutating func append(signed value: Int32) {
        append(varint: UInt32(bitPattern: (value << 1) ^ (value >> 31)))
    }

    mutating func append(byte value: UInt8) { bytes.append(value) }

    mutating func append(_ value: Bool) { bytes.append(value ? 1 : 0) }

    mutating func append(_ text: String) {
        append(varint: UInt32(text.utf8.count))
        bytes.append(contentsOf: text.utf8)
    }

    mutating func append(_ text: String?) {
        append(text != nil)
        if let text { append(text) }
    }

    mutating func append(_ texts: [String]) {
        append(varint: UInt32(texts.count))
        for text in texts { append(text) }
    }

    mutating func append(_ range: ByteRange) {
        append(signed: range.start)
        append(signed: range.end &- range.start)
    }

    mutating func append(column: some Collection<Int32>) {
        append(varint: UInt32(column.count))
        bytes.reserveCapacity(bytes.count + column.count * 4)
        for value in column {
            let bits = UInt32(bitPattern: value)
            bytes.append(UInt8(truncatingIfNeeded: bits))
            bytes.append(UInt8(truncatingIfNeeded: bits >> 8))
            bytes.append(UInt8(truncatingIfNeeded: bits >> 16))
            bytes.append(UInt8(truncatingIfNeeded: bits >> 24))
        }
    }

    mutating func append<Element>(list: [Element], _ body: (inout ByteWriter, Element) -> Void) {
        append(varint: UInt32(list.count))
        for element in list { body(&self, element) }
    }
}
