/// Patterns:
///
///     pat  = {field} core {tail} | field {field}
///     tail = field | ("!" | "not") field | "as" NAME | ("#" | "count") cmp INT ["per" chapter | passage | document]
///     core = ["=" | "^"] NAME {NAME} | "phrase" | prefix* | /regex/[i] | word:W | concept:L | only:L | broader:L
///          | @saved | "(" query ")"
extension QueryParser {
    mutating func pattern() throws(QueryError) -> Query {
        let start = current.whole.lowerBound
        defer { lastOperand = Place(start, previousEnd) }
        var pattern = Query.Pattern(nil)
        reading: while true {
            switch current.kind {
            case .field:
                guard let mode = coreField(current) else {
                    pattern.fields.append(try field(isNegated: false))
                    continue reading
                }
                if mode == .word, takesWordField(pattern) {
                    pattern.fields.append(try wordAsField(isNegated: false))
                } else {
                    try refuseSecondCore(pattern)
                    pattern.core = try namedCore(mode)
                }
            case .not where token(after: 1).kind == .field && (pattern.core != nil || !pattern.fields.isEmpty):
                index += 1
                pattern.fields.append(try negatedField())
            case .as:
                try capture(&pattern)
            case .hash, .count:
                pattern.counts.append(try count(pattern))
            case .open:
                try refuseSecondCore(pattern)
                pattern.core = .group(try group())
            default:
                guard let core = try simpleCore(pattern) else { break reading }
                pattern.core = core
            }
        }
        pattern.place = Place(start, previousEnd)
        if case .group(let query) = pattern.core, pattern.fields.isEmpty, pattern.counts.isEmpty, pattern.capture == nil
        {
            return query
        }
        guard pattern.core != nil || !pattern.fields.isEmpty else { throw expectedPattern() }
        return .pattern(pattern)
    }

    private mutating func group() throws(QueryError) -> Query {
        let open = current
        index += 1
        if current.kind == .close {
            throw error(.expectedPattern, at: current, "nothing between the parentheses")
        }
        let query = try or()
        guard take(.close) else {
            if current.kind == .end {
                throw error(
                    .unclosed, at: open, "this parenthesis is never closed", advice: ["add ) where the group ends"])
            }
            throw unexpected()
        }
        return query
    }

    // MARK: Cores

    /// A core that is no field and no group; `nil` where none begins.
    private mutating func simpleCore(_ pattern: Query.Pattern) throws(QueryError) -> Query.Core? {
        let first = current
        switch first.kind {
        case .word:
            try refuseForeignWord(pattern)
            try refuseSecondCore(pattern)
            return .name(nameRun())
        case .prefix:
            try refuseSecondCore(pattern)
            index += 1
            return .prefix(string(first))
        case .wildcard:
            throw error(
                .badWildcard, at: first, "* and ? inside a word stand in quotes",
                advice: ["write \"\(source(first))\"", "felt* alone finds words that begin so"])
        case .quoted:
            try refuseSecondCore(pattern)
            index += 1
            return .phrase(try phrase(first))
        case .unclosedQuote:
            throw error(.unclosed, at: Place(first.whole.lowerBound, first.start), "this quote is never closed")
        case .regex:
            try refuseSecondCore(pattern)
            index += 1
            return try regex(first)
        case .unclosedRegex:
            throw error(
                .unclosed, at: Place(first.whole.lowerBound, first.start), "this expression is never closed",
                advice: [
                    "a regular expression stands between slashes: /felt (nothing|empty)/i", "\\/ is a slash in it",
                ])
        case .comparison(.equal), .caret:
            try refuseSecondCore(pattern)
            index += 1
            let name = try conceptName(after: first)
            return .concept(name, first.kind == .caret ? .siblings : .only)
        case .at:
            try refuseSecondCore(pattern)
            index += 1
            guard current.isWord, current.isJoined else {
                throw error(
                    .expectedPattern, at: first, "expected the name of a saved query after @",
                    advice: ["as in @my-query"])
            }
            let name = string(current)
            index += 1
            return .saved(name)
        default: return nil
        }
    }

    /// A run of bare words, joined by single blanks.
    private mutating func nameRun() -> String {
        var name = string(current)
        index += 1
        while current.kind == .word, !isForeignWord(current) {
            name += " " + string(current)
            index += 1
        }
        return name
    }

    /// What stands behind `=`, `^`, `concept:`: a quoted label, or a run of words.
    private mutating func conceptName(after sign: QueryToken) throws(QueryError) -> String {
        let first = current
        if first.kind == .quoted {
            index += 1
            let label = unescaped(first)
            guard label.utf8.contains(where: { $0 > 0x20 }) else {
                throw error(.expectedPattern, at: first, "no concept between the quotes")
            }
            return label
        }
        guard first.isWord else {
            if first.kind == .unclosedQuote {
                throw error(.unclosed, at: Place(first.whole.lowerBound, first.start), "this quote is never closed")
            }
            throw foreignOr(.expectedPattern, at: first, "expected a concept after \(source(sign))")
        }
        return nameRun()
    }

    enum CoreField: Equatable {
        case word
        case concept(ConceptMode)
        typealias ConceptMode = Query.ConceptMode
    }

    func coreField(_ token: QueryToken) -> CoreField? {
        switch string(token).lowercased() {
        case "word": .word
        case "concept": .concept(.withNarrower)
        case "only": .concept(.only)
        case "broader": .concept(.siblings)
        default: nil
        }
    }

