import Dispatch
import Synchronization
package import TextModel

/// Scorers that share the passages of a document among the cores.
package final class ScorerPool: Sendable {
    package let model: PassageModel
    private let workers: [Worker]

    private final class Worker: Sendable {
        let scorer: Mutex<PassageScorer>
        init(_ model: PassageModel) { scorer = Mutex(PassageScorer(model)) }
    }

    /// Passages that a core takes at a time: about a batch of the encoder, so that short texts are shared as well.
    private static let slice = 8

    package init(_ model: PassageModel, jobs: Int) {
        self.model = model
        workers = (0..<max(1, jobs)).map { _ in Worker(model) }
    }

    /// Scores of passages in their order. `progress` hears how many are done, one call at a time.
    package func score(
        _ passages: [Passage], in document: Document, progress: @Sendable (Int) -> Void = { _ in }
    ) -> [PassageScores] {
        let slices = stride(from: 0, to: passages.count, by: Self.slice).map {
            $0..<min($0 + Self.slice, passages.count)
        }
        let state = Mutex((next: 0, done: 0, scores: [[PassageScores]](repeating: [], count: slices.count)))
        DispatchQueue.concurrentPerform(iterations: min(workers.count, slices.count)) { number in
            workers[number].scorer.withLock { scorer in
                while true {
                    let slice = state.withLock { state in
                        defer { state.next += 1 }
                        return state.next
                    }
                    guard slice < slices.count else { return }
                    let scores = scorer.score(Array(passages[slices[slice]]), in: document)
                    state.withLock { state in
                        state.scores[slice] = scores
                        state.done += scores.count
                        progress(state.done)
                    }
                }
            }
        }
        return state.withLock { $0.scores.flatMap(\.self) }
    }
}
