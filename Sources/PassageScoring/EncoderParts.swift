import CSentenceEncoder
import TextModel

/// What one encoder of a model has of its own: its layers, and a head for each concept. The vectors of words and
/// places are shared.
@safe struct EncoderParts {
    let settings: ModelSettings
    let headWeights: UnsafePointer<Float>
    let headBias: UnsafePointer<Float>
    /// What each concept looks for among the tokens and what it takes from them; `nil` in a model without.
    let attention: (queries: UnsafePointer<Float>, values: UnsafePointer<Float>)?
    /// What is added to each concept's marks of tokens.
    let markBias: [Float]
    private let words: QuantizedRows
    private let positions: UnsafePointer<Float>
    private let norm: NormPointers
    /// Four a layer: query-key-value, attention, intermediate, output.
    private var rows: [QuantizedRows] = []
    /// Two a layer: after the attention, after the output.
    private var norms: [NormPointers] = unsafe []

    /// `prefix` stands before the names of the tensors.
    init(_ tensors: ModelTensors, prefix: String, settings: ModelSettings, words: QuantizedRows) throws {
        self.settings = settings
        self.words = words
        let (hidden, concepts) = (words.inputs, settings.concepts.count)
        unsafe positions = try tensors.floats("embeddings.position.weight", settings.maximumTokens, hidden)
        unsafe norm = try tensors.norm(prefix + "embeddings.norm", hidden)
        for layer in 0..<settings.layers {
            let name = "\(prefix)layer.\(layer)."
            rows.append(try tensors.rows(name + "qkv", 3 * hidden, hidden, hasBias: true))
            rows.append(try tensors.rows(name + "attention", hidden, hidden, hasBias: true))
            let intermediate = try tensors.rows(name + "intermediate", nil, hidden, hasBias: true)
            let wide = intermediate.outputs
            guard wide > 0, wide.isMultiple(of: Int(CASEBOOK_INPUT_STEP)) else {
                throw tensors.damaged("an inner width of \(wide) is not provided for")
            }
            rows.append(intermediate)
            rows.append(try tensors.rows(name + "output", hidden, wide, hasBias: true))
            unsafe norms.append(try tensors.norm(name + "attention_norm", hidden))
            unsafe norms.append(try tensors.norm(name + "output_norm", hidden))
        }
        let pooledWidth = settings.pooling == .both ? 2 * hidden : hidden
        unsafe headWeights = try tensors.floats(prefix + "head.weight", concepts, pooledWidth)
        unsafe headBias = try tensors.floats(prefix + "head.bias", concepts)
        let query = prefix + "attention.query"
        unsafe attention =
            tensors.has(query)
            ? (
                try tensors.floats(query, concepts, hidden),
                try tensors.floats(prefix + "attention.value", concepts, hidden)
            ) : nil
        if tensors.has(query + ".bias") {
            let bias = try unsafe tensors.floats(query + ".bias", concepts)
            markBias = unsafe Array(UnsafeBufferPointer(start: bias, count: concepts))
        } else {
            markBias = Array(repeating: 0, count: concepts)
        }
    }

    /// The sums of the rows of all linear layers, one layer after the other. The caller frees them.
    func makeRowSums() -> UnsafeMutablePointer<Int32> {
        let total = rows.reduce(0) { $0 + $1.outputs }
        let sums = UnsafeMutablePointer<Int32>.allocate(capacity: total)
        var next = unsafe sums
        for layer in rows {
            unsafe casebook_row_sums(layer.weights, Int32(layer.outputs), Int32(layer.inputs), next)
            unsafe next += layer.outputs
        }
        return unsafe sums
    }

    /// The layers as the encoder wants them. The caller frees them.
    func makeLayers(rowSums: UnsafeMutablePointer<Int32>) -> UnsafeMutablePointer<casebook_encoder_layer> {
        var next = unsafe UnsafePointer(rowSums)
        var linear: [casebook_linear] = unsafe []
        for layer in rows {
            unsafe linear.append(
                casebook_linear(
                    outputs: Int32(layer.outputs), inputs: Int32(layer.inputs), weights: layer.weights,
                    scales: layer.scales, bias: layer.bias, row_sums: next))
            unsafe next += layer.outputs
        }
        let layers = UnsafeMutablePointer<casebook_encoder_layer>.allocate(capacity: settings.layers)
        for index in 0..<settings.layers {
            unsafe (layers + index).initialize(
                to: casebook_encoder_layer(
                    query_key_value: linear[4 * index], attention_output: linear[4 * index + 1],
                    intermediate: linear[4 * index + 2], output: linear[4 * index + 3],
                    attention_norm_scale: norms[2 * index].scale, attention_norm_shift: norms[2 * index].shift,
                    output_norm_scale: norms[2 * index + 1].scale, output_norm_shift: norms[2 * index + 1].shift))
        }
        return unsafe layers
    }

    func makeEncoder(layers: UnsafeMutablePointer<casebook_encoder_layer>) -> casebook_encoder {
        unsafe casebook_encoder(
            layer_count: Int32(settings.layers), hidden: Int32(words.inputs), heads: Int32(settings.heads),
            positions: Int32(settings.maximumTokens), vocabulary: Int32(words.outputs),
            word_weights: words.weights, word_scales: words.scales, position_weights: positions,
            norm_scale: norm.scale, norm_shift: norm.shift, layers: UnsafePointer(layers))
    }
}
