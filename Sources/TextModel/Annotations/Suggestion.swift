/// What a suggester proposes; a person decides.
package struct Suggestion: Sendable, Equatable {
    /// Stable: a hash of document, passage, range and concept.
    package var id: String
    /// Index in ``Document/passages``.
    package var passage: Int32
    /// In ``Document/raw``; one range, inside the passage.
    package var raw: ByteRange
    package var concept: String
    /// 0…1, calibrated.
    package var score: Double
    package var suggester: String
    /// For people: which words, what lowered the score.
    package var reason: String
    /// What an annotation made of it would say: `contradicts` where the words speak against the concept.
    package var stance: Stance

    package init(
        id: String, passage: Int32, raw: ByteRange, concept: String, score: Double, suggester: String, reason: String,
        stance: Stance = .supports
    ) {
        self.id = id
        self.passage = passage
        self.raw = raw
        self.concept = concept
        self.score = score
        self.suggester = suggester
        self.reason = reason
        self.stance = stance
    }
}
