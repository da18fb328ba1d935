import Foundation
import Glibc
import LayerFiles
import TestSupport
import Testing
import TextModel

struct LayerStoreTests {
    @Test func `a step is undone and done again, byte for byte`() throws {
        try withLayer { store, document, path in
            let empty = try bytes(store, path)
            let id = try store.edit(path, title: "add one", by: "ana") { try $0.add(fullAnnotation(in: document)) }
            let one = try bytes(store, path)
            try store.edit(path, title: "add 300", by: "ana") { layer in
                try layer.add((0..<300).map { _ in fullAnnotation(in: document) })
            }
            let many = try bytes(store, path)
            try store.edit(path, title: "remove half") { layer in
                try layer.remove(layer.annotations.enumerated().filter { $0.offset % 2 == 0 }.map(\.element.id))
            }
            let half = try bytes(store, path)
            try store.edit(path, title: "comment") { layer in
                var annotation = try #require(layer.annotations.last)
                annotation.comment = "changed"
                try layer.replace(annotation)
            }
            let last = try bytes(store, path)
            for expected in [half, many, one, empty] {
                #expect(try store.undo() != nil)
                #expect(try bytes(store, path) == expected)
            }
            #expect(try store.undo() == nil)
            for expected in [one, many, half, last] {
                #expect(try store.redo() != nil)
                #expect(try bytes(store, path) == expected)
            }
            #expect(try store.redo() == nil)
            #expect(try store.undo()?.title == "comment")
            try store.edit(path, title: "something new") { try $0.remove([$0.annotations[0].id]) }
            #expect(try store.redo() == nil)
            #expect(try store.log().map(\.title) == ["something new", "comment", "remove half", "add 300", "add one"])
            #expect(try store.log().map(\.isUndone) == [false, true, false, false, false])
            #expect(try store.load(path).layer[id] == nil)
        }
    }

