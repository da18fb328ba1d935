/// What could stand at a place of a query: for shells, by `casebook query --complete`.
package struct QueryCompletion: Sendable, Equatable {
    package struct Candidate: Sendable, Hashable {
        package enum Kind: String, Sendable {
            case concept, field, value, person, work, layer, saved, `operator`
        }

        /// What to put in; a field ends in its colon.
        package var text: String
        /// For people: a preferred label, what a field asks.
        package var label: String
        package var kind: Kind

        package init(_ text: String, _ label: String, _ kind: Kind) {
            self.text = text
            self.label = label
            self.kind = kind
        }
    }

    /// UTF-8 offsets of what a candidate replaces.
    package var replaces: Range<Int>
    /// Best first.
    package var candidates: [Candidate]

    /// More than a screen of candidates helps nobody.
    private static let most = 50

    /// The candidates for what stands before the cursor, a UTF-8 offset.
    package static func completion(for text: String, cursor: Int, names: some QueryNames) -> QueryCompletion {
        let cursor = min(max(cursor, 0), text.utf8.count)
        let bytes = Array(text.utf8.prefix(cursor))
        let tokens = QueryLexer.tokens(of: bytes).dropLast()
        if let last = tokens.last, last.kind == .quoted || last.kind == .unclosedRegex || last.kind == .regex {
            return QueryCompletion(replaces: cursor..<cursor, candidates: last.kind == .quoted ? operators("") : [])
        }
        var start = cursor
        var typed = ""
        var before = tokens
        if let last = tokens.last, last.whole.upperBound == cursor, isTyped(last) {
            start = last.start
            typed = String(decoding: bytes[start..<cursor], as: UTF8.self)
            before = tokens.dropLast()
        }
        var candidates: [Candidate]
        if let field = field(before: before, in: bytes) {
            candidates =
                before.last?.kind == .at
                ? known(names.roles ?? [], typed, .value) : values(of: field, typed, names: names)
        } else if before.last?.kind == .at, before.last?.whole.upperBound == start {
            candidates = names.savedNames.filter { $0.hasPrefix(typed) }.map {
                // A saved query may have several lines.
                let lines = (names.savedQuery($0) ?? "").split(whereSeparator: \.isWhitespace)
                return Candidate($0, lines.joined(separator: " "), .saved)
            }
        } else {
            // A name of several words is completed from its first.
            while let word = before.last, word.kind == .word, !typed.isEmpty {
                let name = String(decoding: bytes[word.start..<cursor], as: UTF8.self)
                guard !concepts(name, names: names).isEmpty else { break }
                start = word.start
                typed = name
                before = before.dropLast()
            }
            let followsPattern = before.last.map(endsPattern) ?? false
            candidates = followsPattern && typed.isEmpty ? [] : concepts(typed, names: names)
            candidates += fields(typed)
            if followsPattern || !typed.isEmpty && !before.isEmpty { candidates += operators(typed) }
        }
        return QueryCompletion(replaces: start..<cursor, candidates: Array(candidates.prefix(most)))
    }

    /// Only the candidates of ``completion(for:cursor:names:)``.
    package static func candidates(for text: String, cursor: Int, names: some QueryNames) -> [Candidate] {
        completion(for: text, cursor: cursor, names: names).candidates
    }

    // MARK: Where the cursor stands

    private static func isTyped(_ token: QueryToken) -> Bool {
        token.isWord || token.kind == .unclosedQuote
    }

    private static func endsPattern(_ token: QueryToken) -> Bool {
        switch token.kind {
        case .word, .quoted, .prefix, .regex, .close: true
        default: false
        }
    }

    /// The field whose value is being typed: a field right before, or before values and commas.
    private static func field(before tokens: ArraySlice<QueryToken>, in bytes: [UInt8]) -> String? {
        var rest = tokens
        while let token = rest.last {
            switch token.kind {
            case .field: return String(decoding: bytes[token.start..<token.end], as: UTF8.self).lowercased()
            case .comma, .dots, .comparison(.greater):
                rest = rest.dropLast()
                guard let value = rest.last, value.isWord || value.kind == .quoted else { return nil }
                rest = rest.dropLast()
            case .at: rest = rest.dropLast()
            default: return nil
            }
        }
        return nil
    }

    // MARK: Candidates

    /// Concepts whose id or a label has a word that begins so; ids that begin so first.
    private static func concepts(_ typed: String, names: some QueryNames) -> [Candidate] {
        let key = names.key(typed)
        var first: [Candidate] = []
        var second: [Candidate] = []
        for concept in names.concepts where concept.deprecated == nil {
            let candidate = Candidate(plainOrQuoted(concept.id), concept.label, .concept)
            if names.key(concept.id).hasPrefix(key) {
                first.append(candidate)
            } else if ([concept.id] + concept.labels).contains(where: { hasWord($0, key, names) }) {
                second.append(candidate)
            }
        }
        return first + second
    }

    private static func hasWord(_ label: String, _ key: String, _ names: some QueryNames) -> Bool {
        if names.key(label).hasPrefix(key) { return true }
        // From every word of the label to its end, so that `repair` finds bond-repair.
        return label.indices.contains { index in
            !label[index].isLetter && names.key(String(label[index...])).hasPrefix(key)
        }
    }

    private static func fields(_ typed: String) -> [Candidate] {
        FieldName.allCases.filter { $0.rawValue.hasPrefix(typed.lowercased()) }
            .map { Candidate($0.rawValue + ":", $0.summary, .field) }
    }

    private static let allOperators: [(String, String)] = [
        ("&", "both in the same passage"), ("|", "either"), ("and", "both in the same passage"), ("or", "either"),
        ("not", "without"), ("overlaps", "share some text"), ("within", "lies inside"), ("contains", "lies around"),
        ("equals", "the same range"), ("touches", "overlaps, or only white space between"),
        ("near", "close together, in either order"), ("then", "followed by"), ("as", "a name for what is found"),
        ("count", "how often, as in count>2 per chapter"),
    ]

    private static func operators(_ typed: String) -> [Candidate] {
        allOperators.filter { $0.0.hasPrefix(typed.lowercased()) }.map { Candidate($0.0, $0.1, .operator) }
    }

    private static func values(of name: String, _ typed: String, names: some QueryNames) -> [Candidate] {
        if ["concept", "only", "broader"].contains(name) { return concepts(typed, names: names) }
        guard let field = FieldName(typed: name) else { return [] }
        switch field.values {
        case .closed(let values):
            return values.filter { $0.hasPrefix(typed.lowercased()) }.map { Candidate($0, field.summary, .value) }
        case .person, .dyad: return persons(typed, names: names)
        default: break
        }
        switch field {
        case .in: return known(names.works ?? [], typed, .work)
        case .layer: return known(names.layers ?? [], typed, .layer)
        case .by: return known(names.annotators ?? [], typed, .person)
        case .role: return known(names.roles ?? [], typed, .value)
        default: return []
        }
    }

    private static func known(_ values: [String], _ typed: String, _ kind: Candidate.Kind) -> [Candidate] {
        values.filter { $0.lowercased().hasPrefix(typed.lowercased()) }.sorted().map {
            Candidate(plainOrQuoted($0), "", kind)
        }
    }

    /// By id or by any name; a work is named where two have that person.
    private static func persons(_ typed: String, names: some QueryNames) -> [Candidate] {
        var reference = QueryParser.reference(typed)
        if typed.hasSuffix("/") { reference = Query.PersonReference("", work: String(typed.dropLast())) }
        let key = names.key(reference.name)
        var found: [Candidate] = []
        for person in names.persons {
            if let work = reference.work, person.work != work { continue }
            guard ([person.id] + person.names).contains(where: { names.key($0).hasPrefix(key) }) else { continue }
            let isShared = names.persons.contains { $0.id == person.id && $0.work != person.work }
            let id = isShared || reference.work != nil ? person.work + "/" + person.id : person.id
            found.append(Candidate(plainOrQuoted(id), "\(person.names.first ?? person.id), \(person.work)", .person))
        }
        return found
    }
}
