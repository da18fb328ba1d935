import LayerFiles
package import TextModel

/// An annotation as a person gives it: words and names, not yet pointers and ids.
package struct AnnotationDraft: Sendable {
    /// Where: each a quote (in the whole document, or in one passage), or scalars of a passage's raw stream.
    package var places: [Place] = []
    package var concepts: [String] = []
    /// `jane`, `jane>max`, a relation's id.
    package var about: [String] = []
    package var stance: String?
    package var basis: String?
    package var certainty: Double?
    package var comment: String?
    package var content: [String] = []
    package var isPrincipal = false
    /// The passage was read and holds no concept: a decision, not an annotation.
    package var findsNothing = false

    package enum Place: Sendable {
        case quote(String, passage: String?)
        case range(passage: String, start: Int, end: Int)
    }

    package init() {}
}

/// Turns drafts for one document into annotations; what cannot be meant is an error with the nearest known name.
struct DraftResolver {
    let document: Document
    let scheme: ConceptScheme
    let layerPath: String
    /// Path of the scheme as the layer writes it.
    let schemePath: String
    let creator: String
    let now: String
    /// Words are kept as digests only, as for restricted texts.
    let keepsDigests: Bool
    private let identifiers: PassageIdentifiers

    init(
        document: Document, scheme: ConceptScheme, layerPath: String, schemePath: String, creator: String, now: String,
        keepsDigests: Bool
    ) {
        self.document = document
        self.scheme = scheme
        self.layerPath = layerPath
        self.schemePath = schemePath
        self.creator = creator
        self.now = now
        self.keepsDigests = keepsDigests
        identifiers = PassageIdentifiers(document)
    }

    /// That a passage was read and nothing was found in it.
    func decision(_ draft: AnnotationDraft) throws(Diagnostic) -> Decision {
        var decision = Decision(id: "", verdict: .none, targets: try targets(of: draft), concepts: [])
        decision.creator = creator
        decision.decided = now
        return decision
    }

    func annotation(_ draft: AnnotationDraft) throws(Diagnostic) -> Annotation {
        guard !draft.places.isEmpty else {
            throw problem("missing-place", "an annotation needs words: give a quote or a passage and a range")
        }
        guard !draft.concepts.isEmpty else { throw problem("missing-concept", "an annotation needs a concept") }
        var annotation = Annotation(id: "", targets: try targets(of: draft))
        for concept in draft.concepts { annotation.concepts.append(try reference(to: concept)) }
        for subject in draft.about { annotation.about.append(try self.subject(subject)) }
        annotation.stance = try choice(draft.stance, "stance")
        annotation.basis = try choice(draft.basis, "basis")
        annotation.certainty = try certainty(draft.certainty)
        annotation.comment = draft.comment.flatMap { $0.isEmpty ? nil : $0 }
        annotation.contentTags = try contentTags(draft.content)
        annotation.isPrincipal = draft.isPrincipal
        annotation.creator = creator
        annotation.created = now
        return annotation
    }

    func certainty(_ certainty: Double?) throws(Diagnostic) -> Double? {
        guard let certainty else { return nil }
        guard (0...1).contains(certainty) else {
            throw problem("bad-certainty", "certainty \(certainty) is not between 0 and 1")
        }
        return certainty
    }

    func contentTags(_ names: [String]) throws(Diagnostic) -> [ContentTag] {
        var tags: [ContentTag] = []
        for name in names {
            guard let known = ContentTag(rawValue: name) else {
                throw unknown("content tag", name, among: ContentTag.allCases.map(\.rawValue))
            }
            tags.append(known)
        }
        return tags
    }

    func targets(of draft: AnnotationDraft) throws(Diagnostic) -> [Target] {
        var targets: [Target] = []
        for place in draft.places {
            for piece in try pieces(of: place) {
                targets.append(
                    Target(
                        of: piece, in: document, layerPath: layerPath,
                        isRestricted: keepsDigests || document.work.availability == .restricted))
            }
        }
        return targets
    }

