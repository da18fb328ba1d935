package import TextModel

/// Scores passages with a model. One instance belongs to one task: it remembers words and keeps memory.
package final class PassageScorer {
    package let model: PassageModel
    private let memory: EncoderMemory
    private var tokenizer: WordPieceTokenizer
    private var parts = SentenceParts(language: "en")
    private var ids: [Int32] = []
    private var starts: [Int32] = [0]

    /// Word pieces that are encoded at once: enough to use each weight several times while it is near, few enough
    /// for the states to stay near as well.
    private static let batchTokens = 512
    /// The words that carry a score are looked for from this share of a concept's threshold on.
    private static let likely = 0.5
    /// A neighbour of the part that matters most belongs to the span if it matters at least half as much.
    private static let neighbour: Float = 0.5

    package init(_ model: PassageModel) {
        self.model = model
        memory = EncoderMemory(model)
        tokenizer = WordPieceTokenizer(model.vocabulary)
    }

    /// Scores passages of one document.
    package func score(_ passages: [Passage], in document: Document) -> [PassageScores] {
        let reading = document.reading
        var scores = passages.map { _ in PassageScores() }
        var places: [(passage: Int, window: ByteRange)] = []
        for (index, passage) in passages.enumerated() {
            for window in parts.windows(reading, passage.reading) { places.append((index, window)) }
        }
        let outputs = encode(places.map { [$0.window] }, of: reading)
        for (place, output) in zip(places, outputs) {
            let start = passages[place.passage].reading.start
            let range = ByteRange(place.window.start - start, place.window.end - start)
            scores[place.passage].windows.append(.init(range: range, logits: output.logits))
        }
        for (index, passage) in passages.enumerated() { findSpans(in: &scores[index], of: passage, reading) }
        return scores
    }

    /// Logits and mean state of stretches of a text, each a list of ranges read as one.
    package func encode(_ texts: [[ByteRange]], of reading: [UInt8]) -> [EncoderMemory.Output] {
        var outputs: [EncoderMemory.Output] = []
        outputs.reserveCapacity(texts.count)
        var joined: [UInt8] = []
        for text in texts {
            if text.count == 1 {
                tokenizer.append(reading, text[0].indices, limit: model.settings.maximumTokens, to: &ids)
            } else {
                joined.removeAll(keepingCapacity: true)
                for range in text { joined += reading[range.indices] }
                tokenizer.append(joined, joined.indices, limit: model.settings.maximumTokens, to: &ids)
            }
            starts.append(Int32(ids.count))
            if ids.count >= Self.batchTokens { finishBatch(&outputs) }
        }
        finishBatch(&outputs)
        return outputs
    }

    private func finishBatch(_ outputs: inout [EncoderMemory.Output]) {
        outputs += memory.encode(ids, starts: starts)
        ids.removeAll(keepingCapacity: true)
        starts = [0]
    }

    /// How much the logits of a window fall when one of its parts is left out: what matters, falls.
    package func occlusion(
        of window: ByteRange, logits: [Float], in reading: [UInt8]
    ) -> [(part: ByteRange, drops: [Float])] {
        let parts = parts.parts(reading, window)
        guard parts.count > 1 else { return [(window, logits)] }
        let texts = parts.indices.map { left in parts.indices.filter { $0 != left }.map { parts[$0] } }
        return zip(parts, encode(texts, of: reading)).map { part, output in
            (part, zip(logits, output.logits).map { $0 - $1 })
        }
    }

    /// The same for each word of a window: one encoding a word.
    package func wordOcclusion(
        of window: ByteRange, logits: [Float], in reading: [UInt8]
    ) -> [(part: ByteRange, drops: [Float])] {
        let words = SentenceParts.words(reading, window)
        let texts = words.map { word in
            [ByteRange(window.start, word.start), ByteRange(word.end, window.end)].filter { !$0.isEmpty }
        }
        return zip(words, encode(texts, of: reading)).map { word, output in
            (word, zip(logits, output.logits).map { $0 - $1 })
        }
    }

    /// Looks for the words that carry the score of each likely concept.
    private func findSpans(in scores: inout PassageScores, of passage: Passage, _ reading: [UInt8]) {
        let settings = model.settings
        var wanted: [Int: [Int]] = [:]
        for concept in settings.concepts.indices {
            guard let window = scores.best(concept) else { return }
            let score = settings.probability(concept, logit: scores.windows[window].logits[concept])
            if score >= settings.thresholds[concept] * Self.likely { wanted[window, default: []].append(concept) }
        }
        for (window, concepts) in wanted.sorted(by: { $0.key < $1.key }) {
            let place = scores.windows[window]
            let start = passage.reading.start
            let whole = ByteRange(start + place.range.start, start + place.range.end)
            let parts = occlusion(of: whole, logits: place.logits, in: reading)
            guard parts.count > 1 else { continue }
            for concept in concepts {
                let drops = parts.map { $0.drops[concept] }
                guard let most = drops.indices.max(by: { drops[$0] < drops[$1] }), drops[most] > 0 else { continue }
                let enough = drops[most] * Self.neighbour
                var (first, last) = (most, most)
                while first > 0, drops[first - 1] >= enough { first -= 1 }
                while last + 1 < drops.count, drops[last + 1] >= enough { last += 1 }
                let range = SentenceParts.trimmed(
                    ByteRange(parts[first].part.start, parts[last].part.end), reading)
                scores.spans.append(
                    .init(window: window, concept: concept, range: ByteRange(range.start - start, range.end - start)))
            }
        }
    }
}
