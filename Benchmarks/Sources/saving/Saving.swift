import Foundation
import Glibc
import LayerFiles
import TextModel

/// How long one save takes, from the library call to the durable file, against writing the same bytes to a
/// temporary file, fsync, rename and fsync of the folder; both in turns, in one run, medians.
///
///     saving [--json]
@main
struct Saving {
    static func main() throws {
        let folder = FileManager.default.temporaryDirectory.path + "/casebook-saving-\(getpid())"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(atPath: folder + "/Corpus", withIntermediateDirectories: true)
        print("annotations      MB   plain ms    ours ms   ratio   first ms (read, change, save)")
        for (count, rounds) in [(100, 41), (1_000, 41), (10_000, 41), (100_000, 15)] {
            try measure(count, rounds, folder)
        }
    }

    static func measure(_ count: Int, _ rounds: Int, _ folder: String) throws {
        let path = "Corpus/text.n\(count).xml"
        let document = makeDocument()
        let annotator = Annotator(id: "ana", name: "Ana Lopes")
        var layer = LayerFile.new(for: document, path: path, annotator: annotator, version: "1.0")
        try layer.add((0..<count).map { makeAnnotation($0, in: document, path) })
        try Data(layer.bytes).write(to: URL(fileURLWithPath: folder + "/" + path))
        let store = LayerStore(folder: folder)
        let start = ContinuousClock.now
        try store.edit(path, title: "first") { try $0.add(makeAnnotation(0, in: document, path)) }
        let first = milliseconds(ContinuousClock.now - start)
        var ours: [Double] = []
        var plain: [Double] = []
        for round in 0..<rounds {
            let annotation = makeAnnotation(round, in: document, path)
            ours.append(
                try time {
                    _ = try store.edit(path, title: "add one", by: "ana") { try $0.add(annotation) }
                })
            let bytes = try store.load(path).layer.bytes
            plain.append(try time { try writePlainly(bytes, folder + "/Corpus/plain.xml") })
        }
        let (a, b) = (median(plain), median(ours))
        let size = Double(try store.load(path).layer.bytes.count) / 1e6
        print(String(format: "%11d  %6.1f  %9.2f  %9.2f  %6.2f  %9.1f", count, size, a, b, b / a, first))
    }

    static func writePlainly(_ bytes: [UInt8], _ path: String) throws {
        let temporary = path + ".tmp"
        let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw POSIXError(.EIO) }
        var written = 0
        while written < bytes.count {
            written += bytes.withUnsafeBytes { write(file, $0.baseAddress.map { $0 + written }, bytes.count - written) }
        }
        guard fsync(file) == 0, close(file) == 0, rename(temporary, path) == 0 else { throw POSIXError(.EIO) }
        let folder = open(String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)]), O_RDONLY | O_DIRECTORY)
        guard fsync(folder) == 0, close(folder) == 0 else { throw POSIXError(.EIO) }
    }

    static func time(_ body: () throws -> Void) throws -> Double {
        let start = ContinuousClock.now
        try body()
        return milliseconds(ContinuousClock.now - start)
    }

    static func milliseconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) * 1e3 + Double(duration.components.attoseconds) / 1e15
    }

    static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

    static func makeDocument() -> Document {
        var document = Document(path: "Corpus/text.xml")
        let text = Array(
            String(repeating: "She held the child and felt nothing at all, and the ice broke on the river. ", count: 20)
                .utf8)
        let whole = ByteRange(0, text.count)
        document.raw = text
        document.reading = text
        document.elementNames = ["TEI", "text", "body", "div", "p"]
        for index in 0..<5 {
            document.elements.append(
                ElementRecord(parent: Int32(index) - 1, name: Int32(index), position: 1, id: nil, raw: whole))
        }
        document.ownPieces = [whole]
        document.runs = [ReadingRun(reading: 0, raw: 0, isCopied: true)]
        document.languages = ["en"]
        document.passages = [
            Passage(
                element: 4, kind: .text, language: 0, part: -1, paragraph: 1, enclosing: -1, raw: whole, own: 0..<1,
                reading: whole, runs: 0..<1)
        ]
        return document
    }

    static func makeAnnotation(_ number: Int, in document: Document, _ path: String) -> Annotation {
        let start = number % 1000
        let piece = AnchoredPiece(passage: 0, raw: ByteRange(start, start + 60))
        var annotation = Annotation(id: "", targets: [Target(of: piece, in: document, layerPath: path)])
        annotation.concepts = [
            ConceptReference(id: "impaired-bonding", scheme: "../Schemas/bonding.xml", version: "1.0")
        ]
        annotation.about = [.dyad("jane", "max")]
        annotation.stance = .supports
        annotation.basis = .told
        annotation.certainty = 0.8
        annotation.creator = "ana"
        annotation.created = "2026-05-01T10:00:00Z"
        return annotation
    }
}
