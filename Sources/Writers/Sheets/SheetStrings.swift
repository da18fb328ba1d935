import Foundation

/// The labels of sheets in one language: `Strings/en.json`, a tree of texts.
///
/// `{name}` in a text is a place for a value. A text with forms for numbers is a branch with `one` and `other`.
package struct SheetStrings: Sendable {
    /// Language tag of the labels.
    package let language: String
    package let tree: SheetValue

    /// Labels in a language, in English where they are not yet translated; what neither has is its own key.
    package init(language: String) {
        let primary = language.split(separator: "-").first.map(String.init) ?? language
        let english = Self.read("en")
        let own = primary == "en" ? nil : Self.read(primary)
        self.language = own == nil ? "en" : primary
        tree = own.map { Self.merge($0, over: english ?? .object([])) } ?? english ?? .object([])
    }

    /// The text under a path, `handout.evidence.for`.
    package func callAsFunction(_ path: String) -> String { find(path) ?? path }

    /// A text with values in its places.
    package func callAsFunction(_ path: String, _ values: [String: String]) -> String {
        Self.fill(self(path), values)
    }

    /// A text in the form that a number asks for; `{count}` is the number as it is written in the language.
    package func counted(_ path: String, _ count: Int, _ values: [String: String] = [:]) -> String {
        let form = find(path + (count == 1 ? ".one" : ".other")) ?? find(path + ".other") ?? path
        return Self.fill(form, values.merging(["count": number(count)]) { old, _ in old })
    }

    /// A text that may be missing.
    package func find(_ path: String) -> String? {
        var value = tree
        for key in path.split(separator: ".") {
            guard let next = value[String(key)] else { return nil }
            value = next
        }
        guard case .string(let text) = value else { return nil }
        return text
    }

    /// A number with the language's mark between thousands: 1 240 needs none below 10 000 in English sheets.
    package func number(_ number: Int) -> String {
        let digits = String(number)
        guard digits.count > 3 else { return digits }
        let mark = find("number.thousands") ?? ""
        var groups: [Substring] = []
        var rest = digits[...]
        while rest.count > 3 {
            groups.insert(rest.suffix(3), at: 0)
            rest = rest.dropLast(3)
        }
        return ([rest] + groups).joined(separator: mark)
    }

    /// "a", "a and b", "a, b and c".
    package func list(_ items: [String], conjunction: String = "list.and") -> String {
        guard let last = items.last else { return "" }
        guard items.count > 1 else { return last }
        return items.dropLast().joined(separator: ", ") + self(conjunction) + last
    }

    /// A day written out, from `2026-03-07`.
    package func day(_ iso: String) -> String {
        let parts = iso.prefix(10).split(separator: "-")
        guard parts.count == 3, let month = Int(parts[1]), let day = Int(parts[2]),
            let name = find("months.m\(month)")
        else { return iso }
        // French counts the first of a month as the first, every other day as a number.
        let number = day == 1 ? self("date-first") : String(day)
        return self("date", ["day": number, "month": name, "year": String(parts[0])])
    }

    /// Words in the quotation marks of the language; those inside are of the second level.
    package func quoted(_ text: String) -> String {
        self("quote.open") + NestedQuotation.text(text, in: language) + self("quote.close")
    }

    // MARK: - Inside

    /// Puts values in the places of a text.
    package static func fill(_ text: String, _ values: [String: String]) -> String {
        guard text.utf8.contains(UInt8(ascii: "{")) else { return text }
        var result = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            result += rest[..<open]
            let name = String(rest[rest.index(after: open)..<close])
            result += values[name] ?? "{\(name)}"
            rest = rest[rest.index(after: close)...]
        }
        return result + rest
    }

    private static func read(_ language: String) -> SheetValue? {
        guard let text = ShippedFiles.text("Strings/\(language).json"),
            let file = try? JSONDecoder().decode(StringTree.self, from: Data(text.utf8))
        else { return nil }
        return file.value
    }

    private static func merge(_ own: SheetValue, over english: SheetValue) -> SheetValue {
        guard case .object(let members) = english else { return own }
        return .object(
            members.map { member in
                guard let value = own[member.key] else { return member }
                return SheetValue.Member(member.key, merge(value, over: member.value))
            })
    }
}

/// The tree as the JSON file holds it.
private enum StringTree: Decodable {
    case text(String)
    case branch([String: StringTree])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
            self = .text(text)
        } else {
            self = .branch(try container.decode([String: StringTree].self))
        }
    }

    var value: SheetValue {
        switch self {
        case .text(let text): .string(text)
        case .branch(let branch):
            .object(branch.sorted { $0.key < $1.key }.map { SheetValue.Member($0.key, $0.value.value) })
        }
    }
}
