import Foundation
import GRDB
import QueryLanguage
import TextModel

extension Evaluator {
    /// Annotations of some concepts, `nil` for whatever concepts.
    func annotations(_ filter: AnnotationFilter, concepts: [Int64]?) throws -> FoundRanges {
        if let concepts, concepts.isEmpty { return FoundRanges() }
        guard let concepts, !filter.asksForUnplaced else {
            return try annotationsByRow(filter, concepts: concepts.map(Set.init))
        }
        var ranges = gathered(try postings(filter, concepts))
        if !filter.tests.isEmpty {
            ranges = try ranges.filter { range in
                guard let row = try store.annotation(range.annotation) else { return false }
                return try passes(filter, row, range.document)
            }
        }
        return ranges
    }

    private func postings(_ filter: AnnotationFilter, _ concepts: [Int64]) throws -> [Posting] {
        let (sql, arguments) = filter.lists(of: concepts)
        let rows = try Row.fetchCursor(database.cachedStatement(sql: sql), arguments: arguments)
        var postings: [Posting] = []
        while let row = try rows.next() {
            let document: Int64 = row[0]
            guard corpus.places[document] != nil else { continue }
            try PostingList.decode(Array(row[2] as Data), document: document, concept: row[1], into: &postings)
        }
        guard let (condition, values) = filter.passing(postings.filter { $0.piece == 0 }.map(\.annotation)) else {
            return postings
        }
        let passing = Set(try Int64.fetchAll(database.cachedStatement(sql: condition), arguments: values))
        return postings.filter { passing.contains($0.annotation) }
    }

    /// Number of annotations of one concept, as its lists say it; `nil` where the query asks for more than that.
    func annotationCount(_ query: Query) throws -> Int? {
        guard case .pattern(let pattern) = query, case .concept(let id, let mode) = pattern.core,
            pattern.counts.isEmpty, pattern.fields.allSatisfy(\.name.isOfAnnotation), isInScope.allSatisfy(\.self)
        else { return nil }
        let filter = AnnotationFilter(pattern.fields)
        let concepts = closures.concepts(id, mode)
        guard filter.isTrivial, !filter.asksForUnplaced, concepts.count == 1 else { return nil }
        let (sql, arguments) = filter.count(of: concepts[0])
        return try Int.fetchOne(database.cachedStatement(sql: sql), arguments: arguments)
    }

    /// Postings made ranges: the pieces of an annotation together, each once though several concepts hold it.
    private func gathered(_ postings: [Posting]) -> FoundRanges {
        guard let first = postings.first else { return FoundRanges() }
        // Most annotations have one piece: of one concept the postings then are the ranges.
        let isPlain = postings.allSatisfy { $0.piece == 0 && $0.concept == first.concept }
        var ranges = isPlain ? plainRanges(postings, of: first.concept) : gatheredByAnnotation(postings)
        ranges.sort()
        return ranges
    }

    private func plainRanges(_ postings: [Posting], of concept: Int64) -> FoundRanges {
        let concepts = number(ofConcepts: [concept])
        var ranges = FoundRanges()
        ranges.ranges.reserveCapacity(postings.count)
        ranges.pieces.reserveCapacity(postings.count)
        var place = (number: Int64(-1), document: Int32(0))
        for posting in postings {
            if posting.document != place.number {
                place = (posting.document, corpus.places[posting.document] ?? 0)
            }
            let piece = Int32(ranges.pieces.count)
            ranges.pieces.append(FoundPiece(passage: posting.passage, start: posting.start, end: posting.end))
            ranges.ranges.append(
                FoundRange(
                    document: place.document, pieces: piece..<piece + 1, annotation: posting.annotation,
                    stance: posting.stance, concepts: concepts))
        }
        return ranges
    }

    private func gatheredByAnnotation(_ postings: [Posting]) -> FoundRanges {
        let sorted = postings.sorted { left, right in
            (left.annotation, left.start, left.end, left.concept) < (
                right.annotation, right.start, right.end, right.concept
            )
        }
        var ranges = FoundRanges()
        var index = 0
        while index < sorted.count {
            let first = sorted[index]
            var pieces: [FoundPiece] = []
            var concepts: [Int64] = []
            while index < sorted.count, sorted[index].annotation == first.annotation {
                let posting = sorted[index]
                let piece = FoundPiece(passage: posting.passage, start: posting.start, end: posting.end)
                if pieces.last != piece { pieces.append(piece) }
                if !concepts.contains(posting.concept) { concepts.append(posting.concept) }
                index += 1
            }
            ranges.append(
                FoundRange(
                    document: corpus.places[first.document] ?? 0, pieces: 0..<0, annotation: first.annotation,
                    stance: first.stance, concepts: number(ofConcepts: concepts)),
                pieces)
        }
        return ranges
    }

    private func annotationsByRow(_ filter: AnnotationFilter, concepts: Set<Int64>?) throws -> FoundRanges {
        var ranges = FoundRanges()
        let names = try concepts.map { try closures.names(of: $0) }
        let (sql, arguments) = filter.statement
        let rows = try Row.fetchCursor(database.cachedStatement(sql: sql), arguments: arguments)
        while let stored = try rows.next() {
            let row = try AnnotationRow(stored)
            guard let document = corpus.places[row.document], try passes(filter, row, document) else { continue }
            var matched = row.concepts
            if let names {
                matched = row.concepts.filter(names.contains)
                if matched.isEmpty { continue }
            }
            let concepts = try matched.compactMap { try closures.number(of: $0) }
            ranges.append(
                FoundRange(
                    document: document, pieces: 0..<0, annotation: row.id, stance: row.stance,
                    concepts: number(ofConcepts: concepts)),
                row.pieces.map { FoundPiece(passage: $0.passage, start: $0.raw.start, end: $0.raw.end) })
        }
        // Annotations without a place are found only where they are asked for.
        if !filter.asksForUnplaced { ranges = ranges.filter { !$0.pieces.isEmpty } }
        ranges.sort()
        return ranges
    }

    private func passes(_ filter: AnnotationFilter, _ row: AnnotationRow, _ document: Int32) throws -> Bool {
        if filter.tests.isEmpty { return true }
        let entry = corpus.entries[Int(document)]
        guard let work = try store.document(entry.id)?.outline().document.work else { return false }
        let tests = AnnotationTests(fields: fieldTests) { [equalRanges] in try equalRanges.isAlone($0) }
        return try filter.tests.allSatisfy { try tests.holds($0, row, entry, work) }
    }

    private func number(ofConcepts concepts: [Int64]) -> Int32 {
        let key = concepts.sorted()
        if let number = conceptSets[key] { return number }
        let number = Int32(conceptSets.count)
        conceptSets[key] = number
        return number
    }
}
