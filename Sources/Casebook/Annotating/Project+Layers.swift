package import LayerFiles
import Readers
package import TextModel

/// A text's layers in today's text.
package struct AnchoredLayers: Sendable {
    /// Of all layers, layer by layer in file order.
    package var annotations: [AnchoredAnnotation] = []
    package var decisions: [AnchoredDecision] = []
    package var diagnostics: [Diagnostic] = []
    /// Names of the layers that the text file itself holds: to be read only.
    package var foreignLayers: [String] = []

    /// What was decided on suggestions for the document.
    package var suggestionStates: SuggestionStates {
        var states = SuggestionStates()
        states.add(annotations)
        states.add(decisions)
        return states
    }
}

extension Project {
    /// Reads the layers of a text and finds the place of each annotation in its documents; one result a document.
    ///
    /// `text` are the bytes of the file where annotations inside it are wanted too, each `@resp` a layer. What is
    /// wrong with a layer is told with the first document.
    package func layers(
        of documents: [Document], text: [UInt8]? = nil, only names: Set<String> = []
    ) -> [AnchoredLayers] {
        guard let path = documents.first?.path else { return [] }
        var problems: [Diagnostic] = []
        var layers: [LayerFile] = []
        for file in layerFiles(of: path) {
            do {
                let (layer, diagnostics) = try readLayer(file)
                guard names.isEmpty || names.contains(layer.name) else { continue }
                problems += diagnostics
                layers.append(layer)
            } catch {
                problems.append(
                    error as? Diagnostic ?? Diagnostic("unreadable-file", .error, file: file, "\(error)"))
            }
        }
        var results = AnchoredLayers.anchor(layers, to: documents, text: text, only: names)
        results[0].diagnostics = problems
        return results
    }

    /// A layer as its file has it, and what is wrong with it.
    package func readLayer(_ file: String) throws -> (layer: LayerFile, diagnostics: [Diagnostic]) {
        LayerFile.read(bytes: try FileSystem.read(path(of: file), as: file), path: file)
    }
}

extension AnchoredLayers {
    /// The layers of a file in each of its documents; with `text`, the file's bytes, also what stands in it itself.
    static func anchor(
        _ layers: [LayerFile], to documents: [Document], text: [UInt8]?, only names: Set<String> = []
    ) -> [AnchoredLayers] {
        var results = documents.map { _ in AnchoredLayers() }
        if !layers.isEmpty {
            let places = documents.map(DocumentPlaces.init)
            for layer in layers {
                for found in Anchoring.anchor(layer, to: places) {
                    results[found.document].annotations.append(found.anchored)
                }
                for found in Anchoring.anchorDecisions(of: layer, to: places) {
                    results[found.document].decisions.append(found.anchored)
                }
            }
        }
        guard let text else { return results }
        for (index, foreign) in ForeignLayer.read(text, documents: documents).enumerated() {
            for layer in foreign where names.isEmpty || names.contains(layer.name) {
                results[index].annotations += layer.annotations
                results[index].foreignLayers.append(layer.name)
            }
        }
        return results
    }
}
