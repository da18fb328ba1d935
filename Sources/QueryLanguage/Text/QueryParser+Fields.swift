import TextModel

/// Fields:
///
///     field = NAME ":" value {"," value}
///     value = word | "quoted" | ("<" | "<=" | ">" | ">=") N | A ".." B | "@" role | person (".." | ">") person
extension QueryParser {
    mutating func field(isNegated: Bool) throws(QueryError) -> Query.Field {
        let sign = current
        guard let name = FieldName(typed: string(sign)) else { throw unknownField(sign) }
        index += 1
        var values = [try value(of: name, after: sign)]
        while take(.comma) { values.append(try value(of: name, after: sign)) }
        return Query.Field(
            name, values, isNegated: isNegated, place: Place(sign.whole.lowerBound, previousEnd))
    }

    /// `word:felt,numb`, `word:any:chidl`
    mutating func wordAsField(isNegated: Bool) throws(QueryError) -> Query.Field {
        let sign = current
        index += 1
        var isHidden = false
        if current.kind == .field, string(current).lowercased() == "any" {
            isHidden = true
            index += 1
        }
        var values: [Query.FieldValue] = []
        repeat {
            let token = current
            let word = try text(of: .word, after: sign)
            if word.unicodeScalars.contains(where: \.properties.isWhitespace) {
                throw error(
                    .badValue, at: token, "word: takes one word",
                    advice: ["words in a row stand in quotes by themselves: \"\(word)\""])
            }
            values.append(isHidden ? .hiddenWord(word) : .text(word))
        } while take(.comma)
        return Query.Field(
            .word, values, isNegated: isNegated, place: Place(sign.whole.lowerBound, previousEnd))
    }

    private mutating func value(of name: FieldName, after sign: QueryToken) throws(QueryError) -> Query.FieldValue {
        switch name.values {
        case .text: return .text(try text(of: name, after: sign))
        case .closed(let known): return try closedValue(of: name, known, after: sign)
        case .number, .date: return try measure(of: name, after: sign)
        case .label:
            // `page:=27` is `page:27`.
            _ = take(.comparison(.equal))
            if case .comparison = current.kind { return try measure(of: name, after: sign) }
            if token(after: 1).kind == .dots { return try measure(of: name, after: sign) }
            return .text(try text(of: name, after: sign))
        case .person: return .person(try person(of: name, after: sign))
        case .dyad: return .dyad(try dyad(after: sign))
        }
    }

    /// A word or a quotation.
    private mutating func text(of name: FieldName, after sign: QueryToken) throws(QueryError) -> String {
        let token = current
        if token.kind == .quoted {
            index += 1
            let text = unescaped(token)
            guard text.utf8.contains(where: { $0 > 0x20 }) else {
                throw error(.badValue, at: token, "nothing between the quotes")
            }
            return text
        }
        guard token.isWord else { throw missingValue(of: name, after: sign) }
        index += 1
        if current.kind == .dots {
            throw error(.badValue, at: current, "\(name.rawValue): takes no range", advice: [example(of: name)])
        }
        return string(token)
    }

    private mutating func closedValue(
        of name: FieldName, _ known: [String], after sign: QueryToken
    ) throws(QueryError) -> Query.FieldValue {
        let token = current
        let value = try text(of: name, after: sign).lowercased()
        guard known.contains(value) else {
            throw error(
                .badValue, at: token, "\(source(token)) is no value of \(name.rawValue):",
                nearest: nearestNames(to: value, among: known), advice: ["one of \(listed(known, "or"))"])
        }
        return .text(value)
    }

    // MARK: Numbers and dates

    private mutating func measure(of name: FieldName, after sign: QueryToken) throws(QueryError) -> Query.FieldValue {
        if case .comparison(let comparison) = current.kind {
            index += 1
            return .compared(comparison, try bound(of: name, after: sign))
        }
        let first = current
        let low = try bound(of: name, after: sign)
        guard take(.dots) else { return .compared(.equal, low) }
        guard current.isWord || current.kind == .quoted else { return .compared(.greaterOrEqual, low) }
        let high = try bound(of: name, after: sign)
        guard !low.isAfter(high) else {
            throw error(
                .badValue, at: Place(first.whole.lowerBound, previousEnd), "this range runs backwards",
                advice: ["write \(high.text)..\(low.text)"])
        }
        return .between(low, high)
    }

