import TextModel

/// Looks up the names of a query: concepts, words, persons, works, layers, saved queries; and checks that relations
/// stand between ranges.
///
/// A name that nothing carries is an error with the nearest ones, never a query that finds nothing.
package struct QueryResolver<Names: QueryNames> {
    let names: Names
    /// The text being resolved: the query's, or a saved one's.
    var text: String
    /// Saved queries being resolved, outermost first.
    var open: [String] = []
    var notes: [QueryNote] = []
    private var captures: Set<String> = []
    private var expansions = 0

    private init(_ names: Names, _ text: String) {
        self.names = names
        self.text = text
    }

    /// Parses and resolves a query.
    package static func resolve(_ text: String, names: Names) throws(QueryError) -> ResolvedQuery {
        var resolver = QueryResolver(names, text)
        let query = try resolver.resolved(try QueryParser.parse(text))
        return ResolvedQuery(text: text, query: query, notes: resolver.notes)
    }

    private mutating func resolved(_ query: Query) throws(QueryError) -> Query {
        switch query {
        case .pattern(let pattern):
            let result = try resolved(pattern)
            // A saved query with nothing beside it stands for itself, as parentheses do.
            if case .group(let inner) = result.core, result.fields.isEmpty, result.counts.isEmpty,
                result.capture == nil
            {
                return inner
            }
            return .pattern(result)
        case .relation(let left, let relation, let isNegated, let right):
            let result = Query.relation(
                try resolved(left), relation, isNegated: isNegated, try resolved(right))
            try checkOperands(of: result, as: query)
            return result
        case .near(let left, let right, let distance):
            let result = Query.near(try resolved(left), try resolved(right), distance)
            try checkOperands(of: result, as: query)
            return result
        case .chain(let first, let steps):
            let start = try resolved(first)
            var resolvedSteps: [Query.Step] = []
            for step in steps { resolvedSteps.append(Query.Step(try resolved(step.query), step.distance)) }
            let result = Query.chain(start, resolvedSteps)
            try checkOperands(of: result, as: query)
            return result
        case .not(let negated): return .not(try resolved(negated))
        case .and(let queries):
            noteLabels(in: queries, joinedBy: "and")
            return .and(try resolved(queries))
        case .or(let queries):
            noteLabels(in: queries, joinedBy: "or")
            return .or(try resolved(queries))
        }
    }

    private mutating func resolved(_ queries: [Query]) throws(QueryError) -> [Query] {
        var result: [Query] = []
        for query in queries { result.append(try resolved(query)) }
        return result
    }

    private mutating func resolved(_ pattern: Query.Pattern) throws(QueryError) -> Query.Pattern {
        var pattern = pattern
        if let core = pattern.core { pattern.core = try resolved(core, at: pattern.place) }
        if case .word = pattern.core, let field = pattern.fields.first(where: { $0.name == .word }) {
            // Only a concept takes the field; a bare name that turned out to be a word does not.
            throw error(
                .sideBySide, at: field.place, "two patterns side by side",
                advice: ["a & b: both in the same passage", "\"a b\": the words in a row"])
        }
        for index in pattern.fields.indices { pattern.fields[index] = try resolved(pattern.fields[index]) }
        if let capture = pattern.capture, !captures.insert(capture).inserted {
            throw error(
                .badCapture, at: pattern.place, "\(capture) names two patterns", advice: ["each name after as once"])
        }
        return pattern
    }

    private mutating func resolved(_ core: Query.Core, at place: Place) throws(QueryError) -> Query.Core {
        switch core {
        case .name(let name): return try bareName(name, at: place)
        case .concept(let name, let mode): return .concept(try concept(name, mode, at: place), mode)
        case .saved(let name): return .group(try expanded(name, at: place))
        case .group(let query): return .group(try resolved(query))
        case .phrase(let phrase):
            if case .wildcard(let word)? = phrase.items.last, word.hasSuffix("?"),
                !word.dropLast().contains(where: { $0 == "?" || $0 == "*" })
            {
                note(
                    at: place, "? stands for one letter",
                    advice: "signs are never searched: leave it out to find \(word.dropLast()) alone")
            }
            return core
        case .word, .prefix, .regex: return core
        }
    }

    // MARK: Saved queries

    /// A few saved queries that use each other many times would grow without limit: nobody means that.
    private static var mostExpansions: Int { 200 }
    /// Each may nest as deeply as the parser allows: together they must fit the stack of any thread.
    private static var deepestExpansion: Int { 16 }

    private mutating func expanded(_ name: String, at place: Place) throws(QueryError) -> Query {
        guard let saved = names.savedQuery(name) else {
            let known = names.savedNames
            throw error(
                .unknownSaved, at: place, "there is no saved query @\(name)",
                nearest: nearestNames(to: name, among: known).map { "@" + $0 },
                advice: known.isEmpty
                    ? ["save one: casebook query --save NAME EXPRESSION"]
                    : ["saved: " + known.map { "@" + $0 }.joined(separator: " ")])
        }
        if let first = open.firstIndex(of: name) {
            let way = (open[first...] + [name]).map { "@" + $0 }.joined(separator: " → ")
            throw error(
                .savedCycle, at: place, "@\(name) uses itself: \(way)",
                advice: ["save one of them again without the other"])
        }
        expansions += 1
        guard expansions <= Self.mostExpansions else {
            throw error(.tooDeep, at: place, "more than \(Self.mostExpansions) saved queries in one")
        }
        guard open.count < Self.deepestExpansion else {
            throw error(.tooDeep, at: place, "more than \(Self.deepestExpansion) saved queries inside each other")
        }
        let outer = text
        let outerCaptures = captures
        open.append(name)
        text = saved
        captures = []
        defer {
            open.removeLast()
            text = outer
            captures = outerCaptures
        }
        do throws(QueryError) {
            return try resolved(try QueryParser.parse(saved))
        } catch {
            var error = error
            if error.saved == nil { error.saved = "@" + name }
            throw error
        }
    }

    // MARK: Types

    /// Operands of relations must be ranges: passages have no place of their own to compare.
    private func checkOperands(of result: Query, as written: Query) throws(QueryError) {
        for (operand, source) in zip(result.children, written.children) where operand.result == .passages {
            throw error(
                .type, at: source.place, "a relation stands between ranges, and this finds passages",
                advice: [
                    written.translation(of: source).map { "write \($0)" } ?? "concepts, words and their | are ranges"
                ])
        }
    }

    // MARK: Errors and notes

    func error(
        _ kind: QueryError.Kind, at place: Place, _ summary: String, nearest: [String] = [], advice: [String] = []
    ) -> QueryError {
        var error = QueryError(kind, at: place, in: text, summary, nearest: nearest, advice: advice)
        error.saved = open.last.map { "@" + $0 }
        return error
    }

    mutating func note(at place: Place, _ summary: String, advice: String? = nil) {
        notes.append(QueryNote(at: place, in: text, saved: open.last.map { "@" + $0 }, summary, advice: advice))
    }
}
