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
    ///
    /// Logits and marks are means over the members of the ensemble, and the logits are then corrected by each other;
    /// the mean state is that of the first, in whose space the exemplars lie.
    package func encode(_ ids: [Int32], starts: [Int32]) -> [Output] {
        let count = starts.count - 1
        guard count > 0, let tokens = starts.last, Int(tokens) <= ids.count, let first = model.members.first else {
            return []
        }
        let size = unsafe withUnsafePointer(to: first.encoder) { unsafe casebook_encoder_scratch($0, tokens) }
        if size > scratchSize {
            unsafe scratch?.deallocate()
            unsafe scratch = .allocate(byteCount: size, alignment: 64)
            scratchSize = size
        }
        if states.count < Int(tokens) * model.hidden { states = Array(repeating: 0, count: Int(tokens) * model.hidden) }
        var outputs: [Output] = []
        for member in model.members {
            unsafe withUnsafePointer(to: member.encoder) {
                unsafe casebook_encode($0, kernel, ids, starts, Int32(count), &states, scratch)
            }
            let own = (0..<count).map { text in output(of: member, Int(starts[text])..<Int(starts[text + 1])) }
            if outputs.isEmpty {
                outputs = own
            } else {
                for text in 0..<count { outputs[text].add(own[text]) }
            }
        }
        if model.members.count > 1 {
            for text in 0..<count { outputs[text].divide(by: Float(model.members.count)) }
        }
        if let stacking = model.stacking {
            for text in 0..<count { stacking.correct(&outputs[text].logits) }
        }
        return outputs
    }

    /// What a member says of the text whose tokens have the states in a range.
    private func output(of member: EnsembleMember, _ tokens: Range<Int>) -> Output {
        let hidden = model.hidden
        var mean = [Float](repeating: 0, count: hidden)
        var largest = mean
        var logits = [Float](repeating: 0, count: model.settings.concepts.count)
        var marks: [Float] = []
        unsafe states.withUnsafeBufferPointer { states in
            guard let base = states.baseAddress else { return }
            let start = unsafe base + tokens.lowerBound * hidden
            unsafe casebook_pool(start, Int32(tokens.count), Int32(hidden), &mean, &largest)
            let pooled =
                switch model.settings.pooling {
                case .mean: mean
                case .largest: largest
                case .both: mean + largest
                }
            unsafe casebook_head(
                member.headWeights, member.headBias, Int32(logits.count), Int32(pooled.count), pooled, &logits)
            guard let attention = unsafe member.attention else { return }
            marks = Array(repeating: 0, count: tokens.count * logits.count)
            unsafe casebook_attention_head(
                start, Int32(tokens.count), Int32(hidden), attention.queries, attention.values, Int32(logits.count),
                &logits, &marks)
            for index in marks.indices { marks[index] += member.markBias[index % logits.count] }
        }
        return Output(logits: logits, mean: mean, marks: marks)
    }
}

extension EncoderMemory.Output {
    fileprivate mutating func add(_ other: Self) {
        for index in logits.indices { logits[index] += other.logits[index] }
        for index in marks.indices where index < other.marks.count { marks[index] += other.marks[index] }
    }

    fileprivate mutating func divide(by count: Float) {
        for index in logits.indices { logits[index] /= count }
        for index in marks.indices { marks[index] /= count }
    }
}
