import Foundation
import TextModel

/// Where a language model is asked, as `language-model` in `casebook.yml` says: any endpoint that speaks OpenAI's
/// chat completions. Nothing is ever sent without this.
package struct LanguageModelSettings: Sendable, Equatable {
    /// `http://localhost:11434/v1`, or the whole address with `/chat/completions`.
    package var endpoint: String
    package var model: String
    /// Name of the environment variable that holds the key; never the key itself.
    package var keyVariable: String?
    /// Passages of one request. Every request carries the whole concept scheme, so that few passages cost more.
    package var batch = 8
    /// Seconds until a request is given up.
    package var timeout = 120.0
    /// Requests under way at once.
    package var concurrency = 2
    /// Price of a million tokens that are sent, and that are answered; `nil` where none is named.
    package var priceIn: Double?
    package var priceOut: Double?

    package init(endpoint: String, model: String) {
        self.endpoint = endpoint
        self.model = model
    }

    /// Where requests go; `nil` where the endpoint is no web address.
    var address: URL? {
        // `http://` alone would take the path for its host.
        guard URL(string: endpoint)?.host?.isEmpty == false else { return nil }
        let path = endpoint.hasSuffix("/") ? String(endpoint.dropLast()) : endpoint
        let whole = path.hasSuffix("/chat/completions") ? path : path + "/chat/completions"
        guard let url = URL(string: whole), let scheme = url.scheme,
            ["http", "https"].contains(scheme),
            url.host?.isEmpty == false, url.user == nil, url.password == nil
        else { return nil }
        return url
    }

    /// On this machine, so that nothing leaves it on the way there.
    package var isLocal: Bool {
        guard let host = address?.host else { return false }
        return host == "localhost" || host == "::1" || host == "[::1]" || host.hasPrefix("127.")
    }

    var isEncrypted: Bool { address?.scheme == "https" }

    /// In the currency of the prices; `nil` without prices.
    func cost(tokensIn: Int, tokensOut: Int) -> Double? {
        guard priceIn != nil || priceOut != nil else { return nil }
        let perToken = 1e-6
        return (Double(tokensIn) * (priceIn ?? 0) + Double(tokensOut) * (priceOut ?? 0)) * perToken
    }

    /// The key from the environment; an error where a variable is named and not set.
    package func key(in environment: [String: String]) throws -> String? {
        guard let keyVariable else { return nil }
        guard let key = environment[keyVariable], !key.isEmpty else {
            throw Diagnostic(
                "no-key", .error, file: "casebook.yml",
                "the environment variable \(keyVariable) is not set",
                advice: "It holds the key for \(endpoint): `export \(keyVariable)=…`.")
        }
        return key
    }
}
