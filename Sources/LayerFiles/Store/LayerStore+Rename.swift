import FoundationEssentials
import Readers
import TextModel

/// What giving a text another name has done.
package struct RenameReceipt: Sendable, Equatable {
    /// Files that have another name: the text, its layers, its persons.
    package var moved: [(from: String, to: String)] = []
    /// Layers elsewhere whose pointers follow.
    package var layers: [String] = []
    /// Layers elsewhere that cannot be written, and why: their pointers lead to the old name.
    package var skipped: [String: String] = [:]

    package static func == (left: RenameReceipt, right: RenameReceipt) -> Bool {
        left.moved.elementsEqual(right.moved, by: ==) && left.layers == right.layers && left.skipped == right.skipped
    }
}

extension LayerStore {
    /// Gives a text another name in its folder, as one step: its layers and its persons follow it, and all pointers
    /// to it, also those of `layers` elsewhere. All or nothing but for layers elsewhere that cannot be written.
    ///
    /// Undo gives the old name back to what stands there then: no later change is lost.
    package func rename(
        text old: String, to new: String, layers: [String], by who: String? = nil
    ) throws -> RenameReceipt {
        try locked(paths: [old, new] + layers) {
            let receipt = try move(old, to: new, layers: layers)
            record { number in
                History.Line(
                    step: number, when: Timestamp.now(), who: who, title: "rename \(old) to \(new)", files: [],
                    rename: History.Rename(from: old, to: new, layers: receipt.layers))
            }
            return receipt
        }
    }

    /// The same under locks that are held, without a line of the history.
    func move(_ old: String, to new: String, layers: [String]) throws -> RenameReceipt {
        guard FileLayer.folder(of: old) == FileLayer.folder(of: new) else {
            throw Diagnostic(
                "other-folder", .error, file: new, "lies in another folder than \(old)",
                advice: "A text keeps its folder: its layers point from there to other files.")
        }
        guard try files.fingerprint(fullPath(old)) != nil else {
            throw Diagnostic("missing-file", .error, file: old, "no such file")
        }
        let companions = try companions(of: old).map { path in
            (from: path, to: Self.stem(new) + path.dropFirst(Self.stem(old).count))
        }
        for path in [new] + companions.map(\.to) where try files.fingerprint(fullPath(path)) != nil {
            throw Diagnostic(
                "existing-file", .error, file: path, "there is such a file already", advice: "Choose another name.")
        }
        for path in [old] + companions.map(\.from) {
            if let reason = writeProtection(path), path != old || !reason.contains("file") {
                throw Diagnostic.readOnlyLayer(path, reason)
            }
        }
        var receipt = RenameReceipt()
        // Everything is made ready before anything is written.
        var written: [(path: String, bytes: [UInt8], mode: UInt32?)] = []
        for (from, to) in companions {
            let (bytes, version) = try files.read(fullPath(from))
            written.append((to, try renamed(bytes, from, text: old, to: new), version.mode))
            receipt.moved.append((from, to))
        }
        var changed: [(path: String, before: [UInt8], bytes: [UInt8], mode: UInt32?)] = []
        for path in layers where !companions.contains(where: { $0.from == path }) {
            let (bytes, version) = try files.read(fullPath(path))
            let after = try renamed(bytes, path, text: old, to: new)
            guard after != bytes else { continue }
            if let reason = writeProtection(path) {
                receipt.skipped[path] = reason
                continue
            }
            changed.append((path, bytes, after, version.mode))
            receipt.layers.append(path)
        }
        // First the new files, then the new name, then the old ones go: cut off in between, annotations stand twice
        // and never nowhere.
        do {
            for file in written { _ = try files.replace(fullPath(file.path), with: file.bytes, mode: file.mode) }
            for file in changed {
                _ = try files.replace(files.resolved(fullPath(file.path)), with: file.bytes, mode: file.mode)
            }
            try files.move(fullPath(old), to: fullPath(new))
        } catch {
            // The name may be there already, only not durably.
            if try files.fingerprint(fullPath(old)) == nil { try files.move(fullPath(new), to: fullPath(old)) }
            for file in written { files.remove(fullPath(file.path)) }
            for file in changed {
                _ = try? files.replace(files.resolved(fullPath(file.path)), with: file.before, mode: file.mode)
            }
            forget(layers)
            throw error
        }
        for (from, _) in companions { files.remove(fullPath(from)) }
        forget(layers + companions.flatMap { [$0.from, $0.to] })
        receipt.moved.insert((old, new), at: 0)
        return receipt
    }

