package import TextModel

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

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

    /// A word is taken for one that shows a concept from here on; where no word is, nearly the surest one's odds.
    private static let evenOdds = 0.5
    private static let nearlySurest = 0.8

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
        var marks = passages.map { _ in [[Float]]() }
        for (place, output) in zip(places, outputs) {
            let start = passages[place.passage].reading.start
            let range = ByteRange(place.window.start - start, place.window.end - start)
            scores[place.passage].windows.append(
                .init(range: range, logits: output.logits, mean: unitMean(output.mean)))
            marks[place.passage].append(output.marks)
        }
        for (index, passage) in passages.enumerated() {
            for (window, concepts) in likelyConcepts(in: scores[index]) {
                scores[index].spans += spans(
                    of: concepts, window, scores[index], marks[index][window], passage, reading)
            }
        }
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

    /// Window → concepts that are likely there, where they are likeliest.
    private func likelyConcepts(in scores: PassageScores) -> [(window: Int, concepts: [Int])] {
        let settings = model.settings
        var likely: [Int: [Int]] = [:]
        for concept in settings.concepts.indices {
            guard let window = scores.best(concept) else { continue }
            let score = settings.probability(concept, logit: scores.windows[window].logits[concept])
            if score >= settings.thresholds[concept] * Self.likely { likely[window, default: []].append(concept) }
        }
        return likely.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// The words that carry the scores of some concepts in a window: those that the model marks, or, where it marks
    /// none, the sentences and clauses without which the scores would fall.
    private func spans(
        of concepts: [Int], _ window: Int, _ scores: PassageScores, _ marks: [Float], _ passage: Passage,
        _ reading: [UInt8]
    ) -> [PassageScores.Span] {
        let place = scores.windows[window]
        let start = passage.reading.start
        let whole = ByteRange(start + place.range.start, start + place.range.end)
        let parts = marks.isEmpty ? occlusion(of: whole, logits: place.logits, in: reading) : []
        return concepts.compactMap { concept in
            let found = marks.isEmpty ? occluded(parts, concept) : marked(marks, concept, whole, reading)
            guard let found else { return nil }
            let range = SentenceParts.trimmed(found, reading)
            return .init(window: window, concept: concept, range: ByteRange(range.start - start, range.end - start))
        }
    }

    /// The part without which a concept falls most, and its neighbours that matter nearly as much.
    private func occluded(_ parts: [(part: ByteRange, drops: [Float])], _ concept: Int) -> ByteRange? {
        let drops = parts.map { $0.drops[concept] }
        guard drops.count > 1, let most = drops.indices.max(by: { drops[$0] < drops[$1] }), drops[most] > 0 else {
            return nil
        }
        let enough = drops[most] * Self.neighbour
        var (first, last) = (most, most)
        while first > 0, drops[first - 1] >= enough { first -= 1 }
        while last + 1 < drops.count, drops[last + 1] >= enough { last += 1 }
        return ByteRange(parts[first].part.start, parts[last].part.end)
    }

    /// The run of words that are marked most surely: of all runs the one with the largest sum of what each word is
    /// above even odds, or above most of the surest word's where none is.
    private func marked(_ marks: [Float], _ concept: Int, _ window: ByteRange, _ reading: [UInt8]) -> ByteRange? {
        var ids: [Int32] = []
        tokenizer.append(reading, window.indices, limit: model.settings.maximumTokens, to: &ids)
        let places = tokenizer.places
        let count = model.settings.concepts.count
        guard places.count * count == marks.count else { return nil }
        let odds = places.indices.map { token -> Double in
            places[token].isEmpty ? 0 : 1 / (1 + exp(-Double(marks[token * count + concept])))
        }
        guard let surest = odds.max(), surest > 0 else { return nil }
        let even = min(Self.evenOdds, surest * Self.nearlySurest)
        var best = (sum: 0.0, first: 0, last: 0)
        var run = (sum: 0.0, first: 0)
        for token in places.indices where !places[token].isEmpty {
            if run.sum <= 0 { run = (0, token) }
            run.sum += odds[token] - even
            if run.sum > best.sum { best = (run.sum, run.first, token) }
        }
        guard best.sum > 0 else { return nil }
        // A run begins with a word, not with what ends the words before it.
        while best.first < best.last, reading[places[best.first].lowerBound].endsWords { best.first += 1 }
        return ByteRange(places[best.first].lowerBound, places[best.last].upperBound)
    }
}

extension UInt8 {
    /// A mark of ASCII that belongs to the words before it.
    fileprivate var endsWords: Bool { ",;:.!?)".utf8.contains(self) }
}
