import Foundation
import Readers
import TestSupport
import Testing
import TextModel

/// What holds for every file, tried on real ones against libxml2's own tree.
@Suite struct CorpusTests {
    static let isLong = ProcessInfo.processInfo.environment["CASEBOOK_LONG"] == "1"

    /// A few files of each corpus, all of them with `CASEBOOK_LONG=1`; those of the project always.
    static let files: [URL] = {
        var files = [fixture("hard.xml")] + xml(in: packageRoot.appendingPathComponent("Corpus"), every: 1)
        if let sharedFolder {
            files.append(sharedFolder.appendingPathComponent("reference/samples/Corpus/hard.xml"))
            files += xml(in: sharedFolder.appendingPathComponent("corpora/eltec-eng"), every: 12)
            files += xml(in: sharedFolder.appendingPathComponent("corpora/gerdracor"), every: 4)
            files += xml(in: sharedFolder.appendingPathComponent("corpora/tei-samples"), every: 9)
        }
        return files
    }()

    private static func xml(in folder: URL, every step: Int) -> [URL] {
        let all = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
        let files = all.filter { $0.pathExtension == "xml" }.sorted { $0.path < $1.path }
        return stride(from: 0, to: files.count, by: isLong ? 1 : step).map { files[$0] }
    }

    @Test(arguments: files)
    func `loses no character`(file: URL) throws {
        let bytes = [UInt8](try Data(contentsOf: file))
        let reading = TEIReader.read(bytes, path: file.lastPathComponent)
        #expect(!reading.hasErrors)
        guard reading.documents.count == 1, let document = reading.documents.first else {
            #expect(reading.kind != .text)
            return
        }
        try check(document, against: try #require(Oracle(bytes)))
    }

    private func check(_ document: Document, against oracle: Oracle) throws {
        let isPrefixed = document.hasNamespace
        let text = isPrefixed ? "/tei:TEI/tei:text" : "/*/text"
        #expect(oracle.string(at: text).map { Array($0.utf8) } == document.raw)

        let units = oracle.units()
        var owned: [String: String] = [:]
        for passage in document.passages {
            let pieces = document.ownPieces[Int(passage.own.lowerBound)..<Int(passage.own.upperBound)]
            owned[document.path(ofElement: passage.element)] = pieces.map { document.rawText($0) }.joined()
        }
        for unit in units where unit.isShown {
            #expect(owned[unit.path] == unit.own, "\(unit.path)")
        }
        #expect(owned.count == document.passages.count)
        #expect(units.count { $0.isShown } == document.passages.count)

        // Passages follow each other by their first character; each lies where its element does.
        let starts = document.passages.map { passage in
            let pieces = document.ownPieces[Int(passage.own.lowerBound)..<Int(passage.own.upperBound)]
            return pieces.lazy.flatMap { Int($0.start)..<Int($0.end) }.first { !isXMLSpace(document.raw[$0]) } ?? -1
        }
        #expect(starts == starts.sorted())
        var end: Int32 = 0
        for passage in document.passages {
            #expect(passage.reading.start == end)
            end = passage.reading.end
            for piece in document.ownPieces[Int(passage.own.lowerBound)..<Int(passage.own.upperBound)] {
                #expect(passage.raw.contains(piece))
            }
        }
        #expect(Int(end) == document.reading.count)

        // A sample of pointers hits one element, and its string is the passage's raw text.
        for passage in document.passages.enumerated() where passage.offset % 97 == 0 {
            let path = document.path(ofElement: passage.element.element)
            let xpath = isPrefixed ? prefixed(path) : path
            #expect(oracle.count(at: xpath) == 1)
            #expect(oracle.string(at: xpath) == document.rawText(passage.element.raw))
        }
    }
}
