import LayerFiles
import Readers
package import TextModel

/// An annotation with what is needed to understand it.
package struct AnnotationInContext: Sendable {
    package var anchored: AnchoredAnnotation
    /// `nil` where the text is not at hand.
    package var document: Document?
    /// Other annotations of its passages, of all layers.
    package var neighbours: [AnchoredAnnotation]
}

extension Project {
    /// An annotation by its whole id, of a layer or of a text itself, with its place in today's text.
    package func annotation(_ id: QualifiedID) throws -> AnnotationInContext {
        let bytes = try FileSystem.read(path(of: id.file), as: id.file)
        let layer = LayerFile.read(bytes: bytes, path: id.file).0
        let text = layer.isLayer ? textFile(of: layer) : id.file
        guard let text, FileSystem.exists(path(of: text)) else {
            guard let annotation = layer[id.id] else { throw missing(id, among: layer.annotations.map(\.id)) }
            let anchored = AnchoredAnnotation(
                annotation: annotation, layerFile: id.file, layer: layer.name, verdict: .orphaned, pieces: [])
            return AnnotationInContext(anchored: anchored, document: nil, neighbours: [])
        }
        let textBytes = try FileSystem.read(path(of: text), as: text)
        let documents = read(textBytes, file: text).documents
        let layers = layers(of: documents, text: textBytes)
        for (document, layers) in zip(documents, layers) {
            guard let anchored = layers.annotations.first(where: { $0.qualifiedID == id.text }) else { continue }
            return AnnotationInContext(
                anchored: anchored, document: document,
                neighbours: layers.neighbours(of: anchored.pieces).filter { $0.qualifiedID != id.text })
        }
        throw missing(id, among: layers.flatMap(\.annotations).filter { $0.layerFile == id.file }.map(\.annotation.id))
    }

    private func missing(_ id: QualifiedID, among known: [String]) -> Diagnostic {
        Diagnostic(
            "not-found", .error, file: id.file, "no annotation “\(id.id)” in this file",
            advice: nearestNames(to: id.id, among: known).first.map { "Did you mean “\($0)”?" }
                ?? "`casebook annotate list` shows all ids.")
    }
}

extension AnchoredLayers {
    /// Annotations that have words in the passages of some pieces, in the order of the text.
    package func neighbours(of pieces: [AnchoredPiece]) -> [AnchoredAnnotation] {
        let passages = Set(pieces.map(\.passage))
        return annotations.filter { $0.pieces.contains { passages.contains($0.passage) } }
            .sorted { ($0.pieces.first?.raw.start ?? 0) < ($1.pieces.first?.raw.start ?? 0) }
    }
}
