package import LayerFiles
import Readers
package import TextModel

/// Who writes, and where: as git has an author and a branch.
package struct Authorship: Sendable {
    package var annotator: Annotator
    package var layer: String

    package init(annotator: Annotator, layer: String) {
        self.annotator = annotator
        self.layer = layer
    }
}

extension Project {
    /// The layers of the casebook as files.
    package func layerStore(note: @escaping @Sendable (Diagnostic) -> Void = { _ in }) -> LayerStore {
        LayerStore(folder: folder, note: note)
    }

    /// Who annotates in which layer: as told, else as `casebook.yml` says, else the login name.
    package func authorship(annotator: String?, layer: String?, login: String) throws -> Authorship {
        let name = annotator ?? configuration.annotator ?? login
        let own = Annotator(name: name)
        let layer = layer ?? configuration.layer ?? own.id
        guard LayerName.isValid(layer) else {
            throw Diagnostic("bad-layer-name", .error, file: layer, "is no layer name", advice: LayerName.advice)
        }
        return Authorship(annotator: own, layer: layer)
    }

    /// Path of a layer of a text: `Corpus/love-story.instructor.xml`.
    package func layerFile(_ layer: String, of file: String) -> String { "\(Self.stem(of: file)).\(layer).xml" }

    /// The layers of a text, sorted: files `NAME.LAYER.xml` beside it that hold annotations.
    package func layerFiles(of file: String) -> [String] {
        let directory = Self.folder(of: file)
        let name = Self.stem(of: Self.lastComponent(of: file))
        return FileSystem.files(in: path(of: directory.isEmpty ? "." : directory), extensions: ["xml"])
            .filter { candidate in
                guard candidate.hasPrefix(name + "."), let layer = LayerFile.layerName(ofPath: candidate) else {
                    return false
                }
                return candidate == "\(name).\(layer).xml" && layer != LayerName.reserved
            }
            .map { directory.isEmpty ? $0 : directory + "/" + $0 }
            .filter { (try? isLayer($0)) ?? false }
    }

    /// Does a file hold annotations of another file: found out from what it holds.
    package func isLayer(_ file: String) throws -> Bool {
        LayerFile.read(bytes: try FileSystem.read(path(of: file), as: file), path: file).0.isLayer
    }

    /// Writes annotations into a layer, all or none, as one step; their whole ids. `keepsDigests` leaves the words
    /// out of the layer, so that it can be given away without the text.
    package func annotate(
        _ document: Document, with drafts: [AnnotationDraft], by authorship: Authorship, keepsDigests: Bool = false
    ) throws
        -> [String]
    {
        let path = layerFile(authorship.layer, of: document.path)
        let resolver = DraftResolver(
            document: document, scheme: try scheme().scheme, layerPath: path,
            schemePath: LayerFile.relativePath(of: configuration.scheme, fromFolderOf: path),
            creator: authorship.annotator.id, now: Timestamp.now(),
            keepsDigests: keepsDigests)
        var annotations: [Annotation] = []
        var decisions: [Decision] = []
        for draft in drafts {
            if draft.findsNothing {
                decisions.append(try resolver.decision(draft))
            } else {
                annotations.append(try resolver.annotation(draft))
            }
        }
        let title = drafts.count == 1 ? "add 1 annotation" : "add \(drafts.count) annotations"
        let ids = try layerStore().edit(
            path, title: title, by: authorship.annotator.id,
            creating: {
                LayerFile.new(for: document, path: path, annotator: authorship.annotator, version: Self.version)
            },
            { layer in
                layer.addAnnotators([authorship.annotator])
                layer.subjectFiles = personFiles(of: document, layerPath: path)
                return try layer.add(annotations) + layer.add(decisions)
            })
        return ids.map { "\(path)#\($0)" }
    }

    /// For each person and relation that the text does not declare itself, the file that does, as a layer names it.
    func personFiles(of document: Document, layerPath: String) -> [String: String] {
        let file = Self.personsFile(of: document.path)
        guard let bytes = try? FileSystem.read(path(of: file), as: file) else { return [:] }
        let persons = PersonsReader.read(bytes, path: file)
        let name = LayerFile.relativePath(of: file, fromFolderOf: layerPath)
        let ids = persons.persons.map(\.id) + persons.relations.compactMap(\.id)
        return Dictionary(ids.map { ($0, name) }, uniquingKeysWith: { first, _ in first })
    }

    /// Takes annotations or decisions out of their layers, as one step.
    package func removeAnnotations(_ ids: [QualifiedID], by who: String) throws {
        let byFile = Dictionary(grouping: ids, by: \.file)
        try layerStore().step(
            title: ids.count == 1 ? "remove 1 annotation" : "remove \(ids.count) annotations", by: who,
            layers: byFile.keys.sorted()
        ) { step in
            for (file, ids) in byFile {
                try step.edit(file) { layer in try layer.remove(ids.map(\.id)) }
            }
        }
    }
}

/// An annotation's whole name: `Corpus/love-story.instructor.xml#a-7k2m9q4x`.
package struct QualifiedID: Sendable, Hashable {
    package var file: String
    package var id: String

    package init(file: String, id: String) {
        self.file = file
        self.id = id
    }

    package var text: String { file + "#" + id }
}

extension Project {
    /// Whole names for what users type: whole, or the part after `#` where it is unique among all layers.
    package func qualifiedIDs(_ ids: [String]) throws -> [QualifiedID] {
        var owners: [String: [String]]?
        return try ids.map { text in
            if let hash = text.lastIndex(of: "#"), hash != text.startIndex {
                return QualifiedID(file: String(text[..<hash]), id: String(text[text.index(after: hash)...]))
            }
            let known = try owners ?? layersByAnnotation()
            owners = known
            let id = text.hasPrefix("#") ? String(text.dropFirst()) : text
            guard let files = known[id], let file = files.first else {
                throw Diagnostic(
                    "not-found", .error, file: id, "no annotation with this id",
                    advice: nearestNames(to: id, among: known.keys).first.map { "Did you mean “\($0)”?" })
            }
            guard files.count == 1 else {
                throw Diagnostic(
                    "ambiguous-id", .error, file: id, "stands in \(files.count) layers",
                    advice: "Say which one: " + files.map { "\($0)#\(id)" }.joined(separator: ", "))
            }
            return QualifiedID(file: file, id: id)
        }
    }

    /// For each annotation's and decision's id the layers that hold it.
    private func layersByAnnotation() throws -> [String: [String]] {
        var owners: [String: [String]] = [:]
        for file in corpusFiles() {
            guard LayerFile.layerName(ofPath: file) != nil else { continue }
            let layer = LayerFile.read(bytes: try FileSystem.read(path(of: file), as: file), path: file).0
            guard layer.isLayer else { continue }
            for id in layer.annotations.map(\.id) + layer.decisions.map(\.id) { owners[id, default: []].append(file) }
        }
        return owners
    }
}
