import TextModel

/// The style of sheets for a layout engine of pages: the same rules, resolved as far as such engines need it.
///
/// Engines that set pages know no screens and no variables in short forms (`font: 8pt var(--serif)`): rules for
/// screens are taken out, those for paper stand for themselves, and each variable is replaced by its value on paper.
enum PagedStyle {
    /// `additions` come last, so that they go before what the style says.
    static func resolve(_ style: String, additions: String) -> String {
        var rules: [Rule] = []
        for rule in Rule.all(of: withoutComments(style)) {
            if !rule.selector.hasPrefix("@media") {
                rules.append(rule)
            } else if rule.selector.contains("print") {
                rules += Rule.all(of: rule.body)
            }
        }
        rules += Rule.all(of: withoutComments(additions))
        var values: [String: String] = [:]
        for rule in rules where rule.selector == ":root" {
            for declaration in rule.body.split(separator: ";") {
                let parts = declaration.split(separator: ":", maxSplits: 1)
                let name = parts.first.map { trimmed($0) } ?? ""
                guard parts.count == 2, name.hasPrefix("--") else { continue }
                values[name] = trimmed(parts[1])
            }
        }
        let text = rules.filter { $0.selector != ":root" }.map { "\($0.selector) {\($0.body)}" }
            .joined(separator: "\n")
        return values.reduce(text) { $0.replacing("var(\($1.key))", with: $1.value) }
    }

    /// A rule with what stands between its outer braces.
    private struct Rule {
        var selector: String
        var body: String

        static func all(of style: String) -> [Rule] {
            var rules: [Rule] = []
            var depth = 0
            var text = ""
            var selector = ""
            for character in style {
                switch character {
                case "{":
                    depth += 1
                    if depth == 1 {
                        selector = trimmed(text[...])
                        text = ""
                        continue
                    }
                case "}":
                    depth -= 1
                    if depth == 0 {
                        rules.append(Rule(selector: selector, body: text))
                        text = ""
                        continue
                    }
                default: break
                }
                text.append(character)
            }
            return rules
        }
    }

    private static func withoutComments(_ style: String) -> String {
        var rest = style[...]
        var text = ""
        while let start = rest.firstRange(of: "/*") {
            text += rest[..<start.lowerBound]
            guard let end = rest[start.upperBound...].firstRange(of: "*/") else { return text }
            rest = rest[end.upperBound...]
        }
        return text + rest
    }

    private static func trimmed(_ text: Substring) -> String {
        let start = text.drop { $0.isWhitespace }
        return String(
            start.prefix(
                (start.lastIndex { !$0.isWhitespace }).map { start.distance(from: start.startIndex, to: $0) + 1 } ?? 0))
    }
}
