import QueryLanguage
import TextModel

extension Evaluator {
    /// The passages that a query finds.
    func passages(_ query: Query) throws -> PassageSet {
        switch query {
        case .pattern(let pattern):
            if case .group(let inner) = pattern.core, pattern.counts.isEmpty, pattern.fields.isEmpty {
                return try passages(inner)
            }
            return isOfPassages(pattern)
                ? try passages(ofFields: pattern.fields) : try passages(of: ranges(pattern), pattern)
        case .not(let negated):
            var all = try universe()
            all.subtract(try passages(negated))
            return all
        case .and(let queries): return try intersection(queries)
        case .or(let queries):
            var union = PassageSet(capacity: corpus.passageCount)
            for query in queries { union.formUnion(try passages(query)) }
            return union
        case .relation, .near, .chain: return try passages(of: ranges(query), nil)
        }
    }

    /// What is negated takes away from the others, so that an annotation on a title page is not lost because title
    /// pages are not searched; only where all is negated, all searched passages are the start.
    private func intersection(_ queries: [Query]) throws -> PassageSet {
        var result: PassageSet?
        var taken: [Query] = []
        for query in queries {
            if case .not(let negated) = query {
                taken.append(negated)
            } else {
                let found = try passages(query)
                if result?.formIntersection(found) == nil { result = found }
                if result?.isEmpty == true { break }
            }
        }
        var left = try result ?? universe()
        for query in taken where !left.isEmpty { left.subtract(try passages(query)) }
        return left
    }

    /// All passages in scope of the searched kinds.
    private func universe() throws -> PassageSet {
        var all = PassageSet(capacity: corpus.passageCount)
        for (index, entry) in corpus.entries.enumerated() where isInScope[index] {
            guard let document = try store.document(entry.id) else { continue }
            for (number, kind) in document.spine.kinds.enumerated() where searchedKinds.contains(kind) {
                all.insert(entry.firstPassage + number)
            }
        }
        return all
    }

    /// True where a pattern has fields of documents and passages alone.
    private func isOfPassages(_ pattern: Query.Pattern) -> Bool { Query.pattern(pattern).result == .passages }

    private func passages(ofFields fields: [Query.Field]) throws -> PassageSet {
        var all = PassageSet(capacity: corpus.passageCount)
        for (index, entry) in corpus.entries.enumerated() where isInScope[index] {
            guard satisfies(fields, entry), let document = try store.document(entry.id) else { continue }
            for number in document.spine.kinds.indices {
                let passage = Int32(number)
                guard searchedKinds.contains(document.spine.kinds[number]),
                    try satisfies(fields, document, entry, passage, nil)
                else { continue }
                all.insert(entry.firstPassage + number)
            }
        }
        return all
    }

    /// Passages in which ranges of a pattern have pieces; a piece in a passage that a field of the pattern excludes
    /// does not count.
    func passages(of ranges: FoundRanges, _ pattern: Query.Pattern?) throws -> PassageSet {
        var passages = PassageSet(capacity: corpus.passageCount)
        let fields = (pattern?.fields ?? []).filter(\.name.isOfPassage)
        for range in ranges.ranges {
            for piece in ranges.pieces(of: range) where try isCounted(piece, of: range, fields) {
                passages.insert(corpus.number(range.document, piece.passage))
            }
        }
        return passages
    }

    /// Does a piece lie where the fields of its pattern want it.
    func isCounted(_ piece: FoundPiece, of range: FoundRange, _ fields: [Query.Field]) throws -> Bool {
        if fields.isEmpty { return true }
        let entry = corpus.entries[Int(range.document)]
        guard let document = try store.document(entry.id) else { return false }
        return try satisfies(fields, document, entry, piece.passage, ByteRange(piece.start, piece.end))
    }
}

extension FieldName {
    /// Asks something of the document alone.
    var isOfDocument: Bool {
        switch self {
        case .author, .title, .year: true
        default: false
        }
    }

    /// Asks something of the passage or the place in it; `in:` may name a part.
    var isOfPassage: Bool {
        switch self {
        case .in, .lang, .kind, .chapter, .page, .speaker, .mentions, .length, .nth: true
        default: false
        }
    }
}
