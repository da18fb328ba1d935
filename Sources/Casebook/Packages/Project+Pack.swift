import LayerFiles
import Readers
package import TextModel
package import Writers

/// What a package of annotations holds, and what was left out of it.
package struct AnnotationPack: Sendable {
    /// Paths from the folder that the package is.
    package var files: [WrittenFile] = []
    package var annotations = 0
    /// Words of a text that stood in comments and were taken out.
    package var removedWords = 0
    package var diagnostics: [Diagnostic] = []
}

extension Project {
    /// Name of the file that says what a package is of, and how it is opened.
    package static let packReadme = "README.txt"

    /// Makes a package of layers that holds no word of their texts: a casebook without its texts, with pointers and
    /// digests, from which everybody finds the places again in a copy of their own.
    ///
    /// Suggestions that were declined stay here, and so do the reasons of suggestions, which quote. Comments go along
    /// without the words of the text that stand in them.
    /// `layers` are paths from the casebook.
    ///
    /// - Throws: a ``Diagnostic`` where none of them has an annotation.
    package func pack(_ layers: [String]) throws -> AnnotationPack {
        var pack = AnnotationPack()
        var texts: [String: PackedText] = [:]
        for file in layers {
            let (layer, problems) = try readLayer(file)
            pack.diagnostics += problems.filter { $0.severity > .note }
            guard !layer.annotations.isEmpty else {
                pack.diagnostics.append(
                    Diagnostic("no-annotations", .warning, file: file, "has no annotations: it is left out"))
                continue
            }
            guard let path = textFile(of: layer) else {
                pack.diagnostics.append(
                    Diagnostic("no-text", .error, file: file, "does not say which text it is of: it is left out"))
                continue
            }
            let text = try texts[path] ?? packedText(path, of: layer, &pack.diagnostics)
            let packed = try self.packed(layer, text, &pack)
            pack.files.append(WrittenFile(name: file, bytes: packed.bytes))
            var entry = text
            entry.layers.append((packed.name, packed.annotations.count))
            texts[path] = entry
        }
        guard !texts.isEmpty || pack.diagnostics.contains(where: { $0.severity == .error }) else {
            throw Diagnostic(
                "nothing-to-pack", .error, file: layers.first ?? "", "there are no annotations to pack",
                advice:
                    "Name a layer (Corpus/NAME.instructor.xml, not the text beside it) or a kind of layer (instructor)."
            )
        }
        for (_, text) in texts.sorted(by: { $0.key < $1.key }) {
            if let persons = try personsFile(of: text) { pack.files.append(persons) }
        }
        for file in FileSystem.files(under: folder + "/Schemas", extensions: ["xml", "rng", "odd"]) {
            let name = "Schemas/" + file
            pack.files.append(WrittenFile(name: name, bytes: try FileSystem.read(path(of: name), as: name)))
        }
        let scheme = configuration.scheme
        if !pack.files.contains(where: { $0.name == scheme }) {
            pack.files.append(WrittenFile(name: scheme, bytes: try FileSystem.read(path(of: scheme), as: scheme)))
        }
        pack.files.append(
            WrittenFile(
                name: Self.marker,
                text: "format: \(Configuration.format)\nscheme: \(scheme)\nlanguage: \(configuration.language)\n"))
        pack.files.append(
            WrittenFile(name: Self.packReadme, text: readme(of: texts.sorted { $0.key < $1.key }.map(\.value))))
        pack.files.sort { $0.name < $1.name }
        return pack
    }

    // MARK: - Inside

    /// A text that a package is of.
    private struct PackedText {
        var path: String
        /// `nil` where the text is not at hand.
        var document: Document?
        var sha256: String?
        var title: String
        var remover: QuotationRemover?
        var layers: [(name: String, count: Int)] = []
    }

