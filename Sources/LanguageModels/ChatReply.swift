import Foundation

/// What an endpoint answered, as far as it is needed.
struct ChatReply: Sendable, Equatable {
    var content: String
    /// Cut off at the endpoint's limit.
    var isTruncated: Bool
    /// Tokens as the endpoint counts them; `nil` where it does not say.
    var tokensIn: Int?
    var tokensOut: Int?
}

/// Why there is no answer.
enum ChatFailure: Error, Equatable {
    /// Worth asking again, after some seconds where the endpoint named them.
    case busy(String, after: Double?)
    /// Nobody listens: out of order, or not started yet.
    case unreachable(String)
    case timedOut
    /// More words than the endpoint takes at once.
    case tooLong(String)
    /// The endpoint does not know a wish of ours: a form of answer, a temperature.
    case unsupported(ChatWish, String)
    /// Asking again would not help.
    case refused(String)
}

/// What an answer is asked to be, in the order in which it is done without.
enum ChatWish: Sendable, Hashable, CaseIterable {
    case schema, json, temperature
}

extension ChatReply {
    /// `nil` where the body is no chat completion.
    init?(_ body: Data) {
        guard let completion = try? Completion.decoder.decode(Completion.self, from: body),
            let choice = completion.choices.first
        else { return nil }
        content = choice.message.text
        isTruncated = choice.finishReason == "length"
        tokensIn = completion.usage?.promptTokens
        tokensOut = completion.usage?.completionTokens
    }
}

/// Names as OpenAI's interface has them, but in camel case.
private struct Completion: Decodable {
    static var decoder: JSONDecoder {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return decoder
    }

    struct Choice: Decodable {
        var message: Message
        var finishReason: String?
    }

    struct Message: Decodable {
        var text: String

        private enum CodingKeys: String, CodingKey { case content }
        private struct Part: Decodable { var text: String? }

        /// Content is a text, a list of parts, or null where the model declined.
        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            if let parts = try? values.decode([Part].self, forKey: .content) {
                text = parts.compactMap(\.text).joined()
            } else {
                text = (try? values.decodeIfPresent(String.self, forKey: .content)) ?? ""
            }
        }
    }

    struct Usage: Decodable {
        var promptTokens: Int?
        var completionTokens: Int?
    }

    var choices: [Choice]
    var usage: Usage?
}

/// An endpoint's word on what went wrong: `{"error": {"message": …}}`, `{"error": …}`, or plain text.
struct ChatComplaint {
    let message: String

    init(_ body: Data, hiding key: String?) {
        struct Wrapped: Decodable {
            struct Inner: Decodable { var message: String }
            var error: Inner
        }
        struct Plain: Decodable { var error: String }
        var text =
            (try? JSONDecoder().decode(Wrapped.self, from: body))?.error.message
            ?? (try? JSONDecoder().decode(Plain.self, from: body))?.error
            ?? String(decoding: body.prefix(2_000), as: UTF8.self)
        // Some endpoints repeat the key that they refuse.
        if let key { text = text.replacingOccurrences(of: key, with: "…") }
        text = text.split(whereSeparator: { $0.isWhitespace || $0.isNewline }).joined(separator: " ")
        message = String(
            String.UnicodeScalarView(text.unicodeScalars.filter { $0.value >= 0x20 }).prefix(300))
    }
}
