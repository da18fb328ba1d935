import TextModel

extension Diagnostic {
    static func readOnlyLayer(_ path: String, _ reason: String) -> Diagnostic {
        Diagnostic(
            "read-only-layer", .error, file: path, "the layer cannot be changed: \(reason)",
            advice: "annotate in a layer of your own: --layer NAME")
    }

    static func unknownAnnotation(_ id: String, in path: String, known: [String]) -> Diagnostic {
        let near = nearestNames(to: id, among: known, limit: 1).first
        return Diagnostic(
            "unknown-annotation", .error, file: path, "no annotation “\(id)” in this layer",
            advice: near.map { "did you mean “\($0)”?" } ?? "`casebook annotate list` shows all ids")
    }
}
