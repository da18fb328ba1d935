import QueryLanguage
import SearchIndex
import TextModel
import WordForms

/// Relations by loops inside loops.
extension NaiveEngine {
    /// Left ranges that have a partner, or none where the relation is negated.
    func related(_ query: Query) -> [Found] {
        switch query {
        case .relation(let left, _, let isNegated, let right):
            let others = ranges(right)
            return ranges(left).filter { one in
                !one.pieces.isEmpty && others.contains { isPair(one, $0, query) } != isNegated
            }
        case .near(let left, let right, _):
            let others = ranges(right)
            return ranges(left).filter { one in others.contains { isPair(one, $0, query) } }
        case .chain(let first, let steps):
            return ranges(first).filter { goesOn($0, first, steps[...]) }
        default: return []
        }
    }

    private func goesOn(_ one: Found, _ query: Query, _ steps: ArraySlice<Query.Step>) -> Bool {
        guard let step = steps.first else { return true }
        return ranges(step.query).contains { next in
            isPair(one, next, .chain(query, [step])) && goesOn(next, step.query, steps.dropFirst())
        }
    }

    /// All pairs of a relation of two sides.
    func pairs(_ query: Query) -> [(Found, Found)] {
        let sides = query.children
        guard sides.count == 2 else { return [] }
        let others = ranges(sides[1])
        return ranges(sides[0]).flatMap { one in others.filter { isPair(one, $0, query) }.map { (one, $0) } }
    }

    func isPair(_ left: Found, _ right: Found, _ query: Query) -> Bool {
        guard left.document == right.document, !left.pieces.isEmpty, !right.pieces.isEmpty else { return false }
        let isSame = left.annotation == right.annotation && left.pieces == right.pieces
        if isSame, query.children[0] == query.children[1] { return false }
        let leftEnd = left.pieces.map(\.end).max() ?? 0
        switch query {
        case .relation(_, let relation, _, _): return holds(relation, left, right)
        case .near(_, _, let distance): return isInDistance(left, right, distance ?? .ofNear)
        case .chain(_, let steps):
            return right.pieces[0].start >= leftEnd && isInDistance(left, right, steps[0].distance ?? .ofThen)
        default: return false
        }
    }

    private func holds(_ relation: RangeRelation, _ left: Found, _ right: Found) -> Bool {
        func lies(_ one: Piece, _ other: Piece) -> Bool { other.start <= one.start && one.end <= other.end }
        switch relation {
        case .overlaps: return left.pieces.contains { one in right.pieces.contains { overlap(one, $0) } }
        case .within: return left.pieces.allSatisfy { one in right.pieces.contains { lies(one, $0) } }
        case .contains: return right.pieces.allSatisfy { one in left.pieces.contains { lies(one, $0) } }
        case .equals:
            return left.pieces.map { [$0.start, $0.end] } == right.pieces.map { [$0.start, $0.end] }
        case .touches:
            let raw = documents[left.document].document.raw
            return left.pieces.contains { one in
                right.pieces.contains { other in
                    let (first, second) = one.start <= other.start ? (one, other) : (other, one)
                    let gap = min(first.end, second.start)..<second.start
                    return overlap(one, other) || gap.allSatisfy { raw[Int($0)] <= 0x20 }
                }
            }
        }
    }

    private func isInDistance(_ left: Found, _ right: Found, _ distance: Distance) -> Bool {
        let (first, second) = (units(left, distance.unit), units(right, distance.unit))
        let apart = max(0, second.0 - first.1, first.0 - second.1)
        return distance.comparison.holds(apart, distance.number)
    }

    /// First and last unit, of words the one after the last.
    private func units(_ found: Found, _ unit: Distance.Unit) -> (Int, Int) {
        let numbers = found.pieces.map { piece -> (Int, Int) in
            let key = [
                found.document, piece.passage, Int(piece.start), Int(piece.end), Int(unit.rawValue.utf8.first ?? 0),
            ]
            if let known = memory.units[key] { return known }
            let numbers = units(piece, found, unit)
            memory.units[key] = numbers
            return numbers
        }
        return (numbers.map(\.0).min() ?? 0, numbers.map(\.1).max() ?? 0)
    }

    private func units(_ piece: Piece, _ found: Found, _ unit: Distance.Unit) -> (Int, Int) {
        let document = documents[found.document].document
        switch unit {
        case .documents: return (0, 0)
        case .passages:
            let count = document.passages[...piece.passage].count { $0.kind.isCounted }
            return (count, count)
        case .chapters:
            var parts: [Int32] = []
            for passage in document.passages where !parts.contains(passage.part) { parts.append(passage.part) }
            let number = parts.firstIndex(of: document.passages[piece.passage].part) ?? 0
            return (number, number)
        case .words: return words(of: piece, document)
        case .sentences: return sentences(of: piece, found.document)
        }
    }

    private func words(of piece: Piece, _ document: Document) -> (Int, Int) {
        let before = document.passages[..<piece.passage].indices.reduce(0) { $0 + wordList(document, $1).count }
        let words = wordRanges(document, piece.passage)
        let after =
            before + words.count { $0.start < piece.end || (piece.start == piece.end && $0.start < piece.start) }
        let first = before + words.count { $0.end <= piece.start }
        return piece.start == piece.end ? (after, after) : (min(first, after), after)
    }

    private func wordRanges(_ document: Document, _ passage: Int) -> [ByteRange] {
        let place = document.passages[passage]
        return wordList(document, passage).map {
            ByteRange(
                document.rawOffset(ofReading: $0.range.start, in: place),
                document.rawOffset(ofReading: $0.range.end, in: place, isEnd: true))
        }
    }

    private func sentences(of piece: Piece, _ place: Int) -> (Int, Int) {
        let document = documents[place].document
        var before = 0
        for number in document.passages.indices {
            let passage = document.passages[number]
            let starts = sentenceStarts(Place(document: place, passage: number))
            if number == piece.passage {
                let first = starts.count { document.rawOffset(ofReading: $0, in: passage) <= piece.start }
                let last = starts.count { document.rawOffset(ofReading: $0, in: passage) < piece.end }
                return (before + first, before + max(first, last))
            }
            before += starts.count + 1
        }
        return (0, 0)
    }

    private func sentenceStarts(_ place: Place) -> [Int32] {
        if let known = memory.sentences[place] { return known }
        let document = documents[place.document].document
        let passage = document.passages[place.passage]
        var borders = SentenceBorders(language: document.languages[Int(passage.language)])
        var starts: [Int32] = []
        borders.starts(of: passage, in: document, into: &starts)
        memory.sentences[place] = starts
        return starts
    }
}
