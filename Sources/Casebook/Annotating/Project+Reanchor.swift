package import LayerFiles
import Readers
package import TextModel

/// A layer after its text changed.
package struct ReanchoredLayer: Sendable {
    package var receipt: ReanchorReceipt
    /// Of the text's file; empty where the text is not at hand.
    package var documents: [Document]
    /// True where today's places were written into the layer.
    package var isApplied = false
}

/// What re-anchoring found, and what it could not do.
package struct ReanchorReport: Sendable {
    package var layers: [ReanchoredLayer] = []
    package var diagnostics: [Diagnostic] = []
}

extension Project {
    /// Finds today's place of every annotation of some layers, or of all.
    ///
    /// With `applies`, exact and moved ones are written into their layers, fuzzy ones where `fuzzy` says so; all is
    /// one step, which one undo takes back. Layers that cannot be written are told of and left as they are, whole.
    package func reanchor(
        _ files: [String], applies: Bool = false, accepting fuzzy: FuzzyAcceptance = .none, by who: String? = nil
    ) throws -> ReanchorReport {
        var report = ReanchorReport()
        let store = layerStore()
        var found: [String: [DocumentPlaces]] = [:]
        for file in files {
            let (layer, diagnostics) = try readLayer(file)
            report.diagnostics += diagnostics.filter { $0.severity > .note }
            guard let documents = documents(of: layer, &report.diagnostics) else {
                report.layers.append(ReanchoredLayer(receipt: layer.receiptWithoutText, documents: []))
                continue
            }
            let places = documents.map(DocumentPlaces.init)
            report.layers.append(
                ReanchoredLayer(receipt: layer.reanchorReceipt(to: places), documents: documents))
            if let reason = layer.readOnlyReason ?? store.writeProtection(file) {
                if applies {
                    report.diagnostics.append(
                        Diagnostic(
                            "read-only-layer", .warning, file: file, "is left as it is: \(reason)",
                            advice: "Its annotations are found at every reading all the same."))
                }
            } else {
                found[file] = places
            }
        }
        guard applies, !found.isEmpty else { return report }
        let title = "re-anchor \(found.count) layer\(found.count == 1 ? "" : "s")"
        try store.step(title: title, by: who, layers: found.keys.sorted()) { step in
            for index in report.layers.indices {
                let file = report.layers[index].receipt.layerFile
                guard let places = found[file] else { continue }
                // What stands in the file now, which may be more than was read above.
                report.layers[index].receipt = try step.edit(file) { layer in
                    try layer.reanchor(to: places, accepting: fuzzy.inside(file))
                }
                report.layers[index].isApplied = true
            }
        }
        return report
    }

    /// Layer files that a user names: by the layer's name (all its files), by path; all of the casebook where none
    /// is named.
    package func layerFiles(named names: [String], from workingFolder: String) throws -> [String] {
        let all = corpusFiles().filter { LayerFile.layerName(ofPath: $0) != nil && ((try? isLayer($0)) ?? false) }
        guard !names.isEmpty else { return all }
        var files: [String] = []
        for name in names {
            let isPath = name.contains("/") || name.hasSuffix(".xml")
            let path = isPath ? try textFile(named: name, from: workingFolder).file : name
            let found = isPath ? [path] : all.filter { LayerFile.layerName(ofPath: $0) == name }
            guard !found.isEmpty else {
                let known = Set(all.compactMap(LayerFile.layerName(ofPath:)))
                throw Diagnostic(
                    "not-found", .error, file: name, "no layer of this name",
                    advice: nearestNames(to: name, among: known).first.map { "Did you mean “\($0)”?" }
                        ?? "There are: \(known.sorted().joined(separator: ", ")).")
            }
            files += found.filter { !files.contains($0) }
        }
        return files
    }

    /// The text file that a layer is of, from the casebook.
    package func textFile(of layer: LayerFile) -> String? {
        let folder = Self.folder(of: layer.path)
        if let text = layer.textFile { return Self.join(folder, text) }
        // Layers of other programs may not say it; their name does.
        let stem = Self.stem(of: Self.stem(of: layer.path))
        let beside = stem + ".xml"
        return FileSystem.exists(path(of: beside)) ? beside : nil
    }

    /// The documents that a layer is of; `nil`, and told of, where the text is not at hand or cannot be read.
    func documents(of layer: LayerFile, _ diagnostics: inout [Diagnostic]) -> [Document]? {
        guard let text = textFile(of: layer), FileSystem.exists(path(of: text)) else {
            diagnostics.append(textNotAtHand(layer))
            return nil
        }
        do {
            let reading = try read(text)
            if let error = reading.diagnostics.first(where: { $0.severity == .error }) { throw error }
            return reading.documents
        } catch {
            diagnostics.append(
                error as? Diagnostic ?? Diagnostic("unreadable-file", .error, file: text, "\(error)"))
            return nil
        }
    }

    /// A note where the layer says which version of the text it is of, else an error.
    func textNotAtHand(_ layer: LayerFile) -> Diagnostic {
        let isKnown = layer.sha256 != nil
        return Diagnostic(
            "text-not-at-hand", isKnown ? .note : .error, file: layer.path,
            "the text \(textFile(of: layer) ?? "of this layer") is not at hand",
            advice: isKnown
                ? "Put your copy of it there, and the annotations find their places."
                : "Nothing says which version of it the annotations were made on: put the text there.")
    }
}

extension FuzzyAcceptance {
    /// For one layer: of whole ids those that are its own.
    fileprivate func inside(_ file: String) -> FuzzyAcceptance {
        guard case .only(let ids) = self else { return self }
        return .only(Set(ids.filter { $0.hasPrefix(file + "#") }.map { String($0.dropFirst(file.count + 1)) }))
    }
}
