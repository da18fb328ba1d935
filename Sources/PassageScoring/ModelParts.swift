import CSentenceEncoder
import TextModel

/// The tensors of a model file, found and checked; pointers into it.
@safe struct ModelParts {
    /// A matrix in 8 bits with its scales and, for a linear layer, its bias.
    @safe private struct Rows {
        var weights: UnsafePointer<Int8>
        var scales: UnsafePointer<Float>
        var bias: UnsafePointer<Float>?
        var outputs: Int
        var inputs: Int
    }

    let settings: ModelSettings
    let vocabulary: WordPieceVocabulary
    let exemplars: ModelExemplars?
    let hidden: Int
    let pooledWidth: Int
    let headWeights: UnsafePointer<Float>
    let headBias: UnsafePointer<Float>
    /// What each concept looks for among the tokens and what it takes from them; `nil` in a model without.
    let attention: (queries: UnsafePointer<Float>, values: UnsafePointer<Float>)?
    /// What is added to each concept's marks of tokens.
    let markBias: [Float]
    private let words: Rows
    private let positions: UnsafePointer<Float>
    private let norm: (scale: UnsafePointer<Float>, shift: UnsafePointer<Float>)
    /// Four a layer: query-key-value, attention, intermediate, output.
    private var rows: [Rows] = []
    /// Two a layer: after the attention, after the output.
    private var norms: [(scale: UnsafePointer<Float>, shift: UnsafePointer<Float>)] = unsafe []

    init(_ bytes: UnsafeRawBufferPointer, path: String) throws(Diagnostic) {
        do {
            try unsafe self.init(checking: bytes, path: path)
        } catch let diagnostic as Diagnostic {
            throw diagnostic
        } catch {
            throw SafetensorsFile.damaged(path, "\(error)")
        }
    }

    private init(checking bytes: UnsafeRawBufferPointer, path: String) throws {
        let file = try unsafe SafetensorsFile(bytes, path: path)
        settings = try ModelSettings(file.metadata, path: path)
        func start<Value>(_ range: Range<Int>, _: Value.Type) throws -> UnsafePointer<Value> {
            guard let base = bytes.baseAddress else { throw SafetensorsFile.damaged(path, "it is empty") }
            return unsafe (base + range.lowerBound).assumingMemoryBound(to: Value.self)
        }
        func floats(_ name: String, _ shape: Int...) throws -> UnsafePointer<Float> {
            try unsafe start(file.place(of: name, type: "F32", shape: shape).range, Float.self)
        }
        func rows(_ name: String, _ outputs: Int?, _ inputs: Int?, hasBias: Bool) throws -> Rows {
            let place = try file.place(of: name + ".weight", type: "I8", shape: [outputs, inputs])
            return try unsafe Rows(
                weights: start(place.range, Int8.self), scales: floats(name + ".scale", place.shape[0]),
                bias: hasBias ? floats(name + ".bias", place.shape[0]) : nil, outputs: place.shape[0],
                inputs: place.shape[1])
        }
        func norm(_ name: String, _ width: Int) throws -> (UnsafePointer<Float>, UnsafePointer<Float>) {
            try unsafe (floats(name + ".weight", width), floats(name + ".bias", width))
        }
        func text(_ name: String) throws -> [UInt8] {
            let range = try file.place(of: name, type: "U8", shape: [nil]).range
            return unsafe Array(bytes[range])
        }

        guard let vocabulary = WordPieceVocabulary(lines: try text("vocabulary")) else {
            throw SafetensorsFile.damaged(path, "its vocabulary has a piece twice, or lacks [CLS], [SEP] or [UNK]")
        }
        self.vocabulary = vocabulary
        words = try rows("embeddings.word", vocabulary.count, nil, hasBias: false)
        let hidden = words.inputs
        self.hidden = hidden
        let heads = settings.heads
        guard hidden > 0, hidden.isMultiple(of: Int(CASEBOOK_INPUT_STEP)), hidden.isMultiple(of: heads),
            (hidden / heads).isMultiple(of: Int(CASEBOOK_HEAD_STEP))
        else { throw SafetensorsFile.damaged(path, "a width of \(hidden) with \(heads) heads is not provided for") }
        unsafe positions = try floats("embeddings.position.weight", settings.maximumTokens, hidden)
        unsafe self.norm = try norm("embeddings.norm", hidden)
        for layer in 0..<settings.layers {
            let name = "layer.\(layer)."
            self.rows.append(try rows(name + "qkv", 3 * hidden, hidden, hasBias: true))
            self.rows.append(try rows(name + "attention", hidden, hidden, hasBias: true))
            let intermediate = try rows(name + "intermediate", nil, hidden, hasBias: true)
            let wide = intermediate.outputs
            guard wide > 0, wide.isMultiple(of: Int(CASEBOOK_INPUT_STEP)) else {
                throw SafetensorsFile.damaged(path, "an inner width of \(wide) is not provided for")
            }
            self.rows.append(intermediate)
            self.rows.append(try rows(name + "output", hidden, wide, hasBias: true))
            unsafe norms.append(try norm(name + "attention_norm", hidden))
            unsafe norms.append(try norm(name + "output_norm", hidden))
        }
        pooledWidth = settings.pooling == .both ? 2 * hidden : hidden
        unsafe headWeights = try floats("head.weight", settings.concepts.count, pooledWidth)
        unsafe headBias = try floats("head.bias", settings.concepts.count)
        unsafe attention =
            file.has("attention.query")
            ? (
                try floats("attention.query", settings.concepts.count, hidden),
                try floats("attention.value", settings.concepts.count, hidden)
            ) : nil
        if file.has("attention.query.bias") {
            let bias = try unsafe floats("attention.query.bias", settings.concepts.count)
            markBias = unsafe Array(UnsafeBufferPointer(start: bias, count: settings.concepts.count))
        } else {
            markBias = Array(repeating: 0, count: settings.concepts.count)
        }
        if file.has("exemplar.vectors") {
            let place = try file.place(of: "exemplar.vectors", type: "I8", shape: [nil, hidden])
            let lines = try text("exemplar.passages").split(separator: UInt8(ascii: "\n"))
            guard lines.count == place.shape[0] else {
                throw SafetensorsFile.damaged(path, "its exemplars have more vectors than names or the reverse")
            }
            exemplars = unsafe ModelExemplars(vectors: try start(place.range, Int8.self), width: hidden, lines: lines)
        } else {
            exemplars = nil
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
            layer_count: Int32(settings.layers), hidden: Int32(hidden), heads: Int32(settings.heads),
            positions: Int32(settings.maximumTokens), vocabulary: Int32(vocabulary.count),
            word_weights: words.weights, word_scales: words.scales, position_weights: positions,
            norm_scale: norm.scale, norm_shift: norm.shift, layers: UnsafePointer(layers))
    }
}
