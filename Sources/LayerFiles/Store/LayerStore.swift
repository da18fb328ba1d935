import Synchronization
package import TextModel

/// The layers of a casebook as files: read once, changed one writer at a time, saved whole.
///
/// Every change runs under the lock of the layer's folder on what stands in the file at that moment, so that two
/// writers never lose each other's changes. What was read stays in memory and is read again only where somebody
/// else has written in between. Paths are from the casebook's folder.
package final class LayerStore: Sendable {
    package let folder: String
    let files: FileLayer
    /// Told of what went wrong beside a change that was saved.
    private let note: @Sendable (Diagnostic) -> Void
    private let loaded = Mutex<[String: Loaded]>([:])

    private struct Loaded {
        var layer: LayerFile
        var fingerprint: FileLayer.Fingerprint
        var diagnostics: [Diagnostic]
    }

    package init(
        folder: String, files: FileLayer = .system, note: @escaping @Sendable (Diagnostic) -> Void = { _ in }
    ) {
        self.folder = folder
        self.files = files
        self.note = note
    }

    var history: History { History(casebook: folder, files: files) }

    func fullPath(_ path: String) -> String { path.hasPrefix("/") ? path : folder + "/" + path }

    /// Reads a layer, or gives the one that was read before when the file is still the same.
    package func load(_ path: String) throws -> (layer: LayerFile, diagnostics: [Diagnostic]) {
        let place = fullPath(path)
        guard let fingerprint = try files.fingerprint(place) else { throw Self.missing(path) }
        if let known = loaded.withLock({ $0[path] }), known.fingerprint == fingerprint {
            return (known.layer, known.diagnostics)
        }
        let (bytes, version) = try files.read(place)
        let (layer, diagnostics) = LayerFile.read(bytes: bytes, path: path)
        loaded.withLock { $0[path] = Loaded(layer: layer, fingerprint: version, diagnostics: diagnostics) }
        return (layer, diagnostics)
    }

    /// Why a file cannot be written; `nil` where it can.
    package func writeProtection(_ path: String) -> String? {
        let place = files.resolved(fullPath(path))
        return files.writeProtection(place, try? files.fingerprint(place))
    }

    /// Changes one layer and saves it, as one step of the history.
    ///
    /// `change` gets the layer as the file is now; it can be called on a later version than the caller has seen.
    /// `creating` makes the layer where there is no file yet. Nothing is written where nothing changed, or where
    /// `change` throws.
    @discardableResult
    package func edit<Result>(
        _ path: String, title: String, by who: String? = nil, creating: (() throws -> LayerFile)? = nil,
        _ change: (inout LayerFile) throws -> Result
    ) throws -> Result {
        let making = creating.map { creating in { (_: String) in try creating() } }
        return try step(title: title, by: who, layers: [path], creating: making) { step in
            // The step has read exactly the layer that it was asked for.
            try step.edit(path, change)
        }
    }

    /// Changes several layers and other files together: all or nothing, one step of the history. `creating` makes the
    /// layer of a path where there is no file yet.
    @discardableResult
    package func step<Result>(
        title: String, by who: String? = nil, layers: [String], files others: [String] = [],
        creating: ((String) throws -> LayerFile)? = nil, _ body: (inout LayerStep) throws -> Result
    ) throws -> Result {
        try locked(paths: layers + others) {
            var step = try read(layers: layers, others: others, creating: creating)
            let result: Result
            do {
                result = try body(&step)
            } catch {
                forget(layers)
                throw error
            }
            let saved = try save(&step)
            if !saved.isEmpty {
                record { number in
                    History.Line(step: number, when: Timestamp.now(), who: who, title: title, files: saved)
                }
            }
            return result
        }
    }

    // MARK: - How

    /// Runs with the locks of the folders that hold some files, taken in one order by everybody.
    func locked<Result>(paths: [String], _ body: () throws -> Result) throws -> Result {
        let folders = Set(paths.map { FileLayer.folder(of: files.resolved(fullPath($0))) })
        return try locked(folders: folders.sorted()[...], body)
    }

    private func locked<Result>(folders: ArraySlice<String>, _ body: () throws -> Result) throws -> Result {
        guard let first = folders.first else { return try body() }
        let lock = try FolderLock(first, files)
        let result = try locked(folders: folders.dropFirst(), body)
        _ = consume lock
        return result
    }

    func read(layers: [String], others: [String], creating: ((String) throws -> LayerFile)? = nil) throws -> LayerStep {
        var step = LayerStep()
        for path in layers {
            let place = fullPath(path)
            if let fingerprint = try files.fingerprint(place) {
                // Taken out, not copied: a layer can be large.
                if let known = loaded.withLock({ $0.removeValue(forKey: path) }), known.fingerprint == fingerprint {
                    step.layers[path] = LayerStep.Entry(
                        layer: known.layer, fingerprint: fingerprint, diagnostics: known.diagnostics)
                } else {
                    let (bytes, version) = try files.read(place)
                    let (layer, diagnostics) = LayerFile.read(bytes: bytes, path: path)
                    step.layers[path] = LayerStep.Entry(
                        layer: layer, fingerprint: version, diagnostics: diagnostics)
                }
            } else if let creating {
                step.layers[path] = LayerStep.Entry(layer: try creating(path), fingerprint: nil, diagnostics: [])
                step.layers[path]?.isNew = true
            } else {
                throw Self.missing(path)
            }
            step.layers[path]?.layer.changes = []
        }
        for path in others {
            let (bytes, version) = try files.read(fullPath(path))
            step.files[path] = LayerStep.OtherFile(before: bytes, bytes: bytes, fingerprint: version)
        }
        return step
    }

    /// Writes what changed; what could not be written all is put back.
    func save(_ step: inout LayerStep) throws -> [History.FileChange] {
        try checkWritable(step)
        var saved: [History.FileChange] = []
        var done: [(path: String, bytes: [UInt8], mode: UInt32?)] = []
        let isOnlyOne = step.layers.count + step.files.count == 1
        do {
            for path in step.layers.keys.sorted() {
                guard var entry = step.layers.removeValue(forKey: path) else { continue }
                if entry.layer.changes.isEmpty && !entry.layer.isHeaderChanged && !entry.isNew {
                    keep(path, entry)
                    continue
                }
                if !isOnlyOne, let old = entry.fingerprint {
                    done.append((path, try files.read(fullPath(path)).bytes, old.mode))
                }
                entry.fingerprint = try write(path, entry.layer.bytes, mode: entry.fingerprint?.mode)
                saved.append(History.FileChange(path: path, coalescing: entry.layer.changes))
                entry.layer.changes = []
                entry.layer.isHeaderChanged = false
                keep(path, entry)
            }
            for (path, file) in step.files.sorted(by: { $0.key < $1.key }) where file.bytes != file.before {
                done.append((path, file.before, file.fingerprint.mode))
                _ = try write(path, file.bytes, mode: file.fingerprint.mode)
                saved.append(
                    History.FileChange(
                        path: path, changes: nil, before: History.Text(file.before), after: History.Text(file.bytes)))
            }
        } catch {
            for (path, bytes, mode) in done {
                forget([path])
                _ = try? write(path, bytes, mode: mode)
            }
            throw error
        }
        return saved
    }

    private func checkWritable(_ step: LayerStep) throws {
        let changed =
            step.layers.filter { !$0.value.layer.changes.isEmpty || $0.value.layer.isHeaderChanged }.map(\.key)
            + step.files.filter { $0.value.bytes != $0.value.before }.map(\.key)
        for path in changed {
            if let reason = writeProtection(path) { throw Diagnostic.readOnlyLayer(path, reason) }
        }
    }

    private func write(_ path: String, _ bytes: [UInt8], mode: UInt32?) throws -> FileLayer.Fingerprint {
        let place = files.resolved(fullPath(path))
        return try files.replace(place, with: bytes, mode: mode)
    }

    private func keep(_ path: String, _ entry: LayerStep.Entry) {
        guard let fingerprint = entry.fingerprint else { return }
        let known = Loaded(layer: entry.layer, fingerprint: fingerprint, diagnostics: entry.diagnostics)
        loaded.withLock { $0[path] = known }
    }

    func forget(_ paths: [String]) {
        loaded.withLock { loaded in
            for path in paths { loaded[path] = nil }
        }
    }

    /// Writes a line of the history. The files are saved already: a history that cannot be written is a warning.
    func record(_ line: (Int) throws -> History.Line) {
        do {
            let history = history
            let lock = try history.lock()
            try history.append(try line(try history.nextNumber()))
            _ = consume lock
        } catch {
            note(
                Diagnostic(
                    "no-history", .warning, file: history.path, "the change is saved, but cannot be undone: \(error)",
                    advice: "make .casebook/ writable"))
        }
    }

    private static func missing(_ path: String) -> Diagnostic {
        Diagnostic(
            "missing-layer", .error, file: path, "there is no such layer",
            advice: "`casebook annotate add --layer NAME` makes one")
    }
}
