import Foundation
import LanguageModels
import TextModel
import Yams

/// What came of `language-model` in `casebook.yml`.
struct LanguageModelReading {
    private(set) var settings: LanguageModelSettings?
    private(set) var diagnostics: [Diagnostic] = []
    private let file: String

    private static let keys = [
        "endpoint", "model", "key-variable", "batch", "timeout", "concurrency", "price-in", "price-out",
    ]
    /// Names that people give the key itself, which belongs into no file.
    private static let keysOfKeys = ["key", "api-key", "api_key", "apikey", "token", "secret"]

    /// Reads the settings. Without a usable endpoint and model there are none.
    init(_ node: Node, file: String) {
        self.file = file
        guard let mapping = node.mapping else {
            report(
                node, "language-model has endpoint and model",
                "Write `endpoint: http://localhost:11434/v1`.")
            return
        }
        var read = LanguageModelSettings(endpoint: "", model: "")
        for (keyNode, value) in mapping {
            let key = keyNode.string ?? ""
            switch key {
            case "endpoint": read.endpoint = value.string ?? ""
            case "model": read.model = value.string ?? ""
            case "key-variable":
                guard let name = value.string, Self.isVariable(name) else {
                    report(value, "key-variable is the name of an environment variable", Self.keyAdvice)
                    continue
                }
                read.keyVariable = name
            case "batch": read.batch = whole(value, key, 1...64) ?? read.batch
            case "concurrency": read.concurrency = whole(value, key, 1...16) ?? read.concurrency
            // A day: models on small machines take their time.
            case "timeout": read.timeout = number(value, key, 1...86_400) ?? read.timeout
            case "price-in": read.priceIn = number(value, key, 0...1e6)
            case "price-out": read.priceOut = number(value, key, 0...1e6)
            default:
                if Self.keysOfKeys.contains(key.lowercased()) {
                    report(keyNode, "a key never stands in a file", Self.keyAdvice)
                    continue
                }
                let near = nearestNames(to: key, among: Self.keys).first
                diagnostics.append(
                    Diagnostic(
                        "unknown-key", .warning, file: file, at: Self.location(keyNode), "unknown key “\(key)”",
                        advice: near.map { "Did you mean “\($0)”?" }
                            ?? "Known keys: " + Self.keys.joined(separator: ", ") + "."))
            }
        }
        guard !read.endpoint.isEmpty, !read.model.isEmpty else {
            report(
                node, "language-model needs an endpoint and a model",
                "Write `endpoint: http://localhost:11434/v1` and `model: NAME`.")
            return
        }
        settings = read
    }

    private static let keyAdvice =
        "Write `key-variable: MY_API_KEY`, and put the key into that variable: `export MY_API_KEY=…`."

    /// Capital letters, as variables are named: keys have others.
    private static func isVariable(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.first.map { !(0x30...0x39).contains($0) } == true
            && name.utf8.allSatisfy { byte in
                switch byte {
                case 0x41...0x5A, 0x30...0x39, UInt8(ascii: "_"): true
                default: false
                }
            }
    }

    private mutating func whole(_ node: Node, _ key: String, _ range: ClosedRange<Int>) -> Int? {
        if let value = node.int, range.contains(value) { return value }
        report(node, "\(key) is a whole number from \(range.lowerBound) to \(range.upperBound)", nil)
        return nil
    }

    private mutating func number(_ node: Node, _ key: String, _ range: ClosedRange<Double>) -> Double? {
        if let value = node.float ?? node.int.map(Double.init), range.contains(value) { return value }
        report(
            node, "\(key) is a number from \(Int(range.lowerBound)) to \(Int(range.upperBound))", nil)
        return nil
    }

    private mutating func report(_ node: Node, _ summary: String, _ advice: String?) {
        diagnostics.append(
            Diagnostic(
                "malformed-configuration", .error, file: file, at: Self.location(node), summary,
                advice: advice))
    }

    private static func location(_ node: Node) -> SourceLocation? {
        node.mark.map { SourceLocation(line: $0.line, column: $0.column) }
    }
}
