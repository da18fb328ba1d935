package import Foundation
import LayerFiles
import Readers
package import SearchIndex
import Tagging
package import TextModel

/// What bringing the index up to date has done.
package struct IndexReport: Sendable {
    package var textsRead = 0
    package var layersRead = 0
    package var removed = 0
    package var diagnostics: [Diagnostic] = []
    /// True where the index was damaged or of another version and was made anew.
    package var wasRebuilt = false
}

extension Project {
    /// Where the index lies: in the casebook, or in the user's cache where the casebook cannot be written.
    package var indexFile: URL {
        let own = URL(fileURLWithPath: folder + "/.casebook")
        if FileManager.default.isWritableFile(atPath: FileSystem.exists(own.path) ? own.path : folder) {
            return own.appendingPathComponent("index.sqlite")
        }
        let caches =
            FileManager.default.urls(for: .cachesDirectory, in: .userDomainMask).first
            ?? FileManager.default.temporaryDirectory
        // One folder a casebook: its path, made a file name.
        let name = folder.replacingOccurrences(of: "/", with: "%")
        return caches.appendingPathComponent("casebook/\(name)/index.sqlite")
    }

    /// Opens the index, made where there is none; not yet up to date.
    package func openIndex() throws -> CorpusIndex {
        let file = indexFile
        try FileSystem.makeFolder(file.deletingLastPathComponent().path)
        return try CorpusIndex(at: file)
    }

    /// Opens the index and brings it up to date with the files: what did not change is not read.
    package func updatedIndex(
        suggesting: Bool = true, jobs: Int = 1, progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
    ) throws -> (index: CorpusIndex, report: IndexReport) {
        let index = try openIndex()
        do {
            var refresh = IndexRefresh(self, index, suggesting, jobs, progress)
            return (index, try refresh.run())
        } catch IndexError.damaged {
            let index = try index.rebuilt()
            var refresh = IndexRefresh(self, index, suggesting, jobs, progress)
            var report = try refresh.run()
            report.wasRebuilt = true
            return (index, report)
        }
    }
}

/// One round of bringing the index up to date.
private struct IndexRefresh {
    let project: Project
    let index: CorpusIndex
    let suggesting: Bool
    let jobs: Int
    let progress: @Sendable (Int, Int) -> Void
    var report = IndexReport()

    init(
        _ project: Project, _ index: CorpusIndex, _ suggesting: Bool, _ jobs: Int,
        _ progress: @escaping @Sendable (Int, Int) -> Void
    ) {
        self.project = project
        self.index = index
        self.suggesting = suggesting
        self.jobs = jobs
        self.progress = progress
    }

    /// A file that is not what the index knows.
    private struct Changed: Sendable {
        var path: String
        var bytes: [UInt8]
        var fingerprint: Fingerprint
    }

    /// A text with everything that belongs to it.
    private struct ReadText: Sendable {
        var path: String
        var fingerprint: Fingerprint
        var documents: [IndexedDocument]
        var layers: [(path: String, fingerprint: Fingerprint)]
        var diagnostics: [Diagnostic]
    }

    mutating func run() throws -> IndexReport {
        let corpus = project.corpusFiles()
        let settings = [project.configuration.scheme, project.cueFile]
        let known = try index.fingerprints()
        let different = changedFiles(of: corpus + settings, known: known)
        // A new time, a copy or a checkout makes no other content.
        let touched = different.filter { known[$0.path]?.sha256 == $0.fingerprint.sha256 }
        let changed = different.filter { known[$0.path]?.sha256 != $0.fingerprint.sha256 }
        let present = Set((corpus + settings).filter { FileSystem.exists(project.path(of: $0)) })
        if !touched.isEmpty {
            try index.update { update in for file in touched { try update.record(file.fingerprint, of: file.path) } }
        }
        let removed = known.keys.filter { !present.contains($0) }.sorted()
        guard !changed.isEmpty || !removed.isEmpty else { return report }

        let settingsChanged =
            changed.contains { settings.contains($0.path) } || removed.contains { settings.contains($0) }
        let suggester = suggesting ? try? project.indexSuggester(index) : nil
        let plan = plan(changed, removed: removed, corpus: corpus, all: settingsChanged && suggesting)
        try write(plan, changed: changed, removed: removed, settings: settings, suggester: suggester)
        return report
    }

    /// Reads what looks changed by size, time or inode.
    private func changedFiles(of files: [String], known: [String: Fingerprint]) -> [Changed] {
        files.compactMap { path in
            guard let stamp = FileStamp(path: project.path(of: path)) else { return nil }
            let inode = Int64(bitPattern: stamp.inode)
            if let old = known[path], old.size == stamp.size, old.modified == stamp.modified, old.inode == inode {
                return nil
            }
            guard let bytes = try? FileSystem.read(project.path(of: path), as: path) else { return nil }
            let fingerprint = Fingerprint(
                size: stamp.size, modified: stamp.modified, inode: inode, sha256: sha256Hex(bytes))
            return Changed(path: path, bytes: bytes, fingerprint: fingerprint)
        }
    }

