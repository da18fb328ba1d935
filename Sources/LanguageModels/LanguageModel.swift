import Foundation
package import TextModel

/// A language model that somebody runs, or has an account with, as a suggester of concepts.
///
/// Passages are planned first, so that what is sent can be told before it is; then asked about, in batches; then
/// every claim is checked against scheme and text. Answers are kept (``AnswerCache``).
package struct LanguageModel: Sendable {
    /// As `--suggester` names it.
    package static let name = "language-model"

    package let settings: LanguageModelSettings
    let address: URL
    let key: String?
    let prompt: SchemePrompt
    let cache: AnswerCache
    let checker: ClaimChecker
    /// Seconds before the first request that is made again; each further one waits twice as long.
    let firstPause: Double

    /// `folder` is where answers are kept. `firstPause` is one second; tests have no time.
    package init(
        _ settings: LanguageModelSettings, key: String?, scheme: ConceptScheme, folder: String,
        firstPause: Double = 1
    ) throws {
        guard let address = settings.address else {
            throw Diagnostic(
                "malformed-configuration", .error, file: "casebook.yml",
                "“\(settings.endpoint)” is no address of an endpoint",
                advice:
                    "Write it as `endpoint: http://localhost:11434/v1`; a key goes into an environment variable."
            )
        }
        self.settings = settings
        self.address = address
        self.key = key
        self.firstPause = firstPause
        prompt = SchemePrompt(scheme)
        cache = AnswerCache(folder: folder, model: settings.model, prompt: prompt)
        checker = ClaimChecker(concepts: Set(prompt.concepts))
    }

    /// What has to be sent to know about some passages. Each text is sent once, however often it stands somewhere.
    package func plan(_ texts: [String]) -> LanguageModelPlan {
        var plan = LanguageModelPlan()
        var seen: Set<String> = []
        for text in texts where !text.isEmpty {
            let key = AnswerCache.key(of: text)
            guard seen.insert(key).inserted else { continue }
            if cache.claims(for: key) != nil {
                plan.kept += 1
            } else {
                plan.questions.append(Question(key: key, text: text))
            }
        }
        plan.batches = batches(of: plan.questions)
        plan.estimatedTokens =
            plan.questions.reduce(0) { $0 + $1.text.utf8.count / LanguageModelTally.bytesPerToken }
            + plan.batches.count * prompt.system.utf8.count / LanguageModelTally.bytesPerToken
        return plan
    }

    /// As many passages as the settings say, and not more words than a model reads with care.
    private func batches(of questions: [Question]) -> [[Question]] {
        // About 4 000 tokens of text: beside the concepts' 10 000 they fit into what small models take at once.
        let mostBytes = 16_000
        var batches: [[Question]] = []
        var bytes = 0
        for question in questions {
            let length = question.text.utf8.count
            if let last = batches.last, last.count < settings.batch, bytes + length <= mostBytes {
                batches[batches.count - 1].append(question)
                bytes += length
            } else {
                batches.append([question])
                bytes = length
            }
        }
        return batches
    }

    /// The suggester that says what is known about passages, without asking.
    package func suggester() -> LanguageModelSuggester {
        LanguageModelSuggester(cache: cache, checker: checker)
    }
}

/// A passage to be asked about.
struct Question: Sendable, Equatable {
    var key: String
    var text: String
}

/// What will be sent, and what need not be.
package struct LanguageModelPlan: Sendable {
    var questions: [Question] = []
    var batches: [[Question]] = []
    /// Passages that were answered before.
    package var kept = 0
    package var estimatedTokens = 0

    package var passages: Int { questions.count }
    package var isEmpty: Bool { questions.isEmpty }

    init() {}
}

extension LanguageModelPlan {
    /// What a person has to know before anything is sent, line by line. `sources` name where the passages stand.
    package func statement(_ settings: LanguageModelSettings, sources: [String]) -> String {
        let words = questions.reduce(0) { $0 + $1.text.split(whereSeparator: \.isWhitespace).count }
        let shown = 8
        var names = sources.prefix(shown).joined(separator: ", ")
        if sources.count > shown { names += " and \(sources.count - shown) more" }
        var lines = [
            "To be sent to \(settings.address?.absoluteString ?? settings.endpoint), model \(settings.model):",
            "  the words of \(passages) passage\(passages == 1 ? "" : "s") (\(words) words) of \(names)",
            "  and in each of about \(batches.count) request\(batches.count == 1 ? "" : "s") the concepts, scope notes and rules of the concept scheme.",
            "Not sent: titles, authors, file names, lists of persons, annotations, comments, who you are.",
        ]
        if settings.isLocal {
            lines.append("The endpoint is on this machine.")
        } else {
            let host = settings.address?.host ?? settings.endpoint
            lines.append(
                "The words leave this machine: whoever runs \(host) can read them and keep them.")
            if !settings.isEncrypted {
                lines.append("The connection is not encrypted (http): others can read along.")
            }
        }
        if let variable = settings.keyVariable {
            lines.append("The key in $\(variable) goes with each request.")
        }
        var size = "About \(estimatedTokens) tokens"
        if let cost = settings.cost(tokensIn: estimatedTokens, tokensOut: 0) {
            size +=
                ", which cost about \(settings.amount(cost)) by the prices in casebook.yml, answers not counted"
        }
        lines.append(size + ".")
        if kept > 0 {
            lines.append(
                "\(kept) passage\(kept == 1 ? " was" : "s were") answered before and not sent again.")
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
