/// How an annotation stands to today's text.
package enum AnchorVerdict: String, Sendable, CaseIterable {
    /// Same words at the same place.
    case exact
    /// Same words at another place, and only one such place.
    case moved
    /// The words changed a little.
    case fuzzy
    /// Several equally good places.
    case ambiguous
    /// The words are gone.
    case orphaned

    /// Exact and moved are shown at their place; the others are listed and counted, never marked in the text.
    package var isShown: Bool { self == .exact || self == .moved }
}

/// An annotation with the place that it has in today's text.
package struct AnchoredAnnotation: Sendable {
    package var annotation: Annotation
    /// Path of the layer file from the casebook.
    package var layerFile: String
    /// Name of the layer: `instructor`.
    package var layer: String
    package var verdict: AnchorVerdict
    /// In document order; empty where the annotation is not shown.
    package var pieces: [AnchoredPiece]
    /// Other places, best first, where the verdict is ambiguous or fuzzy.
    package var candidates: [[AnchoredPiece]]

    package init(
        annotation: Annotation, layerFile: String, layer: String, verdict: AnchorVerdict, pieces: [AnchoredPiece],
        candidates: [[AnchoredPiece]] = []
    ) {
        self.annotation = annotation
        self.layerFile = layerFile
        self.layer = layer
        self.verdict = verdict
        self.pieces = pieces
        self.candidates = candidates
    }

    /// As commands and JSON name it: `Corpus/love-story.instructor.xml#a-7k2m9q4x`.
    package var qualifiedID: String { layerFile + "#" + annotation.id }
}

/// A piece of a target in today's text, inside one passage.
package struct AnchoredPiece: Sendable, Hashable {
    /// Index in ``Document/passages``.
    package var passage: Int32
    /// In ``Document/raw``.
    package var raw: ByteRange

    package init(passage: Int32, raw: ByteRange) {
        self.passage = passage
        self.raw = raw
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
