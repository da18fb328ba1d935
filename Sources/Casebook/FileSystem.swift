import Foundation
import TextModel

/// What the file system says of a file: enough to know, without reading it, that it has not changed.
package struct FileStamp: Sendable, Hashable {
    package var size: Int64
    /// Nanoseconds since 1970.
    package var modified: Int64
    package var inode: UInt64

    /// `nil` where there is no such file.
    package init?(path: String) {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return nil }
        size = Int64(status.st_size)
        modified = Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
        inode = UInt64(status.st_ino)
    }
}

package enum FileSystem {
    /// Bytes of a file; the error says what is wrong with which file.
    package static func read(_ path: String, as name: String) throws -> [UInt8] {
        do {
            return try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
        } catch {
            let isThere = FileManager.default.fileExists(atPath: path)
            throw Diagnostic(
                isThere ? "unreadable-file" : "missing-file", .error, file: name,
                isThere ? "cannot be read: \(reason(error))" : "no such file",
                advice: isThere ? nil : suggestion(for: path))
        }
    }

    /// Paths of the files under a folder with one of the extensions, relative to it, sorted; hidden ones left out.
    package static func files(under folder: String, extensions: Set<String>) -> [String] {
        guard let walk = FileManager.default.enumerator(atPath: folder) else { return [] }
        var found: [String] = []
        for case let path as String in walk {
            let name = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path[path.index(after: $0)...] } ?? path[...]
            if name.hasPrefix(".") {
                walk.skipDescendants()
                continue
            }
            guard let dot = name.lastIndex(of: "."), extensions.contains(String(name[name.index(after: dot)...])) else {
                continue
            }
            found.append(path)
        }
        return found.sorted()
    }

    package static func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
    }

    package static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    package static func makeFolder(_ path: String) throws {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw Diagnostic("unwritable-file", .error, file: path, "cannot be made: \(reason(error))")
        }
    }

    /// Writes a whole file or nothing: beside it, then renamed over it.
    package static func write(_ bytes: [UInt8], to path: String) throws {
        let url = URL(fileURLWithPath: path)
        do {
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try place(bytes, at: path)
        } catch {
            throw Diagnostic("unwritable-file", .error, file: path, "cannot be written: \(reason(error))")
        }
    }

    /// A file takes its name when it is whole. A device or a pipe is written to: taking its name would replace it, and
    /// with it, for all programs, something like /dev/null.
    package static func place(_ bytes: [UInt8], at path: String) throws {
        let (data, url) = (Data(bytes), URL(fileURLWithPath: path))
        let type = try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
        switch type {
        case .typeCharacterSpecial?, .typeBlockSpecial?, .typeSocket?, .typeUnknown?:
            let handle = try FileHandle(forWritingTo: url)
            try handle.write(contentsOf: data)
            try handle.close()
        default:
            try data.write(to: url, options: .atomic)
        }
    }

    /// `path` from the folder, where it lies in it; else as it is.
    package static func relative(_ path: String, to folder: String) -> String {
        let absolute = absolute(path)
        let prefix = folder.hasSuffix("/") ? folder : folder + "/"
        return absolute.hasPrefix(prefix) ? String(absolute.dropFirst(prefix.count)) : path
    }

    package static func absolute(_ path: String) -> String {
        URL(fileURLWithPath: path).standardizedFileURL.path
    }

    private static func reason(_ error: any Error) -> String {
        let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
        return underlying?.localizedDescription ?? error.localizedDescription
    }

    /// The nearest name in the same folder.
    private static func suggestion(for path: String) -> String? {
        let url = URL(fileURLWithPath: path)
        let siblings =
            (try? FileManager.default.contentsOfDirectory(atPath: url.deletingLastPathComponent().path)) ?? []
        return nearestNames(to: url.lastPathComponent, among: siblings).first.map { "Did you mean “\($0)”?" }
    }
}

extension FileSystem {
    /// Names of the files in one folder with one of the extensions, sorted; folders inside are not looked into.
    package static func files(in folder: String, extensions: Set<String>) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { name in
            guard !name.hasPrefix("."), let dot = name.lastIndex(of: ".") else { return false }
            return extensions.contains(String(name[name.index(after: dot)...]))
        }.sorted()
    }
}
