import Foundation

/// What the terminal can do, for standard output and standard error.
enum Terminal {
    static let outputIsTerminal = isatty(STDOUT_FILENO) == 1
    static let inputIsTerminal = isatty(STDIN_FILENO) == 1
    static let errorIsTerminal = isatty(STDERR_FILENO) == 1

    /// Columns: what `COLUMNS` says, else what the terminal says, else 80, the width of the oldest ones.
    static let width: Int = {
        if let columns = ProcessInfo.processInfo.environment["COLUMNS"].flatMap({ Int($0) }), columns > 20 {
            return columns
        }
        var size = winsize()
        let found = unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size)
        return found == 0 && size.ws_col > 20 ? Int(size.ws_col) : 80
    }()

    /// https://no-color.org: any value turns colour off.
    static let forbidsColour = !(ProcessInfo.processInfo.environment["NO_COLOR"] ?? "").isEmpty
}

/// What is said to people beside the results: on standard error.
struct Console: Sendable {
    let isQuiet: Bool
    let usesColour: Bool

    func note(_ text: String) {
        guard !isQuiet else { return }
        Self.writeError(text + "\n")
    }

    static func writeError(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }

    /// Takes the progress line away, however far the work has come.
    func endProgress() {
        guard !isQuiet, Terminal.errorIsTerminal else { return }
        Self.writeError("\r\u{1B}[K")
    }

    /// Shows how far long work has come: one line on a terminal, nothing in a pipe.
    func progress(_ verb: String, done: Int, of total: Int) {
        guard !isQuiet, Terminal.errorIsTerminal, total > 1 else { return }
        guard done < total else { return Self.writeError("\r\u{1B}[K") }
        let width = 24
        let filled = width * done / total
        let bar = String(repeating: "━", count: filled) + String(repeating: "╌", count: width - filled)
        Self.writeError("\r\u{1B}[K\(verb) \(bar) \(done)/\(total)")
    }
}
