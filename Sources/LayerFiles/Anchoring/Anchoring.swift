package import TextModel

/// Finds the place of each annotation in today's text.
///
/// From simple to costly: the words at the pointer; the same words elsewhere, told apart by the words around them;
/// the words with changes. Where several places are as good, neighbours that are certain decide, and only if they
/// decide clearly: what is doubtful is ambiguous, never silently somewhere.
///
/// Cost for a text that has not changed: linear in the quotes. For one that has: a pass over the text, then
/// little for each quote that still stands somewhere, and a pass over the text for each that does not.
package enum Anchoring {
    /// Places of all annotations of a layer, in the layer's order. `path` and `name` of the layer go into the result.
    package static func anchor(
        _ layer: LayerFile, path: String? = nil, name: String? = nil, to document: Document
    ) -> [AnchoredAnnotation] {
        anchor(layer, path: path, name: name, to: DocumentPlaces(document))
    }

    /// The same for a document that is asked more than once.
    package static func anchor(
        _ layer: LayerFile, path: String? = nil, name: String? = nil, to places: DocumentPlaces
    ) -> [AnchoredAnnotation] {
        anchor(
            layer.annotations, sha256: layer.sha256, layerFile: path ?? layer.path, layer: name ?? layer.name,
            to: places)
    }

    /// The same for annotations from anywhere. `sha256` is of the text that they were last anchored to, if known.
    package static func anchor(
        _ annotations: [Annotation], sha256: String?, layerFile: String, layer: String, to places: DocumentPlaces
    ) -> [AnchoredAnnotation] {
        let relations = Set(places.document.work.relations.compactMap(\.id))
        let found = anchor(
            annotations.map(\.targets), sha256: sha256, areDoubtful: annotations.map { $0.anchorNote != nil },
            to: places)
        return zip(annotations, found).map { annotation, anchor in
            var annotation = annotation
            annotation.about = annotation.about.map { subject in
                if case .person(let id) = subject, relations.contains(id) { return .relation(id) }
                return subject
            }
            return AnchoredAnnotation(
                annotation: annotation, layerFile: layerFile, layer: layer, verdict: anchor.verdict,
                pieces: anchor.verdict.isShown ? anchor.pieces : [], candidates: anchor.candidates)
        }
    }

    /// Places of decisions: where a suggestion was declined. A fuzzy place counts: the words need not be the same.
    package static func anchor(
        decisions: [Decision], sha256: String?, to places: DocumentPlaces
    ) -> [(decision: Decision, verdict: AnchorVerdict, pieces: [AnchoredPiece])] {
        let found = anchor(
            decisions.map(\.targets), sha256: sha256, areDoubtful: decisions.map { _ in false }, to: places)
        return zip(decisions, found).map { decision, anchor in
            (decision, anchor.verdict, anchor.verdict == .fuzzy ? anchor.candidates.first ?? [] : anchor.pieces)
        }
    }

    struct Anchor {
        var verdict: AnchorVerdict
        var pieces: [AnchoredPiece]
        var candidates: [[AnchoredPiece]]
    }

    /// `areDoubtful`: marked as fuzzy or orphaned in the layer, so that even in the same text the words that stand at
    /// the pointer need not be the ones that are meant.
    static func anchor(
        _ targets: [[Target]], sha256: String?, areDoubtful: [Bool], to places: DocumentPlaces
    ) -> [Anchor] {
        let document = places.document
        let isSameText = sha256 != nil && sha256 == document.sha256
        var anchorer = TargetAnchorer(places: places)
        var results: [[TargetAnchor?]] = targets.map { $0.map { _ in nil } }
        // What is certain by itself first; it then tells where the others must be looked for.
        for (index, pieces) in targets.enumerated() {
            anchorer.isSameText = isSameText && !areDoubtful[index]
            for (number, target) in pieces.enumerated() {
                results[index][number] = anchorer.certainAnchor(of: target)
            }
        }
        var neighbours = Neighbours(document: document)
        for (index, pieces) in targets.enumerated() {
            for (number, target) in pieces.enumerated() {
                if let anchor = results[index][number], let range = anchor.range {
                    neighbours.add(target.pointer, at: range, isExact: anchor.verdict == .exact, in: places)
                }
            }
        }
        neighbours.settle()
        return targets.enumerated().map { index, pieces in
            let anchors = pieces.enumerated().map { number, target in
                results[index][number] ?? anchorer.anchor(of: target, neighbours: neighbours)
            }
            return joined(anchors, of: pieces, in: places)
        }
    }

    /// The anchors of a target's pieces as one: no better than the worst of them.
    private static func joined(_ anchors: [TargetAnchor], of targets: [Target], in places: DocumentPlaces) -> Anchor {
        var anchors = anchors
        if anchors.count > 1 { settle(&anchors, of: targets) }
        let order: [AnchorVerdict] = [.exact, .moved, .fuzzy, .ambiguous, .orphaned]
        var verdict = AnchorVerdict.exact
        for anchor in anchors
        where (order.firstIndex(of: anchor.verdict) ?? 0) > (order.firstIndex(of: verdict) ?? 0) {
            verdict = anchor.verdict
        }
        func pieces(_ ranges: [ByteRange]) -> [AnchoredPiece] {
            ranges.flatMap { places.pieces(of: $0) }.sorted { $0.raw < $1.raw }
        }
        switch verdict {
        case .exact, .moved:
            return Anchor(verdict: verdict, pieces: pieces(anchors.compactMap(\.range)), candidates: [])
        case .fuzzy:
            return Anchor(verdict: verdict, pieces: [], candidates: [pieces(anchors.compactMap(\.range))])
        case .ambiguous:
            // The pieces that are certain, with each place of those that are not.
            let count = anchors.map(\.candidates.count).max() ?? 0
            let lists = (0..<count).map { number in
                pieces(
                    anchors.compactMap {
                        $0.range ?? ($0.candidates.isEmpty ? nil : $0.candidates[min(number, $0.candidates.count - 1)])
                    })
            }
            return Anchor(verdict: verdict, pieces: [], candidates: lists)
        case .orphaned: return Anchor(verdict: verdict, pieces: [], candidates: [])
        }
    }

    /// Pieces of one target keep together and in order: a place that breaks this is not certain.
    private static func settle(_ anchors: inout [TargetAnchor], of targets: [Target]) {
        // A doubtful piece next to a certain one: the only place within a page of it.
        let page: Int32 = 3_000
        for index in anchors.indices where anchors[index].verdict == .ambiguous {
            let others = anchors.indices.filter { $0 != index && anchors[$0].verdict.isShown }
            guard !others.isEmpty else { continue }
            let near = anchors[index].candidates.filter { candidate in
                others.allSatisfy { other in
                    guard let range = anchors[other].range else { return false }
                    return abs(candidate.start - range.start) < page
                        && (other < index) == (range.start <= candidate.start)
                }
            }
            if near.count == 1 { anchors[index] = TargetAnchor(verdict: .moved, range: near[0], candidates: []) }
        }
        for index in anchors.indices.dropFirst() {
            guard isBefore(targets[index - 1].pointer, targets[index].pointer), let last = anchors[index - 1].range,
                let range = anchors[index].range, anchors[index].verdict.isShown, anchors[index - 1].verdict.isShown,
                range.start < last.start
            else { continue }
            anchors[index] = TargetAnchor(verdict: .ambiguous, range: nil, candidates: [range])
        }
    }

    /// Known from the pointers alone: same base, smaller offset.
    private static func isBefore(_ first: Pointer, _ second: Pointer) -> Bool {
        if case .range(let base, let offset, _) = first.place, case .range(let other, let later, _) = second.place {
            return base == other && offset < later
        }
        return false
    }
}

