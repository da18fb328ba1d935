import Synchronization

/// Keeps scores for as long as it lives: for several suggesters over the same texts.
package final class MemoryScoreStore: ScoreStore {
    private let kept = Mutex([String: [UInt8]]())

    package init() {}

    package func scores(of passages: [String]) -> [String: [UInt8]] {
        kept.withLock { kept in
            Dictionary(
                passages.compactMap { key in kept[key].map { (key, $0) } }, uniquingKeysWith: { first, _ in first })
        }
    }

    package func keep(_ scores: [(passage: String, scores: [UInt8])]) {
        kept.withLock { kept in for item in scores { kept[item.passage] = item.scores } }
    }
}
