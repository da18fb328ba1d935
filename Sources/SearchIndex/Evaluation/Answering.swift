import QueryLanguage
import TextModel

/// Counts and makes the hits of one query.
struct Answering {
    private let evaluator: Evaluator
    private let builder: HitBuilder
    private let query: Query
    private let unit: QueryOptions.Unit
    private let limit: Int

    init(_ evaluator: Evaluator, _ options: QueryOptions) throws {
        self.evaluator = evaluator
        builder = HitBuilder(evaluator)
        query = evaluator.resolved.query.distributed
        limit = options.limit ?? Int.max
        unit = options.unit ?? (query.isRelation ? .match : .passage)
        if unit == .pair, !query.isRelation {
            throw QueryError(
                .type, at: query.place, in: evaluator.resolved.text, "only relations find pairs",
                advice: ["a overlaps b, a near b, a then b; or another unit than pair"])
        }
    }

    // MARK: Counting

    func count() throws -> Int {
        switch unit {
        case .passage: return try evaluator.passages(query).count + unplaced().count
        case .document: return try documents().count
        case .match: return try matchCount()
        case .pair: return try evaluator.pairCount(query)
        case .annotation: return try annotationCount()
        }
    }

    /// As many as ``matches()``, without making anything of them.
    private func matchCount() throws -> Int {
        guard query.isRelation || query.result == .ranges else { return try matches().count }
        let ranges =
            if let near = try evaluator.rangesNear(query) {
                near
            } else if query.isRelation {
                try evaluator.joined(query).ranges
            } else {
                try evaluator.ranges(query)
            }
        // Only words never stand twice in a place.
        var count = 0
        var places: Set<MatchKey> = []
        for range in ranges.ranges {
            if range.firstWord >= 0 || places.insert(MatchKey(range, in: ranges)).inserted { count += 1 }
        }
        return count
    }

    /// As many as ``annotations()``, without making anything of them.
    private func annotationCount() throws -> Int {
        guard query.result == .ranges, !query.isRelation else { return try annotations().count }
        if let count = try evaluator.annotationCount(query) { return count }
        let ranges = try evaluator.ranges(query)
        return Set(ranges.ranges.lazy.map(\.annotation).filter { $0 != 0 }).count
    }

    // MARK: Hits

    func run(_ body: (Hit) throws -> Bool) throws -> QueryAnswer {
        switch unit {
        case .passage: return try runPassages(body)
        case .document: return try runDocuments(body)
        case .match: return try run(try matches(), body)
        case .pair: return try run(try pairs(), body)
        case .annotation: return try run(try annotations(), body)
        }
    }

    private func runPassages(_ body: (Hit) throws -> Bool) throws -> QueryAnswer {
        let passages = try evaluator.passages(query)
        let occurrences = try self.occurrences()
        var progress = Progress(limit)
        for match in try unplaced() { try progress.add(match, builder, nil, body) }
        try passages.forEach { number in
            let (document, passage) = evaluator.corpus.place(ofPassage: number)
            if progress.isMaking {
                let match = try match(in: number, document, passage, occurrences)
                try progress.add(match, builder, passage, body)
            } else {
                progress.count(try stance(in: number, occurrences), document)
            }
            return true
        }
        return progress.answer
    }

    private func runDocuments(_ body: (Hit) throws -> Bool) throws -> QueryAnswer {
        var progress = Progress(limit)
        for match in try documents() {
            guard progress.isMaking else {
                progress.count(try builder.rows(match.annotations).first?.stance, match.document)
                continue
            }
            let hit = try builder.documentHit(match)
            try progress.add(hit, match.document, body)
        }
        return progress.answer
    }

    private func run(_ matches: [HitBuilder.Match], _ body: (Hit) throws -> Bool) throws -> QueryAnswer {
        var progress = Progress(limit)
        for match in matches {
            if progress.isMaking {
                try progress.add(match, builder, match.pieces.first?.passage, body)
            } else {
                progress.count(try builder.rows(match.annotations).first?.stance, match.document)
            }
        }
        return progress.answer
    }

    // MARK: Units

