package import LayerFiles
import TextModel

/// Annotations that were given a concept under another version of the scheme.
package struct OutdatedAnnotation: Sendable {
    /// `LAYERFILE#XMLID`.
    package var id: String
    package var concept: String
    /// Of the scheme, when the concept was given; `nil` where the layer does not say it.
    package var version: String?
}

extension Project {
    /// Changes scheme, cues and all layers in one step, which one undo takes back; with `isDryRun` only says what it
    /// would do. `divide` says for a concept that is split what an annotation carries from now on.
    ///
    /// A `rename` from an id that the scheme does not know to one that it does mends annotations whose concept
    /// vanished.
    package func change(
        _ change: SchemeChange, by who: String?, isDryRun: Bool = false,
        divide: (AnnotationInLayer) -> String? = { _ in nil }
    ) throws -> SchemeReceipt {
        let scheme = try scheme().scheme
        var change = change
        if case .rename(let old, let new) = change, scheme[old] == nil, scheme[new] != nil {
            change = .replace(old, with: new)
        }
        return try layerStore().refactor(
            change, scheme: configuration.scheme, cues: FileSystem.exists(path(of: cueFile)) ? [cueFile] : [],
            layers: try allLayerFiles(), version: scheme.version, by: who, isDryRun: isDryRun, divide: divide)
    }

    /// All layers of the casebook, sorted.
    package func allLayerFiles() throws -> [String] {
        try corpusFiles().filter { try LayerFile.layerName(ofPath: $0) != nil && isLayer($0) }
    }

    /// Annotations whose concepts were given under another version of the scheme than today's: to be read again
    /// where the definition has changed. `concepts` are ids; empty: all.
    package func outdatedAnnotations(of concepts: Set<String> = []) throws -> [OutdatedAnnotation] {
        guard let version = try scheme().scheme.version else { return [] }
        return try allLayerFiles().flatMap { file in
            try readLayer(file).layer.annotations.flatMap { annotation in
                annotation.concepts
                    .filter { $0.version != version && (concepts.isEmpty || concepts.contains($0.id)) }
                    .map { OutdatedAnnotation(id: "\(file)#\(annotation.id)", concept: $0.id, version: $0.version) }
            }
        }
    }
}
