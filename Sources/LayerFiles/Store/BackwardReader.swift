import Glibc

/// Reads a file line by line from its end.
struct BackwardReader: ~Copyable {
    private let descriptor: Int32
    private var position: Int
    /// What was read and not yet given, from `position` on.
    private var buffer: [UInt8] = []
    /// Most lines of the history fit into one read.
    private static let chunk = 1 << 16

    init?(_ path: String) throws {
        let opened = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard opened >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw FileLayer.system.failure(path, "cannot be read")
        }
        descriptor = opened
        position = Int(lseek(opened, 0, SEEK_END))
    }

    deinit { _ = close(descriptor) }

    mutating func lastByte() throws -> UInt8? {
        if buffer.isEmpty { fill() }
        return buffer.last
    }

    mutating func previousLine() throws -> [UInt8]? {
        if buffer.isEmpty { fill() }
        if buffer.last == UInt8(ascii: "\n") { buffer.removeLast() }
        var searched = 0
        while true {
            let end = buffer.count - searched
            if let feed = buffer[..<end].lastIndex(of: UInt8(ascii: "\n")) {
                let line = Array(buffer[(feed + 1)...])
                buffer.removeSubrange((feed + 1)...)
                return line
            }
            searched = buffer.count
            guard position > 0 else { break }
            fill()
        }
        guard !buffer.isEmpty else { return nil }
        defer { buffer = [] }
        return buffer
    }

    private mutating func fill() {
        let count = min(Self.chunk, position)
        guard count > 0 else { return }
        let start = position - count
        let file = descriptor
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { target, initialized in
            let got = unsafe pread(file, target.baseAddress, count, off_t(start))
            initialized = max(0, got)
        }
        position = start
        buffer = bytes + buffer
    }
}
