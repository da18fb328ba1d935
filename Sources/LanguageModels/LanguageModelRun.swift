import Dispatch
import Foundation
import Synchronization
package import TextModel

extension LanguageModel {
    /// Asks what the plan says, some requests at once, and keeps each answer as soon as it is there.
    ///
    /// `progress` is called after each answer and before each wait, one call at a time, with what is being waited
    /// for. What stops the run is among the diagnostics; what was answered before it stays.
    package func run(
        _ plan: LanguageModelPlan,
        progress: @escaping @Sendable (LanguageModelTally, String?) -> Void = { _, _ in }
    ) -> (tally: LanguageModelTally, diagnostics: [Diagnostic]) {
        let run = LanguageModelRun(self, plan, progress: progress)
        let next = Mutex(0)
        // Threads that wait for the network, not for a core.
        let queue = DispatchQueue(label: "casebook.language-model", attributes: .concurrent)
        let group = DispatchGroup()
        for _ in 0..<max(1, min(settings.concurrency, plan.batches.count)) {
            queue.async(group: group) {
                while true {
                    let index = next.withLock { next in
                        defer { next += 1 }
                        return next
                    }
                    guard index < plan.batches.count, !run.isStopped else { return }
                    run.ask(plan.batches[index])
                }
            }
        }
        group.wait()
        return run.result
    }
}

/// One run over a plan; its threads share it.
private final class LanguageModelRun: Sendable {
    /// A request is made this often before the endpoint counts as out of order.
    private static let attempts = 6
    /// As often where nobody listens: who restarts a server needs some seconds, who has started none need not wait.
    private static let knocks = 3
    /// Nobody wants to wait longer for one request, in seconds; an endpoint that asks for more stops the run.
    private static let longestPause = 120.0
    /// Requests for a single passage whose answers cannot be read, or leave it out.
    private static let rounds = 3
    /// So many requests in a row without an answer in time: the endpoint is too slow for its timeout.
    private static let timeouts = 6

    private struct State {
        var tally = LanguageModelTally()
        var diagnostics: [Diagnostic] = []
        var isStopped = false
        var unread: [String: Int] = [:]
        /// Without an answer between them.
        var timeouts = 0
    }

    private let model: LanguageModel
    private let endpoint: ChatEndpoint
    private let schema: JSONValue
    private let progress: @Sendable (LanguageModelTally, String?) -> Void
    private let state: Mutex<State>

    init(
        _ model: LanguageModel, _ plan: LanguageModelPlan,
        progress: @escaping @Sendable (LanguageModelTally, String?) -> Void
    ) {
        self.model = model
        self.progress = progress
        endpoint = ChatEndpoint(model.address, settings: model.settings, key: model.key)
        schema = JSONValue.answerSchema(concepts: model.prompt.concepts)
        var state = State()
        state.tally.asked = plan.passages
        state.tally.kept = plan.kept
        self.state = Mutex(state)
    }

    var isStopped: Bool { state.withLock { $0.isStopped } }

    var result: (tally: LanguageModelTally, diagnostics: [Diagnostic]) {
        state.withLock { state in
            state.tally.unanswered = state.tally.asked - state.tally.answered
            var diagnostics = state.diagnostics
            for (reason, count) in state.unread.sorted(by: { $0.key < $1.key }) {
                diagnostics.append(
                    Diagnostic(
                        "unanswered", .warning, file: model.settings.model,
                        "\(count) passage\(count == 1 ? "" : "s") without an answer: \(reason)",
                        advice: "They are asked about again at the next run."))
            }
            return (state.tally, diagnostics)
        }
    }

    /// Asks until every passage of a batch has its answer, or has failed often enough. What the endpoint cannot take
    /// or answer in one piece is asked in halves.
    func ask(_ batch: [Question]) {
        var open = batch
        var rounds = 0
        while !open.isEmpty, !isStopped {
            if rounds > 0 { state.withLock { $0.tally.repeated += 1 } }
            rounds += 1
            let failure: String
            do throws(ChatFailure) {
                let left = try answered(open)
                guard !left.isEmpty else { return }
                // Passages that the answer leaves out.
                failure = "the model left them out"
                if left.count < open.count { rounds = 1 }
                open = left
            } catch {
                switch error {
                case .timedOut:
                    failure = "no answer in \(model.settings.timeout) seconds"
                    let isHopeless = state.withLock { state in
                        state.timeouts += 1
                        return state.timeouts >= Self.timeouts
                    }
                    if isHopeless { return stop("\(failure), \(Self.timeouts) times in a row") }
                case .tooLong(let message), .busy(let message, _): failure = message
                case .unreachable(let message), .unsupported(_, let message), .refused(let message):
                    return stop(message)
                }
                if case .tooLong = error, open.count == 1 { rounds = Self.rounds }
                if open.count > 1 {
                    let middle = open.count / 2
                    ask(Array(open[..<middle]))
                    return ask(Array(open[middle...]))
                }
            }
            if rounds >= Self.rounds { return giveUp(open, failure) }
        }
    }

