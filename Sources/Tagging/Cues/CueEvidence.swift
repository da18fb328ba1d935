/// A cue that matched, with what the words around it take from it.
struct CueEvidence: Sendable, Equatable {
    /// Index in ``CueSet/cues``.
    var cue: Int32
    /// Words of the passage, half-open.
    var start: Int32
    var end: Int32
    /// Of the cue.
    var weight: Double
    /// What its contexts leave of it, and what earlier matches of the same cue do.
    var factor = 1.0
    var strength: Double { weight * factor }
    var contradicts = false
    /// What stands around it, in the order of the rules.
    var contexts: [ContextHit] = []
}

/// A context rule that holds for a match, and its words.
struct ContextHit: Sendable, Equatable {
    /// Index in ``CueSet/contexts``.
    var rule: Int32
    var start: Int32
    var end: Int32
}
