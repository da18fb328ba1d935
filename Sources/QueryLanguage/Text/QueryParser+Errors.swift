import TextModel

extension QueryParser {
    /// Where a pattern had to begin and none does.
    func expectedPattern() -> QueryError {
        let examples = "a concept, \"words\", felt*, /regex/, a field or a group in parentheses"
        let needed = "write " + examples
        switch current.kind {
        case .end:
            return error(
                .expectedPattern, at: current,
                index == 0 ? "nothing to look for" : "expected something after \(source(tokens[index - 1]))",
                advice: [needed])
        case .star, .question:
            return error(
                .badWildcard, at: current, "\(source(current)) by itself finds everything",
                advice: ["felt* finds words that begin so; \"felt * nothing\" leaves one word open"])
        case .near, .then, .nearWithin, .thenWithin, .relation, .as, .per, .count:
            return error(
                .expectedPattern, at: current, "\(source(current)) needs something on its left",
                advice: ["a label that holds this word: concept:\"…\"", "the word itself: word:\(source(current))"])
        case .and, .or:
            return error(
                .expectedPattern, at: current, "\(source(current)) needs something on its left", advice: [needed])
        default: return foreignOr(.expectedPattern, at: current, "expected \(examples)")
        }
    }

    /// Where the query should have ended and does not.
    func unexpected() -> QueryError {
        switch current.kind {
        case .close: return error(.unexpected, at: current, "this parenthesis closes none", advice: ["leave it out"])
        case .not:
            return error(
                .sideBySide, at: current, "\(source(current)) beside a pattern",
                advice: [
                    "write a & !b for passages with a and without b", "beside a pattern ! negates a field: a !who:jane",
                ])
        case .dots:
            return error(
                .unexpected, at: current, ".. stands only in quotes and in values",
                advice: ["\"felt ..3 nothing\"", "year:1840..1860"])
        case .colon:
            return error(
                .unexpected, at: current, "a field and its colon stand together",
                advice: ["as in who:jane, without a blank before the colon"])
        case .star:
            return error(
                .badWildcard, at: current, "the star stands right behind the letters",
                advice: ["felt* finds felt, felted …"])
        case .per:
            return error(
                .badCount, at: current, "per belongs to a count", advice: ["as in neglect count>2 per chapter"])
        case .end: return expectedPattern()
        case .comparison:
            return foreignOr(
                .unexpected, at: current, "\(source(current)) belongs to a distance, a count or a field",
                advice: ["a near b <3p", "a count>2 per chapter", "year:<1900"])
        default: return foreignOr(.unexpected, at: current, "\(source(current)) does not belong here")
        }
    }

    /// Two cores beside each other: names what could stand between.
    func refuseSecondCore(_ pattern: Query.Pattern) throws(QueryError) {
        guard pattern.core != nil else { return }
        var advice = [
            "a & b: both in the same passage", "a near b: close together", "\"a b\": the words in a row",
        ]
        if let row = row { advice[2] = "\(row): the words in a row" }
        // `neglect =bond` is two patterns, `neglect = bond` is not.
        if current.kind == .comparison(.equal), token(after: 1).isJoined, !current.isJoined {
            throw error(.sideBySide, at: current, "two patterns side by side", advice: advice)
        }
        throw foreignOr(.sideBySide, at: current, "two patterns side by side", advice: advice)
    }

    /// The two words at the current place as a phrase, where both are words.
    private var row: String? {
        guard index > 0 else { return nil }
        func inner(_ token: QueryToken) -> String? {
            switch token.kind {
            case .word, .quoted: string(token)
            case .prefix: string(token) + "*"
            default: nil
            }
        }
        // A concept and a quotation are no row of words.
        guard (tokens[index - 1].kind == .quoted) == (current.kind == .quoted),
            let left = inner(tokens[index - 1]), let right = inner(current)
        else { return nil }
        return "\"\(left) \(right)\""
    }

    /// The nearest of some names to a token.
    func near(_ token: QueryToken, among known: [String]) -> [String] {
        nearestNames(to: source(token), among: known)
    }

    // MARK: Habits from elsewhere

    /// The error for a habit from another language where the tokens here look like one, else the one given.
    func foreignOr(
        _ kind: QueryError.Kind, at token: QueryToken, _ summary: String, advice: [String] = []
    ) -> QueryError {
        guard let habit = ForeignHabit.habit(at: index, of: tokens, in: bytes) else {
            return error(kind, at: token, summary, advice: advice)
        }
        var advice = habit.advice
        if let translation = ForeignHabit.translation(of: tokens, in: bytes) {
            advice.insert("write \(translation)", at: 0)
        }
        let place = tokens[habit.token].whole
        return error(.foreign, at: Place(place.lowerBound, place.upperBound), habit.summary, advice: advice)
    }

    /// `tag="x"`, `-x`: a word that begins a habit from elsewhere.
    func isForeignWord(_ token: QueryToken) -> Bool {
        bytes[token.start] == UInt8(ascii: "-")
    }

    func refuseForeignWord(_ pattern: Query.Pattern) throws(QueryError) {
        let sign = token(after: 1)
        let isAttribute =
            sign.kind == .comparison(.equal)
            && (sign.isJoined || !token(after: 2).isJoined || token(after: 2).kind == .quoted)
        if isAttribute || isForeignWord(current) {
            throw foreignOr(.unexpected, at: current, "\(source(current)) does not belong here")
        }
    }
}
