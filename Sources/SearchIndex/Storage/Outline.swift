import TextModel

/// A document without its texts: structure, persons, and where each passage's part of every ``TextStream`` begins.
///
/// A class, as hits ask it for one thing after the other and it holds twenty arrays.
final class Outline {
    /// ``Document/raw``, ``Document/reading``, runs and elements are empty; all else is as it was read.
    var document: Document
    /// Names of passages, empty where a passage is called by its number, `p.12`.
    var passageIDs: [String]
    /// Where each passage begins in ``TextStream/words``, and the end.
    var wordBytes: [Int32]
    /// Where each passage begins in ``TextStream/runs``, and the end.
    var runBytes: [Int32]
    /// Text of passages that the reading text hides, in the order of the passages; white space is not listed.
    var hiddenPieces: [AnchoredPiece]
    /// Speeches that no `@who` gives to anybody, with the name printed before them: places are cited by it.
    var printedSpeakers: [Speech]

    init(_ document: Document, passageIDs: [String]) {
        self.document = document
        self.document.raw = []
        self.document.reading = []
        self.document.runs = []
        self.document.elements = []
        self.passageIDs = passageIDs
        wordBytes = [0]
        runBytes = [0]
        hiddenPieces = []
        printedSpeakers = Self.printedSpeakers(of: document)
        let count = document.passages.count + 1
        wordBytes.reserveCapacity(count)
        runBytes.reserveCapacity(count)
    }

    private static func printedSpeakers(of document: Document) -> [Speech] {
        document.passages.indices.compactMap { index in
            let passage = document.passages[index]
            guard passage.kind == .speech,
                let name = document.printedSpeaker(of: Int32(index)),
                !document.speeches.contains(where: { $0.raw.contains(passage.raw) && !$0.who.isEmpty })
            else { return nil }
            return Speech(raw: passage.raw, who: [name])
        }
    }
}

extension Outline {
    func encoded() -> [UInt8] {
        var writer = ByteWriter()
        writer.reserve(document.passages.count * 60 + 4096)
        encodeWork(into: &writer)
        encodePassages(into: &writer)
        writer.append(list: document.parts) { writer, part in
            writer.append(signed: part.parent)
            writer.append(part.type)
            writer.append(part.label)
            writer.append(part.head)
            writer.append(part.isOnlyOne)
            writer.append(part.raw)
        }
        writer.append(list: document.pages) { writer, page in
            writer.append(signed: page.raw)
            writer.append(page.number)
            writer.append(page.edition)
        }
        writer.append(list: document.lines) { writer, line in
            writer.append(signed: line.raw)
            writer.append(line.number)
        }
        writer.append(list: document.noteCalls) { writer, call in
            writer.append(signed: call.reading)
            writer.append(signed: call.note)
            writer.append(call.mark)
        }
        writer.append(list: document.speeches) { writer, speech in
            writer.append(speech.raw)
            writer.append(speech.who)
        }
        writer.append(list: document.mentions) { writer, mention in
            writer.append(mention.raw)
            writer.append(mention.person)
        }
        writer.append(column: document.lineEndHyphens)
        writer.append(column: wordBytes)
        writer.append(column: runBytes)
        writer.append(list: hiddenPieces) { writer, piece in
            writer.append(signed: piece.passage)
            writer.append(piece.raw)
        }
        writer.append(list: printedSpeakers) { writer, speech in
            writer.append(speech.raw)
            writer.append(speech.who)
        }
        return writer.bytes
    }

    private func encodeWork(into writer: inout ByteWriter) {
        writer.append(document.fragment)
        writer.append(document.hasNamespace)
        writer.append(document.languages)
        writer.append(document.work.title)
        writer.append(document.work.authors)
        writer.append(document.work.date)
        writer.append(list: document.work.persons) { writer, person in
            writer.append(person.id)
            writer.append(person.names)
            writer.append(person.sex?.rawValue)
            writer.append(person.role)
            writer.append(person.isGroup)
        }
        writer.append(list: document.work.relations) { writer, relation in
            writer.append(relation.id)
            writer.append(relation.name)
            writer.append(relation.active)
            writer.append(relation.passive)
            writer.append(relation.mutual)
        }
    }

