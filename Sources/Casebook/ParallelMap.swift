import Dispatch
import Synchronization

/// Results in the order of the items, worked out on up to `jobs` threads.
///
/// `finished` is called after each item with how many are done, one call at a time, in no particular order.
package func parallelMap<Item: Sendable, Result: Sendable>(
    _ items: [Item], jobs: Int, finished: @Sendable (Int) -> Void = { _ in }, _ body: @Sendable (Item) -> Result
) -> [Result] {
    guard jobs > 1, items.count > 1 else {
        return items.enumerated().map { index, item in
            defer { finished(index + 1) }
            return body(item)
        }
    }
    let progress = Mutex(Progress<Result>(results: Array(repeating: nil, count: items.count)))
    DispatchQueue.concurrentPerform(iterations: min(jobs, items.count)) { _ in
        while true {
            let index = progress.withLock { progress -> Int? in
                guard progress.next < items.count else { return nil }
                defer { progress.next += 1 }
                return progress.next
            }
            guard let index else { return }
            let result = body(items[index])
            progress.withLock { progress in
                progress.results[index] = result
                progress.done += 1
                finished(progress.done)
            }
        }
    }
    return progress.withLock { $0.results.compactMap { $0 } }
}

private struct Progress<Result> {
    var next = 0
    var done = 0
    var results: [Result?]

    init(results: [Result?]) { self.results = results }
}
