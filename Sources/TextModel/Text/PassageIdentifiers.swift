/// What passages of a document are called in commands and JSON: their `xml:id`, else `p.N`, N counting all passages
/// from 1. A real `xml:id="p.17"` wins, and the generated one becomes `p.17~`.
///
/// Never in a file, never in front of people: a `p.N` may shift when the text changes.
package struct PassageIdentifiers: Sendable {
    private let own: [String?]
    /// Real ids that look like generated ones.
    private let taken: Set<String>
    private let places: [String: Int]

    /// Costs one pass over elements and passages.
    package init(_ document: Document) {
        own = document.passages.map { document.elements[Int($0.element)].id }
        taken = Set(document.elements.lazy.compactMap(\.id).filter { $0.hasPrefix("p.") })
        var places: [String: Int] = [:]
        for (index, id) in own.enumerated() {
            if let id, places[id] == nil { places[id] = index }
        }
        self.places = places
    }

    /// The name of a passage by its index in ``Document/passages``.
    package subscript(index: Int) -> String {
        if let id = own[index] { return id }
        let generated = "p.\(index + 1)"
        return taken.contains(generated) ? generated + "~" : generated
    }

    /// The passage of a name.
    package func index(of name: String) -> Int? {
        if let place = places[name] { return place }
        guard name.hasPrefix("p.") else { return nil }
        let digits = name.dropFirst(2).prefix { $0.isASCII && $0.isNumber }
        guard let number = Int(digits), own.indices.contains(number - 1), self[number - 1] == name else { return nil }
        return number - 1
    }
}
