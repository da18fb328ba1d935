import Foundation
import LayerFiles
import Synchronization
import TestSupport
import Testing
import TextModel

/// A text gets another name while something goes wrong.
struct RenameTests {
    private struct Failure: Error {}

    /// Counts system calls, and lets one of them fail, or all from it on.
    private final class Trouble: Sendable {
        private let calls = Mutex(0)
        private let first: Int
        private let isLasting: Bool

        init(from first: Int, isLasting: Bool) {
            self.first = first
            self.isLasting = isLasting
        }

        func next() throws {
            let number = calls.withLock { calls in
                calls += 1
                return calls
            }
            if number == first || isLasting && number > first { throw Failure() }
        }
    }

    /// A text with two layers beside it, and one elsewhere that points to it.
    private func makeFiles(in folder: URL) throws -> [String: [UInt8]] {
        var document = plainDocument(AnchoringTests.paragraphs)
        document.path = "a.xml"
        document.sha256 = "00"
        var files: [String: [UInt8]] = ["a.xml": Array("<TEI/>".utf8)]
        for path in ["a.ana.xml", "a.tom.xml", "more/b.ana.xml"] {
            var layer = LayerFile.new(for: document, path: path, annotator: ana, version: "0.1.0")
            let target = Target(of: piece(0, 0, 6, in: document), in: document, layerPath: path)
            try layer.add(Annotation(id: "a-1", targets: [target]))
            files[path] = layer.bytes
        }
        try FileManager.default.createDirectory(
            at: folder.appendingPathComponent("more"), withIntermediateDirectories: true)
        for (path, bytes) in files { try Data(bytes).write(to: folder.appendingPathComponent(path)) }
        return files
    }

    private func contents(of folder: URL) throws -> [String: [UInt8]] {
        var files: [String: [UInt8]] = [:]
        for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path)
        where path.hasSuffix(".xml") && !path.split(separator: "/").contains(where: { $0.hasPrefix(".") }) {
            files[path] = Array(try Data(contentsOf: folder.appendingPathComponent(path)))
        }
        return files
    }

    private func rename(in folder: URL, _ trouble: Trouble) throws {
        let files = FileLayer(willCall: { _ in try trouble.next() })
        _ = try LayerStore(folder: folder.path, files: files).rename(
            text: "a.xml", to: "c.xml", layers: ["a.ana.xml", "a.tom.xml", "more/b.ana.xml"])
    }

    @Test func `whatever call fails, all has the new name or all has the old one`() throws {
        var outcomes: Set<Bool> = []
        var call = 1
        while true {
            let isOver = try withTemporaryFolder { folder in
                let before = try makeFiles(in: folder)
                do {
                    try rename(in: folder, Trouble(from: call, isLasting: false))
                    let after = try contents(of: folder)
                    #expect(Set(after.keys) == ["c.xml", "c.ana.xml", "c.tom.xml", "more/b.ana.xml"], "call \(call)")
                    let pointers = after.values.map { String(decoding: $0, as: UTF8.self) }
                    #expect(!pointers.contains { $0.contains("a.xml") }, "call \(call)")
                    outcomes.insert(true)
                    return outcomes.count == 2 && call > 60
                } catch {
                    #expect(try contents(of: folder) == before, "call \(call)")
                    outcomes.insert(false)
                    return false
                }
            }
            if isOver { break }
            call += 1
            try #require(call < 300)
        }
        #expect(outcomes == [true, false])
    }

    @Test func `cut off at any call, no annotation is gone and the text has one name`() throws {
        for call in 1...60 {
            try withTemporaryFolder { folder in
                let before = try makeFiles(in: folder)
                _ = try? rename(in: folder, Trouble(from: call, isLasting: true))
                let after = try contents(of: folder)
                #expect(Set(after.keys).intersection(["a.xml", "c.xml"]).count == 1, "call \(call)")
                for layer in ["ana", "tom"] {
                    let found = ["a", "c"].compactMap { after["\($0).\(layer).xml"] }
                    #expect(!found.isEmpty, "call \(call)")
                    for bytes in found {
                        let read = LayerFile.read(bytes: bytes, path: "x.\(layer).xml").0
                        #expect(read.annotations.map(\.id) == ["a-1"], "call \(call)")
                    }
                }
                #expect(before.count == 4)
            }
        }
    }
}
