import CSentenceEncoder
import TextModel

/// The parts of a model file, found and checked; pointers into it.
@safe struct ModelParts {
    let settings: ModelSettings
    let vocabulary: WordPieceVocabulary
    let exemplars: ModelExemplars?
    let hidden: Int
    let members: [EncoderParts]
    let stacking: StackedLogits?

    init(_ bytes: UnsafeRawBufferPointer, in memory: ModelMemory?, path: String) throws(Diagnostic) {
        do {
            try unsafe self.init(checking: ModelTensors(bytes, path: path), in: memory)
        } catch let diagnostic as Diagnostic {
            throw diagnostic
        } catch {
            throw SafetensorsFile.damaged(path, "\(error)")
        }
    }

    private init(checking tensors: ModelTensors, in memory: ModelMemory?) throws {
        let settings = try ModelSettings(tensors.file.metadata, path: tensors.path)
        self.settings = settings
        guard let vocabulary = WordPieceVocabulary(lines: try tensors.text("vocabulary")) else {
            throw tensors.damaged("its vocabulary has a piece twice, or lacks [CLS], [SEP] or [UNK]")
        }
        self.vocabulary = vocabulary
        let words = try tensors.rows("embeddings.word", vocabulary.count, nil, hasBias: false)
        let (hidden, heads) = (words.inputs, settings.heads)
        self.hidden = hidden
        guard hidden > 0, hidden.isMultiple(of: Int(CASEBOOK_INPUT_STEP)), hidden.isMultiple(of: heads),
            (hidden / heads).isMultiple(of: Int(CASEBOOK_HEAD_STEP))
        else { throw tensors.damaged("a width of \(hidden) with \(heads) heads is not provided for") }
        members = try (0..<settings.members).map {
            try EncoderParts(tensors, prefix: $0 == 0 ? "" : "member.\($0).", settings: settings, words: words)
        }
        stacking = try StackedLogits(tensors, concepts: settings.concepts.count)
        if tensors.has("exemplar.vectors") {
            let place = try tensors.file.place(of: "exemplar.vectors", type: "I8", shape: [nil, hidden])
            let lines = try tensors.text("exemplar.passages").split(separator: UInt8(ascii: "\n"))
            guard lines.count == place.shape[0] else {
                throw tensors.damaged("its exemplars have more vectors than names or the reverse")
            }
            exemplars = unsafe ModelExemplars(
                vectors: try tensors.start(place.range, Int8.self), in: memory, width: hidden, lines: lines)
        } else {
            exemplars = nil
        }
    }
}
