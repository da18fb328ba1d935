import SearchIndex
import TestSupport
import TextModel

extension SeededGenerator {
    /// Seeds that follow each other are drawn far apart.
    init(seed: Int) { self.init(seed: UInt64(bitPattern: Int64(seed)) &* 0x9E37_79B9_7F4A_7C15 &+ 1) }
}

/// Documents, layers and a scheme made at random: few words and concepts, so that all meet often.
struct GeneratedCasebook {
    var documents: [IndexedDocument] = []
    var scheme = ConceptScheme(id: "bonding", path: "Schemas/bonding.xml", title: "Bonding", version: "1")
    private var random: SeededGenerator

    static let words = [
        "felt", "feel", "nothing", "Nothing", "mother", "mothers", "child", "für", "fur", "cold", "naïve", "don’t",
    ]
    static let concepts = ["bond", "impaired-bonding", "neglect", "parental-anger", "repair"]
    static let persons = ["jane", "max", "ada"]
    static let layers = ["key", "ana"]
    static let annotators = ["ana", "ben"]

    init(seed: Int, documents count: Int = 3, paragraphs: Int = 8, annotations: Int = 12) {
        random = SeededGenerator(seed: seed)
        // bond > impaired-bonding > neglect; the others stand alone.
        for (index, id) in Self.concepts.enumerated() {
            var concept = Concept(id: id, broader: index == 1 ? 0 : index == 2 ? 1 : nil)
            concept.labels = [Label(kind: .preferred, text: id, language: "en")]
            scheme.concepts.append(concept)
        }
        for number in 0..<count {
            let document = makeDocument(number, paragraphs: paragraphs)
            var indexed = IndexedDocument(document)
            for index in 0..<annotations { indexed.annotations.append(makeAnnotation(index, in: document)) }
            for index in 0..<3 { indexed.suggestions.append(makeSuggestion(index, in: document)) }
            if let first = indexed.suggestions.first { indexed.decided = [first.id] }
            documents.append(indexed)
        }
    }

    // MARK: Documents

    private mutating func makeDocument(_ number: Int, paragraphs: Int) -> Document {
        var document = Document(path: "Corpus/\(["alpha", "beta", "gamma", "delta"][number % 4]).xml")
        document.sha256 = String(number)
        document.work.title = ["Alpha Days", "Béta Nights", "Gamma"][number % 3]
        document.work.authors = [["Ann Onym"], ["Bea Writer", "Carl Writer"], []][number % 3]
        document.work.date = ["1847", "1901-05", nil][number % 3]
        document.work.persons = [
            Person(id: "jane", names: ["Jane"], sex: .female, role: nil),
            Person(id: "max", names: ["Max"], sex: .male, role: "child"),
            Person(id: "ada", names: ["Ada"], sex: .female, role: "nurse"),
        ]
        document.work.relations = [
            Relation(id: "r1", name: "parent_of", active: ["jane"], passive: ["max"], mutual: []),
            Relation(id: "r2", name: "friends", active: [], passive: [], mutual: ["jane", "ada"]),
        ]
        document.languages = ["en", "de-AT"]
        document.elementNames = ["p"]
        document.pages.append(PageBreak(raw: 0, number: "1", edition: nil))
        for paragraph in 0..<paragraphs {
            if paragraph % 3 == 0 { startPart(&document) }
            addPassage(&document)
        }
        closePart(&document)
        for _ in 0..<3 where !document.passages.isEmpty {
            let first = Int32.random(in: 0..<Int32(document.raw.count), using: &random)
            let last = Int32.random(in: first..<Int32(document.raw.count), using: &random)
            document.speeches.append(Speech(raw: ByteRange(first, last), who: [pick(Self.persons)]))
            document.mentions.append(Mention(raw: ByteRange(first, min(first + 3, last)), person: pick(Self.persons)))
        }
        return document
    }

    private mutating func startPart(_ document: inout Document) {
        closePart(&document)
        let label = String(document.parts.count + 1)
        document.parts.append(
            Part(
                parent: -1, element: 0, type: "chapter", label: label, head: nil, isOnlyOne: false,
                raw: ByteRange(document.raw.count, document.raw.count)))
    }

    private func closePart(_ document: inout Document) {
        guard let last = document.parts.indices.last else { return }
        document.parts[last].raw.end = Int32(document.raw.count)
    }

