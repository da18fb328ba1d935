package import TextModel

/// Something that scores passages: cues now, learned scorers beside them.
///
/// A suggester keeps what it has compiled and met; one instance belongs to one task.
package protocol Suggester: AnyObject {
    /// As `--suggester` names it.
    var name: String { get }
    /// Called before the first passage of a document.
    func begin(_ document: Document)
    /// What it finds in a passage, at most one span a concept and place. What scores below `minimumScore` (`nil`: below
    /// the threshold) may be left out, where that spares work.
    func spans(for passage: Passage, in document: Document, minimumScore: Double?) -> [ScoredSpan]
    /// What a user must know of a document: that nothing could be suggested, and why.
    func notes(for document: Document) -> [Diagnostic]
    /// Suggestions below this score are not shown unless asked for.
    func threshold(for concept: String, language: String) -> Double
}

/// What one suggester says of one stretch of a passage.
package struct ScoredSpan: Sendable, Equatable {
    package var concept: String
    /// In ``Document/reading``, inside the passage.
    package var reading: ByteRange
    /// 0…1, calibrated.
    package var score: Double
    package var stance: Stance
    /// For people.
    package var reason: String

    package init(concept: String, reading: ByteRange, score: Double, stance: Stance, reason: String) {
        self.concept = concept
        self.reading = reading
        self.score = score
        self.stance = stance
        self.reason = reason
    }
}
