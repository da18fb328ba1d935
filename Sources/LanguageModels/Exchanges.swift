import Dispatch
import Foundation
import FoundationNetworking
import Synchronization

/// Requests under way: gathers what comes back, follows no redirect, and gives up in time.
final class Exchanges: NSObject, URLSessionDataDelegate {
    struct Exchange: Sendable {
        var body = Data()
        var response: URLResponse?
        var error: (any Error)?
        var redirect: String?
        var hasTimedOut = false
    }

    private struct Open: Sendable {
        var exchange = Exchange()
        let finished = DispatchSemaphore(value: 0)
    }

    private let open = Mutex<[Int: Open]>([:])
    /// An answer to a few passages has some kilobytes; whoever sends so much is not answering.
    private static let longestBody = 16 << 20

    /// Waits for the end of the task, however it comes. `timeout` counts the whole exchange: an endpoint that sends
    /// a byte now and then is too slow as well.
    func start(_ task: URLSessionDataTask, timeout: Double) -> Exchange {
        let entry = Open()
        open.withLock { $0[task.taskIdentifier] = entry }
        task.resume()
        let isFinished = entry.finished.wait(timeout: .now() + timeout) == .success
        if !isFinished { task.cancel() }
        var exchange =
            open.withLock { $0.removeValue(forKey: task.taskIdentifier)?.exchange } ?? Exchange()
        exchange.hasTimedOut = !isFinished
        return exchange
    }

    func urlSession(
        _ session: URLSession, task: URLSessionTask,
        willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        let host = request.url?.host ?? "another address"
        open.withLock { $0[task.taskIdentifier]?.exchange.redirect = host }
        completionHandler(nil)
        task.cancel()
    }

    func urlSession(
        _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
        completionHandler: @escaping @Sendable (URLSession.ResponseDisposition) -> Void
    ) {
        open.withLock { $0[dataTask.taskIdentifier]?.exchange.response = response }
        completionHandler(.allow)
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        let length = open.withLock { open in
            open[dataTask.taskIdentifier]?.exchange.body.append(data)
            return open[dataTask.taskIdentifier]?.exchange.body.count ?? 0
        }
        if length > Self.longestBody { dataTask.cancel() }
    }

    func urlSession(
        _ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?
    ) {
        open.withLock { open in
            open[task.taskIdentifier]?.exchange.error = error
            open[task.taskIdentifier]?.finished.signal()
        }
    }
}