    /// Beside a concept `word:` is a field; beside other words it is a second pattern.
    private func takesWordField(_ pattern: Query.Pattern) -> Bool {
        switch pattern.core {
        case .name, .concept, .saved, .group: true
        case .word, .phrase, .prefix, .regex, nil: false
        }
    }

    /// `word:felt`, `concept:neglect,lack-of-affection`: several values are a group of alternatives.
    private mutating func namedCore(_ mode: CoreField) throws(QueryError) -> Query.Core {
        let sign = current
        guard case .concept(let mode) = mode else {
            let field = try wordAsField(isNegated: false)
            let cores = field.values.map { value -> Query.Core in
                switch value {
                case .hiddenWord(let word): .word(word, any: true)
                case .text(let word): .word(word, any: false)
                default: .word("", any: false)
                }
            }
            return alternatives(cores, at: field.place)
        }
        index += 1
        var cores: [Query.Core] = [.concept(try conceptName(after: sign), mode)]
        while take(.comma) { cores.append(.concept(try conceptName(after: sign), mode)) }
        return alternatives(cores, at: Place(sign.whole.lowerBound, previousEnd))
    }

    private func alternatives(_ cores: [Query.Core], at place: Place) -> Query.Core {
        guard cores.count > 1 else { return cores[0] }
        return .group(.or(cores.map { .pattern(Query.Pattern($0, place: place)) }))
    }

    private mutating func regex(_ token: QueryToken) throws(QueryError) -> Query.Core {
        guard token.end > token.start else {
            throw error(
                .badRegex, at: token, "an empty expression finds nothing", advice: ["as in /felt (nothing|empty)/i"])
        }
        var ignoresCase = false
        if current.isWord, current.isJoined {
            guard string(current) == "i" else {
                throw error(
                    .badRegex, at: current, "\(string(current)) is no flag of an expression",
                    advice: ["the only flag is i: small and capital letters are the same"])
            }
            ignoresCase = true
            index += 1
        }
        // `\/` is the only escape that belongs to the query and not to the expression.
        var expression: [UInt8] = []
        var offset = token.start
        while offset < token.end {
            if bytes[offset] == UInt8(ascii: "\\"), offset + 1 < token.end {
                if bytes[offset + 1] != UInt8(ascii: "/") { expression.append(bytes[offset]) }
                expression.append(bytes[offset + 1])
                offset += 2
            } else {
                expression.append(bytes[offset])
                offset += 1
            }
        }
        return .regex(String(decoding: expression, as: UTF8.self), ignoresCase: ignoresCase)
    }

    /// Text between quotes, `\` taken away from what it protects.
    func unescaped(_ token: QueryToken) -> String {
        var result: [UInt8] = []
        var isProtected = false
        for byte in bytes[token.start..<token.end] {
            if byte == UInt8(ascii: "\\"), !isProtected {
                isProtected = true
            } else {
                result.append(byte)
                isProtected = false
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    // MARK: Tails

    private mutating func negatedField() throws(QueryError) -> Query.Field {
        switch coreField(current) {
        case .word: return try wordAsField(isNegated: true)
        case .concept:
            throw error(
                .sideBySide, at: current, "a negated concept beside another pattern",
                advice: ["write a & !\(source(current))… for passages without it"])
        case nil: return try field(isNegated: true)
        }
    }

    private mutating func capture(_ pattern: inout Query.Pattern) throws(QueryError) {
        let sign = current
        index += 1
        guard pattern.core != nil || !pattern.fields.isEmpty else {
            throw error(
                .badCapture, at: sign, "expected a concept, words or fields before as",
                advice: ["as names what stands before it: ppd as x", "a label with this word: concept:\"…\""])
        }
        guard pattern.capture == nil else {
            throw error(.badCapture, at: sign, "a second name for the same pattern")
        }
        guard current.kind == .word else {
            throw error(.badCapture, at: current, "expected a name after as", advice: ["as in ppd as x"])
        }
        pattern.capture = string(current)
        index += 1
    }

    /// `count>2 per chapter`, `#>2`
    private mutating func count(_ pattern: Query.Pattern) throws(QueryError) -> Query.Count {
        let sign = current
        let example = "as in impaired-bonding count>2 per chapter"
        index += 1
        guard pattern.core != nil || !pattern.fields.isEmpty else {
            throw error(
                .badCount, at: sign, "expected a concept or words before \(source(sign))",
                advice: [example, "a label with the word count: concept:\"…\""])
        }
        guard case .comparison(let comparison) = current.kind else {
            throw error(.badCount, at: current, "expected <, <=, =, >= or > after \(source(sign))", advice: [example])
        }
        index += 1
        // Nine digits: never an overflow.
        guard current.kind == .word, string(current).utf8.count <= 9, let number = Int(string(current)), number >= 0
        else { throw error(.badCount, at: current, "expected a number", advice: [example]) }
        index += 1
        guard take(.per) else { return Query.Count(comparison, number) }
        guard current.isWord, let scope = Query.Count.Scope(rawValue: string(current).lowercased()) else {
            let scopes = Query.Count.Scope.allCases.map(\.rawValue)
            throw error(
                .badCount, at: current, "expected \(listed(scopes, "or")) after per",
                nearest: near(current, among: scopes))
        }
        index += 1
        return Query.Count(comparison, number, per: scope)
    }
}
