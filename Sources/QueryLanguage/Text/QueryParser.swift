/// Reads the text of a query by recursive descent, one function a rule of the grammar:
///
///     query   = and {("|" | "or") and}        and = not {("&" | "and") not}        not = ("!" | "not") not | rel
///     rel     = pat | pat RANGE pat | pat near pat [dist] | pat then pat [dist] {then pat [dist]}
///     RANGE   = ["!" | "not"] (overlaps | within | contains | equals | touches)    dist = ("<" | "<=" | ">" | ">=") INT UNIT
///
/// Names are not looked up here: see ``QueryResolver``. A query of ten words costs a few microseconds.
package struct QueryParser {
    /// Deep enough for any query that a person writes, shallow enough for the stack of any thread.
    private static let deepest = 64

    let text: String
    let bytes: [UInt8]
    let tokens: [QueryToken]
    var index = 0
    private var depth = 0

    init(_ text: String) {
        self.text = text
        bytes = Array(text.utf8)
        tokens = QueryLexer.tokens(of: bytes)
    }

    /// The tree of a query; the first error where it has none.
    package static func parse(_ text: String) throws(QueryError) -> Query {
        var parser = QueryParser(text)
        return try parser.query()
    }

    private mutating func query() throws(QueryError) -> Query {
        if current.kind == .end {
            throw error(
                .empty, at: current, "nothing to look for",
                advice: ["a concept: impaired-bonding", "words: \"felt nothing\"", "both: impaired-bonding & felt*"])
        }
        let query = try or()
        guard current.kind == .end else { throw unexpected() }
        return query
    }

    mutating func or() throws(QueryError) -> Query {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.deepest else { throw tooDeep() }
        var queries = [try and()]
        while take(.or) { queries.append(try and()) }
        return queries.count == 1 ? queries[0] : .or(queries)
    }

    private mutating func and() throws(QueryError) -> Query {
        var queries = [try not()]
        while take(.and) { queries.append(try not()) }
        return queries.count == 1 ? queries[0] : .and(queries)
    }

    private mutating func not() throws(QueryError) -> Query {
        guard take(.not) else { return try relation() }
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.deepest else { throw tooDeep() }
        return .not(try not())
    }

    private mutating func relation() throws(QueryError) -> Query {
        let start = current.whole.lowerBound
        let left = try pattern()
        let relation: Query
        let name: String
        switch relationAhead {
        case .range(let range, let isNegated):
            name = (isNegated ? "not " : "") + range.rawValue
            index += isNegated ? 2 : 1
            relation = .relation(left, range, isNegated: isNegated, try pattern())
            try refuseDistance(after: range)
        case .near:
            name = "near"
            let (right, distance) = try distantPattern()
            relation = .near(left, right, distance)
        case .then:
            name = "then"
            var steps: [Query.Step] = []
            while relationAhead == .then {
                let (right, distance) = try distantPattern()
                steps.append(Query.Step(right, distance))
            }
            relation = .chain(left, steps)
        case .none:
            try refuseNegatedOrder()
            return left
        }
        if relationAhead != .none { throw secondRelation(after: name, from: start) }
        try refuseNegatedOrder()
        return relation
    }

    // MARK: Relations

    private enum RelationAhead: Equatable {
        case range(RangeRelation, isNegated: Bool)
        case near, then, none
    }

    private var relationAhead: RelationAhead {
        switch current.kind {
        case .relation(let range): return .range(range, isNegated: false)
        case .not:
            if case .relation(let range) = token(after: 1).kind { return .range(range, isNegated: true) }
            return .none
        case .near, .nearWithin: return .near
        case .then, .thenWithin: return .then
        default: return .none
        }
    }

    /// `then b <3p`, `then/3p b`
    private mutating func distantPattern() throws(QueryError) -> (Query, Distance?) {
        let relation = current
        index += 1
        var distance: Distance?
        if relation.kind == .nearWithin || relation.kind == .thenWithin {
            distance = try self.distance(.less, range: relation.start..<relation.end, from: relation)
        }
        let right = try pattern()
        guard case .comparison(let comparison) = current.kind else { return (right, distance) }
        let sign = current
        if distance != nil {
            throw error(
                .badDistance, at: sign, "a second distance",
                advice: ["the first stands at \(source(relation)): leave one out"])
        }
        if comparison == .equal {
            throw error(.badDistance, at: sign, "a distance is <, <=, > or >= a number", advice: [Self.units])
        }
        index += 1
        guard current.isWord else {
            if current.kind == .end || !current.isJoined {
                throw error(.badDistance, at: current, "expected a number and a unit", advice: [Self.units])
            }
            throw foreignOr(.badDistance, at: sign, "expected a number and a unit", advice: [Self.units])
        }
        let number = current
        index += 1
        var end = number.end
        // `<3 p`, with a blank before the unit.
        if Int(string(number)) != nil, current.kind == .word, Distance.Unit(rawValue: string(current)) != nil {
            end = current.end
            index += 1
        }
        distance = try self.distance(comparison, range: number.start..<end, from: sign)
        if case .field = current.kind {
            throw error(
                .badDistance, at: current, "a field after the distance",
                advice: ["fields stand beside their pattern, before the distance"])
        }
        return (right, distance)
    }

    private static let units = """
        units: w words between, s sentences, p passages, c chapters, d documents
          <1s is the same sentence, <3p at most two passages on
        """

    /// Reads `3p`.
    private func distance(
        _ comparison: Comparison, range: Range<Int>, from sign: QueryToken
    ) throws(QueryError) -> Distance {
        let place = Place(range.lowerBound, range.upperBound)
        let written = bytes[range].filter { $0 > 0x20 }
        let digits = written.prefix { (48...57).contains($0) }
        let unit = String(decoding: written[digits.count...], as: UTF8.self)
        // Nine digits: more than any text has, and never an overflow.
        guard !digits.isEmpty, digits.count <= 9, let number = Int(String(decoding: digits, as: UTF8.self)) else {
            throw error(.badDistance, at: place, "expected a number and a unit, as in <3p", advice: [Self.units])
        }
        guard let unit = Distance.Unit(rawValue: unit.lowercased()) else {
            let isSpelled = sign.kind == .nearWithin || sign.kind == .thenWithin
            let word = sign.kind == .thenWithin ? "then/" : "near/"
            throw error(
                .badDistance, at: place,
                unit.isEmpty ? "a distance needs a unit" : "\(unit) is no unit of distance",
                advice: [
                    isSpelled
                        ? "write \(word)\(number)w for words, \(word)\(number)p for passages"
                        : "write \(comparison.rawValue)\(number)w for words, \(comparison.rawValue)\(number)p for passages",
                    Self.units,
                ])
        }
        if comparison == .less, number == 0 {
            throw error(.badDistance, at: place, "nothing is nearer than 0", advice: [Self.units])
        }
        return Distance(comparison, number, unit)
    }

    private func refuseDistance(after range: RangeRelation) throws(QueryError) {
        guard case .comparison = current.kind else { return }
        throw foreignOr(
            .badDistance, at: current, "\(range.rawValue) takes no distance",
            advice: ["distances belong to near and then: a near b <1s is the same sentence"])
    }

    /// `a not near b`: only the relations of ranges have a negated form.
    private func refuseNegatedOrder() throws(QueryError) {
        guard current.kind == .not else { return }
        switch token(after: 1).kind {
        case .near, .nearWithin, .then, .thenWithin:
            let word = token(after: 1).kind == .then || token(after: 1).kind == .thenWithin ? "then" : "near"
            throw error(
                .unexpected, at: current, "\(word) has no negated form",
                advice: ["passages without such a pair: !(a \(word) b)"])
        default: return
        }
    }

    /// Two relations in one chain: shows both ways to set the parentheses.
    private mutating func secondRelation(after name: String, from start: Int) -> QueryError {
        let operand = current
        let left = slice(start, previousEnd)
        let second: String
        if case .range(let range, let isNegated) = relationAhead {
            second = (isNegated ? "not " : "") + range.rawValue
        } else {
            second = relationAhead == .near ? "near" : "then"
        }
        var advice = ["write (\(left)) \(second) …, or set parentheses around the second pair"]
        let right = operand.whole.lowerBound
        let last = lastOperand
        index += second.hasPrefix("not ") ? 1 : 0
        do throws(QueryError) {
            if second == "near" || second == "then" {
                _ = try distantPattern()
            } else {
                index += 1
                _ = try pattern()
            }
            // A distance behind the last operand belongs to the first relation: it goes behind the parentheses.
            let rest = slice(right, previousEnd)
            let distance = slice(last.end, right).split(separator: " ").joined(separator: " ")
            let inner = slice(start, last.start) + "(" + slice(last.start, last.end) + " " + rest + ")"
            advice = ["write (\(left)) \(rest)", "or    \(inner)" + (distance.isEmpty ? "" : " " + distance)]
        } catch {
            // The rest has an error of its own; the advice without it is enough.
        }
        return error(
            .needsParentheses, at: operand,
            name == second
                ? "\(name) twice: which pair comes first?" : "\(second) after \(name): which pair comes first?",
            advice: advice)
    }

    /// Where the last operand read stands.
    var lastOperand = Place.nowhere

    // MARK: Tokens

    var current: QueryToken { tokens[index] }

    func token(after count: Int) -> QueryToken { tokens[min(index + count, tokens.count - 1)] }

    /// Where the token before the current one ends.
    var previousEnd: Int { index > 0 ? tokens[index - 1].whole.upperBound : 0 }

    private func slice(_ start: Int, _ end: Int) -> String {
        String(decoding: bytes[start..<end], as: UTF8.self)
    }

    mutating func take(_ kind: QueryToken.Kind) -> Bool {
        guard current.kind == kind else { return false }
        index += 1
        return true
    }

    /// The text of a token, without quotes, colon or star.
    func string(_ token: QueryToken) -> String {
        String(decoding: bytes[token.start..<token.end], as: UTF8.self)
    }

    /// A token as it is written.
    func source(_ token: QueryToken) -> String {
        String(decoding: bytes[token.whole], as: UTF8.self)
    }

    // MARK: Errors

    func error(
        _ kind: QueryError.Kind, at token: QueryToken, _ summary: String, nearest: [String] = [], advice: [String] = []
    ) -> QueryError {
        error(
            kind, at: Place(token.whole.lowerBound, token.whole.upperBound), summary, nearest: nearest, advice: advice)
    }

    func error(
        _ kind: QueryError.Kind, at place: Place, _ summary: String, nearest: [String] = [], advice: [String] = []
    ) -> QueryError {
        QueryError(kind, at: place, in: text, summary, nearest: nearest, advice: advice)
    }

    private func tooDeep() -> QueryError {
        error(
            .tooDeep, at: current, "more than \(Self.deepest) parentheses or negations inside each other",
            advice: ["save a part with --save NAME and use it as @NAME"])
    }
}
