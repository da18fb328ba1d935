/// How much is done to find suggestions.
package enum Effort: String, Sendable, CaseIterable {
    /// Cues alone.
    case low
    /// The encoder reads the passages in which a cue fires or someone of a family is named.
    case normal
    /// The encoder reads every passage.
    case high
}
