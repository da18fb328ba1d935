package import TextModel

/// A document with everything that the index holds of it.
package struct IndexedDocument: Sendable {
    package var document: Document
    /// Of all layers, anchored in ``document``.
    package var annotations: [AnchoredAnnotation]
    /// Declined suggestions and passages without any concept, anchored as annotations are.
    package var decisions: [AnchoredDecision]
    package var suggestions: [Suggestion]
    /// Ids of the suggestions that somebody has accepted or declined: `is:open` leaves them out.
    package var decided: Set<String>

    package init(
        _ document: Document, annotations: [AnchoredAnnotation] = [], decisions: [AnchoredDecision] = [],
        suggestions: [Suggestion] = [], decided: Set<String> = []
    ) {
        self.document = document
        self.annotations = annotations
        self.decisions = decisions
        self.suggestions = suggestions
        self.decided = decided
    }
}
