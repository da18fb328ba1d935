package import TextModel

/// What a change of the scheme does, or would do.
package struct SchemeReceipt: Sendable, Equatable {
    /// Scheme and cue files that change.
    package var files: [String] = []
    /// Annotations and decisions that change, by the path of their layer.
    package var layers: [String: [String]] = [:]
    /// Layers that cannot be written, and why: they keep the old concept.
    package var skipped: [String: String] = [:]
    /// Annotations that carry a concept that was split, and for which nobody said what becomes of it.
    package var undecided: [String] = []
}

extension LayerStore {
    /// Changes scheme, cues and every layer in one step of the history; with `isDryRun` only says what it would do.
    ///
    /// `version` is the scheme's from now on, as annotations record it. `divide` says for a concept that is split
    /// what an annotation carries from now on; `nil` leaves it as it is and reports it.
    package func refactor(
        _ change: SchemeChange, scheme: String, cues: [String], layers: [String], version: String?,
        by who: String? = nil, isDryRun: Bool = false,
        divide: (AnnotationInLayer) -> String? = { _ in nil }
    ) throws -> SchemeReceipt {
        struct Preview: Error { var receipt: SchemeReceipt }
        var receipt = SchemeReceipt()
        for path in layers { receipt.skipped[path] = writeProtection(path) }
        let writable = layers.filter { receipt.skipped[$0] == nil }
        do {
            return try step(title: change.title, by: who, layers: writable, files: [scheme] + cues) { step in
                for file in [scheme] + cues {
                    guard let bytes = step[file: file] else { continue }
                    let changed =
                        file == scheme
                        ? try SchemeEditing.apply(change, toScheme: bytes, file: file)
                        : try SchemeEditing.apply(change, toCues: bytes, file: file)
                    guard changed != bytes else { continue }
                    step[file: file] = changed
                    receipt.files.append(file)
                }
                for path in writable {
                    let ids = try step.edit(path) { layer in
                        try layer.apply(change, version: version, divide: divide, undecided: &receipt.undecided)
                    }
                    if !ids.isEmpty { receipt.layers[path] = ids }
                }
                // Skipped are only those that the change would have reached.
                for path in receipt.skipped.keys where !(try mentions(path, change)) { receipt.skipped[path] = nil }
                if isDryRun { throw Preview(receipt: receipt) }
                return receipt
            }
        } catch let preview as Preview {
            return preview.receipt
        }
    }

    private func mentions(_ path: String, _ change: SchemeChange) throws -> Bool {
        var ids = Set(change.replacements.keys)
        if case .split(let old, _) = change { ids.insert(old) }
        return try load(path).layer.annotations.contains { $0.concepts.contains { ids.contains($0.id) } }
    }
}

/// An annotation that is asked about, and the layer it stands in.
package struct AnnotationInLayer: Sendable {
    package var annotation: Annotation
    package var layerFile: String

    package var qualifiedID: String { layerFile + "#" + annotation.id }
}

extension LayerFile {
    fileprivate mutating func apply(
        _ change: SchemeChange, version: String?, divide: (AnnotationInLayer) -> String?, undecided: inout [String]
    ) throws(Diagnostic) -> [String] {
        let replacements = change.replacements
        var split: String?
        if case .split(let old, _) = change { split = old }
        let path = path
        var open: [String] = []
        let ids = try mapConcepts { concept, annotation in
            if let new = replacements[concept.id] {
                return [ConceptReference(id: new, scheme: concept.scheme, version: version ?? concept.version)]
            }
            guard concept.id == split else { return [concept] }
            let asked = AnnotationInLayer(annotation: annotation, layerFile: path)
            guard let new = divide(asked) else {
                open.append(asked.qualifiedID)
                return [concept]
            }
            return [ConceptReference(id: new, scheme: concept.scheme, version: version ?? concept.version)]
        }
        undecided += open
        return ids
    }
}