    private func encodePassages(into writer: inout ByteWriter) {
        let passages = document.passages
        writer.append(list: passages) { writer, passage in
            writer.append(byte: UInt8(PassageKind.allCases.firstIndex(of: passage.kind) ?? 0))
        }
        writer.append(column: passages.lazy.map(\.language))
        writer.append(column: passages.lazy.map(\.part))
        writer.append(column: passages.lazy.map(\.paragraph))
        writer.append(column: passages.lazy.map(\.enclosing))
        writer.append(column: passages.lazy.map(\.raw.start))
        writer.append(column: passages.lazy.map(\.raw.end))
        writer.append(column: passages.lazy.map(\.reading.start))
        writer.append(column: passages.lazy.map(\.reading.end))
        writer.append(column: passages.lazy.map(\.own.lowerBound))
        writer.append(column: passages.lazy.map(\.own.upperBound))
        writer.append(column: document.ownPieces.lazy.map(\.start))
        writer.append(column: document.ownPieces.lazy.map(\.end))
        // Few passages have an id of their own in novels, all in drama: gaps and names.
        let named = passageIDs.indices.filter { !passageIDs[$0].isEmpty }
        writer.append(varint: UInt32(named.count))
        for index in named {
            writer.append(varint: UInt32(index))
            writer.append(passageIDs[index])
        }
    }

    /// - Throws: ``IndexError/damaged(_:)``.
    convenience init(decoding bytes: [UInt8], path: String) throws {
        self.init(Document(path: path), passageIDs: [])
        var reader = ByteReader(bytes)
        try Self.decodeWork(&reader, into: &document)
        passageIDs = try Self.decodePassages(&reader, into: &document)
        document.parts = try reader.list {
            Part(
                parent: try $0.signed(), element: -1, type: try $0.optionalString(), label: try $0.string(),
                head: try $0.optionalString(), isOnlyOne: try $0.bool(), raw: try $0.range())
        }
        document.pages = try reader.list {
            PageBreak(raw: try $0.signed(), number: try $0.string(), edition: try $0.optionalString())
        }
        document.lines = try reader.list { LineStart(raw: try $0.signed(), number: try $0.string()) }
        document.noteCalls = try reader.list {
            NoteCall(reading: try $0.signed(), note: try $0.signed(), mark: try $0.optionalString())
        }
        document.speeches = try reader.list { Speech(raw: try $0.range(), who: try $0.strings()) }
        document.mentions = try reader.list { Mention(raw: try $0.range(), person: try $0.string()) }
        document.lineEndHyphens = try reader.column()
        wordBytes = try reader.column()
        runBytes = try reader.column()
        hiddenPieces = try reader.list { AnchoredPiece(passage: try $0.signed(), raw: try $0.range()) }
        printedSpeakers = try reader.list { Speech(raw: try $0.range(), who: try $0.strings()) }
        let count = document.passages.count + 1
        guard reader.isAtEnd, wordBytes.count == count, runBytes.count == count else {
            throw IndexError.damaged("outline of \(path) has parts that do not fit together")
        }
    }

    private static func decodeWork(_ reader: inout ByteReader, into document: inout Document) throws {
        document.fragment = try reader.optionalString()
        document.hasNamespace = try reader.bool()
        document.languages = try reader.strings()
        document.work.title = try reader.string()
        document.work.authors = try reader.strings()
        document.work.date = try reader.optionalString()
        document.work.persons = try reader.list {
            let id = try $0.string()
            let names = try $0.strings()
            let sex = try $0.optionalString().flatMap(Sex.init)
            return Person(id: id, names: names, sex: sex, role: try $0.optionalString(), isGroup: try $0.bool())
        }
        document.work.relations = try reader.list {
            Relation(
                id: try $0.optionalString(), name: try $0.string(), active: try $0.strings(),
                passive: try $0.strings(), mutual: try $0.strings())
        }
    }

    /// The ids of the passages.
    private static func decodePassages(_ reader: inout ByteReader, into document: inout Document) throws -> [String] {
        let kinds = try reader.list { try $0.byte() }
        let columns = try (0..<10).map { _ in try reader.column() }
        let (starts, ends) = (try reader.column(), try reader.column())
        guard columns.allSatisfy({ $0.count == kinds.count }), starts.count == ends.count,
            kinds.allSatisfy({ Int($0) < PassageKind.allCases.count })
        else { throw IndexError.damaged("columns of \(document.path) differ in length") }
        let allKinds = PassageKind.allCases
        document.passages = kinds.indices.map { index in
            Passage(
                element: -1, kind: allKinds[Int(kinds[index])], language: columns[0][index], part: columns[1][index],
                paragraph: columns[2][index], enclosing: columns[3][index],
                raw: ByteRange(columns[4][index], columns[5][index]), own: columns[8][index]..<columns[9][index],
                reading: ByteRange(columns[6][index], columns[7][index]), runs: 0..<0)
        }
        document.ownPieces = starts.indices.map { ByteRange(starts[$0], ends[$0]) }
        var ids = [String](repeating: "", count: kinds.count)
        for _ in 0..<(try reader.count()) {
            let index = Int(try reader.varint())
            guard index < ids.count else { throw IndexError.damaged("id of a passage that is not there") }
            ids[index] = try reader.string()
        }
        return ids
    }
}
