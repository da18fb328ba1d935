import Foundation
import TextModel

/// A file of tensors: https://huggingface.co/docs/safetensors. Eight bytes with the length of the header, the header
/// in JSON, the tensors one after the other.
struct SafetensorsFile {
    struct Tensor: Decodable {
        /// `I8`, `U8`, `I32`, `F32` …
        var dtype: String
        var shape: [Int]
        /// From the end of the header.
        var offsets: [Int]

        enum CodingKeys: String, CodingKey {
            case dtype, shape
            case offsets = "data_offsets"
        }
    }

    let metadata: [String: String]
    private let tensors: [String: Tensor]
    /// Where the tensors begin in the file.
    private let start: Int
    private let path: String

    /// Reads the header and checks that every tensor lies in the file.
    init(_ bytes: UnsafeRawBufferPointer, path: String) throws {
        self.path = path
        guard bytes.count >= 8 else { throw Self.damaged(path, "it is empty") }
        let length = unsafe UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
        guard length <= UInt64(bytes.count - 8) else { throw Self.damaged(path, "its header is cut off") }
        start = 8 + Int(length)
        let header = unsafe Data(UnsafeRawBufferPointer(rebasing: bytes[8..<start]))
        guard let decoded = try? JSONDecoder().decode(Header.self, from: header) else {
            throw Self.damaged(path, "its header is not what safetensors asks for")
        }
        metadata = decoded.metadata
        tensors = decoded.tensors
        let room = bytes.count - start
        for (name, tensor) in tensors {
            let offsets = tensor.offsets
            guard offsets.count == 2, 0 <= offsets[0], offsets[0] <= offsets[1], offsets[1] <= room else {
                throw Self.damaged(path, "the tensor “\(name)” reaches beyond its end")
            }
        }
    }

    func has(_ name: String) -> Bool { tensors[name] != nil }

    /// Where a tensor lies in the file. `shape` is what it must have; `nil` in the place of a dimension takes any.
    func place(of name: String, type: String, shape: [Int?]) throws -> (range: Range<Int>, shape: [Int]) {
        guard let tensor = tensors[name] else { throw Self.damaged(path, "it has no tensor “\(name)”") }
        // Four bytes a float or a large integer; the other types we take have one.
        let size = type.hasSuffix("32") ? 4 : 1
        var count = size
        for dimension in tensor.shape {
            let (product, overflow) = count.multipliedReportingOverflow(by: dimension)
            guard !overflow, dimension >= 0 else { throw Self.damaged(path, "“\(name)” has no possible shape") }
            count = product
        }
        let fits = tensor.shape.count == shape.count && zip(tensor.shape, shape).allSatisfy { $1 == nil || $0 == $1 }
        guard tensor.dtype == type, fits, tensor.offsets[1] - tensor.offsets[0] == count else {
            let wanted = shape.map { $0.map(String.init) ?? "any" }.joined(separator: " × ")
            let found = tensor.shape.map(String.init).joined(separator: " × ")
            throw Self.damaged(path, "“\(name)” is \(tensor.dtype) \(found), not \(type) \(wanted)")
        }
        let begin = start + tensor.offsets[0]
        guard begin.isMultiple(of: size) else { throw Self.damaged(path, "“\(name)” lies askew") }
        return (begin..<begin + count, tensor.shape)
    }

    /// What to say of a file that cannot be used.
    static func damaged(_ path: String, _ what: String) -> Diagnostic {
        Diagnostic(
            "damaged-model", .error, file: path, "is no model for passages that can be used: \(what)",
            advice: "Fetch or make the model again; `--suggester cues` does without it.")
    }

    /// `__metadata__` beside the tensors.
    private struct Header: Decodable {
        var metadata: [String: String] = [:]
        var tensors: [String: Tensor] = [:]

        struct Name: CodingKey {
            var stringValue: String
            var intValue: Int? { nil }
            init(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Name.self)
            for key in container.allKeys {
                if key.stringValue == "__metadata__" {
                    metadata = try container.decode([String: String].self, forKey: key)
                } else {
                    tensors[key.stringValue] = try container.decode(Tensor.self, forKey: key)
                }
            }
        }
    }
}
