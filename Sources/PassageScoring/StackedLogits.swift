/// A second level above the scorers (stacking: Wolpert 1992; between the labels of one text Godbole & Sarawagi 2004): each
/// concept's logit, corrected by what was said of all concepts.
///
/// The correction is linear, and was fitted on passages that the scorers below had not learned from.
@safe struct StackedLogits {
    /// A row for each corrected concept, a column for each logit that corrects it.
    private let weights: UnsafePointer<Float>
    /// One a concept.
    private let bias: UnsafePointer<Float>

    /// `nil` where the model has none.
    init?(_ tensors: ModelTensors, concepts: Int) throws {
        guard tensors.has("stacking.weight") else { return nil }
        unsafe weights = try tensors.floats("stacking.weight", concepts, concepts)
        unsafe bias = try tensors.floats("stacking.bias", concepts)
    }

    /// Adds to each concept's logit its correction.
    func correct(_ logits: inout [Float]) {
        let found = logits
        for concept in found.indices {
            let row = unsafe weights + concept * found.count
            var sum = unsafe bias[concept]
            for other in found.indices { sum += unsafe row[other] * found[other] }
            logits[concept] += sum
        }
    }
}
