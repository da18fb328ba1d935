package import TextModel

/// Who decides, when, and under which scheme: what an annotation made of a suggestion needs beside it.
package struct ReviewContext: Sendable {
    /// Id of the annotator, as in ``Annotator/id``.
    package var creator: String
    /// ISO 8601, UTC.
    package var when: String
    /// Path of the layer from the casebook, like ``Document/path``.
    package var layerPath: String
    /// URI of the scheme as pointers name it, relative to the layer: `../Schemas/bonding.xml`.
    package var scheme: String
    package var schemeVersion: String?
    /// When the suggestion was made.
    package var proposed: String?
    /// True for a text whose words may not be copied: digests stand for them.
    package var isRestricted: Bool

    package init(
        creator: String, when: String, layerPath: String, scheme: String, schemeVersion: String?,
        proposed: String? = nil, isRestricted: Bool = false
    ) {
        self.creator = creator
        self.when = when
        self.layerPath = layerPath
        self.scheme = scheme
        self.schemeVersion = schemeVersion
        self.proposed = proposed
        self.isRestricted = isRestricted
    }
}

extension Annotation {
    /// The annotation that an accepted suggestion becomes; it keeps what was suggested, by what and how surely.
    package init(accepting suggestion: Suggestion, in document: Document, _ context: ReviewContext) {
        self.init(id: "", targets: [Target(suggestion, in: document, context)])
        concepts = [ConceptReference(suggestion, context)]
        stance = suggestion.stance
        creator = context.creator
        created = context.when
        proposal = Proposal(suggestion, context)
    }
}

extension Decision {
    /// What is kept of a suggestion that was declined.
    package init(_ verdict: Verdict, of suggestion: Suggestion, in document: Document, _ context: ReviewContext) {
        self.init(
            id: "", verdict: verdict, targets: [Target(suggestion, in: document, context)],
            concepts: [ConceptReference(suggestion, context)])
        creator = context.creator
        decided = context.when
        proposal = Proposal(suggestion, context)
    }

    /// A passage that was read and found without any concept.
    package init(nothingIn passage: Int32, of document: Document, _ context: ReviewContext) {
        let piece = AnchoredPiece(passage: passage, raw: document.passages[Int(passage)].raw)
        let target = Target(
            of: piece, in: document, layerPath: context.layerPath, isRestricted: context.isRestricted)
        self.init(id: "", verdict: .none, targets: [target], concepts: [])
        creator = context.creator
        decided = context.when
    }
}

extension Target {
    fileprivate init(_ suggestion: Suggestion, in document: Document, _ context: ReviewContext) {
        self.init(
            of: AnchoredPiece(passage: suggestion.passage, raw: suggestion.raw), in: document,
            layerPath: context.layerPath, isRestricted: context.isRestricted)
    }
}

extension ConceptReference {
    fileprivate init(_ suggestion: Suggestion, _ context: ReviewContext) {
        self.init(id: suggestion.concept, scheme: context.scheme, version: context.schemeVersion)
    }
}

extension Proposal {
    fileprivate init(_ suggestion: Suggestion, _ context: ReviewContext) {
        self.init(
            suggester: suggestion.suggester, score: suggestion.score, reason: suggestion.reason,
            when: context.proposed ?? context.when)
    }
}
