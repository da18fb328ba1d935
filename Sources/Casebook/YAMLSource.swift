import TextModel
import Yams

/// YAML that people write: `casebook.yml` and packets.
enum YAMLSource {
    /// The tree of a file; `nil` where the file says nothing. `identifier` is that of the `Diagnostic` with the place,
    /// which is thrown where the file is no YAML.
    static func read(_ text: String, file: String, malformed identifier: String) throws(Diagnostic) -> Node? {
        let advice = "Indent with blanks, not tabs, and put a text in which `: ` or ` #` stands into quotation marks."
        do {
            return try Yams.compose(yaml: text)
        } catch {
            switch error as? YamlError {
            case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
                .composer(_, let problem, let mark, _):
                throw Diagnostic(
                    identifier, .error, file: file, at: SourceLocation(line: mark.line, column: mark.column),
                    "not readable as YAML: \(problem)", advice: advice)
            default:
                throw Diagnostic(
                    identifier, .error, file: file, "not readable as YAML: \(error)", advice: advice)
            }
        }
    }
}
