/// Prints diagnostics as compilers do: place, what, the line, a caret, advice.
package struct DiagnosticPrinter: Sendable {
    package var usesColour: Bool

    package init(usesColour: Bool) {
        self.usesColour = usesColour
    }

    /// `source` is the file's bytes, from which the line is shown; `nil` leaves line and caret out.
    package func text(for diagnostic: Diagnostic, source: [UInt8]?) -> String {
        var text = diagnostic.file
        if let location = diagnostic.location { text += ":\(location.line):\(location.column)" }
        text += ": " + coloured(diagnostic.severity) + ": " + diagnostic.summary + "\n"
        if let location = diagnostic.location, let source, let line = excerpt(of: source, at: location) {
            text += "    " + line.text + "\n    " + String(repeating: " ", count: line.caret) + "^\n"
        }
        if let advice = diagnostic.advice { text += "  " + advice + "\n" }
        return text
    }

    private func coloured(_ severity: Diagnostic.Severity) -> String {
        guard usesColour else { return severity.word }
        let code =
            switch severity {
            case .error: "31"
            case .warning: "33"
            case .note: "36"
            }
        return "\u{1B}[1;\(code)m\(severity.word)\u{1B}[0m"
    }

    /// The line, cut to what fits a terminal around the place, and how many columns the caret stands in.
    private func excerpt(of source: [UInt8], at location: SourceLocation) -> (text: String, caret: Int)? {
        var line = 1
        var start = 0
        while line < location.line, let feed = source[start...].firstIndex(of: UInt8(ascii: "\n")) {
            start = feed + 1
            line += 1
        }
        guard line == location.line, start <= source.count else { return nil }
        let end = source[start...].firstIndex(of: UInt8(ascii: "\n")) ?? source.count
        let scalars = Array(String(decoding: source[start..<end], as: UTF8.self).unicodeScalars)
        let column = min(max(location.column - 1, 0), scalars.count)
        // 76 columns fit a terminal of 80 with the indentation of 4; half of them before the place.
        let from = max(0, column - 38)
        let shown = scalars[from..<min(scalars.count, from + 76)]
            .map { $0.properties.generalCategory == .control ? " " : String($0) }
        return (shown.joined(), column - from)
    }
}
