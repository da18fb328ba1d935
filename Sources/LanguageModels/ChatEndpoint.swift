import Foundation
import FoundationNetworking
import Synchronization
import TextModel

/// Asks one endpoint for chat completions. Whoever asks waits in a thread of his own.
final class ChatEndpoint: Sendable {
    private let address: URL
    private let model: String
    private let key: String?
    private let timeout: Double
    private let session: URLSession
    private let exchanges = Exchanges()
    /// Wishes that the endpoint has turned down.
    private let unsupported = Mutex<Set<ChatWish>>([])

    init(_ address: URL, settings: LanguageModelSettings, key: String?) {
        self.address = address
        model = settings.model
        self.key = key
        timeout = settings.timeout
        let configuration = URLSessionConfiguration.ephemeral
        configuration.timeoutIntervalForRequest = settings.timeout
        configuration.httpMaximumConnectionsPerHost = settings.concurrency
        configuration.httpShouldSetCookies = false
        configuration.httpCookieAcceptPolicy = .never
        configuration.urlCache = nil
        session = URLSession(configuration: configuration, delegate: exchanges, delegateQueue: nil)
    }

    deinit { session.invalidateAndCancel() }

    /// One request and its answer. `schema` is what the answer has to be like, in JSON Schema.
    func complete(system: String, user: String, schema: JSONValue) throws(ChatFailure) -> ChatReply {
        while true {
            // Another thread may meet the same refusal: what counts is what this request asked for.
            let without = unsupported.withLock { $0 }
            do throws(ChatFailure) {
                return try send(body(system, user, schema, without), without)
            } catch {
                guard case .unsupported(let wish, _) = error, !without.contains(wish) else { throw error }
                unsupported.withLock { _ = $0.insert(wish) }
            }
        }
    }

    private func body(_ system: String, _ user: String, _ schema: JSONValue, _ unsupported: Set<ChatWish>) -> Data {
        var body: [String: JSONValue] = [
            "model": .text(model), "stream": .bool(false),
            "messages": .list([
                .object(["role": .text("system"), "content": .text(system)]),
                .object(["role": .text("user"), "content": .text(user)]),
            ]),
        ]
        // The same passage gives the same answer, as far as the endpoint can.
        if !unsupported.contains(.temperature) { body["temperature"] = .number(0) }
        if !unsupported.contains(.schema) {
            body["response_format"] = .object([
                "type": .text("json_schema"),
                "json_schema": .object(["name": .text("findings"), "strict": .bool(true), "schema": schema]
                ),
            ])
        } else if !unsupported.contains(.json) {
            body["response_format"] = .object(["type": .text("json_object")])
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // A tree of texts and numbers can always be written.
        return (try? encoder.encode(JSONValue.object(body))) ?? Data()
    }

    private func send(_ body: Data, _ without: Set<ChatWish>) throws(ChatFailure) -> ChatReply {
        var request = URLRequest(url: address, timeoutInterval: timeout)
        request.httpMethod = "POST"
        request.httpBody = body
        request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        request.setValue("casebook", forHTTPHeaderField: "User-Agent")
        if let key { request.setValue("Bearer " + key, forHTTPHeaderField: "Authorization") }
        let exchange = exchanges.start(session.dataTask(with: request), timeout: timeout)
        if exchange.hasTimedOut { throw .timedOut }
        if let redirect = exchange.redirect {
            throw .refused(
                "\(address.host ?? "") wants to send the passages on to \(redirect): name that endpoint yourself"
            )
        }
        guard let response = exchange.response as? HTTPURLResponse, exchange.error == nil else {
            throw Self.failure(exchange.error)
        }
        guard response.statusCode != 200 else {
            guard let reply = ChatReply(exchange.body) else {
                let start = ChatComplaint(exchange.body, hiding: key).message.prefix(80)
                throw .busy("the answer is no chat completion: \(start)", after: nil)
            }
            return reply
        }
        throw failure(response, ChatComplaint(exchange.body, hiding: key).message, without)
    }

    private func failure(
        _ response: HTTPURLResponse, _ message: String, _ without: Set<ChatWish>
    ) -> ChatFailure {
        let status = response.statusCode
        let text = message.lowercased()
        let said = "\(status)\(message.isEmpty ? "" : ": \(message)")"
        switch status {
        case 408, 409, 425, 429, 500...:
            return .busy(said, after: Self.pause(response.value(forHTTPHeaderField: "Retry-After")))
        case 413:
            return .tooLong(said)
        case 400, 422:
            if ["context", "too long", "maximum", "too many tokens"].contains(where: text.contains) {
                return .tooLong(said)
            }
            if text.contains("temperature"), !without.contains(.temperature) {
                return .unsupported(.temperature, said)
            }
            if ["response_format", "json_schema", "schema", "json_object", "grammar"].contains(
                where: text.contains)
            {
                return .unsupported(without.contains(.schema) ? .json : .schema, said)
            }
            return .refused(said)
        default:
            return .refused(said)
        }
    }

    private static func failure(_ error: (any Error)?) -> ChatFailure {
        guard let error = error as? URLError else {
            return .busy("the connection was closed", after: nil)
        }
        switch error.code {
        case .timedOut: return .timedOut
        case .cannotFindHost, .unsupportedURL, .badURL, .secureConnectionFailed,
            .serverCertificateUntrusted,
            .serverCertificateHasBadDate, .serverCertificateNotYetValid, .serverCertificateHasUnknownRoot:
            return .refused(error.localizedDescription)
        case .cannotConnectToHost: return .unreachable(error.localizedDescription)
        default: return .busy(error.localizedDescription, after: nil)
        }
    }

    /// Seconds of `Retry-After`: a number, or a date.
    static func pause(_ header: String?, now: Date = Date()) -> Double? {
        guard let header = header?.trimmingCharacters(in: .whitespaces), !header.isEmpty else {
            return nil
        }
        if let seconds = Double(header) { return seconds.isFinite ? max(0, seconds) : nil }
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(identifier: "GMT")
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss zzz"
        return formatter.date(from: header).map { max(0, $0.timeIntervalSince(now)) }
    }
}
