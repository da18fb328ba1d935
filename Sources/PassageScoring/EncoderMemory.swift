package import CSentenceEncoder

/// Encodes texts with a model; keeps the memory that this takes. One instance belongs to one task.
@safe package final class EncoderMemory {
    private let model: PassageModel
    private let kernel: casebook_kernel
    private var scratch: UnsafeMutableRawPointer?
    private var scratchSize = 0
    private var states: [Float] = []

    /// Logits and, for neighbours, the mean state of one text.
    package struct Output: Sendable, Equatable {
        /// One a concept, in the model's order.
        package var logits: [Float]
        package var mean: [Float]
        /// How much each token belongs to the words that show a concept, as log odds: tokens × concepts; empty where
        /// the model does not say.
        package var marks: [Float] = []
    }

    /// `kernel` is the quickest that the processor has, unless a test asks for another.
    package init(_ model: PassageModel, kernel: casebook_kernel? = nil) {
        self.model = model
        self.kernel = kernel ?? casebook_best_kernel()
    }

    deinit { unsafe scratch?.deallocate() }

    /// Encodes texts given as word pieces: text i is `ids[starts[i]..<starts[i + 1]]`.
    package func encode(_ ids: [Int32], starts: [Int32]) -> [Output] {
        let count = starts.count - 1
        guard count > 0, let tokens = starts.last, Int(tokens) <= ids.count else { return [] }
        let hidden = model.hidden
        let size = unsafe withUnsafePointer(to: model.encoder) { unsafe casebook_encoder_scratch($0, tokens) }
        if size > scratchSize {
            unsafe scratch?.deallocate()
            unsafe scratch = .allocate(byteCount: size, alignment: 64)
            scratchSize = size
        }
        if states.count < Int(tokens) * hidden { states = Array(repeating: 0, count: Int(tokens) * hidden) }
        unsafe withUnsafePointer(to: model.encoder) {
            unsafe casebook_encode($0, kernel, ids, starts, Int32(count), &states, scratch)
        }
        return (0..<count).map { text in
            let length = starts[text + 1] - starts[text]
            var mean = [Float](repeating: 0, count: hidden)
            var largest = mean
            unsafe states.withUnsafeBufferPointer { states in
                guard let base = states.baseAddress else { return }
                unsafe casebook_pool(base + Int(starts[text]) * hidden, length, Int32(hidden), &mean, &largest)
            }
            let pooled =
                switch model.settings.pooling {
                case .mean: mean
                case .largest: largest
                case .both: mean + largest
                }
            var logits = [Float](repeating: 0, count: model.settings.concepts.count)
            unsafe casebook_head(
                model.headWeights, model.headBias, Int32(logits.count), Int32(pooled.count), pooled, &logits)
            var marks: [Float] = []
            if let attention = unsafe model.attention {
                marks = Array(repeating: 0, count: Int(length) * logits.count)
                unsafe states.withUnsafeBufferPointer { states in
                    guard let base = states.baseAddress else { return }
                    unsafe casebook_attention_head(
                        base + Int(starts[text]) * hidden, length, Int32(hidden), attention.queries, attention.values,
                        Int32(logits.count), &logits, &marks)
                }
                for index in marks.indices { marks[index] += model.markBias[index % logits.count] }
            }
            return Output(logits: logits, mean: mean, marks: marks)
        }
    }
}
