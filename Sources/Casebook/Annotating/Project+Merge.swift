package import LayerFiles
import Readers
import TextModel

/// What bringing layers together has done to one layer file.
package struct MergedLayer: Sendable {
    package var layerFile: String
    package var receipt: MergeReceipt
}

extension Project {
    /// Brings layers of the same texts together in one layer of each text, as one step. The sources stay as they are.
    ///
    /// `sources` are layer files. Annotations that say the same of the same words become one with both creators;
    /// whatever differs stays apart, and the receipts name what contradicts. All are brought to today's text first,
    /// so that layers of different versions of a text fit together.
    package func merge(_ sources: [String], into name: String, by authorship: Authorship) throws -> [MergedLayer] {
        guard LayerName.isValid(name) else {
            throw Diagnostic("bad-layer-name", .error, file: name, "is no layer name", advice: LayerName.advice)
        }
        var groups: [String: (layers: [LayerFile], document: Document)] = [:]
        for file in sources {
            var layer = try readLayer(file).layer
            guard let text = textFile(of: layer) else { throw textNotAtHand(layer) }
            let path = layerFile(name, of: text)
            var problems: [Diagnostic] = []
            let documents = documents(of: layer, &problems)
            let known = groups[path]?.layers.first
            if let documents, layer.readOnlyReason == nil {
                try layer.reanchor(to: documents.map(DocumentPlaces.init))
            } else if let known, known.sha256 != layer.sha256 || layer.sha256 == nil {
                throw problems.first ?? textNotAtHand(layer)
            }
            var document = documents?.first ?? Document(path: text)
            if documents == nil { document.sha256 = layer.sha256 ?? "" }
            groups[path, default: ([], document)].layers.append(layer)
        }
        var merged: [MergedLayer] = []
        let title = "merge \(sources.count) layers into \(name)"
        try layerStore().step(
            title: title, by: authorship.annotator.id, layers: groups.keys.sorted(),
            creating: { path in
                LayerFile.new(
                    for: groups[path]?.document ?? Document(path: path), path: path,
                    annotator: groups[path]?.layers.first?.annotators.first ?? authorship.annotator,
                    version: Self.version)
            }
        ) { step in
            for (path, group) in groups.sorted(by: { $0.key < $1.key }) {
                var total = MergeReceipt()
                try step.edit(path) { layer in
                    for source in group.layers where source.path != path {
                        let receipt = try layer.merge(source)
                        total.added += receipt.added
                        total.joined += receipt.joined
                        total.conflicts += receipt.conflicts
                    }
                }
                merged.append(MergedLayer(layerFile: path, receipt: total))
            }
        }
        return merged
    }
}