    private mutating func bound(of name: FieldName, after sign: QueryToken) throws(QueryError) -> Query.Bound {
        let token = current
        guard token.isWord || token.kind == .quoted else { throw missingValue(of: name, after: sign) }
        index += 1
        let written = token.kind == .quoted ? unescaped(token) : string(token)
        if name.values == .date {
            guard let date = PartialDate(written) else {
                throw error(
                    .badValue, at: token, "\(written) is no date", advice: ["as in 1847, 1847-10 or 1847-10-16"])
            }
            return .date(date)
        }
        guard let number = number(written) else {
            throw error(.badValue, at: token, "\(written) is no number", advice: [example(of: name)])
        }
        if name == .certainty, number > 1 {
            throw error(.badValue, at: token, "certainty runs from 0 to 1", advice: [example(of: name)])
        }
        return .number(number)
    }

    /// Digits with at most one point between them.
    private func number(_ text: String) -> Double? {
        let utf8 = Array(text.utf8)
        let point = UInt8(ascii: ".")
        // Nine digits are exact in a Double and print without an exponent.
        guard (1...9).contains(utf8.count), utf8.first != point, utf8.last != point,
            utf8.allSatisfy({ (48...57).contains($0) || $0 == point }), utf8.count(where: { $0 == point }) <= 1
        else { return nil }
        return Double(text)
    }

    // MARK: Persons

    private mutating func person(of name: FieldName, after sign: QueryToken) throws(QueryError) -> Query.PersonReference
    {
        if current.kind == .at {
            let at = current
            index += 1
            guard current.kind == .word, current.isJoined else {
                throw error(.badValue, at: at, "expected a role after @", advice: ["as in who:@mother"])
            }
            index += 1
            return Query.PersonReference(string(tokens[index - 1]), isRole: true)
        }
        let first = current
        guard first.isWord || first.kind == .quoted else { throw missingValue(of: name, after: sign) }
        index += 1
        let written = first.kind == .quoted ? unescaped(first) : string(first)
        guard written.utf8.contains(where: { $0 > 0x20 }) else {
            throw error(.badValue, at: first, "nothing between the quotes")
        }
        if name != .dyad, current.isJoined, current.kind == .dots || current.kind == .comparison(.greater) {
            let two = written + source(current) + (token(after: 1).isWord ? string(token(after: 1)) : "…")
            throw error(
                .badValue, at: current, "\(name.rawValue): takes one person", advice: ["two persons: dyad:\(two)"])
        }
        return Self.reference(written)
    }

    /// `love-story/jane` is a work and a person; a slash at an end is part of the name.
    static func reference(_ written: String) -> Query.PersonReference {
        guard let slash = written.lastIndex(of: "/"), slash != written.startIndex,
            written.index(after: slash) != written.endIndex
        else { return Query.PersonReference(written) }
        return Query.PersonReference(String(written[written.index(after: slash)...]), work: String(written[..<slash]))
    }

    private mutating func dyad(after sign: QueryToken) throws(QueryError) -> Query.DyadReference {
        let start = current
        let first = try person(of: .dyad, after: sign)
        switch current.kind {
        case .dots:
            index += 1
            return .unordered(first, try person(of: .dyad, after: sign))
        case .comparison(.greater) where current.isJoined:
            // With a blank before it, the sign begins a distance: `a then dyad:jane-max >6p`.
            index += 1
            return .directed(first, try person(of: .dyad, after: sign))
        case .comparison(.less) where current.isJoined && token(after: 1).isWord:
            throw error(
                .badValue, at: current, "a dyad points to the right",
                advice: ["write dyad:\(string(token(after: 1)))>\(source(start))"])
        default: break
        }
        let written = start.kind == .quoted ? unescaped(start) : string(start)
        guard !first.isRole, written.utf8.dropFirst().dropLast().contains(UInt8(ascii: "-")) else {
            throw error(
                .badValue, at: start, "a dyad has two persons",
                advice: ["dyad:jane..max in either direction, dyad:jane>max from Jane towards Max"])
        }
        return .unsplit(written)
    }

    // MARK: Errors

