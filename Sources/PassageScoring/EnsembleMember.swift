import CSentenceEncoder

/// One encoder of a model with its heads, ready to run. The weights lie in the model's memory.
@safe final class EnsembleMember {
    let encoder: casebook_encoder
    let headWeights: UnsafePointer<Float>
    let headBias: UnsafePointer<Float>
    let attention: (queries: UnsafePointer<Float>, values: UnsafePointer<Float>)?
    let markBias: [Float]
    private let layers: UnsafeMutablePointer<casebook_encoder_layer>
    private let rowSums: UnsafeMutablePointer<Int32>

    init(_ parts: EncoderParts) {
        unsafe headWeights = unsafe parts.headWeights
        unsafe headBias = unsafe parts.headBias
        unsafe attention = unsafe parts.attention
        markBias = parts.markBias
        unsafe rowSums = unsafe parts.makeRowSums()
        unsafe layers = unsafe parts.makeLayers(rowSums: rowSums)
        unsafe encoder = unsafe parts.makeEncoder(layers: layers)
    }

    deinit {
        unsafe layers.deallocate()
        unsafe rowSums.deallocate()
    }
}