    /// Texts that must be read: changed ones, and those with a changed layer or persons file.
    private func plan(_ changed: [Changed], removed: [String], corpus: [String], all: Bool) -> [String] {
        let files = Set(corpus)
        var texts = Set<String>()
        for path in changed.map(\.path) + removed {
            if let text = textBeside(path, files) {
                texts.insert(text)
            } else if files.contains(path) {
                texts.insert(path)
            }
        }
        if all { for path in corpus where textBeside(path, files) == nil { texts.insert(path) } }
        return texts.sorted()
    }

    /// `NAME.xml` for `NAME.LAYER.xml` where there is such a text; a name alone makes no layer, but a text whose
    /// neighbour changed may be read again without harm.
    private func textBeside(_ path: String, _ files: Set<String>) -> String? {
        let stem = Project.stem(of: path)
        guard let dot = stem.lastIndex(of: "."), !stem[dot...].contains("/") else { return nil }
        let text = String(stem[..<dot]) + path.dropFirst(stem.count)
        return files.contains(text) ? text : nil
    }

    private mutating func write(
        _ texts: [String], changed: [Changed], removed: [String], settings: [String], suggester: CasebookSuggester?
    ) throws {
        let bytes = Dictionary(changed.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        // Files in a text's group are written with it; all else that changed is only remembered.
        var handled = Set<String>()
        // Some texts at a time: all of a large corpus would not fit into memory.
        let size = max(jobs, 1)
        let project = self.project
        try index.update { update in
            for path in removed { try update.remove(path) }
            report.removed = removed.count
            if let scheme = try? project.scheme().scheme, changed.contains(where: { settings.contains($0.path) }) {
                try update.replaceSchemes(with: [scheme])
            }
            for start in stride(from: 0, to: texts.count, by: size) {
                let batch = Array(texts[start..<min(start + size, texts.count)])
                let read = parallelMap(batch, jobs: jobs) { path in
                    Self.read(path, known: bytes[path], project: project, suggester: suggester)
                }
                for text in read.compactMap(\.self) {
                    report.diagnostics += text.diagnostics
                    report.textsRead += text.documents.isEmpty ? 0 : 1
                    report.layersRead += text.layers.count
                    try update.replaceText(text.path, text.fingerprint, with: text.documents)
                    for layer in text.layers { try update.record(layer.fingerprint, of: layer.path) }
                    handled.formUnion([text.path] + text.layers.map(\.path))
                }
                progress(min(start + size, texts.count), texts.count)
            }
            for file in changed where !handled.contains(file.path) {
                try update.record(file.fingerprint, of: file.path)
            }
        }
    }

    /// Reads a text with its layers and suggestions; `nil` where the file is none.
    private static func read(_ path: String, known: Changed?, project: Project, suggester: CasebookSuggester?)
        -> ReadText?
    {
        guard let stamp = FileStamp(path: project.path(of: path)),
            let bytes = known?.bytes ?? (try? FileSystem.read(project.path(of: path), as: path))
        else { return nil }
        let fingerprint =
            known?.fingerprint
            ?? Fingerprint(
                size: stamp.size, modified: stamp.modified, inode: Int64(bitPattern: stamp.inode),
                sha256: sha256Hex(bytes))
        let reading = project.read(bytes, file: path)
        guard reading.kind == .text || reading.hasErrors else { return nil }
        var text = ReadText(
            path: path, fingerprint: fingerprint, documents: [], layers: [],
            diagnostics: reading.diagnostics.filter { $0.severity == .error })
        let layers = project.layerFiles(of: path).compactMap { file -> (LayerFile, Fingerprint)? in
            guard let stamp = FileStamp(path: project.path(of: file)),
                let bytes = try? FileSystem.read(project.path(of: file), as: file)
            else { return nil }
            let fingerprint = Fingerprint(
                size: stamp.size, modified: stamp.modified, inode: Int64(bitPattern: stamp.inode),
                sha256: sha256Hex(bytes))
            return (LayerFile.read(bytes: bytes, path: file).0, fingerprint)
        }
        text.layers = layers.map { ($0.0.path, $0.1) }
        let anchored = AnchoredLayers.anchor(layers.map(\.0), to: reading.documents, text: bytes)
        text.documents = zip(reading.documents, anchored).map { document, anchored in
            let suggestions = suggester?.makeTagger().suggestions(for: document) ?? []
            return IndexedDocument(
                document, annotations: anchored.annotations, decisions: anchored.decisions, suggestions: suggestions,
                decided: anchored.suggestionStates.decided(suggestions))
        }
        return text
    }
}
