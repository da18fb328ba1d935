import Foundation
import QueryLanguage
import TestSupport
import Testing

@Suite struct `The page on the query language` {
    private static let page: String = {
        let file = packageRoot.appendingPathComponent("Documentation/query-language.md")
        return (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    }()

    /// Everything between `'…'`: in tables a `|` is written `\|`.
    private static let examples: [String] = {
        var examples: [String] = []
        var rest = page[...]
        while let start = rest.range(of: "`'") {
            guard let end = rest[start.upperBound...].range(of: "'`") else { break }
            examples.append(rest[start.upperBound..<end.lowerBound].replacingOccurrences(of: "\\|", with: "|"))
            rest = rest[end.upperBound...]
        }
        return examples
    }()

    @Test func `has many examples`() {
        #expect(Self.examples.count > 100)
    }

    @Test(arguments: examples)
    func `has examples that are read and printed`(example: String) throws {
        let query = try QueryParser.parse(example)
        #expect(try QueryParser.parse(query.description) == query)
    }

    @Test(arguments: FieldName.typedNames)
    func `names every field`(name: String) {
        #expect(Self.page.contains("`\(name)`"), "\(name) is missing")
        #expect(Self.examples.contains { $0.contains(name + ":") }, "\(name): has no example")
    }

    @Test(arguments: RangeRelation.allCases.map(\.rawValue) + ["near", "then", "and", "not", "as", "count"])
    func `shows every operator`(word: String) {
        #expect(Self.examples.contains { " \($0.lowercased()) ".contains(" \(word) ") || $0.contains(" \(word)>") })
    }

    @Test(arguments: [
        ("!neglect who:jane", "!(neglect who:jane)"), ("!neglect overlaps felt*", "!(neglect overlaps felt*)"),
        ("neglect & felt* | bond-repair", "(neglect & felt*) | bond-repair"),
        ("a | b & !c overlaps d", "a | (b & (!(c overlaps d)))"),
    ])
    func `is right about precedence`(loose: String, strict: String) throws {
        #expect(try QueryParser.parse(loose) == QueryParser.parse(strict))
    }
}
