import Casebook
import Foundation

/// Where results go: standard output, or the file of `-o`.
///
/// A file is written whole, by rename, when the command has succeeded; a reader that closes the pipe (`| head`) is
/// success and ends the program.
final class ResultOutput {
    private let path: String?
    private var buffer: [UInt8] = []
    /// 64 KiB: one pipe's capacity on Linux; results of long queries still appear at once by ``flush()``.
    private static let capacity = 65_536

    /// `path` is `nil` or `-` for standard output.
    init(path: String?) {
        self.path = path == "-" ? nil : path
        buffer.reserveCapacity(Self.capacity)
    }

    func write(_ text: String) { write(Array(text.utf8)) }

    func write(_ bytes: some Sequence<UInt8>) {
        buffer.append(contentsOf: bytes)
        if path == nil, buffer.count >= Self.capacity { flush() }
    }

    /// Shows what was written so far. Does nothing for a file.
    func flush() {
        guard path == nil, !buffer.isEmpty else { return }
        do {
            try FileHandle.standardOutput.write(contentsOf: Data(buffer))
        } catch {
            // EPIPE: whoever reads has enough.
            Foundation.exit(0)
        }
        buffer.removeAll(keepingCapacity: true)
    }

    /// Writes the rest; with `-o` the file.
    func finish() throws {
        guard let path else { return flush() }
        do {
            try FileSystem.place(buffer, at: path)
        } catch {
            throw CommandFailure(.notFound, "\(path): cannot be written: \(error.localizedDescription)")
        }
    }
}