    /// Asks once and keeps what is answered; returns the passages that are not. `busy` is an answer that cannot be
    /// read.
    private func answered(_ questions: [Question]) throws(ChatFailure) -> [Question] {
        guard let user = try? SchemePrompt.question(questions.map(\.text)) else {
            throw .refused("no text")
        }
        let reply = try reply(to: user)
        guard let passages = AnswerReader.read(reply.content) else {
            throw .busy(
                reply.isTruncated ? "the answer was cut off" : "the answer is not what was asked for",
                after: nil)
        }
        var claims: [Int: [Claim]] = [:]
        var unknown = 0
        var malformed = 0
        for passage in passages {
            guard let number = Int(passage.id), (1...questions.count).contains(number),
                claims[number] == nil
            else {
                unknown += 1
                continue
            }
            claims[number] = passage.claims
            malformed += passage.malformed
        }
        for (number, claims) in claims.sorted(by: { $0.key < $1.key }) {
            keep(claims, for: questions[number - 1])
        }
        state.withLock { state in
            state.tally.unknownPassages += unknown
            state.tally.malformed += malformed
            progress(state.tally, nil)
        }
        return questions.enumerated().filter { claims[$0.offset + 1] == nil }.map(\.element)
    }

    private func keep(_ claims: [Claim], for question: Question) {
        let checked = model.checker.check(claims, against: question.text)
        do {
            try model.cache.keep(claims, for: question.key)
        } catch {
            return stop((error as? Diagnostic)?.summary ?? "\(error)")
        }
        state.withLock { state in
            state.tally.answered += 1
            state.tally.inventedQuotes += checked.inventedQuotes
            state.tally.unknownConcepts += checked.unknownConcepts
        }
    }

    /// One answer; a busy endpoint is asked again, each time after a longer pause, or when it says.
    private func reply(to user: String) throws(ChatFailure) -> ChatReply {
        var pause = model.firstPause
        for attempt in 1... {
            state.withLock { $0.tally.requests += 1 }
            do throws(ChatFailure) {
                let reply = try endpoint.complete(system: model.prompt.system, user: user, schema: schema)
                count(reply, user)
                return reply
            } catch {
                let (message, after, most) = try Self.reasonToWait(error)
                guard attempt < most, after ?? 0 <= Self.longestPause else {
                    let wish = after.map { "; it asks for a pause of \(Int($0)) s" } ?? ""
                    throw .refused("\(message)\(wish)")
                }
                // Threads that were turned away together do not come back together.
                let wait = after ?? min(Self.longestPause, pause * Double.random(in: 0.75...1.25))
                state.withLock { state in
                    state.tally.repeated += 1
                    progress(state.tally, "\(message); asking again in \(max(1, Int(wait.rounded()))) s")
                }
                guard self.wait(wait) else { throw .refused("stopped") }
                pause *= 2
            }
        }
        throw .refused("no answer")
    }

    /// What went wrong, the pause that is asked for, and how often to try; throws what waiting does not mend.
    private static func reasonToWait(
        _ failure: ChatFailure
    ) throws(ChatFailure) -> (message: String, after: Double?, attempts: Int) {
        switch failure {
        case .busy(let message, let after): (message, after, attempts)
        case .unreachable(let message): (message, nil, knocks)
        case .timedOut, .tooLong, .unsupported, .refused: throw failure
        }
    }

    /// False where the run was stopped meanwhile.
    private func wait(_ seconds: Double) -> Bool {
        let end = Date().addingTimeInterval(seconds)
        while !isStopped {
            let left = end.timeIntervalSinceNow
            if left <= 0 { return true }
            Thread.sleep(forTimeInterval: min(left, 0.1))
        }
        return false
    }

    private func count(_ reply: ChatReply, _ user: String) {
        state.withLock { state in
            let bytes = LanguageModelTally.bytesPerToken
            state.timeouts = 0
            if reply.tokensIn == nil || reply.tokensOut == nil { state.tally.isEstimated = true }
            state.tally.tokensIn +=
                reply.tokensIn ?? (model.prompt.system.utf8.count + user.utf8.count) / bytes
            state.tally.tokensOut += reply.tokensOut ?? reply.content.utf8.count / bytes
        }
    }

    private func giveUp(_ questions: [Question], _ reason: String) {
        state.withLock { $0.unread[reason, default: 0] += questions.count }
    }

    private func stop(_ message: String) {
        state.withLock { state in
            // Other threads fail because the first one did.
            guard !state.isStopped else { return }
            state.isStopped = true
            state.diagnostics.append(
                Diagnostic(
                    "language-model", .error, file: model.settings.endpoint,
                    "\(model.settings.model): \(message)",
                    advice: "What was answered is kept; the next run asks for the rest only."))
        }
    }
}