    private func packedText(
        _ path: String, of layer: LayerFile, _ diagnostics: inout [Diagnostic]
    ) throws -> PackedText {
        guard FileSystem.exists(self.path(of: path)) else {
            return PackedText(path: path, sha256: layer.sha256, title: Self.stem(of: Self.lastComponent(of: path)))
        }
        let reading = try read(path)
        guard let document = reading.documents.first else {
            throw reading.diagnostics.first { $0.severity == .error }
                ?? Diagnostic("no-text", .error, file: path, "holds no text")
        }
        return PackedText(
            path: path, document: document, sha256: document.sha256, title: document.work.title,
            remover: QuotationRemover(document))
    }

    /// The layer written anew, so that nothing of the old file comes along that nobody has looked at.
    private func packed(_ layer: LayerFile, _ text: PackedText, _ pack: inout AnnotationPack) throws -> LayerFile {
        var document = text.document ?? Document(path: text.path)
        document.work.title = text.title
        document.sha256 = layer.sha256 ?? text.sha256 ?? ""
        let annotator = layer.annotators.first ?? Annotator(name: layer.name)
        var packed = LayerFile.new(for: document, path: layer.path, annotator: annotator, version: Self.version)
        packed.addAnnotators(layer.annotators)
        let persons = Self.personsFile(of: text.path)
        let known = text.document.map { personNames(of: $0) } ?? []
        // Persons go along in a file of their own: the copy of a reader may declare none.
        packed.subjectFiles = layer.subjectFiles.merging(
            known.map { ($0, LayerFile.relativePath(of: persons, fromFolderOf: layer.path)) }
        ) { old, _ in old }
        var annotations: [Annotation] = []
        for annotation in layer.annotations {
            var annotation = annotation
            for index in annotation.targets.indices {
                let quote = annotation.targets[index].quote
                annotation.targets[index].quote = quote.digest == nil ? quote.digested : Quote(digest: quote.digest)
            }
            annotation.proposal = nil
            if let comment = annotation.comment, let remover = text.remover {
                let (rest, removed) = remover.remove(from: comment)
                annotation.comment = rest
                pack.removedWords += removed
            }
            annotations.append(annotation)
        }
        try packed.add(annotations)
        pack.annotations += annotations.count
        return packed
    }

    private func personNames(of document: Document) -> [String] {
        document.work.persons.map(\.id) + document.work.relations.compactMap(\.id)
    }

    /// All persons and relations that the annotations may name.
    private func personsFile(of text: PackedText) throws -> WrittenFile? {
        let path = Self.personsFile(of: text.path)
        guard let document = text.document else {
            guard FileSystem.exists(self.path(of: path)) else { return nil }
            return WrittenFile(name: path, bytes: try FileSystem.read(self.path(of: path), as: path))
        }
        let work = document.work
        guard !work.persons.isEmpty else { return nil }
        var file = PersonsFile(for: document, path: path)
        for person in work.persons { try file.add(person) }
        let declared = Set(work.persons.map(\.id))
        for relation in work.relations {
            let ids = relation.active + relation.passive + relation.mutual
            guard ids.allSatisfy(declared.contains) else { continue }
            try file.add(
                relation, textFile: LayerFile.relativePath(of: text.path, fromFolderOf: path), declaredHere: declared)
        }
        return WrittenFile(name: path, bytes: file.bytes)
    }

    private func readme(of texts: [PackedText]) -> String {
        var lines = [
            "Annotations made with Casebook, without the texts that they are of.", "",
            "Open the package with your own copies of the texts:", "",
            "    casebook annotate unpack PACKAGE.zip YOUR-COPY.xml …", "",
            "Each annotation finds its words by a hash of them. A copy with the SHA-256 below is the very file that",
            "the annotations were made on; in another one, words that are the same are found all the same.", "",
        ]
        for text in texts {
            lines.append(text.title)
            if let work = text.document?.work {
                if !work.authors.isEmpty { lines.append("  by       " + work.authors.joined(separator: "; ")) }
                if let source = work.source { lines.append("  edition  " + source) }
            }
            lines.append("  file     " + text.path)
            if let sha256 = text.sha256 { lines.append("  sha256   " + sha256) }
            for layer in text.layers {
                lines.append("  layer    \(layer.name), \(layer.count) annotation\(layer.count == 1 ? "" : "s")")
            }
            lines.append("")
        }
        return lines.joined(separator: "\n")
    }
}