    /// What each pattern that is not negated found, by passage.
    private func occurrences() throws -> [Occurrences] {
        let ofRelations = try query.positiveRelations.map { relation in
            Occurrences(try evaluator.ranges(relation), in: evaluator.corpus) { _, _ in true }
        }
        return try ofRelations
            + query.positivePatterns.compactMap { pattern in
                guard Query.pattern(pattern).result == .ranges else { return nil }
                let fields = pattern.fields.filter(\.name.isOfPassage)
                let ranges = try evaluator.ranges(pattern)
                return try Occurrences(ranges, in: evaluator.corpus) { try evaluator.isCounted($0, of: $1, fields) }
            }
    }

    /// All that matched in a passage.
    private func match(
        in number: Int, _ document: Int32, _ passage: Int32, _ occurrences: [Occurrences]
    ) throws -> HitBuilder.Match {
        var match = HitBuilder.Match(document: document, pieces: [], annotations: [])
        for list in occurrences {
            for occurrence in list.inPassage(number) {
                let range = list.ranges.ranges[occurrence.range]
                var piece = list.ranges.pieces[occurrence.piece]
                if piece.start < 0 {
                    let raw = try evaluator.rawRange(of: range, in: passage)
                    (piece.start, piece.end) = (raw.start, raw.end)
                }
                if !match.pieces.contains(piece) { match.pieces.append(piece) }
                if range.annotation != 0 { match.annotations.append(range.annotation) }
            }
        }
        match.pieces.sort { ($0.start, $0.end) < ($1.start, $1.end) }
        return match
    }

    /// Stance of the first annotation in a passage, without making a hit.
    private func stance(in number: Int, _ occurrences: [Occurrences]) throws -> Stance? {
        var stances: Set<Stance?> = []
        var annotations: [Int64] = []
        for list in occurrences {
            for occurrence in list.inPassage(number) {
                let range = list.ranges.ranges[occurrence.range]
                guard range.annotation != 0 else { continue }
                stances.insert(range.stance)
                annotations.append(range.annotation)
            }
        }
        // Which is the first matters only where they differ.
        if stances.count < 2 { return stances.first ?? nil }
        return try builder.rows(annotations).first?.stance
    }

    /// Ranges that count as one each: of the same place and concepts only the first.
    private func matches() throws -> [HitBuilder.Match] {
        var matches: [HitBuilder.Match] = []
        var places: [MatchKey: Int] = [:]
        for (range, ranges, partner) in try foundRanges() {
            let key = MatchKey(range, in: ranges)
            if let known = places[key] {
                matches[known].annotations.append(range.annotation)
                continue
            }
            places[key] = matches.count
            matches.append(match(range, ranges, partner))
        }
        return matches
    }

    private func annotations() throws -> [HitBuilder.Match] {
        var seen: Set<Int64> = []
        return try foundRanges().compactMap { range, ranges, partner in
            guard range.annotation != 0, seen.insert(range.annotation).inserted else { return nil }
            return match(range, ranges, partner)
        }
    }

    private func pairs() throws -> [HitBuilder.Match] {
        var matches: [HitBuilder.Match] = []
        try evaluator.forEachPair(query) { left, leftRanges, right, rightRanges in
            let partner = Joined.Partner(range: right, pieces: Array(rightRanges.pieces(of: right)), next: [])
            matches.append(match(left, leftRanges, partner))
        }
        return matches
    }

    private func documents() throws -> [HitBuilder.Match] {
        var matches: [HitBuilder.Match] = []
        let occurrences = try self.occurrences()
        var current: (document: Int32, annotations: [Int64])?
        let unplaced = try self.unplaced()
        func finish() {
            guard let found = current else { return }
            matches.append(HitBuilder.Match(document: found.document, pieces: [], annotations: found.annotations))
        }
        try evaluator.passages(query).forEach { number in
            let document = evaluator.corpus.place(ofPassage: number).document
            if current?.document != document {
                finish()
                current = (document, [])
            }
            for list in occurrences {
                for occurrence in list.inPassage(number) {
                    let annotation = list.ranges.ranges[occurrence.range].annotation
                    if annotation != 0 { current?.annotations.append(annotation) }
                }
            }
            return true
        }
        finish()
        for match in unplaced {
            if let index = matches.firstIndex(where: { $0.document == match.document }) {
                matches[index].annotations += match.annotations
            } else {
                let place = matches.firstIndex { $0.document > match.document } ?? matches.count
                matches.insert(match, at: place)
            }
        }
        return matches
    }

