/// Queries kept under a name, each as its text: `@name` stands for them in others.
package struct SavedQueries: Sendable, Equatable {
    private var texts: [String: String]

    package init(_ texts: [String: String] = [:]) {
        self.texts = texts
    }

    /// Sorted.
    package var names: [String] { texts.keys.sorted() }

    package subscript(name: String) -> String? {
        get { texts[name] }
        set { texts[name] = newValue }
    }

    /// True where `@NAME` is read back as that name.
    package static func isName(_ name: String) -> Bool {
        QueryLexer.isPlainWord(name) && !name.utf8.contains(UInt8(ascii: "/"))
    }

    /// The way from a query back to itself, `["a", "b", "a"]`; `nil` where there is none. Queries that do not parse
    /// use no others.
    package func cycle(from name: String) -> [String]? {
        var visited: Set<String> = []
        return way(from: name, to: name, visited: &visited).map { [name] + $0 }
    }

    private func way(from start: String, to goal: String, visited: inout Set<String>) -> [String]? {
        guard let text = texts[start], let query = try? QueryParser.parse(text) else { return nil }
        for name in query.savedNames {
            if name == goal { return [name] }
            guard visited.insert(name).inserted else { continue }
            if let rest = way(from: name, to: goal, visited: &visited) { return [name] + rest }
        }
        return nil
    }
}