    private func unknownField(_ token: QueryToken) -> QueryError {
        let name = string(token)
        let nearest = nearestNames(to: name, among: FieldName.typedNames + ["word", "concept", "only", "broader"])
        var advice: [String] = []
        if let other = Self.otherWords[name.lowercased()] {
            advice.append("\(other): is the field for that")
        } else if self.token(after: 1).isWord, nearest.isEmpty {
            let value = string(self.token(after: 1))
            advice.append("a concept of the scheme \(name): concept:\(name)/\(value)")
            advice.append("a name for what is found: \(value) as \(name)")
        }
        if nearest.isEmpty {
            let ofAnnotation = FieldName.allCases.filter(\.isOfAnnotation).map(\.rawValue)
            let others = FieldName.allCases.filter { !$0.isOfAnnotation }.map(\.rawValue)
            advice.append("fields of annotations: " + ofAnnotation.joined(separator: " "))
            advice.append("fields of texts: " + others.joined(separator: " "))
        }
        return error(.unknownField, at: token, "\(name): is no field", nearest: nearest, advice: advice)
    }

    /// What people call our fields elsewhere.
    private static let otherWords: [String: String] = [
        "tag": "concept", "code": "concept", "label": "concept", "category": "concept", "text": "word",
        "token": "word", "lemma": "word", "person": "who", "character": "who", "whom": "who", "about": "who",
        "annotator": "by", "creator": "by", "user": "by", "date": "year", "work": "in", "document": "in", "file": "in",
        "book": "in", "language": "lang", "type": "kind", "length": "length", "section": "chapter", "act": "chapter",
        "scene": "chapter", "certain": "certainty", "cert": "certainty", "note": "comment", "memo": "comment",
        "status": "is", "state": "is", "writer": "author", "pair": "dyad", "relation": "dyad", "to": "towards",
    ]

    private func missingValue(of name: FieldName, after sign: QueryToken) -> QueryError {
        switch current.kind {
        case .unclosedQuote:
            return error(
                .unclosed, at: Place(current.whole.lowerBound, current.start), "this quote is never closed")
        case .comparison:
            return error(
                .badValue, at: current, "\(name.rawValue): takes no comparison", advice: [example(of: name)])
        case .prefix, .wildcard, .star, .question:
            return error(
                .badValue, at: current, "fields know no wildcards", advice: [example(of: name)])
        case .at:
            return error(
                .badValue, at: current, "\(name.rawValue): takes no role",
                advice: ["roles stand in role:mother, who:@mother"])
        default:
            return foreignOr(
                .badValue, at: current, "expected a value after \(source(sign))", advice: [example(of: name)])
        }
    }

    private func example(of name: FieldName) -> String {
        switch name {
        case .in: "as in in:love-story, in:love-story/3"
        case .author: "as in author:\"Charlotte Brontë\""
        case .title: "as in title:\"Bleak House\""
        case .year: "as in year:1847, year:1840..1860, year:<1900"
        case .lang: "as in lang:de"
        case .kind: "as in kind:verse,speech"
        case .chapter: "as in chapter:3, chapter:3..5"
        case .page: "as in page:27, page:27..30, page:xii"
        case .speaker: "as in speaker:jane"
        case .mentions: "as in mentions:max"
        case .length: "as in length:>200"
        case .nth: "as in nth:1, nth:1..10"
        case .word: "as in word:felt"
        case .layer: "as in layer:instructor"
        case .by: "as in by:ana"
        case .who: "as in who:jane, who:love-story/jane, who:@mother"
        case .role: "as in role:mother"
        case .dyad: "as in dyad:jane..max, dyad:jane>max"
        case .towards: "as in towards:max"
        case .stance: "as in stance:contradicts"
        case .basis: "as in basis:inferred"
        case .certainty: "as in certainty:>=0.8"
        case .comment: "as in comment:unsure"
        case .created: "as in created:2024-05, created:>=2024-05-17"
        case .modified: "as in modified:2024-05, modified:>=2024-05-17"
        case .is: "as in is:suggested"
        }
    }
}

extension Query.Bound {
    /// As it is written in a query.
    var text: String {
        switch self {
        case .number(let number): number == number.rounded() ? String(Int(number)) : "\(number)"
        case .date(let date): date.text
        }
    }

    /// True where this is certainly later than another of its sort.
    func isAfter(_ other: Query.Bound) -> Bool {
        switch (self, other) {
        case (.number(let left), .number(let right)): left > right
        case (.date(let left), .date(let right)): left.earliest > right.latest
        default: false
        }
    }
}
