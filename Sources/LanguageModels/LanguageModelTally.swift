/// What a run has done so far: shown while it works, and at its end.
package struct LanguageModelTally: Sendable, Equatable {
    /// Passages that have an answer from this run, of those that were to be sent.
    package var answered = 0
    package var asked = 0
    /// Passages whose answer was kept from before.
    package var kept = 0
    /// Passages that stayed without an answer.
    package var unanswered = 0
    package var requests = 0
    /// Requests that were made again: busy endpoints, broken and incomplete answers.
    package var repeated = 0
    package var tokensIn = 0
    package var tokensOut = 0
    /// Some endpoint did not count its tokens: four bytes were taken for one.
    package var isEstimated = false
    /// Dropped: words that do not stand in the passage, concepts that the scheme does not have, answers about
    /// passages that nobody asked about, findings that are none.
    package var inventedQuotes = 0
    package var unknownConcepts = 0
    package var unknownPassages = 0
    package var malformed = 0

    package init() {}

    /// English text has about four bytes a token.
    static let bytesPerToken = 4
}

extension LanguageModelSettings {
    /// `31 000 tokens sent, 4 200 answered, cost 0.0123`.
    package func costText(_ tally: LanguageModelTally) -> String {
        let about = tally.isEstimated ? "about " : ""
        var text = "\(about)\(tally.tokensIn) tokens sent, \(about)\(tally.tokensOut) answered"
        if let cost = cost(tokensIn: tally.tokensIn, tokensOut: tally.tokensOut) {
            text += ", cost \(amount(cost))"
        }
        return text
    }

    /// Four decimals: a passage costs hundredths of a cent.
    func amount(_ cost: Double) -> String {
        let parts = Int((cost * 10_000).rounded())
        let digits = String(parts % 10_000)
        return "\(parts / 10_000)." + String(repeating: "0", count: 4 - digits.count) + digits
    }
}
