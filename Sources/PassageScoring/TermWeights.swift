import Foundation
import TextModel

/// A linear model of a passage's word pieces, of pairs of neighbours and of the pieces in sentences that name a family,
/// beside the encoders: what the words alone say. Weaker than an encoder, it errs elsewhere.
///
/// A passage is the vector of its terms, (1 + ln count) × inverse document frequency, of length 1
/// (Salton & Buckley 1988); each concept has a row of weights and a bias.
@safe struct TermWeights {
    /// In ascending order. A piece is its own key; a pair's is (first + 1) × 65536 + second; that of a piece in a sentence
    /// that names a family is −1 − piece.
    private let keys: UnsafeBufferPointer<Int32>
    private let frequencies: UnsafePointer<Float>
    /// terms × concepts, in 8 bits.
    private let weights: UnsafePointer<Int8>
    /// One a concept.
    private let scale: UnsafePointer<Float>
    private let bias: UnsafePointer<Float>
    private let concepts: Int
    /// Pieces that name a family, and those that end a sentence.
    private let family: Set<Int32>
    private let ends: Set<Int32>

    /// `nil` where the model has none. `pieces` is how many its vocabulary has.
    init?(_ tensors: ModelTensors, pieces: Int, concepts: Int) throws {
        guard tensors.has("terms.keys") else { return nil }
        // So that the key of a pair fits into 32 bits.
        guard pieces < 32_767 else { throw tensors.damaged("its vocabulary has too many pieces for pairs of them") }
        let (range, shape) = try tensors.file.place(of: "terms.keys", type: "I32", shape: [nil])
        unsafe keys = try UnsafeBufferPointer(start: tensors.start(range, Int32.self), count: shape[0])
        unsafe frequencies = try tensors.floats("terms.frequencies", shape[0])
        let rows = try tensors.file.place(of: "terms.weights", type: "I8", shape: [shape[0], concepts])
        unsafe weights = try tensors.start(rows.range, Int8.self)
        unsafe scale = try tensors.floats("terms.scale", concepts)
        unsafe bias = try tensors.floats("terms.bias", concepts)
        self.concepts = concepts
        family = try tensors.numbers("terms.family")
        ends = try tensors.numbers("terms.ends")
        guard unsafe zip(keys, keys.dropFirst()).allSatisfy({ $0 < $1 }) else {
            throw tensors.damaged("its terms are not in order")
        }
    }

    /// Adds to each concept's logit what the terms of a passage say. `ids` are its pieces without [CLS] and [SEP].
    func add(_ ids: ArraySlice<Int32>, to logits: inout [Float]) {
        var terms = Array(ids)
        terms += zip(ids, ids.dropFirst()).map { first, second in (first &+ 1) &* 65536 &+ second }
        for sentence in ids.split(whereSeparator: ends.contains) where sentence.contains(where: family.contains) {
            terms += Set(sentence).map { -1 - $0 }
        }
        terms.sort()
        var found: [(place: Int, value: Float)] = []
        var length: Float = 0
        var start = 0
        while start < terms.count {
            var end = start + 1
            while end < terms.count, terms[end] == terms[start] { end += 1 }
            if let place = place(of: terms[start]) {
                let value = unsafe (1 + log(Float(end - start))) * frequencies[place]
                found.append((place, value))
                length += value * value
            }
            start = end
        }
        length = length.squareRoot()
        var sums = [Float](repeating: 0, count: concepts)
        for (place, value) in found {
            let row = unsafe weights + place * concepts
            for concept in 0..<concepts { sums[concept] += unsafe value * Float(row[concept]) }
        }
        for concept in 0..<concepts {
            logits[concept] += unsafe bias[concept] + (length > 0 ? sums[concept] / length * scale[concept] : 0)
        }
    }

    private func place(of key: Int32) -> Int? {
        var (low, high) = unsafe (0, keys.count)
        while low < high {
            let middle = (low + high) / 2
            if unsafe keys[middle] < key { low = middle + 1 } else { high = middle }
        }
        return unsafe low < keys.count && keys[low] == key ? low : nil
    }
}
