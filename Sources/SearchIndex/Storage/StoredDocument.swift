import Foundation
import GRDB
import TextModel
import WordForms

/// A document in the index: its spine, its outline when something asks for it, its texts a chunk at a time.
///
/// Ranges count in ``Document/raw`` and ``Document/reading`` as everywhere in the program.
final class StoredDocument {
    let id: Int64
    /// ``Document/name``.
    let name: String
    private let path: String
    let spine: Spine
    private var openedOutline: Outline?
    private var openedCitable: Document?
    private let database: Database
    /// The last chunk read of each stream: hits come in the order of the text.
    private var chunks: [(number: Int, bytes: [UInt8])] = TextStream.allCases.map { _ in (-1, []) }
    /// The runs of one passage at a time.
    private var runs: [ReadingRun] = []
    private var runPassage: Int32 = -1
    private var wordPassage: Int32 = -1
    private var wordRanges: [ByteRange] = []

    init(id: Int64, name: String, path: String, spine: Spine, database: Database) {
        self.id = id
        self.name = name
        self.path = path
        self.spine = spine
        self.database = database
    }

    /// - Throws: ``IndexError/damaged(_:)``.
    func outline() throws -> Outline {
        if let outline = openedOutline { return outline }
        let statement = try database.cachedStatement(sql: "SELECT outline FROM document WHERE id = ?")
        guard let data = try Data.fetchOne(statement, arguments: [id]) else {
            throw IndexError.damaged("\(name) has no outline")
        }
        let outline = try Outline(decoding: Array(data), path: path)
        guard outline.document.passages.count == spine.passageCount else {
            throw IndexError.damaged("outline of \(name) does not fit its spine")
        }
        openedOutline = outline
        return outline
    }

    func passage(_ number: Int32) throws -> Passage { try outline().document.passages[Int(number)] }

    /// What commands call a passage: see ``PassageIdentifiers``.
    func passageID(_ passage: Int32) throws -> String {
        let given = try outline().passageIDs[Int(passage)]
        return given.isEmpty ? "p.\(passage + 1)" : given
    }

    /// The outline with the printed speakers among the speeches: a locator asks for them, and the reading text in
    /// which they stand is not here.
    func citable() throws -> Document {
        if let document = openedCitable { return document }
        var document = try outline().document
        document.speeches += try outline().printedSpeakers
        openedCitable = document
        return document
    }

    // MARK: Texts