/// An annotation with the document of its file that it stands in.
package struct AnnotationInDocument: Sendable {
    /// Index among the documents of the file.
    package var document: Int
    package var anchored: AnchoredAnnotation
}

/// A decision with the document of its file that it stands in.
package struct DecisionInDocument: Sendable {
    /// Index among the documents of the file.
    package var document: Int
    package var anchored: AnchoredDecision
}

extension Anchoring {
    /// A layer of a file that holds several documents (a corpus file): each annotation, in the layer's order, with
    /// the document that it stands in.
    ///
    /// An annotation belongs where its pointer leads, or where its words are found best; one that is found nowhere
    /// is listed with the first document. Nothing comes of no documents. Costs what it costs for each document.
    package static func anchor(_ layer: LayerFile, to places: [DocumentPlaces]) -> [AnnotationInDocument] {
        let found = places.map { anchor(layer, to: $0) }
        return best(of: layer.annotations.map(\.targets), in: places, verdict: { found[$0][$1].verdict }).map {
            AnnotationInDocument(document: $0, anchored: found[$0][$1])
        }
    }

    /// The same for a layer's decisions.
    package static func anchorDecisions(of layer: LayerFile, to places: [DocumentPlaces]) -> [DecisionInDocument] {
        let found = places.map { anchor(decisions: layer.decisions, sha256: layer.sha256, to: $0) }
        return best(of: layer.decisions.map(\.targets), in: places, verdict: { found[$0][$1].verdict }).map {
            let anchor = found[$0][$1]
            return DecisionInDocument(
                document: $0,
                anchored: AnchoredDecision(
                    decision: anchor.decision, layerFile: layer.path, layer: layer.name, verdict: anchor.verdict,
                    pieces: anchor.pieces))
        }
    }

    /// For each list of targets the document in which it stands best, and its own index.
    private static func best(
        of targets: [[Target]], in places: [DocumentPlaces], verdict: (Int, Int) -> AnchorVerdict
    ) -> [(document: Int, index: Int)] {
        guard !places.isEmpty else { return [] }
        guard places.count > 1 else { return targets.indices.map { (0, $0) } }
        return targets.indices.map { index in
            let ranks = places.indices.map { rank(verdict($0, index), targets[index], in: places[$0]) }
            return (places.indices.min { ranks[$0] < ranks[$1] } ?? 0, index)
        }
    }

    private static func rank(_ verdict: AnchorVerdict, _ targets: [Target], in places: DocumentPlaces) -> Int {
        let leadsHere = targets.contains { places.resolve($0.pointer.place) != nil }
        let order: [AnchorVerdict] = [.exact, .moved, .fuzzy, .ambiguous, .orphaned]
        return (order.firstIndex(of: verdict) ?? 0) * 2 + (leadsHere ? 0 : 1)
    }
}
