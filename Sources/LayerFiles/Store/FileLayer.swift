import Glibc
import TextModel

/// The system calls of a save, one function each.
///
/// `willCall` is told of each call before it is made: tests let a save fail, or the process die, between any two.
package struct FileLayer: Sendable {
    package var willCall: (@Sendable (String) throws -> Void)?

    package init(willCall: (@Sendable (String) throws -> Void)? = nil) {
        self.willCall = willCall
    }

    package static let system = FileLayer()

    /// What identifies a version of a file without reading it.
    struct Fingerprint: Equatable, Sendable {
        var device: UInt64
        var inode: UInt64
        var size: Int
        var seconds: Int
        var nanoseconds: Int
        var mode: UInt32
    }

    /// `nil` where there is no such file.
    func fingerprint(_ path: String) throws -> Fingerprint? {
        try willCall?("stat")
        var status = stat()
        guard unsafe stat(path, &status) == 0 else {
            if errno == ENOENT { return nil }
            throw failure(path, "cannot be looked at")
        }
        return Self.fingerprint(status)
    }

    private static func fingerprint(_ status: stat) -> Fingerprint {
        Fingerprint(
            device: UInt64(status.st_dev), inode: UInt64(status.st_ino), size: Int(status.st_size),
            seconds: status.st_mtim.tv_sec, nanoseconds: status.st_mtim.tv_nsec, mode: status.st_mode)
    }

    /// The file that a path means, symbolic links followed; the path itself where there is no file yet.
    func resolved(_ path: String) -> String {
        guard let name = unsafe realpath(path, nil) else { return path }
        defer { unsafe free(name) }
        return unsafe String(cString: name)
    }

    /// The bytes and the version they are of.
    func read(_ path: String) throws -> (bytes: [UInt8], fingerprint: Fingerprint) {
        try willCall?("open")
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw failure(path, "cannot be read") }
        defer { _ = close(file) }
        var status = stat()
        guard unsafe fstat(file, &status) == 0 else { throw failure(path, "cannot be looked at") }
        let size = Int(status.st_size)
        var count = 0
        var problem: Diagnostic?
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, initialized in
            while count < size, let base = buffer.baseAddress {
                let got = unsafe Glibc.read(file, base + count, size - count)
                if got < 0, errno == EINTR { continue }
                if got < 0 { problem = failure(path, "cannot be read") }
                guard got > 0 else { break }
                count += got
            }
            initialized = count
        }
        if let problem { throw problem }
        return (bytes, Self.fingerprint(status))
    }

    /// Why a file cannot be written; `nil` where it can.
    func writeProtection(_ path: String, _ fingerprint: Fingerprint?) -> String? {
        let folder = Self.folder(of: path)
        if let fingerprint {
            // The superuser may write everything, but what nobody may write was meant to stay.
            let isAllowed = unsafe access(path, W_OK) == 0
            if fingerprint.mode & 0o222 == 0 || !isAllowed { return "the file is read-only" }
        }
        return unsafe access(folder, W_OK) != 0 ? "its folder is read-only" : nil
    }

    /// Puts a file in place whole: its bytes are durable beside the old ones before they take their name, and the
    /// name is durable when this returns. The caller holds the lock of the folder.
    ///
    /// Whenever it is cut off, the old or the new file stands there, whole.
    func replace(_ path: String, with bytes: [UInt8], mode: UInt32?) throws -> Fingerprint {
        let temporary = Self.temporaryName(for: path)
        do {
            try willCall?("open")
            // Only the holder of the lock uses this name: what a killed process left there is written over.
            let file = unsafe open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o666)
            guard file >= 0 else { throw failure(temporary, "cannot be made") }
            var isOpen = true
            defer { if isOpen { _ = close(file) } }
            if let mode {
                try willCall?("fchmod")
                guard fchmod(file, mode & 0o7777) == 0 else { throw failure(temporary, "cannot get its mode") }
            }
            try write(bytes, to: file, temporary)
            try willCall?("fsync")
            guard fsync(file) == 0 else { throw failure(temporary, "cannot be made durable") }
            var status = stat()
            guard unsafe fstat(file, &status) == 0 else { throw failure(temporary, "cannot be looked at") }
            try willCall?("close")
            isOpen = false
            guard close(file) == 0 else { throw failure(temporary, "cannot be closed") }
            try willCall?("rename")
            guard unsafe rename(temporary, path) == 0 else { throw failure(path, "cannot be put in place") }
            try makeDurable(folder: Self.folder(of: path))
            return Self.fingerprint(status)
        } catch {
            _ = unsafe unlink(temporary)
            throw error
        }
    }

    private func write(_ bytes: [UInt8], to file: Int32, _ path: String) throws {
        var written = 0
        while written < bytes.count {
            try willCall?("write")
            let count = unsafe bytes.withUnsafeBytes { buffer in
                guard let base = buffer.baseAddress else { return 0 }
                return unsafe Glibc.write(file, base + written, buffer.count - written)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure(path, "cannot be written") }
            written += count
        }
    }

    /// Gives a file another name in its folder, durably. The caller holds the lock and knows that the name is free.
    func move(_ path: String, to other: String) throws {
        try willCall?("rename")
        guard unsafe rename(path, other) == 0 else { throw failure(path, "cannot be renamed") }
        try makeDurable(folder: Self.folder(of: other))
    }

    /// Takes a file away whose content stands elsewhere; one that cannot be taken away stays.
    func remove(_ path: String) {
        _ = unsafe unlink(path)
        try? makeDurable(folder: Self.folder(of: path))
    }

    /// Makes the names in a folder durable.
    private func makeDurable(folder: String) throws {
        try willCall?("open folder")
        let opened = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard opened >= 0 else { throw failure(folder, "cannot be opened") }
        defer { _ = close(opened) }
        try willCall?("fsync folder")
        guard fsync(opened) == 0 else { throw failure(folder, "cannot be made durable") }
    }

    /// Appends a line to a file in one call. Not made durable: only the history is written so.
    func append(_ bytes: [UInt8], to path: String) throws {
        try willCall?("append")
        let file = unsafe open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o666)
        guard file >= 0 else { throw failure(path, "cannot be written") }
        defer { _ = close(file) }
        try write(bytes, to: file, path)
    }

    /// Makes a folder and those above it.
    func makeFolder(_ path: String) throws {
        if unsafe mkdir(path, 0o777) == 0 || errno == EEXIST { return }
        guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex else {
            throw failure(path, "cannot be made")
        }
        try makeFolder(String(path[..<slash]))
        guard unsafe mkdir(path, 0o777) == 0 || errno == EEXIST else { throw failure(path, "cannot be made") }
    }

    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Hidden, beside the file, so that a rename stays on one file system.
    static func temporaryName(for path: String) -> String {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        return folder(of: path) + "/." + name + ".casebook-tmp"
    }

    func failure(_ path: String, _ what: String) -> Diagnostic {
        let reason = unsafe String(cString: strerror(errno))
        return Diagnostic(
            "file-access", .error, file: path, "the file \(what): \(reason)",
            advice: "see to the rights of the file and its folder, and to room on the disk")
    }
}

/// The right to write into a folder, held by one at a time; given back when it goes, or when the process dies.
struct FolderLock: ~Copyable {
    private let descriptor: Int32

    /// Waits until nobody else holds it.
    init(_ folder: String, _ files: FileLayer) throws {
        try files.willCall?("lock")
        let opened = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard opened >= 0 else { throw files.failure(folder, "cannot be opened") }
        while flock(opened, LOCK_EX) != 0 {
            guard errno == EINTR else {
                let problem = files.failure(folder, "cannot be locked")
                _ = close(opened)
                throw problem
            }
        }
        descriptor = opened
    }

    deinit { _ = close(descriptor) }
}
