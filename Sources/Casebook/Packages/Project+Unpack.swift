import LayerFiles
import Readers
package import TextModel
import Writers

/// What opening a package has made.
package struct Unpacked: Sendable {
    /// Layers that were written, paths from the casebook.
    package var layers: [String] = []
    /// The copy that was taken for each text: path in the casebook and the file that the user named.
    package var texts: [(path: String, from: String)] = []
    /// Texts that nobody has given a copy of.
    package var missing: [String] = []
    package var diagnostics: [Diagnostic] = []
}

extension Project {
    /// Opens a package of annotations in this casebook, with the reader's own copies of its texts.
    ///
    /// A copy is the one of a text when its bytes are, else when its file or its title has the text's name, else when
    /// there is one of each. Nothing that is there is written over: a layer or a text that differs is an error, and
    /// then nothing is written.
    ///
    /// `package` is a zip of stored files, or a folder; `copies` are paths of the reader's files.
    package func unpack(_ package: String, copies: [String]) throws -> Unpacked {
        let files = try PackReader.files(of: package)
        var result = Unpacked()
        var layers: [LayerFile] = []
        var writes: [(path: String, bytes: [UInt8])] = []
        for (name, bytes) in files where name.hasPrefix("Corpus/") {
            let (layer, problems) = LayerFile.read(bytes: bytes, path: name)
            if layer.isLayer, LayerFile.layerName(ofPath: name) != LayerName.reserved {
                result.diagnostics += problems.filter { $0.severity == .error }
                layers.append(layer)
            }
            writes.append((name, bytes))
        }
        guard !layers.isEmpty else {
            throw Diagnostic(
                "no-package", .error, file: package, "holds no layer of annotations",
                advice: "`casebook annotate pack` makes such packages.")
        }
        writes += try copied(for: layers, package, copies, &result)
        for file in writes where FileSystem.exists(path(of: file.path)) {
            guard try FileSystem.read(path(of: file.path), as: file.path) != file.bytes else { continue }
            // A scheme and persons too: which of two that differ is right only the reader can say.
            throw Diagnostic(
                "is-there", .error, file: file.path, "is there already, and is another",
                advice: "Nothing was changed. Take it away first, or open the package in a folder of its own: -o DIR.")
        }
        for file in writes where !FileSystem.exists(path(of: file.path)) {
            try FileSystem.write(file.bytes, to: path(of: file.path))
        }
        result.layers = layers.map(\.path).sorted()
        return result
    }

    /// A casebook in a folder for a package to be opened in: made of what the package holds where there is none.
    package static func casebook(in folder: String, for package: String) throws -> Project {
        guard !FileSystem.exists(folder + "/" + marker) else { return try open(folder) }
        let files = try PackReader.files(of: package)
        // Last: a folder is a casebook only when all of it is there.
        for (name, bytes) in files where name.hasPrefix("Schemas/") {
            try FileSystem.write(bytes, to: folder + "/" + name)
        }
        try FileSystem.makeFolder(folder + "/Corpus")
        guard let settings = files.first(where: { $0.name == marker }) else {
            throw Diagnostic("no-package", .error, file: package, "has no \(marker)")
        }
        try FileSystem.write(settings.bytes, to: folder + "/" + marker)
        return try open(folder)
    }

    // MARK: - Inside

    /// For each text of the layers the copy that is taken for it.
    private func copied(
        for layers: [LayerFile], _ package: String, _ copies: [String], _ result: inout Unpacked
    ) throws -> [(path: String, bytes: [UInt8])] {
        var wanted: [String: LayerFile] = [:]
        for layer in layers {
            if let text = textFile(of: layer), wanted[text] == nil { wanted[text] = layer }
        }
        var files: [(name: String, bytes: [UInt8], sha256: String)] = []
        for copy in copies {
            let path = copy.hasPrefix("/") ? copy : FileSystem.absolute(copy)
            let bytes = try FileSystem.read(path, as: copy)
            files.append((copy, bytes, sha256Hex(bytes)))
        }
        var taken: Set<String> = []
        var writes: [(path: String, bytes: [UInt8])] = []
        for (text, layer) in wanted.sorted(by: { $0.key < $1.key }) {
            let stem = Self.stem(of: Self.lastComponent(of: text)).lowercased()
            let free = files.filter { !taken.contains($0.name) }
            let match =
                free.first { $0.sha256 == layer.sha256 }
                ?? free.first { Self.stem(of: Self.lastComponent(of: $0.name)).lowercased() == stem }
                ?? (wanted.count == 1 && files.count == 1 ? free.first : nil)
            guard let match else {
                if !FileSystem.exists(path(of: text)) { result.missing.append(text) }
                continue
            }
            taken.insert(match.name)
            if match.sha256 != layer.sha256 {
                result.diagnostics.append(
                    Diagnostic(
                        "another-version", .note, file: match.name,
                        "is not the very file that the annotations were made on; their words are looked for in it"))
            }
            result.texts.append((text, match.name))
            writes.append((text, match.bytes))
        }
        for file in files where !taken.contains(file.name) {
            result.diagnostics.append(
                Diagnostic(
                    "unused-copy", .warning, file: file.name, "is of none of the package’s texts",
                    advice: "They are: " + wanted.keys.sorted().map(Self.lastComponent).joined(separator: ", ") + "."))
        }
        return writes
    }
}

/// Files of a package, checked: nothing of it can be written outside a casebook.
enum PackReader {
    /// `path` is a zip, or a folder.
    static func files(of path: String) throws -> [(name: String, bytes: [UInt8])] {
        guard FileSystem.isFolder(path) else {
            let bytes = try FileSystem.read(FileSystem.absolute(path), as: path)
            do {
                return try ZipArchive.files(in: bytes).filter { isOwn($0.name) }
            } catch {
                throw Diagnostic(
                    "no-package", .error, file: path, "is no package: \(error.reason)",
                    advice: error.isCompressed ? "Unzip it, and name the folder." : nil)
            }
        }
        return try FileSystem.files(under: path, extensions: ["xml", "rng", "odd", "yml", "txt"]).filter(isOwn).map {
            ($0, try FileSystem.read(FileSystem.absolute(path) + "/" + $0, as: $0))
        }
    }

    private static func isOwn(_ name: String) -> Bool {
        guard
            !name.split(separator: "/", omittingEmptySubsequences: false).contains(where: { $0.isEmpty || $0 == ".." })
        else { return false }
        return name == Project.marker || name.hasPrefix("Corpus/") || name.hasPrefix("Schemas/")
    }
}
