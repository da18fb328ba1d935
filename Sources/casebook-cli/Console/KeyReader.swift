import Foundation

/// Single keys: from a terminal without waiting for a line, from a pipe byte by byte.
///
/// On a terminal every key is shown to the program alone, also Ctrl-C, which counts as leaving, so that the
/// terminal is always put back as it was.
struct KeyReader {
    /// Ctrl-C and Ctrl-D.
    private static let leaving: Set<UInt8> = [3, 4]
    private let isTerminal = isatty(STDIN_FILENO) == 1

    /// The next key that is no white space, in lower case; `nil` at the end of the input.
    func next() -> Character? {
        while true {
            guard let byte = isTerminal ? Self.withSingleKeys(Self.readByte) : Self.readByte(),
                !Self.leaving.contains(byte)
            else { return nil }
            let key = Character(UnicodeScalar(byte))
            if !key.isWhitespace { return Character(key.lowercased()) }
        }
    }

    private static func readByte() -> UInt8? {
        var byte: UInt8 = 0
        while true {
            let count = unsafe read(STDIN_FILENO, &byte, 1)
            if count == 1 { return byte }
            // A signal, such as that of a window whose size changes, is no end.
            guard count < 0, errno == EINTR else { return nil }
        }
    }

    private static func withSingleKeys<Result>(_ body: () -> Result) -> Result {
        var settings = termios()
        guard unsafe tcgetattr(STDIN_FILENO, &settings) == 0 else { return body() }
        var single = settings
        single.c_lflag &= ~tcflag_t(ICANON | ECHO | ISIG)
        _ = unsafe tcsetattr(STDIN_FILENO, TCSADRAIN, &single)
        defer { _ = unsafe tcsetattr(STDIN_FILENO, TCSADRAIN, &settings) }
        return body()
    }
}