    /// A paragraph, in every third one a note among its words.
    private mutating func addPassage(_ document: inout Document) {
        let kinds: [PassageKind] = [.text, .text, .text, .verse, .speech, .heading, .front, .speaker]
        let hasNote = Int.random(in: 0..<3, using: &random) == 0
        let language = Int32(Int.random(in: 0..<5, using: &random) == 0 ? 1 : 0)
        let slot = document.passages.count
        let start = document.raw.count
        var builder = PassageBuilder(document: document, kind: pick(kinds), language: language)
        addWords(Int.random(in: 1..<9, using: &random), &builder)
        if hasNote {
            var note = PassageBuilder(inside: builder, language: 0)
            addWords(Int.random(in: 1..<4, using: &random), &note)
            builder.skip(to: note)
            addWords(Int.random(in: 1..<6, using: &random), &builder)
            builder.finish(in: &document, slot: slot, enclosing: -1, start: start)
            note.finish(in: &document, slot: slot + 1, enclosing: Int32(slot), start: note.start)
        } else {
            builder.finish(in: &document, slot: slot, enclosing: -1, start: start)
        }
        document.raw.append(UInt8(ascii: "\n"))
        if Int.random(in: 0..<4, using: &random) == 0 {
            document.pages.append(
                PageBreak(raw: Int32(document.raw.count), number: String(document.pages.count + 1), edition: nil))
        }
    }

    private mutating func addWords(_ count: Int, _ builder: inout PassageBuilder) {
        for _ in 0..<count {
            // A line's end and its indentation read as one blank.
            builder.space(Int.random(in: 0..<4, using: &random) == 0 ? "\n    " : " ")
            builder.copy(pick(Self.words))
            if Int.random(in: 0..<6, using: &random) == 0 { builder.copy(pick([",", ".", " —"])) }
        }
    }

    // MARK: Annotations

    /// Annotations of any document.
    mutating func annotations(_ count: Int, in document: Document) -> [AnchoredAnnotation] {
        (0..<count).map { makeAnnotation($0, in: document) }
    }

    private mutating func makeAnnotation(_ index: Int, in document: Document) -> AnchoredAnnotation {
        var annotation = Annotation(id: "a-\(index)", targets: [])
        let version: String? = nil
        annotation.concepts = [ConceptReference(id: pick(Self.concepts), scheme: "", version: version)]
        if Int.random(in: 0..<4, using: &random) == 0 {
            annotation.concepts.append(ConceptReference(id: pick(Self.concepts), scheme: "", version: version))
        }
        if Int.random(in: 0..<10, using: &random) == 0 { annotation.concepts = [] }
        annotation.about =
            [
                [], [.person(pick(Self.persons))], [.dyad(pick(Self.persons), pick(Self.persons))],
                [.relation(pick(["r1", "r2"]))], [.person("jane"), .dyad("max", "jane")],
            ][Int.random(in: 0..<5, using: &random)]
        annotation.stance = pick([nil, .supports, .supports, .contradicts, .ambiguous])
        annotation.basis = pick([nil, .shown, .told, .inferred])
        annotation.certainty = pick([nil, 0.25, 0.5, 0.8, 1])
        annotation.comment = pick([nil, nil, "Very unsure here", "sure"])
        annotation.creator = pick(Self.annotators)
        annotation.created = pick(["2024-05-17T10:00:00Z", "2023-11-02T00:00:00Z"])
        annotation.modified = pick([nil, "2024-06-01T09:00:00Z"])
        let isLost = Int.random(in: 0..<8, using: &random) == 0
        let layer = pick(Self.layers)
        return AnchoredAnnotation(
            annotation: annotation, layerFile: document.path.replacing(".xml", with: ".\(layer).xml"), layer: layer,
            verdict: isLost ? pick([.orphaned, .ambiguous]) : .exact, pieces: isLost ? [] : pieces(in: document))
    }

    private mutating func makeSuggestion(_ index: Int, in document: Document) -> Suggestion {
        let piece = pieces(in: document)[0]
        return Suggestion(
            id: "\(document.path)-\(index)", passage: piece.passage, raw: piece.raw, concept: pick(Self.concepts),
            score: 0.5, suggester: "cues", reason: "", stance: pick([.supports, .contradicts]))
    }

