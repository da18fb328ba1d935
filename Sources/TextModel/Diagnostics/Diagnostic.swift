/// Something that is wrong with the user's material, where, and what to do.
package struct Diagnostic: Sendable, Hashable, Error {
    package enum Severity: Int, Sendable, Comparable {
        case note, warning, error

        package static func < (left: Severity, right: Severity) -> Bool { left.rawValue < right.rawValue }

        package var word: String {
            switch self {
            case .note: "note"
            case .warning: "warning"
            case .error: "error"
            }
        }
    }

    /// Stable name of the kind of problem, `duplicate-id`.
    package var identifier: String
    package var severity: Severity
    /// File as the user knows it.
    package var file: String
    package var location: SourceLocation?
    /// One line, most specific word first, no full stop.
    package var summary: String
    /// What to do.
    package var advice: String?

    package init(
        _ identifier: String, _ severity: Severity, file: String, at location: SourceLocation? = nil, _ summary: String,
        advice: String? = nil
    ) {
        self.identifier = identifier
        self.severity = severity
        self.file = file
        self.location = location
        self.summary = summary
        self.advice = advice
    }
}

/// A place in a source file.
package struct SourceLocation: Sendable, Hashable, Comparable {
    /// From 1.
    package var line: Int
    /// From 1, counted in Unicode scalars of the line.
    package var column: Int
    /// Byte offset in the file, where it is known.
    package var offset: Int?

    package init(line: Int, column: Int, offset: Int? = nil) {
        self.line = line
        self.column = column
        self.offset = offset
    }

    package static func < (left: SourceLocation, right: SourceLocation) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}
