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

/// A decision with the place that it has in today's text.
package struct AnchoredDecision: Sendable {
    package var decision: Decision
    /// Path of the layer file from the casebook.
    package var layerFile: String
    package var layer: String
    package var verdict: AnchorVerdict
    /// In document order; empty where the place is not found.
    package var pieces: [AnchoredPiece]

    package init(
        decision: Decision, layerFile: String, layer: String, verdict: AnchorVerdict, pieces: [AnchoredPiece]
    ) {
        self.decision = decision
        self.layerFile = layerFile
        self.layer = layer
        self.verdict = verdict
        self.pieces = pieces
    }
}
