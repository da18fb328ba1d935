import GRDB
import QueryLanguage
import TextModel

/// Makes hits of what was found: texts, scalars, places as they are cited, and what the annotations say.
final class HitBuilder {
    private let evaluator: Evaluator
    /// Persons whose id two works have.
    private lazy var sharedPersons: Set<String> = {
        let ids = try? String.fetchAll(
            evaluator.database, sql: "SELECT id FROM person GROUP BY id HAVING count(*) > 1")
        return Set(ids ?? [])
    }()

    init(_ evaluator: Evaluator) {
        self.evaluator = evaluator
    }

    /// What matched in one place: pieces, and the annotations they come from.
    struct Match {
        var document: Int32
        var pieces: [FoundPiece]
        var annotations: [Int64]
        /// The other side of a relation.
        var partner: Joined.Partner?
    }

    /// A hit for a passage or a range in it; `passage` is `nil` for annotations without a place.
    func hit(_ match: Match, in passage: Int32?) throws -> Hit {
        var hit = try hitWithoutPartner(match, in: passage)
        if let partner = match.partner {
            let other = Match(
                document: partner.range.document, pieces: partner.pieces,
                annotations: partner.range.annotation == 0 ? [] : [partner.range.annotation],
                partner: partner.next.first)
            hit.partner = try self.hit(other, in: partner.pieces.first?.passage)
        }
        return hit
    }

    private func hitWithoutPartner(_ match: Match, in passage: Int32?) throws -> Hit {
        let entry = evaluator.corpus.entries[Int(match.document)]
        var hit = Hit(document: entry.name, title: entry.title)
        try describe(match.annotations, of: entry, in: &hit)
        guard let passage, let document = try evaluator.store.document(entry.id) else { return hit }
        let place = try document.passage(passage)
        // What is found by its passage alone is the whole passage.
        let pieces =
            match.pieces.isEmpty
            ? [FoundPiece(passage: passage, start: place.raw.start, end: place.raw.end)] : match.pieces
        let own = pieces.filter { $0.passage == passage }
        let start = own.map(\.start).min() ?? place.raw.start
        let end = own.map(\.end).max() ?? place.raw.end
        let raw = try document.bytes(.raw, place.raw.indices)
        func scalar(_ byte: Int32) -> Int {
            countScalars(raw, from: 0, to: min(max(0, byte - place.raw.start), Int32(raw.count)))
        }
        hit.passage = try document.passageID(passage)
        hit.kind = place.kind
        hit.locator = try document.locator(for: ByteRange(start, end), in: passage)
        hit.start = scalar(start)
        hit.end = scalar(end)
        hit.text = String(decoding: raw, as: UTF8.self)
        hit.display = try document.readingText(place.reading)
        for piece in pieces {
            hit.ranges.append(try range(piece, in: document))
        }
        hit.marks = match.pieces.isEmpty ? [] : try marks(own, in: document, passage)
        return hit
    }

    /// A hit for a whole document.
    func documentHit(_ match: Match) throws -> Hit {
        let entry = evaluator.corpus.entries[Int(match.document)]
        var hit = Hit(document: entry.name, title: entry.title)
        try describe(match.annotations, of: entry, in: &hit)
        return hit
    }

    private func range(_ piece: FoundPiece, in document: StoredDocument) throws -> HitRange {
        let start = try document.scalarOffset(ofByte: piece.start, in: piece.passage)
        let quote = try document.rawText(ByteRange(piece.start, piece.end))
        return HitRange(
            passage: try document.passageID(piece.passage), start: start, end: start + quote.unicodeScalars.count,
            quote: quote)
    }

    /// What matched, in the text as people read it; pieces that overlap are one mark.
    private func marks(
        _ pieces: [FoundPiece], in document: StoredDocument, _ passage: Int32
    ) throws -> [Range<Int>] {
        let base = Int(try document.passage(passage).reading.start)
        var marks: [Range<Int>] = []
        for piece in pieces.sorted(by: { ($0.start, $0.end) < ($1.start, $1.end) }) {
            let reading = try document.readingRange(ofRaw: ByteRange(piece.start, piece.end), in: passage)
            let mark = Int(reading.start) - base..<Int(reading.end) - base
            if let last = marks.last, mark.lowerBound < last.upperBound {
                marks[marks.count - 1] = last.lowerBound..<max(last.upperBound, mark.upperBound)
            } else {
                marks.append(mark)
            }
        }
        return marks
    }

    /// What the annotations say, in the order of their layers and ids where they begin and end alike.
    private func describe(_ annotations: [Int64], of entry: Corpus.Entry, in hit: inout Hit) throws {
        for row in try rows(annotations) {
            hit.annotations.append(row.qualifiedID)
            for concept in row.concepts where !hit.concepts.contains(concept) { hit.concepts.append(concept) }
            if !row.layer.isEmpty, !hit.layers.contains(row.layer) { hit.layers.append(row.layer) }
            hit.details.append(detail(of: row, in: entry))
            for subject in row.about {
                let text = self.text(of: subject, in: entry)
                if !hit.about.contains(text) { hit.about.append(text) }
            }
            if hit.annotations.count == 1 {
                hit.stance = row.stance
                hit.basis = row.basis
                hit.anchor = row.anchor
            }
        }
    }

    /// Annotations in the order in which a hit names them: as they stand in the text, then by layer and id.
    func rows(_ annotations: [Int64]) throws -> [AnnotationRow] {
        let unique = Set(annotations)
        let rows = try unique.compactMap { try evaluator.store.annotation($0) }
        return rows.sorted { left, right in
            let (first, second) = (left.pieces.first?.raw, right.pieces.first?.raw)
            if first != second { return (first ?? ByteRange(-1, -1)) < (second ?? ByteRange(-1, -1)) }
            return (left.layerFile, left.name) < (right.layerFile, right.name)
        }
    }

    private func detail(of row: AnnotationRow, in entry: Corpus.Entry) -> HitAnnotation {
        var persons: [String] = []
        for subject in row.about {
            switch subject {
            case .person, .relation: persons.append(text(of: subject, in: entry))
            case .dyad(let from, let towards):
                for person in [from, towards] { persons.append(text(of: .person(person), in: entry)) }
            }
        }
        var seen: Set<String> = []
        return HitAnnotation(
            concepts: row.concepts, layer: row.layer, persons: persons.filter { seen.insert($0).inserted },
            stance: row.stance)
    }

    private func text(of subject: Subject, in entry: Corpus.Entry) -> String {
        let isShared =
            switch subject {
            case .person(let id), .relation(let id): sharedPersons.contains(id)
            case .dyad(let from, let towards): sharedPersons.contains(from) || sharedPersons.contains(towards)
            }
        return isShared ? workName(of: entry.path, document: entry.name) + "/" + subject.text : subject.text
    }
}
