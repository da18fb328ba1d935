/// What a row of the table `annotation` is. A query sees annotations unless `is:` asks for more.
enum AnnotationState: Int, Sendable, CaseIterable {
    case annotation
    /// Suggested, and nobody has decided.
    case openSuggestion
    /// Suggested, and accepted or declined.
    case decidedSuggestion
    /// Declined, as the layer says; its concept stands for what was suggested.
    case rejected
    /// Skipped in a review, or read and found without any concept: kept for reviews, seen by no query.
    case otherDecision
}