    /// All ranges that the query found, in the order of the text, with offsets. Where it finds passages: what its
    /// patterns found in them.
    private func foundRanges() throws -> [(FoundRange, FoundRanges, Joined.Partner?)] {
        if query.isRelation {
            let joined = try evaluator.joined(query)
            return joined.ranges.ranges.enumerated().map { index, range in
                (range, joined.ranges, joined.partners.isEmpty ? nil : joined.partners[index])
            }
        }
        if query.result == .ranges {
            let ranges = try evaluator.ranges(query)
            return ranges.ranges.map { ($0, ranges, nil) }
        }
        let passages = try evaluator.passages(query)
        var union = FoundRanges()
        for list in try occurrences() {
            let offsets = try evaluator.withOffsets(list.ranges)
            union.formUnion(
                offsets.filter { range in
                    offsets.pieces(of: range).contains {
                        passages.contains(evaluator.corpus.number(range.document, $0.passage))
                    }
                })
        }
        return union.ranges.map { ($0, union, nil) }
    }

    /// Annotations without a place that a query asks for: no passage holds them, and they are hits all the same.
    private func unplaced() throws -> [HitBuilder.Match] {
        guard case .pattern(let pattern) = query, Query.pattern(pattern).result == .ranges,
            AnnotationFilter(pattern.fields).asksForUnplaced
        else { return [] }
        let ranges = try evaluator.ranges(pattern)
        return ranges.ranges.filter(\.pieces.isEmpty).map { match($0, ranges, nil) }
    }

    private func match(
        _ range: FoundRange, _ ranges: FoundRanges, _ partner: Joined.Partner?
    ) -> HitBuilder.Match {
        HitBuilder.Match(
            document: range.document, pieces: Array(ranges.pieces(of: range)),
            annotations: range.annotation == 0 ? [] : [range.annotation], partner: partner)
    }
}

/// How far an answer has come.
private struct Progress {
    private(set) var answer = QueryAnswer(count: HitCount(), documents: 0)
    private(set) var isMaking: Bool
    private let limit: Int
    private var lastDocument: Int32 = -1
    private var seenDocuments: Set<Int32> = []

    init(_ limit: Int) {
        self.limit = limit
        isMaking = limit > 0
    }

    mutating func count(_ stance: Stance?, _ document: Int32) {
        answer.count.add(stance)
        if document != lastDocument {
            lastDocument = document
            if seenDocuments.insert(document).inserted { answer.documents += 1 }
        }
    }

    mutating func add(
        _ match: HitBuilder.Match, _ builder: HitBuilder, _ passage: Int32?, _ body: (Hit) throws -> Bool
    ) throws {
        try add(try builder.hit(match, in: passage), match.document, body)
    }

    mutating func add(_ hit: Hit, _ document: Int32, _ body: (Hit) throws -> Bool) throws {
        count(hit.stance, document)
        if try !body(hit) || answer.count.all >= limit { isMaking = false }
    }
}

extension Query {
    /// A relation on top: its hits are ranges.
    var isRelation: Bool {
        switch self {
        case .relation, .near, .chain: true
        case .pattern(let pattern):
            if case .group(let query) = pattern.core { query.isRelation } else { false }
        case .and, .or, .not: false
        }
    }

    /// Patterns whose finds are part of what is found; those under a negation are not.
    var positivePatterns: [Pattern] {
        switch self {
        case .not, .relation, .near, .chain: []
        case .pattern(let pattern):
            if case .group(let query) = pattern.core, pattern.counts.isEmpty, pattern.fields.isEmpty {
                query.positivePatterns
            } else {
                [pattern]
            }
        default: children.flatMap(\.positivePatterns)
        }
    }

    /// Relations whose finds are part of what is found.
    var positiveRelations: [Query] {
        switch self {
        case .not: []
        case .relation, .near, .chain: [self]
        case .pattern(let pattern):
            if case .group(let query) = pattern.core, pattern.counts.isEmpty, pattern.fields.isEmpty {
                query.positiveRelations
            } else {
                []
            }
        case .and, .or: children.flatMap(\.positiveRelations)
        }
    }
}