    private func pieces(of place: AnnotationDraft.Place) throws(Diagnostic) -> [AnchoredPiece] {
        switch place {
        case .range(let name, let start, let end):
            let index = try passage(name)
            let passage = document.passages[index]
            guard start <= end, let from = document.byteOffset(ofScalar: start, in: passage),
                let to = document.byteOffset(ofScalar: end, in: passage)
            else {
                let length = countScalars(document.raw, from: passage.raw.start, to: passage.raw.end)
                throw problem(
                    "bad-range", "\(start):\(end) does not lie in passage \(name), which has \(length) characters")
            }
            return [AnchoredPiece(passage: Int32(index), raw: ByteRange(from, to))]
        case .quote(let quote, let name):
            var found = QuoteFinder.find(quote, in: document)
            if let name {
                let index = Int32(try passage(name))
                found = found.filter { $0.pieces.allSatisfy { $0.passage == index } }
            }
            let exact = found.filter(\.isExact)
            guard let first = exact.first else {
                let near = found.first.map { "The nearest words are: “\($0.text)”" }
                throw problem(
                    "quote-not-found", "“\(quote)” is not in this text",
                    advice: near ?? "Copy the words from the text: case and accents count, white space does not.")
            }
            guard exact.count == 1 else { throw ambiguous(quote, exact.map(\.pieces)) }
            return first.pieces
        }
    }

    private func ambiguous(_ quote: String, _ candidates: [[AnchoredPiece]]) -> Diagnostic {
        // Ten places are enough to see which one is meant.
        let places = candidates.prefix(10).compactMap(\.first).map { (piece: AnchoredPiece) in
            let passage = document.passages[Int(piece.passage)]
            let start = document.scalarOffset(ofByte: piece.raw.start, in: passage)
            let end = document.scalarOffset(ofByte: piece.raw.end, in: passage)
            let locator = document.locator(for: piece.raw, in: piece.passage).label
            return "--passage \(identifiers[Int(piece.passage)]) --range \(start):\(end)   (\(locator))"
        }
        let more = candidates.count > 10 ? "\n  and \(candidates.count - 10) more" : ""
        return problem(
            "ambiguous-quote", "“\(quote)” stands in \(candidates.count) places",
            advice: "Say which one:\n  " + places.joined(separator: "\n  ") + more)
    }

    private func passage(_ name: String) throws(Diagnostic) -> Int {
        if let index = identifiers.index(of: name) { return index }
        throw unknown("passage", name, among: document.passages.indices.map { identifiers[$0] })
    }

    func reference(to id: String) throws(Diagnostic) -> ConceptReference {
        guard let concept = scheme[id] ?? scheme.concept(labelled: id) else {
            throw unknown("concept", id, among: scheme.concepts.map(\.id))
        }
        return ConceptReference(id: concept.id, scheme: schemePath, version: scheme.version)
    }

    func subject(_ text: String) throws(Diagnostic) -> Subject {
        if let arrow = text.firstIndex(of: ">") {
            return .dyad(try person(String(text[..<arrow])), try person(String(text[text.index(after: arrow)...])))
        }
        if document.work.relations.contains(where: { $0.id == text }) { return .relation(text) }
        return .person(try person(text))
    }

    private func person(_ name: String) throws(Diagnostic) -> String {
        let persons = document.work.persons
        if persons.contains(where: { $0.id == name }) { return name }
        let named = persons.filter { $0.names.contains { $0.lowercased() == name.lowercased() } }
        if named.count == 1 { return named[0].id }
        throw unknown(
            "person", name, among: persons.map(\.id),
            advice: persons.isEmpty ? "This text declares no persons: add them with `casebook persons add`." : nil)
    }

    func choice<Choice: RawRepresentable & CaseIterable>(_ text: String?, _ what: String) throws(Diagnostic)
        -> Choice?
    where Choice.RawValue == String {
        guard let text else { return nil }
        if let choice = Choice(rawValue: text) { return choice }
        throw problem(
            "unknown-\(what)", "“\(text)” is no \(what)",
            advice: "One of: " + Choice.allCases.map(\.rawValue).joined(separator: ", ") + ".")
    }

    private func unknown(_ what: String, _ name: String, among known: [String], advice: String? = nil) -> Diagnostic {
        let near = nearestNames(to: name, among: known)
        return problem(
            "unknown-\(what)", "no \(what) “\(name)”",
            advice: near.isEmpty ? advice : "Did you mean " + near.map { "“\($0)”" }.joined(separator: " or ") + "?")
    }

    private func problem(_ identifier: String, _ summary: String, advice: String? = nil) -> Diagnostic {
        Diagnostic(identifier, .error, file: document.name, summary, advice: advice)
    }
}

extension ConceptScheme {
    /// The concept of a label, in any language; case is ignored.
    package func concept(labelled label: String) -> Concept? {
        let wanted = label.lowercased()
        return concepts.first { $0.labels.contains { $0.kind != .indexHeading && $0.text.lowercased() == wanted } }
    }
}
