import TextModel

/// A stretch of text that carries a concept: a piece of an annotation, or several that join.
struct Occurrence {
    /// Index in ``TeachingSelection/works``.
    var work: Int
    var firstPassage: Int32
    var lastPassage: Int32
    /// In ``Document/raw``.
    var raw: ByteRange
    var stance: Stance
    var basis: Basis?
    var isPrincipal: Bool
    var about: [Subject]
}

extension SelectedWork {
    /// The stretches of an annotation, pieces joined where nothing but white space, notes or islands lies between.
    func occurrences(of annotation: AnchoredAnnotation, work: Int) -> [Occurrence] {
        var found: [Occurrence] = []
        for piece in annotation.pieces.sorted(by: { $0.raw < $1.raw }) {
            let occurrence = Occurrence(
                work: work, firstPassage: piece.passage, lastPassage: piece.passage, raw: piece.raw,
                stance: annotation.annotation.stance ?? .supports, basis: annotation.annotation.basis,
                isPrincipal: annotation.annotation.isPrincipal, about: annotation.annotation.about)
            if let last = found.last, joins(last, occurrence) {
                found[found.count - 1].lastPassage = occurrence.lastPassage
                found[found.count - 1].raw.end = max(last.raw.end, occurrence.raw.end)
            } else {
                found.append(occurrence)
            }
        }
        return found
    }

    /// Does the second stretch go on where the first ends: nothing to read between them but notes and islands.
    func joins(_ first: Occurrence, _ second: Occurrence) -> Bool {
        guard first.lastPassage != second.firstPassage else {
            return isBlank(first.raw.end, second.raw.start, in: first.lastPassage)
        }
        guard first.lastPassage < second.firstPassage else { return false }
        let passages = document.passages
        guard isBlank(first.raw.end, passages[Int(first.lastPassage)].raw.end, in: first.lastPassage),
            isBlank(passages[Int(second.firstPassage)].raw.start, second.raw.start, in: second.firstPassage)
        else { return false }
        return (first.lastPassage + 1..<second.firstPassage).allSatisfy { index in
            let kind = passages[Int(index)].kind
            return kind == .note || kind == .speaker || passages[Int(index)].enclosing >= first.lastPassage
        }
    }

    /// Is there nothing to read of a passage between two raw offsets.
    private func isBlank(_ start: Int32, _ end: Int32, in passage: Int32) -> Bool {
        guard start < end else { return true }
        let place = document.passages[Int(passage)]
        let first = document.readingOffset(ofRaw: start, in: place)
        let last = end >= place.raw.end ? place.reading.end : document.readingOffset(ofRaw: end, in: place)
        return document.reading[Int(first)..<max(Int(first), Int(last))].allSatisfy {
            $0 == 0x20 || (9...13).contains($0)
        }
    }
}
