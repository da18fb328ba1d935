/// Something a person says of a stretch of text.
///
/// It stands in a layer file beside the text and refers to it by pointer and by quote, so that it can be found
/// again when the text has changed.
package struct Annotation: Sendable, Equatable {
    /// `xml:id` inside its layer file: `a-` and eight characters.
    package var id: String
    /// One piece each; several are a discontinuous target.
    package var targets: [Target]
    package var concepts: [ConceptReference]
    package var about: [Subject]
    package var stance: Stance?
    package var basis: Basis?
    /// 0…1.
    package var certainty: Double?
    package var comment: String?
    package var contentTags: [ContentTag]
    package var isPrincipal: Bool
    /// Short name of the annotator: the `xml:id` of the layer's `respStmt`.
    package var creator: String?
    /// Others who said the same: annotations of several layers were made one.
    package var otherCreators: [String]
    /// ISO 8601, UTC.
    package var created: String?
    package var modified: String?
    /// The suggestion it came from, as it was.
    package var proposal: Proposal?
    /// What the layer file itself says of the anchor: `orphaned` or `fuzzy`.
    package var anchorNote: String?

    package init(id: String, targets: [Target]) {
        self.id = id
        self.targets = targets
        concepts = []
        about = []
        otherCreators = []
        contentTags = []
        isPrincipal = false
    }
}

/// One piece of a target: a pointer and the words that stood there.
package struct Target: Sendable, Equatable {
    package var pointer: Pointer
    package var quote: Quote

    package init(pointer: Pointer, quote: Quote) {
        self.pointer = pointer
        self.quote = quote
    }
}

/// The words of a target and 32 scalars around them, white space collapsed.
package struct Quote: Sendable, Equatable {
    /// The raw slice; `nil` where only a digest is kept.
    package var exact: String?
    /// The reading text, where it differs from the raw slice.
    package var shown: String?
    package var prefix: String?
    package var suffix: String?
    /// `sha256:HEX LENGTH` in place of the words of a restricted text.
    package var digest: String?

    package init(
        exact: String? = nil, shown: String? = nil, prefix: String? = nil, suffix: String? = nil, digest: String? = nil
    ) {
        self.exact = exact
        self.shown = shown
        self.prefix = prefix
        self.suffix = suffix
        self.digest = digest
    }
}

/// A TEI pointer into a text file.
package struct Pointer: Sendable, Hashable {
    /// File name, percent-decoded, as written (relative to the layer file).
    package var file: String
    package var place: Place

    package enum Place: Sendable, Hashable {
        /// The whole work.
        case whole
        /// `string-range(BASE,OFFSET,LENGTH)`, scalars.
        case range(base: Base, offset: Int, length: Int)
        /// `string-index(BASE,OFFSET)`: a point.
        case point(base: Base, offset: Int)
        /// An element by its id or path.
        case element(Base)
        /// A scheme that is kept and written back, but that does not resolve here.
        case other(String)
    }

    package enum Base: Sendable, Hashable {
        case id(String)
        /// `/TEI[1]/text[1]/body[1]/p[3]`, as written.
        case path(String)
    }

    package init(file: String, place: Place) {
        self.file = file
        self.place = place
    }
}

package struct ConceptReference: Sendable, Hashable {
    /// The concept's id.
    package var id: String
    /// URI of the scheme as written, without the fragment.
    package var scheme: String
    /// Version of the scheme when the concept was given.
    package var version: String?

    package init(id: String, scheme: String, version: String?) {
        self.id = id
        self.scheme = scheme
        self.version = version
    }
}

/// Whom an annotation is about.
package enum Subject: Sendable, Hashable {
    case person(String)
    /// From the first towards the second.
    case dyad(String, String)
    case relation(String)

    /// As `--about` takes it: `jane`, `jane>max`, a relation's id.
    package var text: String {
        switch self {
        case .person(let id), .relation(let id): id
        case .dyad(let from, let towards): from + ">" + towards
        }
    }
}

package enum Stance: String, Sendable, CaseIterable {
    case supports, contradicts, ambiguous
}

package enum Basis: String, Sendable, CaseIterable {
    case shown, told, inferred
}

/// What a reader may want to be warned of: a property of passages, not of concepts.
package enum ContentTag: String, Sendable, CaseIterable {
    case suicideSelfHarm = "suicide-self-harm"
    case infantDeath = "infant-death"
    case violenceToChild = "violence-to-child"
    case sexualViolence = "sexual-violence"
    case medicalTrauma = "medical-trauma"
    case terminalIllness = "terminal-illness"
    case substanceUse = "substance-use"
    /// Takes the concept's default away.
    case none
}

/// What was suggested, by what, with which score.
package struct Proposal: Sendable, Equatable {
    package var suggester: String
    package var score: Double?
    package var reason: String?
    package var when: String?

    package init(suggester: String, score: Double?, reason: String?, when: String?) {
        self.suggester = suggester
        self.score = score
        self.reason = reason
        self.when = when
    }
}

/// A suggestion that was declined, or a passage that was read and found without any concept.
package struct Decision: Sendable, Equatable {
    package enum Verdict: String, Sendable {
        case rejected, skipped
        /// Read, and nothing found: no concept.
        case none
    }
    package var id: String
    package var verdict: Verdict
    package var targets: [Target]
    package var concepts: [ConceptReference]
    package var creator: String?
    package var decided: String?
    package var proposal: Proposal?

    package init(id: String, verdict: Verdict, targets: [Target], concepts: [ConceptReference]) {
        self.id = id
        self.verdict = verdict
        self.targets = targets
        self.concepts = concepts
    }
}
