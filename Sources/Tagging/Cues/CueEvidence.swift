/// A cue that matched, with what the words around it take from it.
struct CueEvidence: Sendable, Equatable {
    /// Index in ``CueSet/cues``.
    var cue: Int32
    /// Words of the passage, half-open.
    var start: Int32
    var end: Int32
    /// Weight of the cue times the factors of its contexts.
    var strength: Double
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