    /// A slice of a stream. Costs what it copies and one look-up for each chunk that was not read last.
    func bytes(_ stream: TextStream, _ range: Range<Int>) throws -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(range.count)
        var position = range.lowerBound
        while position < range.upperBound {
            let number = position / TextStream.chunkSize
            try load(stream, number)
            let chunk = chunks[stream.rawValue].bytes
            let start = position - number * TextStream.chunkSize
            let end = min(range.upperBound - number * TextStream.chunkSize, chunk.count)
            guard start < end else { throw IndexError.damaged("text of \(name) is too short") }
            result.append(contentsOf: chunk[start..<end])
            position += end - start
        }
        return result
    }

    private func load(_ stream: TextStream, _ number: Int) throws {
        guard chunks[stream.rawValue].number != number else { return }
        let statement = try database.cachedStatement(
            sql: "SELECT bytes FROM chunk WHERE document = ? AND stream = ? AND number = ?")
        guard let data = try Data.fetchOne(statement, arguments: [id, stream.rawValue, number]) else {
            throw IndexError.damaged("text of \(name) has a hole")
        }
        chunks[stream.rawValue] = (number, Array(data))
    }

    /// The offset after the white space that begins at an offset of the raw text; that offset where none does.
    func endOfBlanks(from offset: Int32) -> Int32 {
        var end = Int(offset)
        while true {
            let number = end / TextStream.chunkSize
            // Past the last chunk there is no text.
            guard (try? load(.raw, number)) != nil else { return Int32(end) }
            let start = end - number * TextStream.chunkSize
            let rest = chunks[TextStream.raw.rawValue].bytes.dropFirst(start)
            let blanks = rest.prefix { $0 == 0x20 || $0 == 0x0A || $0 == 0x09 || $0 == 0x0D }
            end += blanks.count
            if blanks.count < rest.count || rest.isEmpty { return Int32(end) }
        }
    }

    func rawText(_ range: ByteRange) throws -> String {
        String(decoding: try bytes(.raw, range.indices), as: UTF8.self)
    }

    func readingText(_ range: ByteRange) throws -> String {
        String(decoding: try bytes(.reading, range.indices), as: UTF8.self)
    }

    /// Scalars of the raw stream of a passage before a byte offset of the raw text.
    func scalarOffset(ofByte byte: Int32, in passage: Int32) throws -> Int {
        let start = try self.passage(passage).raw.start
        guard byte > start else { return 0 }
        let bytes = try bytes(.raw, Int(start)..<Int(byte))
        return countScalars(bytes, from: 0, to: Int32(bytes.count))
    }

    // MARK: Words

    /// The words of a passage, as ranges of the reading text.
    func words(of passage: Int32) throws -> [ByteRange] {
        if wordPassage == passage { return wordRanges }
        let outline = try outline()
        let bounds = outline.wordBytes[Int(passage)]..<outline.wordBytes[Int(passage) + 1]
        var reader = ByteReader(try bytes(.words, Int(bounds.lowerBound)..<Int(bounds.upperBound)))
        var end = outline.document.passages[Int(passage)].reading.start
        var words: [ByteRange] = []
        words.reserveCapacity(spine.words(of: passage).count)
        while !reader.isAtEnd {
            let start = end &+ Int32(bitPattern: try reader.varint())
            end = start &+ Int32(bitPattern: try reader.varint())
            words.append(ByteRange(start, end))
        }
        guard words.count == spine.words(of: passage).count else {
            throw IndexError.damaged("words of \(name) do not fit its passages")
        }
        wordPassage = passage
        wordRanges = words
        return words
    }

    /// A word by its number, as it is written; `half` asks for the part before (0) or after (1) the line's end of a
    /// word that a printed line divides, which is otherwise given in one piece.
    func word(_ number: Int32, of passage: Int32, half: Int? = nil) throws -> String {
        let range = try words(of: passage)[Int(number - spine.firstWord[Int(passage)])]
        let hyphens = try outline().document.lineEndHyphens
        let next = hyphens.partitioningIndex { $0 >= range.start }
        let text = try readingText(range)
        guard next < hyphens.count, hyphens[next] < range.end else { return text }
        let bytes = Array(text.utf8)
        let hyphen = Int(hyphens[next] - range.start)
        // Past the hyphen, one byte or more, and the blank.
        var rest = hyphen + 1
        while rest < bytes.count, bytes[rest] & 0xC0 == 0x80 || bytes[rest] == UInt8(ascii: " ") { rest += 1 }
        let parts = [
            String(decoding: bytes[..<hyphen], as: UTF8.self), String(decoding: bytes[rest...], as: UTF8.self),
        ]
        return half.map { parts[$0] } ?? parts.joined()
    }

    /// A range of the reading text of a passage, in the raw text.
    func rawRange(ofReading range: ByteRange, in passage: Int32) throws -> ByteRange {
        let view = try loadRuns(of: passage)
        return ByteRange(
            runs.rawOffset(ofReading: range.start, in: view),
            runs.rawOffset(ofReading: range.end, in: view, isEnd: true))
    }

    /// A range of the raw text of a passage, in its reading text.
    func readingRange(ofRaw range: ByteRange, in passage: Int32) throws -> ByteRange {
        let view = try loadRuns(of: passage)
        let start = runs.readingOffset(ofRaw: range.start, in: view)
        return ByteRange(start, max(start, runs.readingOffset(ofRaw: range.end, in: view)))
    }

    private func loadRuns(of passage: Int32) throws -> Passage {
        let outline = try outline()
        var view = outline.document.passages[Int(passage)]
        if runPassage != passage {
            let bounds = outline.runBytes[Int(passage)]..<outline.runBytes[Int(passage) + 1]
            var reader = ByteReader(try bytes(.runs, Int(bounds.lowerBound)..<Int(bounds.upperBound)))
            var reading = view.reading.start
            var raw = view.raw.start
            runs.removeAll(keepingCapacity: true)
            runPassage = -1
            while !reader.isAtEnd {
                reading &+= Int32(bitPattern: try reader.varint())
                let step = try reader.varint()
                let zigzag = step >> 1
                raw &+= Int32(bitPattern: zigzag >> 1) ^ -Int32(bitPattern: zigzag & 1)
                runs.append(ReadingRun(reading: reading, raw: raw, isCopied: step & 1 == 1))
            }
            guard !runs.isEmpty else { throw IndexError.damaged("passage of \(name) without a run") }
            runPassage = passage
        }
        view.runs = 0..<Int32(runs.count)
        return view
    }
}