    /// Layers and persons beside a text: `emma.ana.xml`, `emma.persons.xml` of `emma.xml`.
    private func companions(of text: String) throws -> [String] {
        let folder = FileLayer.folder(of: text)
        let stem = Self.stem(text)
        let prefix = (stem.split(separator: "/").last ?? "") + "."
        let names = try FileManager.default.contentsOfDirectory(atPath: fullPath(folder))
        return try names.sorted().compactMap { name in
            guard name.hasPrefix(prefix), let layer = LayerFile.layerName(ofPath: name),
                name == prefix + layer + ".xml"
            else { return nil }
            let path = stem + "." + layer + ".xml"
            if layer == "persons" { return path }
            // One that cannot be read would be left behind: it is an error.
            let bytes = try files.read(fullPath(path)).bytes
            return LayerFile.read(bytes: bytes, path: path).0.isLayer ? path : nil
        }
    }

    /// A layer or a file of persons with pointers to the new name.
    private func renamed(_ bytes: [UInt8], _ path: String, text old: String, to new: String) throws -> [UInt8] {
        func names(_ file: String, _ other: String) -> (String, String) {
            (
                LayerFile.relativePath(of: file, fromFolderOf: path),
                LayerFile.relativePath(of: other, fromFolderOf: path)
            )
        }
        return try PointerRewriting.rename(
            [names(old, new), names(Self.stem(old) + ".persons.xml", Self.stem(new) + ".persons.xml")], in: bytes,
            file: path)
    }

    private static func stem(_ path: String) -> String {
        guard let dot = path.lastIndex(of: "."), !path[dot...].contains("/") else { return path }
        return String(path[..<dot])
    }
}

/// Gives files other names wherever an XML file points to them.
enum PointerRewriting {
    /// `files` are the old and the new path, from the folder of the file. Bytes outside of pointers stay.
    static func rename(_ files: [(old: String, new: String)], in bytes: [UInt8], file: String) throws(Diagnostic)
        -> [UInt8]
    {
        let map = try MarkupMap(bytes, file: file)
        let isUTF8 = String(validating: bytes, as: UTF8.self) != nil
        var splices: [(range: Range<Int>, text: String)] = []
        for element in map.elements {
            for (name, value) in element.attributes where value.utf8.contains(UInt8(ascii: ".")) {
                let words = WhiteSpace.words(of: value)
                let new = words.map { word in
                    let end = word.firstIndex(of: "#") ?? word.endIndex
                    let path = PercentEncoding.decoded(word[..<end])
                    guard let file = files.first(where: { $0.old == path }) else { return word }
                    return PercentEncoding.encoded(file.new) + word[end...]
                }
                guard new != words, let range = map.valueRange(of: name, in: element, bytes) else { continue }
                var markup = MarkupText(isASCII: !isUTF8)
                markup.attribute(name, new.joined(separator: " "))
                // As an attribute is written, without its name and its quotes.
                let written = String(decoding: markup.bytes, as: UTF8.self)
                let start = written.index(written.firstIndex(of: "\"") ?? written.startIndex, offsetBy: 1)
                splices.append((range, String(written[start...].dropLast())))
            }
        }
        var result: [UInt8] = []
        var position = 0
        for splice in splices.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
            result += bytes[position..<splice.range.lowerBound]
            result += splice.text.utf8
            position = splice.range.upperBound
        }
        return result + bytes[position...]
    }
}
