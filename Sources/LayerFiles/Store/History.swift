import FoundationEssentials

/// What was done to a casebook's files, step by step, so that it can be taken back.
///
/// A file of JSON lines, `.casebook/history/log.jsonl`, that is only ever appended to: one line a step, one line
/// when a step is undone or redone. Finding the last step reads from the end, so that a save costs the same
/// however long the history is. It may be deleted at any time.
struct History: Sendable {
    let path: String
    let files: FileLayer

    init(casebook folder: String, files: FileLayer) {
        path = folder + "/.casebook/history/log.jsonl"
        self.files = files
    }

    /// A line of the file.
    struct Line: Codable, Sendable {
        var step: Int
        /// Set where the line says that step `step` was undone or redone.
        var isUndo: Bool?
        var isRedo: Bool?
        var when: String
        var who: String?
        var title: String?
        var files: [FileChange]?
        /// A text got another name; its files follow it by what they hold, not by what this line says.
        var rename: Rename?
    }

    struct Rename: Codable, Sendable {
        var from: String
        var to: String
        /// Layers elsewhere that point to it.
        var layers: [String]
    }

    struct FileChange: Codable, Sendable {
        var path: String
        var changes: [ElementChange]?
        /// The whole file, where it is no layer.
        var before: Text?
        var after: Text?

        init(path: String, changes: [ElementChange]?, before: Text?, after: Text?) {
            self.path = path
            self.changes = changes
            self.before = before
            self.after = after
        }

        init(path: String, coalescing changes: [LayerChange]) {
            var merged: [ElementChange] = []
            var places: [String: Int] = [:]
            for change in changes {
                if let place = places[change.id] {
                    merged[place].after = change.after.map(Text.init)
                } else {
                    places[change.id] = merged.count
                    merged.append(
                        ElementChange(
                            list: change.list.rawValue, id: change.id, before: change.before.map(Text.init),
                            after: change.after.map(Text.init), follows: change.follows))
                }
            }
            self.init(
                path: path, changes: merged.filter { $0.before?.bytes != $0.after?.bytes }, before: nil, after: nil)
        }

        /// What the line says of a layer.
        var layerChanges: [LayerChange] {
            (changes ?? []).map { change in
                LayerChange(
                    list: LayerChange.List(rawValue: change.list) ?? .annotations, id: change.id,
                    before: change.before?.bytes, after: change.after?.bytes, follows: change.follows)
            }
        }
    }

    /// An element of a layer; one that a step changed more than once comes once.
    struct ElementChange: Codable, Sendable {
        var list: String
        var id: String
        var before: Text?
        var after: Text?
        var follows: String?
    }

    /// Bytes: as text where they are UTF-8.
    struct Text: Codable, Sendable {
        var bytes: [UInt8]

        init(_ bytes: [UInt8]) { self.bytes = bytes }

        init(from decoder: any Decoder) throws {
            let text = try decoder.singleValueContainer().decode(String.self)
            if text.hasPrefix("base64:"), let data = Data(base64Encoded: String(text.dropFirst(7))) {
                bytes = Array(data)
            } else {
                bytes = Array(text.utf8)
            }
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            if let text = String(validating: bytes, as: UTF8.self), !text.hasPrefix("base64:") {
                try container.encode(text)
            } else {
                try container.encode("base64:" + Data(bytes).base64EncodedString())
            }
        }
    }

    // MARK: - Writing

    /// Appends a line. The caller holds the lock of the history.
    func append(_ line: Line) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var bytes = Array(try encoder.encode(line))
        bytes.append(UInt8(ascii: "\n"))
        // A line that a killed process left unfinished is closed first.
        if let last = try lastByte(), last != UInt8(ascii: "\n") { bytes.insert(UInt8(ascii: "\n"), at: 0) }
        try files.append(bytes, to: path)
    }

    /// Makes the folder and takes its lock.
    func lock() throws -> FolderLock {
        let folder = FileLayer.folder(of: path)
        try files.makeFolder(folder)
        return try FolderLock(folder, files)
    }

    private func lastByte() throws -> UInt8? {
        var reader = try BackwardReader(path)
        return try reader?.lastByte()
    }

    // MARK: - Reading

    /// Lines from the last to the first, until `visit` returns false. Lines that cannot be read are left out.
    func backwards(_ visit: (Line) -> Bool) throws {
        guard var reader = try BackwardReader(path) else { return }
        let decoder = JSONDecoder()
        while let bytes = try reader.previousLine() {
            guard let line = try? decoder.decode(Line.self, from: Data(bytes)) else { continue }
            guard visit(line) else { return }
        }
    }

    func nextNumber() throws -> Int {
        var last = 0
        try backwards { line in
            last = max(last, line.step)
            // Lines of undo and redo name older steps.
            return line.files == nil
        }
        return last + 1
    }

    /// The step that undo takes back: the last one that stands. `who` looks at that person's steps only.
    func lastStanding(by who: String? = nil) throws -> Line? {
        var undone: Set<Int> = []
        var redone: Set<Int> = []
        var found: Line?
        try backwards { line in
            if line.isRedo == true {
                if !undone.contains(line.step) { redone.insert(line.step) }
            } else if line.isUndo == true {
                if redone.remove(line.step) == nil { undone.insert(line.step) }
            } else if !undone.contains(line.step), who == nil || line.who == who {
                found = line
                return false
            }
            return true
        }
        return found
    }

    /// The step that redo does again: the one undone last, if nothing new was done since.
    func lastUndone() throws -> Line? {
        var redone: Set<Int> = []
        var wanted: Int?
        var found: Line?
        try backwards { line in
            if line.isRedo == true {
                redone.insert(line.step)
            } else if line.isUndo == true {
                if wanted == nil, redone.remove(line.step) == nil { wanted = line.step }
            } else if wanted == nil {
                return false
            } else if line.step == wanted {
                found = line
                return false
            }
            return true
        }
        return found
    }
}
