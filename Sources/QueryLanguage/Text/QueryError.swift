package import TextModel

/// Why a query was not understood: where, what was expected, the nearest known names, what to write instead.
package struct QueryError: Error, Sendable, Equatable {
    /// What sort of error; the raw values are stable names.
    package enum Kind: String, Sendable, CaseIterable {
        case empty
        case expectedPattern = "expected-pattern"
        case unexpected
        case sideBySide = "side-by-side"
        case needsParentheses = "needs-parentheses"
        case unclosed
        case badPhrase = "bad-phrase"
        case badRegex = "bad-regex"
        case badWildcard = "bad-wildcard"
        case badDistance = "bad-distance"
        case badCount = "bad-count"
        case badCapture = "bad-capture"
        case unknownField = "unknown-field"
        case badValue = "bad-value"
        case tooDeep = "too-deep"
        /// A habit from another query language.
        case foreign
        case unknownName = "unknown-name"
        case ambiguousName = "ambiguous-name"
        case unknownPerson = "unknown-person"
        case unknownSaved = "unknown-saved"
        case savedCycle = "saved-cycle"
        /// Ranges were needed where passages stand.
        case type
    }

    package var kind: Kind
    /// The text in which ``place`` counts: the query's, or a saved query's.
    package var text: String
    /// `@name` where the error lies in a saved query.
    package var saved: String?
    /// UTF-8 offsets in ``text``; empty at the end of the text.
    package var place: Place
    /// One line, no full stop.
    package var summary: String
    /// Known names near to the one written, nearest first.
    package var nearest: [String]
    /// What to do, one line a piece of advice.
    package var advice: [String]

    package init(
        _ kind: Kind, at place: Place, in text: String, _ summary: String, nearest: [String] = [], advice: [String] = []
    ) {
        self.kind = kind
        self.text = text
        self.place = place
        self.summary = Self.cut(summary)
        self.nearest = nearest
        self.advice = advice.map(Self.cut)
    }

    /// Queries may be of any length; a message of more than a few lines is not read.
    private static func cut(_ text: String) -> String {
        let most = 300
        return text.unicodeScalars.count > most
            ? String(String.UnicodeScalarView(text.unicodeScalars.prefix(most))) + " …" : text
    }

    package static func == (left: QueryError, right: QueryError) -> Bool {
        left.kind == right.kind && left.text == right.text && left.saved == right.saved
            && left.place.start == right.place.start && left.place.end == right.place.end
            && left.summary == right.summary && left.nearest == right.nearest && left.advice == right.advice
    }

    /// The place in Unicode scalars of ``text``, as borders of the program count.
    package var scalars: Range<Int> {
        let bytes = Array(text.utf8)
        let start = countScalars(bytes, from: 0, to: Int32(min(max(place.start, 0), bytes.count)))
        let end = countScalars(bytes, from: 0, to: Int32(min(max(place.end, 0), bytes.count)))
        return start..<max(start, end)
    }

    /// As all commands report what is wrong.
    package var diagnostic: Diagnostic {
        var advice = self.advice
        if !nearest.isEmpty { advice.insert("did you mean \(listed(nearest, "or"))?", at: 0) }
        return Diagnostic(
            kind.rawValue, .error, file: saved ?? "query", at: sourceLocation(of: place, in: text), summary,
            advice: advice.isEmpty ? nil : advice.joined(separator: "\n  "))
    }

    /// The place, the line with a caret under it, what to do.
    package func rendered(usesColour: Bool = false) -> String {
        DiagnosticPrinter(usesColour: usesColour).text(for: diagnostic, source: Array(text.utf8))
    }
}

/// Line and column of the start of a place.
func sourceLocation(of place: Place, in text: String) -> SourceLocation {
    let bytes = Array(text.utf8)
    let offset = min(max(place.start, 0), bytes.count)
    let before = bytes[..<offset]
    let line = before.count { $0 == UInt8(ascii: "\n") }
    let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    return SourceLocation(
        line: line + 1, column: countScalars(bytes, from: Int32(lineStart), to: Int32(offset)) + 1, offset: offset)
}

/// `a`, `a or b`, `a, b or c`
func listed(_ words: [String], _ conjunction: String) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " \(conjunction) " + last
}
