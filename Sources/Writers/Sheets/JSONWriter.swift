/// Writes JSON as bytes: no tree in between, no Foundation.
///
/// Commas are put in by the writer; what is opened has to be closed by the caller.
package struct JSONWriter: Sendable {
    package private(set) var bytes: [UInt8] = []
    /// Does the next value need a comma before it.
    private var needsComma = false
    /// Is the next value the one of a key, on the key's line.
    private var isAfterKey = false
    /// Levels of indentation; `nil` writes everything on one line.
    private var depth: Int?

    /// `isIndented` breaks lines for people; without it a value is one line, as JSON lines want it.
    package init(isIndented: Bool = false) { depth = isIndented ? 0 : nil }

    package mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        needsComma = false
    }

    package mutating func beginObject() { open(UInt8(ascii: "{")) }
    package mutating func endObject() { close(UInt8(ascii: "}")) }
    package mutating func beginArray() { open(UInt8(ascii: "[")) }
    package mutating func endArray() { close(UInt8(ascii: "]")) }

    package mutating func key(_ name: StaticString) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        name.withUTF8Buffer { name in unsafe bytes.append(contentsOf: name) }
        endKey()
    }

    package mutating func key(named name: String) {
        separate()
        quoted(name)
        endKey()
    }

    package mutating func null() { literal("null") }
    package mutating func bool(_ value: Bool) { literal(value ? "true" : "false") }

    package mutating func int(_ value: Int) {
        separate()
        bytes.append(contentsOf: String(value).utf8)
        needsComma = true
    }

    /// A finite number in its shortest form; anything else is null.
    package mutating func number(_ value: Double) {
        guard value.isFinite else { return null() }
        if value == value.rounded(), abs(value) < 1e15 { return int(Int(value)) }
        separate()
        bytes.append(contentsOf: "\(value)".utf8)
        needsComma = true
    }

    package mutating func string(_ value: String) {
        separate()
        quoted(value)
        bytes.append(UInt8(ascii: "\""))
        needsComma = true
    }

    package mutating func string(_ value: String?) {
        if let value { string(value) } else { null() }
    }

    package mutating func strings(_ values: [String]) {
        beginArray()
        for value in values { string(value) }
        endArray()
    }

    /// Ends a line of JSON lines.
    package mutating func endLine() {
        bytes.append(UInt8(ascii: "\n"))
        needsComma = false
    }

    // MARK: - Inside

    private mutating func open(_ bracket: UInt8) {
        separate()
        bytes.append(bracket)
        needsComma = false
        if let depth { self.depth = depth + 1 }
    }

    private mutating func close(_ bracket: UInt8) {
        if let depth {
            self.depth = depth - 1
            if needsComma { breakLine(depth - 1) }
        }
        bytes.append(bracket)
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        if let depth, depth > 0, !isAfterKey { breakLine(depth) }
        isAfterKey = false
    }

    private mutating func breakLine(_ depth: Int) {
        bytes.append(UInt8(ascii: "\n"))
        for _ in 0..<depth { bytes.append(contentsOf: [UInt8(ascii: " "), UInt8(ascii: " ")]) }
    }

    private mutating func endKey() {
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
        if depth != nil { bytes.append(UInt8(ascii: " ")) }
        needsComma = false
        isAfterKey = true
    }

    private mutating func literal(_ text: StaticString) {
        separate()
        text.withUTF8Buffer { text in unsafe bytes.append(contentsOf: text) }
        needsComma = true
    }

    /// The opening quote and the content; the caller writes the closing quote.
    private mutating func quoted(_ value: String) {
        bytes.append(UInt8(ascii: "\""))
        var value = value
        value.withUTF8 { text in
            var start = 0
            for index in 0..<text.count {
                let byte = unsafe text[index]
                guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { continue }
                unsafe bytes.append(contentsOf: text[start..<index])
                start = index + 1
                escape(byte)
            }
            unsafe bytes.append(contentsOf: text[start..<text.count])
        }
    }

    private mutating func escape(_ byte: UInt8) {
        bytes.append(UInt8(ascii: "\\"))
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
        case 0x0A: bytes.append(UInt8(ascii: "n"))
        case 0x0D: bytes.append(UInt8(ascii: "r"))
        case 0x09: bytes.append(UInt8(ascii: "t"))
        default:
            bytes.append(contentsOf: "u00".utf8)
            bytes.append(Self.digits[Int(byte >> 4)])
            bytes.append(Self.digits[Int(byte & 15)])
        }
    }

    private static let digits = Array("0123456789abcdef".utf8)
}

extension JSONWriter {
    /// Writes a whole tree.
    package mutating func value(_ value: SheetValue) {
        switch value {
        case .null: null()
        case .bool(let value): bool(value)
        case .int(let value): int(value)
        case .number(let value): number(value)
        case .string(let value): string(value)
        case .array(let values):
            beginArray()
            for value in values { self.value(value) }
            endArray()
        case .object(let members):
            beginObject()
            for member in members {
                key(named: member.key)
                self.value(member.value)
            }
            endObject()
        }
    }
}
