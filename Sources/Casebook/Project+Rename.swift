package import LayerFiles
package import TextModel

extension Project {
    /// Gives a text another name in its folder, with its layers, its persons and all pointers to it, as one step.
    /// What names the text in files of other kinds is told of.
    package func rename(
        _ old: String, to name: String, by who: String?
    ) throws -> (receipt: RenameReceipt, diagnostics: [Diagnostic]) {
        guard !layerFiles(of: old).contains(old), (try? isLayer(old)) != true else {
            throw Diagnostic(
                "not-a-text", .error, file: old, "is a layer, not a text", advice: "Rename the text: its layers follow."
            )
        }
        let folder = Self.folder(of: old)
        let file = name.hasSuffix(".xml") || name.hasSuffix(".tei") ? name : name + ".xml"
        let new = file.contains("/") || folder.isEmpty ? file : folder + "/" + file
        let layers = try allLayerFiles()
        let receipt = try layerStore().rename(text: old, to: new, layers: layers, by: who)
        var diagnostics = receipt.skipped.sorted { $0.key < $1.key }.map { path, reason in
            Diagnostic(
                "read-only-layer", .warning, file: path, "still points to \(old): \(reason)",
                advice: "Make it writable and change the name in it.")
        }
        if configuration.scope.contains(old) {
            diagnostics.append(
                Diagnostic(
                    "stale-scope", .warning, file: Self.marker, "the scope names \(old)",
                    advice: "Write \(new) instead."))
        }
        return (receipt, diagnostics)
    }
}