    @Test func `undo never loses a later change of somebody else`() throws {
        try withLayer { store, document, path in
            let id = try store.edit(path, title: "add", by: "ana") { try $0.add(fullAnnotation(in: document)) }
            // Somebody edits the file by hand.
            let file = store.folder + "/" + path
            let text = try String(contentsOfFile: file, encoding: .utf8)
            try text.replacing("Another paragraph", with: "Another thought").write(
                toFile: file, atomically: true, encoding: .utf8)
            let before = try bytes(store, path)
            #expect {
                _ = try store.undo()
            } throws: { error in
                (error as? Diagnostic)?.identifier == "changed-since"
                    && (error as? Diagnostic)?.summary.contains(id) == true
            }
            #expect(try bytes(store, path) == before)
        }
    }

    @Test func `what somebody else wrote in between is kept`() throws {
        try withLayer { store, document, path in
            let other = LayerStore(folder: store.folder)
            for round in 0..<5 {
                try store.edit(path, title: "a\(round)") { try $0.add(fullAnnotation(in: document)) }
                try other.edit(path, title: "b\(round)") { try $0.add(fullAnnotation(in: document)) }
            }
            #expect(try store.load(path).layer.annotations.count == 10)
        }
    }

    @Test func `mode and symbolic links are kept, read-only files are reported`() throws {
        try withLayer { store, document, path in
            let file = store.folder + "/" + path
            let real = store.folder + "/real.xml"
            try FileManager.default.moveItem(atPath: file, toPath: real)
            try FileManager.default.createSymbolicLink(atPath: file, withDestinationPath: real)
            try setMode(real, 0o640)
            try store.edit(path, title: "add") { try $0.add(fullAnnotation(in: document)) }
            let attributes = try FileManager.default.attributesOfItem(atPath: real)
            #expect(attributes[.posixPermissions] as? Int == 0o640)
            #expect(try FileManager.default.destinationOfSymbolicLink(atPath: file) == real)
            #expect(
                try LayerFile.read(bytes: Array(Data(contentsOf: URL(fileURLWithPath: real))), path: path).0.annotations
                    .count == 1)
            try setMode(real, 0o444)
            let before = try bytes(store, path)
            #expect(throws: Diagnostic.self) {
                try store.edit(path, title: "add") { try $0.add(fullAnnotation(in: document)) }
            }
            #expect(try bytes(store, path) == before)
            #expect(try store.load(path).layer.annotations.count == 1)
        }
    }

    @Test func `several files are changed together or not at all`() throws {
        try withLayer { store, document, path in
            let second = "Corpus/plain.max.xml"
            try store.edit(
                second, title: "new",
                creating: { LayerFile.new(for: document, path: second, annotator: ana, version: "0.1.0") },
                { _ = try $0.add(fullAnnotation(in: document)) })
            try Data("scheme".utf8).write(to: URL(fileURLWithPath: store.folder + "/scheme.xml"))
            let before = try [path, second, "scheme.xml"].map { try bytes(store, $0) }
            try setMode(store.folder + "/" + second, 0o444)
            func change() throws {
                try store.step(title: "all", layers: [path, second], files: ["scheme.xml"]) { step in
                    for path in step.paths { _ = try step.edit(path) { try $0.add(fullAnnotation(in: document)) } }
                    step[file: "scheme.xml"] = Array("changed".utf8)
                }
            }
            #expect(throws: Diagnostic.self) { try change() }
            #expect(try [path, second, "scheme.xml"].map { try bytes(store, $0) } == before)
            try setMode(store.folder + "/" + second, 0o644)
            try change()
            #expect(try bytes(store, "scheme.xml") == Array("changed".utf8))
            #expect(try store.load(path).layer.annotations.count == 1)
            _ = try store.undo()
            #expect(try [path, second, "scheme.xml"].map { try bytes(store, $0) } == before)
        }
    }

    @Test func `a save that fails at any call leaves the old file`() throws {
        try withLayer { store, document, path in
            try store.edit(path, title: "add") { try $0.add(fullAnnotation(in: document)) }
            let before = try bytes(store, path)
            var call = 0
            while true {
                let counter = Counter(failingAt: call)
                let failing = LayerStore(folder: store.folder, files: FileLayer { _ in try counter.next() })
                let result = Result {
                    try failing.edit(path, title: "fails") { try $0.add(fullAnnotation(in: document)) }
                }
                guard counter.hasFailed else {
                    _ = try result.get()
                    break
                }
                // After the rename the new file stands there; the history alone can be missing.
                let now = try bytes(store, path)
                if now != before {
                    #expect(LayerFile.read(bytes: now, path: path).0.annotations.count == 2)
                    try Data(before).write(to: URL(fileURLWithPath: store.folder + "/" + path))
                }
                #expect(
                    try FileManager.default.contentsOfDirectory(atPath: store.folder + "/Corpus").count == 1,
                    "call \(call) left a file behind")
                call += 1
            }
            #expect(call >= 8)
        }
    }

    @Test(arguments: 0..<16)
    func `a process killed at any call leaves the old or the new file`(call: Int) async throws {
        let folder = try temporaryCasebook()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        await #expect(processExitsWith: .signal(SIGKILL)) { [folder = folder as String, call = call as Int] in
            let counter = Counter(failingAt: call)
            let files = FileLayer { _ in
                if counter.isReached() { kill(getpid(), SIGKILL) }
            }
            let document = sampleDocument()
            try LayerStore(folder: folder, files: files).edit(layerPath, title: "killed") {
                try $0.add(fullAnnotation(in: document))
            }
            kill(getpid(), SIGKILL)
        }
        let store = LayerStore(folder: folder)
        let (layer, diagnostics) = try store.load(layerPath)
        #expect(diagnostics.isEmpty)
        #expect(layer.annotations.count <= 1)
        // Nothing is in the way of the next one: neither a lock nor a file left behind.
        let document = sampleDocument()
        try store.edit(layerPath, title: "after") { try $0.add(fullAnnotation(in: document)) }
        #expect(try store.load(layerPath).layer.annotations.count == layer.annotations.count + 1)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/Corpus").count == 1)
        #expect(try store.undo()?.title == "after")
    }

    @Test func `writers in several processes lose nothing`() async throws {
        let folder = try temporaryCasebook()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        await withTaskGroup { group in
            for writer in 0..<3 {
                group.addTask {
                    await #expect(processExitsWith: .success) { [folder = folder as String, writer = writer as Int] in
                        let store = LayerStore(folder: folder)
                        let document = sampleDocument()
                        for round in 0..<20 {
                            var annotation = fullAnnotation(in: document)
                            annotation.comment = "\(writer) \(round)"
                            try store.edit(layerPath, title: "\(writer) \(round)", by: "w\(writer)") {
                                try $0.add(annotation)
                            }
                        }
                    }
                }
            }
        }
        let store = LayerStore(folder: folder)
        let comments = try Set(store.load(layerPath).layer.annotations.compactMap(\.comment))
        #expect(comments.count == 60)
        #expect(try store.log().count == 60)
        #expect(try Set(store.log().map(\.step)) == Set(1...60))
    }
}

let layerPath = "Corpus/plain.ana.xml"

/// A casebook's folder with an empty layer.
func temporaryCasebook() throws -> String {
    let folder = FileManager.default.temporaryDirectory.path + "/casebook-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder + "/Corpus", withIntermediateDirectories: true)
    let layer = LayerFile.new(for: sampleDocument(), path: layerPath, annotator: ana, version: "0.1.0")
    try Data(layer.bytes).write(to: URL(fileURLWithPath: folder + "/" + layerPath))
    return folder
}

private func withLayer(_ body: (LayerStore, Document, String) throws -> Void) throws {
    let folder = try temporaryCasebook()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(LayerStore(folder: folder), sampleDocument(), layerPath)
}

private func setMode(_ path: String, _ mode: Int) throws {
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
}

private func bytes(_ store: LayerStore, _ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: store.folder + "/" + path)))
}

/// Counts calls; fails at one of them and at every later one, as a process does that is gone.
final class Counter: @unchecked Sendable {
    struct Failure: Error {}
    private let limit: Int
    private var count = 0

    init(failingAt limit: Int) { self.limit = limit }

    var hasFailed: Bool { count > limit }

    func isReached() -> Bool {
        count += 1
        return count > limit
    }

    func next() throws {
        if isReached() { throw Failure() }
    }
}
