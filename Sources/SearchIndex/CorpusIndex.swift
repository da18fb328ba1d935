package import Foundation
import GRDB
import TextModel

/// The index of a casebook: words, annotations and postings of all its documents in one SQLite file.
///
/// It holds nothing that cannot be read again from the casebook. A file of another schema or a damaged one is
/// emptied when it is opened; damage that shows later is thrown as ``IndexError/damaged(_:)``, upon which the caller
/// calls ``rebuilt()`` and indexes again. Several processes may use an index at the same time.
package struct CorpusIndex: Sendable {
    let queue: DatabaseQueue
    /// Where the index lies.
    package let file: URL

    /// Seconds that we wait for another process: saving a document takes less than one, so that whoever writes for
    /// longer hangs.
    private static let patience = 10.0

    /// Opens an index or makes one. The folder must be there; which folder is the caller's to decide.
    ///
    /// - Throws: ``IndexError/unusable(_:)``, ``IndexError/busy``.
    package init(at file: URL) throws {
        self.file = file
        do {
            queue = try Self.open(file)
        } catch IndexError.damaged {
            try Self.removeFiles(file)
            queue = try Self.open(file)
        }
    }

    private static func open(_ file: URL) throws -> DatabaseQueue {
        try translatingErrors {
            var configuration = Configuration()
            configuration.busyMode = .timeout(patience)
            configuration.foreignKeysEnabled = false
            // GRDB's own setting of the mode writes and drops a table, four waits for the disk in each query.
            // In WAL mode NORMAL loses at most the last transactions when the power fails, never the file.
            configuration.prepareDatabase {
                try $0.execute(
                    sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA mmap_size = 1073741824")
            }
            let queue = try DatabaseQueue(path: file.path, configuration: configuration)
            try queue.inDatabase { database in
                let number = try Int32.fetchOne(database, sql: "PRAGMA user_version")
                guard number != Schema.number else { return }
                let isEmpty = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema") == 0
                if !isEmpty { try empty(database) }
                try Schema.create(database)
            }
            return queue
        }
    }

    /// An empty index in the place of this one, which is closed: what to do on ``IndexError/damaged(_:)``.
    package func rebuilt() throws -> CorpusIndex {
        do {
            try translatingErrors {
                try queue.inDatabase { database in
                    try Self.empty(database)
                    try Schema.create(database)
                }
            }
            return self
        } catch IndexError.damaged {
            // So damaged that SQLite cannot even empty it.
            try close()
            try Self.removeFiles(file)
            return try CorpusIndex(at: file)
        }
    }

    /// Closes the file; the index cannot be used afterwards.
    package func close() throws {
        try translatingErrors { try queue.close() }
    }

    /// Empties a database that other processes may have open: SQLite does it under its own locks.
    private static func empty(_ database: Database) throws {
        let nothing = try DatabaseQueue()
        try nothing.inDatabase { try $0.backup(to: database) }
    }

    private static func removeFiles(_ file: URL) throws {
        for suffix in ["", "-wal", "-shm"] {
            let path = file.path + suffix
            guard FileManager.default.fileExists(atPath: path) else { continue }
            do {
                try FileManager.default.removeItem(atPath: path)
            } catch {
                throw IndexError.unusable("\(path) cannot be removed: \(error.localizedDescription)")
            }
        }
    }

    /// What is known of each file that was read; by path from the casebook.
    package func fingerprints() throws -> [String: Fingerprint] {
        try translatingErrors { try queue.read(fetchFingerprints) }
    }

    /// Changes the index. Each call on the update is a transaction; see ``IndexUpdate``.
    package func update<Result>(_ body: (IndexUpdate) throws -> Result) throws -> Result {
        try translatingErrors {
            try queue.writeWithoutTransaction { database in
                let update = try IndexUpdate(database)
                do {
                    let result = try body(update)
                    try update.finish()
                    return result
                } catch {
                    update.abandon()
                    throw error
                }
            }
        }
    }
}

func fetchFingerprints(_ database: Database) throws -> [String: Fingerprint] {
    var fingerprints: [String: Fingerprint] = [:]
    let rows = try Row.fetchCursor(database, sql: "SELECT path, size, modified, inode, sha256 FROM file")
    while let row = try rows.next() {
        fingerprints[row[0]] = Fingerprint(size: row[1], modified: row[2], inode: row[3], sha256: row[4])
    }
    return fingerprints
}

/// What SQLite complains of, in our own words.
func translatingErrors<Result>(_ body: () throws -> Result) throws -> Result {
    do {
        return try body()
    } catch let error as DatabaseError {
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED: throw IndexError.busy
        case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_FORMAT:
            throw IndexError.damaged(error.message ?? "malformed database")
        // A table or a column that is not there: the schema number lies.
        case .SQLITE_ERROR where (error.message ?? "").hasPrefix("no such"):
            throw IndexError.damaged(error.message ?? "")
        case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_IOERR, .SQLITE_FULL, .SQLITE_AUTH:
            throw IndexError.unusable(error.message ?? "error \(error.resultCode.rawValue)")
        default: throw error
        }
    }
}
