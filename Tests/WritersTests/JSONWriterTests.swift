import Foundation
import TestSupport
import Testing
import Writers

@Suite struct JSONWriterTests {
    @Test func `one line, keys in order, null where nothing is`() {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("a")
        writer.strings(["x", "\"\\\n\u{1}é😀"])
        writer.key("b")
        writer.null()
        writer.key("c")
        writer.number(0.25)
        writer.key("d")
        writer.number(.nan)
        writer.key(named: "e\"")
        writer.beginObject()
        writer.endObject()
        writer.key("f")
        writer.bool(true)
        writer.endObject()
        writer.endLine()
        #expect(
            String(decoding: writer.bytes, as: UTF8.self)
                == #"{"a":["x","\"\\\n\u0001é😀"],"b":null,"c":0.25,"d":null,"e\"":{},"f":true}"# + "\n")
    }

    @Test func `indented for people`() {
        var writer = JSONWriter(isIndented: true)
        writer.value(["a": .array([.int(1), .object([])]), "b": .array([])])
        #expect(String(decoding: writer.bytes, as: UTF8.self) == "{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": []\n}")
    }

    @Test(arguments: [7, 8, 9] as [UInt64]) func `Foundation reads back every tree`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for isIndented in [false, true] {
            for _ in 0..<200 {
                let tree = randomTree(3, &generator)
                var writer = JSONWriter(isIndented: isIndented)
                writer.value(tree)
                let read = try JSONSerialization.jsonObject(with: Data(writer.bytes), options: .fragmentsAllowed)
                #expect(isEqual(tree, read), "seed \(seed): \(String(decoding: writer.bytes, as: UTF8.self))")
            }
        }
    }

    private func randomTree(_ depth: Int, _ generator: inout SeededGenerator) -> SheetValue {
        let pieces = ["a", "\"", "\\", "\n", "\t", "\u{0}", "\u{1F}", "/", "é", "😀", " ", "</script>"]
        func text(_ generator: inout SeededGenerator) -> String {
            (0..<Int.random(in: 0...6, using: &generator)).map { _ in
                pieces[Int.random(in: 0..<pieces.count, using: &generator)]
            }.joined()
        }
        switch Int.random(in: 0...(depth > 0 ? 6 : 4), using: &generator) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &generator))
        case 2: return .int(Int.random(in: -99_999...99_999, using: &generator))
        case 3: return .number(Double(Int.random(in: -999...999, using: &generator)) / 8)
        case 4: return .string(text(&generator))
        case 5:
            return .array((0..<Int.random(in: 0...4, using: &generator)).map { _ in randomTree(depth - 1, &generator) })
        default:
            return .object(
                (0..<Int.random(in: 0...4, using: &generator)).map { index in
                    .init("\(index)" + text(&generator), randomTree(depth - 1, &generator))
                })
        }
    }

    private func isEqual(_ tree: SheetValue, _ read: Any) -> Bool {
        switch tree {
        case .null: return read is NSNull
        case .bool(let value): return (read as? Bool) == value
        case .int(let value): return (read as? NSNumber)?.intValue == value
        case .number(let value): return (read as? NSNumber)?.doubleValue == value
        case .string(let value): return (read as? String) == value
        case .array(let values):
            guard let read = read as? [Any], read.count == values.count else { return false }
            return zip(values, read).allSatisfy { isEqual($0, $1) }
        case .object(let members):
            guard let read = read as? [String: Any], read.count == members.count else { return false }
            return members.allSatisfy { member in read[member.key].map { isEqual(member.value, $0) } ?? false }
        }
    }
}
