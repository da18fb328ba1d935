import TextModel

/// A step of the history, for people.
package struct HistoryEntry: Sendable, Equatable {
    package var step: Int
    package var when: String
    package var who: String?
    package var title: String
    /// Files that the step changed, and how many annotations and decisions in each.
    package var files: [(path: String, count: Int)]
    package var isUndone: Bool

    package static func == (left: HistoryEntry, right: HistoryEntry) -> Bool {
        left.step == right.step && left.when == right.when && left.who == right.who && left.title == right.title
            && left.isUndone == right.isUndone
    }
}

extension LayerStore {
    /// The last steps, newest first.
    package func log(limit: Int = .max) throws -> [HistoryEntry] {
        var entries: [HistoryEntry] = []
        // Lines of undo and redo come after their step: read from the end, the first one decides.
        var states: [Int: Bool] = [:]
        try history.backwards { line in
            if line.isUndo == true || line.isRedo == true {
                if states[line.step] == nil { states[line.step] = line.isUndo == true }
                return true
            }
            entries.append(
                HistoryEntry(
                    step: line.step, when: line.when, who: line.who, title: line.title ?? "",
                    files: (line.files ?? []).map { ($0.path, $0.changes?.count ?? 1) },
                    isUndone: states[line.step] ?? false))
            return entries.count < limit
        }
        return entries
    }

    /// Takes the last step back, whole. With `who`, the last step of that person.
    ///
    /// Where somebody has since changed what the step changed, nothing is done and the error names the places: no
    /// undo loses a later change. `nil` where there is nothing to undo.
    package func undo(by who: String? = nil) throws -> HistoryEntry? {
        while let line = try history.lastStanding(by: who) {
            let isDone = try apply(line, isUndo: true, by: who) { try history.lastStanding(by: who)?.step == line.step }
            if isDone { return entry(of: line, isUndone: true) }
        }
        return nil
    }

    /// Does the step again that was undone last. `nil` where something new was done since, or nothing was undone.
    package func redo(by who: String? = nil) throws -> HistoryEntry? {
        while let line = try history.lastUndone() {
            let isDone = try apply(line, isUndo: false, by: who) { try history.lastUndone()?.step == line.step }
            if isDone { return entry(of: line, isUndone: false) }
        }
        return nil
    }

    private func entry(of line: History.Line, isUndone: Bool) -> HistoryEntry {
        HistoryEntry(
            step: line.step, when: line.when, who: line.who, title: line.title ?? "",
            files: (line.files ?? []).map { ($0.path, $0.changes?.count ?? 1) }, isUndone: isUndone)
    }

    /// False where somebody else was quicker: `isStillLast` no longer holds under the locks.
    private func apply(
        _ line: History.Line, isUndo: Bool, by who: String?, while isStillLast: () throws -> Bool
    ) throws -> Bool {
        if let rename = line.rename { return try apply(rename, of: line, isUndo: isUndo, by: who, while: isStillLast) }
        let changes = line.files ?? []
        let layers = changes.filter { $0.changes != nil }
        let others = changes.filter { $0.changes == nil }
        return try locked(paths: changes.map(\.path)) {
            guard try isStillLast() else { return false }
            var step = try read(layers: layers.map(\.path), others: others.map(\.path))
            do {
                for file in layers {
                    let wanted = file.layerChanges.map { isUndo ? $0.inverse : $0 }
                    try step.edit(file.path) { layer in
                        try check(wanted, in: layer, of: line, isUndo: isUndo)
                        try layer.restore(wanted)
                    }
                }
                for file in others {
                    let (from, to) = isUndo ? (file.after, file.before) : (file.before, file.after)
                    guard let from, let to, step[file: file.path] == from.bytes else {
                        throw conflict(line, isUndo: isUndo, file: file.path, [])
                    }
                    step[file: file.path] = to.bytes
                }
                _ = try save(&step)
            } catch {
                forget(layers.map(\.path))
                throw error
            }
            record { _ in
                History.Line(
                    step: line.step, isUndo: isUndo ? true : nil, isRedo: isUndo ? nil : true, when: Timestamp.now(),
                    who: who)
            }
            return true
        }
    }

    /// Gives the other name back, with all that belongs to the text now.
    private func apply(
        _ rename: History.Rename, of line: History.Line, isUndo: Bool, by who: String?,
        while isStillLast: () throws -> Bool
    ) throws -> Bool {
        let (from, to) = isUndo ? (rename.to, rename.from) : (rename.from, rename.to)
        return try locked(paths: [from, to] + rename.layers) {
            guard try isStillLast() else { return false }
            let present = try rename.layers.filter { try files.fingerprint(fullPath($0)) != nil }
            _ = try move(from, to: to, layers: present)
            record { _ in
                History.Line(
                    step: line.step, isUndo: isUndo ? true : nil, isRedo: isUndo ? nil : true, when: Timestamp.now(),
                    who: who)
            }
            return true
        }
    }

    /// What stands in the file must be what the step left there.
    private func check(
        _ wanted: [LayerChange], in layer: LayerFile, of line: History.Line, isUndo: Bool
    ) throws(Diagnostic) {
        var sources: [String: ArraySlice<UInt8>] = [:]
        for (annotation, range) in zip(layer.annotations, layer.annotationRanges) {
            sources[annotation.id] = layer.bytes[range]
        }
        for (decision, range) in zip(layer.decisions, layer.decisionRanges) {
            sources[decision.id] = layer.bytes[range]
        }
        let changed = wanted.filter { change in
            if change.list == .header { return (layer.headerValue(change.id) ?? []) != change.before }
            guard let before = change.before else { return sources[change.id] != nil }
            return sources[change.id].map { Array($0) } != before
        }
        guard changed.isEmpty else {
            throw conflict(line, isUndo: isUndo, file: layer.path, changed.map(\.id))
        }
    }

    private func conflict(_ line: History.Line, isUndo: Bool, file: String, _ ids: [String]) -> Diagnostic {
        let what =
            switch ids.count {
            case 0: "the file"
            case 1...3: ids.joined(separator: ", ")
            default: "\(ids.prefix(3).joined(separator: ", ")) and \(ids.count - 3) more"
            }
        return Diagnostic(
            "changed-since", .error, file: file,
            "step \(line.step) (\(line.title ?? "")) cannot be \(isUndo ? "undone" : "redone"): \(what) changed since",
            advice: "nothing was changed; edit by hand what should go, so that the later change is not lost")
    }
}
