import LayerFiles
package import TextModel

/// A text's layers in today's text.
package struct AnchoredLayers: Sendable {
    /// Of all layers, layer by layer in file order.
    package var annotations: [AnchoredAnnotation] = []
    package var decisions: [DecisionInLayer] = []
    package var diagnostics: [Diagnostic] = []
}

/// A decision, the layer that holds it, and where it stands today.
package struct DecisionInLayer: Sendable {
    package var decision: Decision
    package var layerFile: String
    package var layer: String
    package var verdict: AnchorVerdict
    package var pieces: [AnchoredPiece]
}

extension Project {
    /// Reads the layers of a document and finds the place of each annotation in it.
    package func layers(of document: Document, only names: Set<String> = []) -> AnchoredLayers {
        var result = AnchoredLayers()
        for file in layerFiles(of: document.path) {
            let (layer, diagnostics): (LayerFile, [Diagnostic])
            do {
                (layer, diagnostics) = LayerFile.read(
                    bytes: try FileSystem.read(path(of: file), as: file), path: file)
            } catch {
                result.diagnostics.append(
                    error as? Diagnostic ?? Diagnostic("unreadable-file", .error, file: file, "\(error)"))
                continue
            }
            guard names.isEmpty || names.contains(layer.name) else { continue }
            result.diagnostics += diagnostics
            result.add(layer, to: document)
        }
        return result
    }
}

extension AnchoredLayers {
    mutating func add(_ layer: LayerFile, to document: Document) {
        let places = DocumentPlaces(document)
        annotations += Anchoring.anchor(
            layer.annotations, sha256: layer.sha256, layerFile: layer.path, layer: layer.name, to: places)
        decisions += Anchoring.anchor(decisions: layer.decisions, sha256: layer.sha256, to: places).map {
            DecisionInLayer(
                decision: $0.decision, layerFile: layer.path, layer: layer.name, verdict: $0.verdict, pieces: $0.pieces)
        }
    }

    /// Suggestions that somebody has accepted or declined: same concept, words that overlap.
    package func decided(_ suggestions: [Suggestion]) -> Set<String> {
        var decided = Set<String>()
        for suggestion in suggestions {
            let isAnnotated = annotations.contains { anchored in
                anchored.annotation.concepts.contains { $0.id == suggestion.concept }
                    && anchored.pieces.contains { $0.raw.overlaps(suggestion.raw) }
            }
            let isDeclined = decisions.contains { declined in
                declined.decision.concepts.contains { $0.id == suggestion.concept }
                    && declined.pieces.contains { $0.raw.overlaps(suggestion.raw) }
            }
            if isAnnotated || isDeclined { decided.insert(suggestion.id) }
        }
        return decided
    }
}

extension ByteRange {
    package func overlaps(_ other: ByteRange) -> Bool { start < other.end && other.start < end }
}
