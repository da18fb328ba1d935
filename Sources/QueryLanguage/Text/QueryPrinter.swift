/// Writes a tree as text: `parse(print(q)) == q`, with as few parentheses as the grammar allows, but for a negated
/// relation, which people read better with them.
package struct QueryPrinter: Sendable {
    /// Writes concepts as bare ids. Only for trees whose names were looked up: there every bare name is a concept.
    package var namesAreResolved: Bool

    package init(namesAreResolved: Bool = false) {
        self.namesAreResolved = namesAreResolved
    }

    package func text(_ query: Query) -> String {
        var text = ""
        write(query, at: .or, to: &text)
        return text
    }

    /// How tightly a rule binds, loosest first.
    private enum Level: Int, Comparable {
        case or, and, not, relation, pattern
        static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }
    }

    private func level(of query: Query) -> Level {
        switch query {
        case .or: .or
        case .and: .and
        case .not: .not
        case .relation, .near, .chain: .relation
        case .pattern: .pattern
        }
    }

    /// Sets parentheses where the place asks for something that binds more tightly.
    private func write(_ query: Query, at place: Level, to text: inout String) {
        let needsParentheses = level(of: query) < place
        if needsParentheses { text += "(" }
        switch query {
        case .pattern(let pattern): write(pattern, to: &text)
        case .relation(let left, let relation, let isNegated, let right):
            write(left, at: .pattern, to: &text)
            text += isNegated ? " not " : " "
            text += relation.rawValue + " "
            write(right, at: .pattern, to: &text)
        case .near(let left, let right, let distance):
            write(left, at: .pattern, to: &text)
            text += " near "
            write(right, at: .pattern, to: &text)
            if let distance { text += " " + distance.text }
        case .chain(let first, let steps):
            write(first, at: .pattern, to: &text)
            for step in steps {
                text += " then "
                write(step.query, at: .pattern, to: &text)
                if let distance = step.distance { text += " " + distance.text }
            }
        case .not(let negated):
            text += "!"
            write(negated, at: level(of: negated) == .relation ? .pattern : .not, to: &text)
        case .and(let queries): write(queries, joinedBy: " & ", at: .not, to: &text)
        case .or(let queries): write(queries, joinedBy: " | ", at: .and, to: &text)
        }
        if needsParentheses { text += ")" }
    }

    private func write(_ queries: [Query], joinedBy sign: String, at place: Level, to text: inout String) {
        for (index, query) in queries.enumerated() {
            if index > 0 { text += sign }
            write(query, at: place, to: &text)
        }
    }

    // MARK: Patterns

    private func write(_ pattern: Query.Pattern, to text: inout String) {
        if let core = pattern.core { write(core, to: &text) }
        for (index, field) in pattern.fields.enumerated() {
            if index > 0 || pattern.core != nil { text += " " }
            if field.isNegated { text += "!" }
            text += field.name.rawValue + ":"
            for (index, value) in field.values.enumerated() {
                if index > 0 { text += "," }
                write(value, isFirst: index == 0, to: &text)
            }
        }
        for count in pattern.counts {
            text += " count\(count.comparison.rawValue)\(count.number)"
            if count.scope != .passage { text += " per " + count.scope.rawValue }
        }
        if let capture = pattern.capture { text += " as " + capture }
    }

    private func write(_ core: Query.Core, to text: inout String) {
        switch core {
        case .name(let name): text += name
        case .concept(let name, .withNarrower):
            text += namesAreResolved && QueryLexer.isPlainWord(name) ? name : "concept:" + plainOrQuoted(name)
        case .concept(let name, .only): text += "only:" + plainOrQuoted(name)
        case .concept(let name, .siblings): text += "broader:" + plainOrQuoted(name)
        case .word(let word, let any): text += (any ? "word:any:" : "word:") + plainOrQuoted(word)
        case .phrase(let phrase): text += "\"" + phrase.items.map(item).joined(separator: " ") + "\""
        case .prefix(let prefix): text += prefix + "*"
        case .regex(let expression, let ignoresCase):
            text += "/" + slashed(expression) + "/" + (ignoresCase ? "i" : "")
        case .saved(let name): text += "@" + name
        case .group(let query):
            text += "("
            write(query, at: .or, to: &text)
            text += ")"
        }
    }

    private func write(_ value: Query.FieldValue, isFirst: Bool, to text: inout String) {
        switch value {
        case .text(let value): text += plainOrQuoted(value)
        case .hiddenWord(let word): text += (isFirst ? "any:" : "") + plainOrQuoted(word)
        case .compared(let comparison, let bound):
            text += (comparison == .equal ? "" : comparison.rawValue) + bound.text
        case .between(let low, let high): text += low.text + ".." + high.text
        case .person(let person): text += person.text
        case .dyad(.unsplit(let written)): text += plainOrQuoted(written)
        case .dyad(.unordered(let first, let second)):
            // Three dots in a row would be read as a dot less of the name.
            text += first.text + (first.text.utf8.last == UInt8(ascii: ".") ? " .." : "..") + second.text
        case .dyad(.directed(let first, let second)): text += first.text + ">" + second.text
        }
    }

    // MARK: Quotation

    private func item(_ item: Phrase.Item) -> String {
        switch item {
        case .word(let word): escaped(word, wildcards: true)
        case .wildcard(let word): escaped(word, wildcards: false)
        case .anyWord: "*"
        case .gap(let limit): "..\(limit)"
        }
    }

    /// Protects what would end the quotation, separate words, or mean something else.
    private func escaped(_ word: String, wildcards: Bool) -> String {
        // By bytes: a combining mark behind the second dot would make it another character.
        var text = word.utf8.starts(with: "..".utf8) ? "\\" : ""
        for scalar in word.unicodeScalars {
            let isSign = scalar == "\\" || isQuote(scalar) || wildcards && (scalar == "*" || scalar == "?")
            if isSign || isBlank(scalar) { text += "\\" }
            text.unicodeScalars.append(scalar)
        }
        return text
    }

    private func slashed(_ expression: String) -> String {
        var text = ""
        var isProtected = false
        for scalar in expression.unicodeScalars {
            if scalar == "/", !isProtected { text += "\\" }
            isProtected = scalar == "\\" && !isProtected
            text.unicodeScalars.append(scalar)
        }
        return text
    }

    private func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        QueryLexer.blankLength(in: Array(String(scalar).utf8), at: 0) != nil
    }
}

/// A value as it is, or in quotes where it would not be read back as one word.
func plainOrQuoted(_ value: String) -> String {
    if QueryLexer.isPlainWord(value) { return value }
    var text = "\""
    for scalar in value.unicodeScalars {
        if scalar == "\\" || isQuote(scalar) { text += "\\" }
        text.unicodeScalars.append(scalar)
    }
    return text + "\""
}

private func isQuote(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "\"", "«", "»", "\u{201C}"..."\u{201F}": true
    default: false
    }
}

extension Query.PersonReference {
    /// As it is written in a query.
    package var text: String {
        if isRole { return "@" + name }
        return plainOrQuoted(work.map { $0 + "/" + name } ?? name)
    }
}

extension Query: CustomStringConvertible {
    /// The query as text that is read back to the same tree.
    package var description: String { QueryPrinter().text(self) }
}
