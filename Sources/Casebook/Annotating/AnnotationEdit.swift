import LayerFiles
import TextModel

/// What is to change in annotations; what is not given stays.
package struct AnnotationEdit: Sendable {
    /// A property that can be without a value.
    package enum Field: String, Sendable, CaseIterable {
        case about, stance, basis, certainty, comment, content
    }

    /// New values: places, concepts, persons and content tags replace the old ones where there are any.
    package var values = AnnotationDraft()
    package var addedConcepts: [String] = []
    package var removedConcepts: [String] = []
    package var isPrincipal: Bool?
    /// Left without a value.
    package var cleared: Set<Field> = []

    package init() {}

    /// True where nothing is to change.
    package var isEmpty: Bool {
        values.places.isEmpty && values.concepts.isEmpty && values.about.isEmpty && values.stance == nil
            && values.basis == nil && values.certainty == nil && values.comment == nil && values.content.isEmpty
            && addedConcepts.isEmpty && removedConcepts.isEmpty && isPrincipal == nil && cleared.isEmpty
    }
}

extension DraftResolver {
    /// An annotation after an edit.
    func edited(_ annotation: Annotation, _ edit: AnnotationEdit) throws(Diagnostic) -> Annotation {
        var edited = annotation
        let values = edit.values
        for field in edit.cleared {
            switch field {
            case .about: edited.about = []
            case .stance: edited.stance = nil
            case .basis: edited.basis = nil
            case .certainty: edited.certainty = nil
            case .comment: edited.comment = nil
            case .content: edited.contentTags = []
            }
        }
        if !values.places.isEmpty {
            edited.targets = try targets(of: values)
            edited.anchorNote = nil
        }
        try change(&edited.concepts, by: edit)
        if !values.about.isEmpty {
            edited.about = []
            for subject in values.about { edited.about.append(try self.subject(subject)) }
        }
        edited.stance = try choice(values.stance, "stance") ?? edited.stance
        edited.basis = try choice(values.basis, "basis") ?? edited.basis
        edited.certainty = try certainty(values.certainty) ?? edited.certainty
        if let comment = values.comment { edited.comment = comment.isEmpty ? nil : comment }
        if !values.content.isEmpty { edited.contentTags = try contentTags(values.content) }
        edited.isPrincipal = edit.isPrincipal ?? edited.isPrincipal
        if edited != annotation { edited.modified = now }
        return edited
    }

    private func change(_ concepts: inout [ConceptReference], by edit: AnnotationEdit) throws(Diagnostic) {
        if !edit.values.concepts.isEmpty {
            concepts = []
            for concept in edit.values.concepts { concepts.append(try reference(to: concept)) }
        }
        for concept in edit.removedConcepts {
            // Also one that the scheme does not know any more.
            let id = (scheme[concept] ?? scheme.concept(labelled: concept))?.id ?? concept
            guard concepts.contains(where: { $0.id == id }) else {
                throw Diagnostic(
                    "unknown-concept", .error, file: layerPath, "the annotation has no concept “\(concept)”",
                    advice: "It has: \(concepts.map(\.id).joined(separator: ", ")).")
            }
            concepts.removeAll { $0.id == id }
        }
        for concept in edit.addedConcepts {
            let reference = try reference(to: concept)
            if !concepts.contains(where: { $0.id == reference.id }) { concepts.append(reference) }
        }
        guard !concepts.isEmpty else {
            throw Diagnostic(
                "missing-concept", .error, file: layerPath, "an annotation needs a concept",
                advice: "`casebook annotate remove` takes it away whole.")
        }
    }
}

extension Project {
    /// Changes annotations, as one step. New places go with one annotation only, or all would have the same.
    package func edit(_ ids: [QualifiedID], _ edit: AnnotationEdit, by authorship: Authorship) throws {
        let scheme = try scheme().scheme
        var resolvers: [QualifiedID: DraftResolver] = [:]
        for (file, ids) in Dictionary(grouping: ids, by: \.file) {
            let layer = try readLayer(file).layer
            guard layer.isLayer else {
                throw Diagnostic(
                    "read-only-layer", .error, file: file, "is a text: what it says of itself can only be read",
                    advice: "Annotate in a layer of your own with `casebook annotate add`.")
            }
            var problems: [Diagnostic] = []
            let documents = documents(of: layer, &problems)
            if documents == nil, !edit.values.places.isEmpty, let problem = problems.first { throw problem }
            let places = documents?.map(DocumentPlaces.init) ?? []
            let found = Dictionary(
                Anchoring.anchor(layer, to: places).map { ($0.anchored.annotation.id, $0.document) },
                uniquingKeysWith: { first, _ in first })
            for id in ids {
                let document =
                    documents.map { $0[found[id.id] ?? 0] } ?? Document(path: textFile(of: layer) ?? layer.path)
                resolvers[id] = DraftResolver(
                    document: document, scheme: scheme, layerPath: file,
                    schemePath: LayerFile.relativePath(of: configuration.scheme, fromFolderOf: file),
                    creator: authorship.annotator.id, now: Timestamp.now(),
                    keepsDigests: layer[id.id]?.targets.contains { $0.quote.digest != nil } ?? false)
            }
        }
        let title = ids.count == 1 ? "edit 1 annotation" : "edit \(ids.count) annotations"
        let files = Set(ids.map(\.file)).sorted()
        try layerStore().step(title: title, by: authorship.annotator.id, layers: files) { step in
            for id in ids {
                try step.edit(id.file) { layer in
                    guard let old = layer[id.id], let resolver = resolvers[id] else {
                        throw Diagnostic(
                            "not-found", .error, file: id.file, "no annotation “\(id.id)” in this layer",
                            advice: nearestNames(to: id.id, among: layer.annotations.map(\.id)).first.map {
                                "Did you mean “\($0)”?"
                            })
                    }
                    let new = try resolver.edited(old, edit)
                    guard new != old else { return }
                    if let document = resolvers[id]?.document {
                        layer.subjectFiles.merge(personFiles(of: document, layerPath: id.file)) { own, _ in own }
                    }
                    try layer.replace(new)
                }
            }
        }
    }
}
