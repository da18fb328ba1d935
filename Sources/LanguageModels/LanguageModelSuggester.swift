import Readers
package import Tagging
import TextModel

/// Suggests what a language model has said of passages, as far as it has been asked.
///
/// A value that tasks share; each task asks for a worker of its own.
package struct LanguageModelSuggester: Sendable {
    /// A model's confidence is its own word, not calibrated: from even odds on it is shown.
    static let threshold = 0.5

    let cache: AnswerCache
    let checker: ClaimChecker

    package func makeWorker() -> any Suggester { LanguageModelWorker(self) }

    package func makeTagger() -> Tagger { Tagger([makeWorker()]) }

    /// What is known about the words of a passage; `nil` where nobody has asked.
    func claims(about text: String) -> ClaimChecker.Result? {
        cache.claims(for: AnswerCache.key(of: text)).map { checker.check($0, against: text) }
    }
}

private final class LanguageModelWorker: Suggester {
    let name = LanguageModel.name
    private let suggester: LanguageModelSuggester

    init(_ suggester: LanguageModelSuggester) { self.suggester = suggester }

    func begin(_ document: Document) {}

    func spans(for passage: Passage, in document: Document, minimumScore: Double?) -> [ScoredSpan] {
        let found = suggester.claims(about: document.readingText(passage))?.claims ?? []
        return found.map { claim in
            ScoredSpan(
                concept: claim.concept,
                reading: ByteRange(
                    passage.reading.start + claim.range.start, passage.reading.start + claim.range.end),
                score: claim.confidence, stance: claim.stance, reason: claim.reason)
        }
    }

    func notes(for document: Document) -> [Diagnostic] {
        let open = document.passages.count { passage in
            passage.kind.isTagged && !passage.reading.isEmpty
                && suggester.cache.claims(for: AnswerCache.key(of: document.readingText(passage))) == nil
        }
        guard open > 0 else { return [] }
        return [
            Diagnostic(
                "unanswered", .note, file: document.path,
                "\(open) passage\(open == 1 ? "" : "s") without an answer of the language model",
                advice: nil)
        ]
    }

    func threshold(for concept: String, language: String) -> Double {
        LanguageModelSuggester.threshold
    }
}
