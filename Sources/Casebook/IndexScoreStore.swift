import SearchIndex
import Tagging

/// Keeps scores of passages in the index. What fails costs time only: the passage is encoded again.
struct IndexScoreStore: ScoreStore {
    let index: CorpusIndex
    let model: UInt64

    func scores(of passages: [String]) -> [String: [UInt8]] {
        (try? index.keptScores(ofModel: model, passages: passages)) ?? [:]
    }

    func keep(_ scores: [(passage: String, scores: [UInt8])]) {
        try? index.keepScores(ofModel: model, scores)
    }
}

/// What the index does not have, from memory.
struct LayeredScoreStore: ScoreStore {
    let first: IndexScoreStore?
    let second: MemoryScoreStore

    func scores(of passages: [String]) -> [String: [UInt8]] {
        let found = first?.scores(of: passages) ?? [:]
        return found.merging(second.scores(of: passages.filter { found[$0] == nil })) { first, _ in first }
    }

    func keep(_ scores: [(passage: String, scores: [UInt8])]) {
        first?.keep(scores)
        second.keep(scores)
    }
}
