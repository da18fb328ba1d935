package import QueryLanguage
import TextModel

/// A query kept in the casebook, as its file says it.
package struct SavedQueryFile: Sendable, Equatable {
    package static let folder = "Queries"
    package static let fileExtension = "query"
    /// What begins a line that people read and the query does not.
    private static let commentSign: Character = "#"

    package var name: String
    /// Lines of comment, each with its `#`.
    package var comments: [String]
    /// The query; where comments stood there are empty lines, so that places in errors are those of the file.
    package var query: String

    package init(name: String, comments: [String], query: String) {
        self.name = name
        self.comments = comments
        self.query = query
    }

    /// A line whose first sign is `#` is a comment; all others are the query, in one line or several.
    package init(name: String, text: String) {
        var comments: [String] = []
        var query: [Substring] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let isComment = line.first { !$0.isWhitespace } == Self.commentSign
            if isComment { comments.append(String(line)) }
            query.append(isComment ? "" : line)
        }
        while query.last?.allSatisfy(\.isWhitespace) == true { query.removeLast() }
        self.init(name: name, comments: comments, query: query.joined(separator: "\n"))
    }

    /// Path from the casebook.
    package var path: String { Self.path(of: name) }

    package static func path(of name: String) -> String { "\(folder)/\(name).\(fileExtension)" }

    /// The query in one line, for lists.
    package var line: String { query.split(whereSeparator: \.isWhitespace).joined(separator: " ") }

    /// The query typed with a name says what the file has: comments first, then the query.
    var text: String { (comments + [query]).joined(separator: "\n") + "\n" }
}

extension Project {
    /// Queries kept in the casebook, `Queries/NAME.query`, by name. Files whose name no query could say are left out.
    package func savedQueryFiles() -> [SavedQueryFile] {
        let folder = path(of: SavedQueryFile.folder)
        return FileSystem.files(in: folder, extensions: [SavedQueryFile.fileExtension]).compactMap { file in
            let name = String(file.dropLast(SavedQueryFile.fileExtension.count + 1))
            guard SavedQueries.isName(name),
                let bytes = try? FileSystem.read(folder + "/" + file, as: SavedQueryFile.path(of: name))
            else { return nil }
            return SavedQueryFile(name: name, text: String(decoding: bytes, as: UTF8.self))
        }
    }

    /// The same as queries use them.
    package func savedQueries() -> SavedQueries {
        SavedQueries(
            Dictionary(savedQueryFiles().map { ($0.name, $0.query) }, uniquingKeysWith: { first, _ in first }))
    }

    /// What the saved queries would be with one more; an error where its name cannot be said in a query, or where it
    /// would use itself.
    package func savedQueries(adding query: String, as name: String) throws -> SavedQueries {
        // A file whose name begins with a full stop is hidden.
        guard SavedQueries.isName(name), !name.hasPrefix(".") else {
            throw Diagnostic(
                "bad-name", .error, file: SavedQueryFile.folder, "“\(name)” is no name for a query",
                advice: "A name is one word of letters, digits, - and _, and none of the words for operators.")
        }
        var saved = savedQueries()
        saved[name] = query
        if let cycle = saved.cycle(from: name) {
            throw Diagnostic(
                QueryError.Kind.savedCycle.rawValue, .error, file: SavedQueryFile.path(of: name),
                "@\(name) would use itself: " + cycle.map { "@" + $0 }.joined(separator: " → "),
                advice: "Write out what @\(cycle[1]) says, or save it under another name.")
        }
        return saved
    }

    /// Writes `Queries/NAME.query`; the comments of a file that is there stay. The caller has checked that the query
    /// is understood. Returns what stood there before.
    @discardableResult
    package func saveQuery(_ query: String, as name: String) throws -> SavedQueryFile? {
        let old = savedQueryFiles().first { $0.name == name }
        let file = SavedQueryFile(
            name: name, comments: old?.comments ?? ["# @\(name) in a query stands for this one."], query: query)
        try FileSystem.write(Array(file.text.utf8), to: path(of: file.path))
        return old
    }
}
