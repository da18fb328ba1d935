import Foundation
import GRDB

/// Postings that come and go in a transaction, gathered so that each list is written once.
struct PostingChanges {
    private struct Key: Hashable {
        var concept: Int64
        var state: Int
        var document: Int64
    }

    private var added: [Key: [Posting]] = [:]
    /// Annotations that are gone.
    private var removed: [Key: Set<Int64>] = [:]

    mutating func add(_ posting: Posting, _ state: AnnotationState) {
        added[Key(concept: posting.concept, state: state.rawValue, document: posting.document), default: []]
            .append(posting)
    }

    /// What was added before must have been written: SQLite gives the number of what is gone to what comes.
    mutating func remove(annotation: Int64, concept: Int64, state: Int, document: Int64) {
        removed[Key(concept: concept, state: state, document: document), default: []].insert(annotation)
    }

    var isEmpty: Bool { added.isEmpty && removed.isEmpty }

    /// Writes the lists that changed, and is empty again.
    mutating func write(to database: Database) throws {
        if isEmpty { return }
        let select = try database.cachedStatement(
            sql: "SELECT postings FROM posting_list WHERE concept = ? AND state = ? AND document = ?")
        let insert = try database.cachedStatement(
            sql: """
                INSERT OR REPLACE INTO posting_list(concept, state, document, annotations, postings)
                VALUES (?, ?, ?, ?, ?)
                """)
        let delete = try database.cachedStatement(
            sql: "DELETE FROM posting_list WHERE concept = ? AND state = ? AND document = ?")
        for key in Set(added.keys).union(removed.keys) {
            let arguments: StatementArguments = [key.concept, key.state, key.document]
            var postings: [Posting] = []
            if let data = try Data.fetchOne(select, arguments: arguments) {
                try PostingList.decode(Array(data), document: key.document, concept: key.concept, into: &postings)
            }
            if let gone = removed[key] { postings.removeAll { gone.contains($0.annotation) } }
            postings += added[key] ?? []
            if postings.isEmpty {
                try delete.execute(arguments: arguments)
                continue
            }
            postings.sort(by: PostingList.precedes)
            let annotations = postings.count { $0.piece == 0 }
            try insert.execute(arguments: arguments + [annotations, Data(PostingList.encoded(postings))])
        }
        self = PostingChanges()
    }
}