    /// One range, a point, or several pieces in one passage or in several.
    private mutating func pieces(in document: Document) -> [AnchoredPiece] {
        let first = Int.random(in: 0..<document.passages.count, using: &random)
        let count = Int.random(in: 0..<5, using: &random) == 0 ? Int.random(in: 2...3, using: &random) : 1
        var pieces: [AnchoredPiece] = []
        for number in 0..<count {
            let passage = min(first + (Bool.random(using: &random) ? number : 0), document.passages.count - 1)
            let piece = AnchoredPiece(passage: Int32(passage), raw: range(in: document.passages[passage], document))
            if !pieces.contains(piece) { pieces.append(piece) }
        }
        return pieces.sorted { ($0.raw, $0.passage) < ($1.raw, $1.passage) }
    }

    /// A range between borders of words, so that ranges often touch, nest and coincide.
    private mutating func range(in passage: Passage, _ document: Document) -> ByteRange {
        var borders: [Int32] = []
        for piece in passage.own.map({ document.ownPieces[Int($0)] }) {
            borders += [piece.start, piece.end]
            for offset in piece.start..<piece.end where document.raw[Int(offset)] <= 0x20 { borders.append(offset) }
        }
        borders = Set(borders).sorted()
        let start = Int.random(in: 0..<borders.count, using: &random)
        let isPoint = Int.random(in: 0..<10, using: &random) == 0
        let end = isPoint ? start : Int.random(in: start..<min(borders.count, start + 5), using: &random)
        return ByteRange(borders[start], borders[end])
    }

    private mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int.random(in: elements.indices, using: &random)]
    }
}

/// Builds one passage: raw text, reading text and what maps them.
private struct PassageBuilder {
    var raw: [UInt8]
    let start: Int
    private let kind: PassageKind
    private let language: Int32
    private let part: Int32
    private var reading: [UInt8] = []
    /// Reading offsets count from the passage's start.
    private var runs: [ReadingRun] = []
    private var own: [ByteRange] = []
    private var pieceStart: Int

    init(document: Document, kind: PassageKind, language: Int32) {
        raw = document.raw
        start = raw.count
        pieceStart = raw.count
        self.kind = kind
        self.language = language
        part = Int32(document.parts.count) - 1
    }

    /// An island, which begins where its passage has come to.
    init(inside outer: PassageBuilder, language: Int32) {
        raw = outer.raw
        start = raw.count
        pieceStart = raw.count
        kind = .note
        self.language = language
        part = outer.part
    }

    mutating func copy(_ text: String) {
        runs.append(ReadingRun(reading: Int32(reading.count), raw: Int32(raw.count), isCopied: true))
        reading += Array(text.utf8)
        raw += Array(text.utf8)
    }

    mutating func space(_ text: String) {
        if !reading.isEmpty {
            runs.append(ReadingRun(reading: Int32(reading.count), raw: Int32(raw.count), isCopied: false))
            reading.append(UInt8(ascii: " "))
        }
        raw += Array(text.utf8)
    }

    /// Goes on behind an island.
    mutating func skip(to island: PassageBuilder) {
        own.append(ByteRange(pieceStart, raw.count))
        raw = island.raw
        pieceStart = raw.count
    }

    mutating func finish(in document: inout Document, slot: Int, enclosing: Int32, start: Int) {
        own.append(ByteRange(pieceStart, raw.count))
        let base = Int32(document.reading.count)
        let firstRun = Int32(document.runs.count)
        let firstPiece = Int32(document.ownPieces.count)
        document.runs += runs.map { ReadingRun(reading: $0.reading + base, raw: $0.raw, isCopied: $0.isCopied) }
        document.ownPieces += own
        document.reading += reading
        let range = ByteRange(start, raw.count)
        document.elements.append(
            ElementRecord(parent: -1, name: 0, position: 1, id: slot % 4 == 0 ? "id\(slot)" : nil, raw: range))
        document.passages.append(
            Passage(
                element: Int32(document.elements.count) - 1, kind: kind, language: language, part: part, paragraph: 1,
                enclosing: enclosing, raw: range, own: firstPiece..<Int32(document.ownPieces.count),
                reading: ByteRange(base, Int32(document.reading.count)),
                runs: firstRun..<Int32(document.runs.count)))
        if raw.count > document.raw.count { document.raw = raw }
    }
}
