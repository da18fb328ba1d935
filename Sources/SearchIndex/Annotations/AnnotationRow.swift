import Foundation
import GRDB
import TextModel

/// An annotation, a suggestion or a decision as the index holds it.
struct AnnotationRow: Sendable {
    /// Number in the index; 0 before it is stored.
    var id: Int64 = 0
    var document: Int64 = 0
    var state: AnnotationState
    /// Path from the casebook; empty for suggestions.
    var layerFile: String
    var layer: String
    /// `xml:id` in its layer file, or the suggestion's id.
    var name: String
    var concepts: [String]
    var about: [Subject] = []
    var stance: Stance?
    var basis: Basis?
    var certainty: Double?
    var comment: String?
    var contents: [ContentTag] = []
    var isPrincipal = false
    var creator: String?
    var created: String?
    var modified: String?
    var anchor: AnchorVerdict
    var suggester: String?
    var score: Double?
    var reason: String?
    /// In document order; empty where it has no place in today's text.
    var pieces: [AnchoredPiece]

    init(_ anchored: AnchoredAnnotation) {
        let annotation = anchored.annotation
        state = .annotation
        layerFile = anchored.layerFile
        layer = anchored.layer
        name = annotation.id
        concepts = uniqued(annotation.concepts.map(\.id))
        about = annotation.about
        stance = annotation.stance
        basis = annotation.basis
        certainty = annotation.certainty
        comment = annotation.comment
        contents = annotation.contentTags
        isPrincipal = annotation.isPrincipal
        creator = annotation.creator
        created = annotation.created
        modified = annotation.modified
        anchor = anchored.verdict
        suggester = annotation.proposal?.suggester
        score = annotation.proposal?.score
        reason = annotation.proposal?.reason
        pieces = anchored.pieces.sorted { ($0.raw, $0.passage) < ($1.raw, $1.passage) }
    }

    init(_ anchored: AnchoredDecision) {
        let decision = anchored.decision
        state = decision.verdict == .rejected ? .rejected : .otherDecision
        layerFile = anchored.layerFile
        layer = anchored.layer
        name = decision.id
        concepts = uniqued(decision.concepts.map(\.id))
        creator = decision.creator
        created = decision.decided
        anchor = anchored.verdict
        suggester = decision.proposal?.suggester
        score = decision.proposal?.score
        reason = decision.proposal?.reason
        pieces = anchored.pieces.sorted { ($0.raw, $0.passage) < ($1.raw, $1.passage) }
    }

    init(_ suggestion: Suggestion, isDecided: Bool) {
        state = isDecided ? .decidedSuggestion : .openSuggestion
        layerFile = ""
        layer = ""
        name = suggestion.id
        concepts = [suggestion.concept]
        stance = suggestion.stance
        anchor = .exact
        suggester = suggestion.suggester
        score = suggestion.score
        reason = suggestion.reason
        pieces = [AnchoredPiece(passage: suggestion.passage, raw: suggestion.raw)]
    }

    /// Columns in the order in which ``init(_:)`` for a row reads them.
    static let columns = """
        annotation.id, annotation.document, annotation.state, layer.path, layer.name, annotation.name,
            annotation.concepts, annotation.about, annotation.stance, annotation.basis, annotation.certainty,
            annotation.comment, annotation.contents, annotation.principal, annotation.creator, annotation.created,
            annotation.modified, annotation.anchor, annotation.suggester, annotation.score, annotation.reason,
            annotation.pieces
        """

    /// - Throws: ``IndexError/damaged(_:)``.
    init(_ row: Row) throws {
        guard let state = AnnotationState(rawValue: row[2]), let anchor = AnchorVerdict(rawValue: row[17]) else {
            throw IndexError.damaged("annotation with an unknown state")
        }
        id = row[0]
        document = row[1]
        self.state = state
        layerFile = row[3] ?? ""
        layer = row[4] ?? ""
        name = row[5]
        concepts = splitLines(row[6])
        about = splitLines(row[7]).compactMap(Subject.init(stored:))
        stance = (row[8] as String?).flatMap(Stance.init)
        basis = (row[9] as String?).flatMap(Basis.init)
        certainty = row[10]
        comment = row[11]
        contents = (row[12] as String).split(separator: " ").compactMap { ContentTag(rawValue: String($0)) }
        isPrincipal = row[13]
        creator = row[14]
        created = row[15]
        modified = row[16]
        self.anchor = anchor
        suggester = row[18]
        score = row[19]
        reason = row[20]
        pieces = try Self.decodePieces(Array(row[21] as Data))
    }

    /// As JSON names it: `Corpus/love-story.instructor.xml#a-7k2m9q4x`; a suggestion has its own id.
    var qualifiedID: String { layerFile.isEmpty ? name : layerFile + "#" + name }
}

extension AnnotationRow {
    var encodedPieces: [UInt8] {
        var writer = ByteWriter()
        for piece in pieces {
            writer.append(signed: piece.passage)
            writer.append(piece.raw)
        }
        return writer.bytes
    }

    static func decodePieces(_ bytes: [UInt8]) throws -> [AnchoredPiece] {
        var reader = ByteReader(bytes)
        var pieces: [AnchoredPiece] = []
        while !reader.isAtEnd {
            pieces.append(AnchoredPiece(passage: try reader.signed(), raw: try reader.range()))
        }
        return pieces
    }
}

extension Subject {
    /// With a letter before it that tells the kinds apart: a relation's id looks like a person's.
    var stored: String {
        switch self {
        case .person(let id): "p" + id
        case .relation(let id): "r" + id
        case .dyad(let from, let towards): "d" + from + ">" + towards
        }
    }

    init?(stored: String) {
        let rest = stored.dropFirst()
        switch stored.first {
        case "p": self = .person(String(rest))
        case "r": self = .relation(String(rest))
        case "d":
            guard let arrow = rest.firstIndex(of: ">") else { return nil }
            self = .dyad(String(rest[..<arrow]), String(rest[rest.index(after: arrow)...]))
        default: return nil
        }
    }
}

/// The lines of a stored list; none of an empty one.
func splitLines(_ text: String) -> [String] {
    text.split(separator: "\n").map(String.init)
}

/// Each once, in the order of their first coming.
private func uniqued(_ names: [String]) -> [String] {
    var seen = Set<String>()
    return names.filter { seen.insert($0).inserted }
}
