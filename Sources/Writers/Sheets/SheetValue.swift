/// What a sheet says, as a tree: the JSON form is this tree written out, and a template walks the same tree.
///
/// So a template's author sees in `--format json` every name that a template may use.
package indirect enum SheetValue: Sendable, Equatable {
    /// Nothing there: a section of a template is left out, its inverted section is used.
    case null
    case bool(Bool)
    case int(Int)
    case number(Double)
    case string(String)
    case array([SheetValue])
    /// Keys in the order in which they are written.
    case object([Member])

    package struct Member: Sendable, Equatable {
        package var key: String
        package var value: SheetValue

        package init(_ key: String, _ value: SheetValue) {
            self.key = key
            self.value = value
        }
    }

    /// An empty string counts as nothing.
    package static func text(_ text: String?) -> SheetValue {
        guard let text, !text.isEmpty else { return .null }
        return .string(text)
    }

    package static func count(_ count: Int?) -> SheetValue { count.map { .int($0) } ?? .null }

    package static func strings(_ strings: [String]) -> SheetValue { .array(strings.map { .string($0) }) }

    package subscript(key: String) -> SheetValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.key == key }?.value
    }
}

extension SheetValue: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (String, SheetValue)...) {
        self = .object(elements.map { Member($0.0, $0.1) })
    }
}

extension SheetValue: ExpressibleByArrayLiteral {
    package init(arrayLiteral elements: SheetValue...) { self = .array(elements) }
}

extension SheetValue: ExpressibleByStringLiteral {
    package init(stringLiteral value: String) { self = .string(value) }
}

extension SheetValue {
    /// The object with more members, the new ones last.
    package func with(_ members: [Member]) -> SheetValue {
        guard case .object(let old) = self else { return self }
        return .object(old + members)
    }
}
