import CPassageModel
import Foundation
package import TextModel

/// An ensemble of sentence encoders with a head for each concept, as a model file holds it: often only one; above them,
/// where the file has one, a level that corrects each concept by all.
///
/// The weights are used where they lie: in the program itself, or in the memory that a file was read into. Read only
/// once it is made, so that tasks share it; each encodes with an ``EncoderMemory`` of its own.
@safe package final class PassageModel: @unchecked Sendable {
    package let settings: ModelSettings
    package let vocabulary: WordPieceVocabulary
    /// Tells one model from another: of the file's bytes.
    package let digest: UInt64
    package let exemplars: ModelExemplars?
    /// Width of a hidden state.
    package let hidden: Int
    let members: [EnsembleMember]
    let stacking: StackedLogits?
    /// What a file was read into; `nil` for what lies in the program.
    private let memory: ModelMemory?

    /// The model inside the program; `nil` where it was built without one.
    package static let shipped: Result<PassageModel, Diagnostic>? = {
        let size = casebook_passage_model_size
        guard size > 8 else { return nil }
        return Result { () throws(Diagnostic) in
            let bytes = unsafe UnsafeRawBufferPointer(start: casebook_passage_model_bytes(), count: size)
            return unsafe try PassageModel(bytes, in: nil, path: "Models/passages.safetensors")
        }
    }()

    /// Reads a model file.
    ///
    /// - Throws: a ``Diagnostic`` where it cannot be read, is of another form or damaged.
    package static func read(_ bytes: [UInt8], path: String) throws(Diagnostic) -> PassageModel {
        let memory = ModelMemory(bytes)
        return unsafe try PassageModel(memory.bytes, in: memory, path: path)
    }

    private init(_ bytes: UnsafeRawBufferPointer, in memory: ModelMemory?, path: String) throws(Diagnostic) {
        let parts = unsafe try ModelParts(bytes, in: memory, path: path)
        self.memory = memory
        settings = parts.settings
        vocabulary = parts.vocabulary
        exemplars = parts.exemplars
        hidden = parts.hidden
        digest = unsafe fnv1a(bytes)
        members = parts.members.map(EnsembleMember.init)
        stacking = parts.stacking
    }
}

/// The memory that a model file was read into. Who keeps a pointer into it keeps it as well.
@safe final class ModelMemory {
    let bytes: UnsafeRawBufferPointer

    init(_ content: [UInt8]) {
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: content.count, alignment: 64)
        unsafe copy.copyBytes(from: content)
        unsafe bytes = UnsafeRawBufferPointer(copy)
    }

    deinit { unsafe bytes.deallocate() }
}

/// The 64-bit FNV-1a hash, over words of eight bytes: 23 MB in some milliseconds.
private func fnv1a(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    var index = 0
    while index + 8 <= bytes.count {
        hash = unsafe (hash ^ bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)) &* 0x100_0000_01B3
        hash ^= hash >> 32
        index += 8
    }
    while index < bytes.count {
        hash = unsafe (hash ^ UInt64(bytes[index])) &* 0x100_0000_01B3
        index += 1
    }
    return hash
}
