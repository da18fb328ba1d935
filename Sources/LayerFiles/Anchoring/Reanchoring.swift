package import TextModel

/// What became of the annotations of a layer after its text changed: nothing is lost, and this says so.
package struct ReanchorReceipt: Sendable {
    package var layerFile: String
    /// Of all annotations, in the layer's order.
    package var lines: [ReanchorLine]

    /// How many of each verdict.
    package subscript(verdict: AnchorVerdict) -> Int { lines.count { $0.verdict == verdict } }
}

/// What became of one annotation.
package struct ReanchorLine: Sendable {
    /// `LAYERFILE#XMLID`.
    package var id: String
    /// `nil` where the text is not at hand: then nothing can be said.
    package var verdict: AnchorVerdict?
    /// As the layer has it.
    package var from: [Target]
    /// Today's place; `nil` where it is ambiguous or orphaned.
    package var to: [AnchoredPiece]?
    /// Other places, best first.
    package var candidates: [[AnchoredPiece]]
    /// Index of the document that the places are in, among those of its file.
    package var document: Int

    package init(_ anchored: AnchoredAnnotation, document: Int = 0) {
        self.document = document
        id = anchored.qualifiedID
        verdict = anchored.verdict
        from = anchored.annotation.targets
        switch anchored.verdict {
        case .exact, .moved: to = anchored.pieces
        case .fuzzy: to = anchored.candidates.first
        case .ambiguous, .orphaned: to = nil
        }
        candidates = anchored.verdict == .fuzzy ? Array(anchored.candidates.dropFirst()) : anchored.candidates
    }

    /// For an annotation whose text is not at hand.
    init(withoutText annotation: Annotation, layerFile: String) {
        document = 0
        id = layerFile + "#" + annotation.id
        from = annotation.targets
        candidates = []
    }
}

/// Which doubtful anchors are taken over.
package enum FuzzyAcceptance: Sendable {
    case none, all
    /// Ids: inside the layer for a layer, whole ones for several.
    case only(Set<String>)

    func includes(_ id: String) -> Bool {
        switch self {
        case .none: false
        case .all: true
        case .only(let ids): ids.contains(id)
        }
    }
}

extension LayerFile {
    /// What ``reanchor(to:accepting:)`` would find; changes nothing.
    package func reanchorReceipt(to places: DocumentPlaces) -> ReanchorReceipt { reanchorReceipt(to: [places]) }

    /// Where the text is not at hand: all annotations, without a verdict.
    package var receiptWithoutText: ReanchorReceipt {
        ReanchorReceipt(layerFile: path, lines: annotations.map { ReanchorLine(withoutText: $0, layerFile: path) })
    }

    /// The same for a file that holds several documents.
    package func reanchorReceipt(to places: [DocumentPlaces]) -> ReanchorReceipt {
        let anchored = Anchoring.anchor(self, to: places)
        return ReanchorReceipt(
            layerFile: path, lines: anchored.map { ReanchorLine($0.anchored, document: $0.document) })
    }

    /// Writes today's places into the layer: exact and moved always, fuzzy where accepted. What stays doubtful
    /// keeps its pointer and its words and is marked; it comes back by itself when its text comes back.
    ///
    /// Decisions follow silently: a suggestion that was declined stays declined. Returns what was found.
    @discardableResult
    package mutating func reanchor(
        to places: DocumentPlaces, accepting fuzzy: FuzzyAcceptance = .none
    ) throws(Diagnostic) -> ReanchorReceipt {
        try reanchor(to: [places], accepting: fuzzy)
    }

    /// The same for a file that holds several documents; nothing happens where it holds none.
    @discardableResult
    package mutating func reanchor(
        to places: [DocumentPlaces], accepting fuzzy: FuzzyAcceptance = .none
    ) throws(Diagnostic) -> ReanchorReceipt {
        let anchored = Anchoring.anchor(self, to: places)
        var lines: [ReanchorLine] = []
        var changed: [Annotation] = []
        for (index, found) in anchored.enumerated() {
            var annotation = annotations[index]
            let anchor = found.anchored
            let line = ReanchorLine(anchor, document: found.document)
            lines.append(line)
            let isTaken = anchor.verdict.isShown || anchor.verdict == .fuzzy && fuzzy.includes(annotation.id)
            if isTaken, let pieces = line.to {
                annotation.anchorNote = nil
                annotation.targets = targets(annotation.targets, at: pieces, in: places[found.document].document)
            } else {
                // An ambiguous one must not be taken for certain because its old place looks right: it is marked too.
                annotation.anchorNote = anchor.verdict == .orphaned ? "orphaned" : "fuzzy"
            }
            if annotation != annotations[index], !annotation.id.isEmpty { changed.append(annotation) }
        }
        if !changed.isEmpty { try replace(changed) }
        try reanchorDecisions(to: places)
        if let version = places.first?.document.sha256, annotations.allSatisfy({ !$0.id.isEmpty }) {
            setTextVersion(version)
        }
        return ReanchorReceipt(layerFile: path, lines: lines)
    }

    /// Targets at new places; one whose place and words are the same stays as it was written.
    private func targets(_ old: [Target], at pieces: [AnchoredPiece], in document: Document) -> [Target] {
        // A whole work has no pieces.
        guard !pieces.isEmpty else { return old }
        let isRestricted = old.contains { $0.quote.digest != nil }
        let new = pieces.map { Target(of: $0, in: document, layerPath: path, isRestricted: isRestricted) }
        guard old.count == new.count else { return new }
        let places = old.map(\.pointer.file)
        return zip(old, new).enumerated().map { index, pair in
            var (before, after) = pair
            after.pointer.file = places[index]
            // Other people's pointers stay in their own form where they still hold.
            if before.quote == after.quote, case .element = before.pointer.place { return before }
            if before.quote == Quote() { return before }
            before = after
            return before
        }
    }

    private mutating func reanchorDecisions(to places: [DocumentPlaces]) throws(Diagnostic) {
        let found = Anchoring.anchorDecisions(of: self, to: places)
        var changed: [Decision] = []
        for (index, place) in found.enumerated() {
            guard place.anchored.verdict.isShown, !place.anchored.pieces.isEmpty else { continue }
            var decision = decisions[index]
            decision.targets = targets(
                decision.targets, at: place.anchored.pieces, in: places[place.document].document)
            if decision != decisions[index], !decision.id.isEmpty { changed.append(decision) }
        }
        if !changed.isEmpty { try replace(changed) }
    }
}
