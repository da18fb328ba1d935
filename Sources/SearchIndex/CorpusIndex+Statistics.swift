import Foundation
import GRDB
package import TextModel

/// How many annotations give a concept in a part of a document.
package struct ConceptCount: Sendable, Hashable {
    package var concept: String
    /// ``Document/name``.
    package var document: String
    /// Index in ``Document/parts`` of the innermost part in which the annotation begins; -1 outside all of them.
    package var part: Int32
    package var stance: Stance?
    package var annotations: Int
}

extension CorpusIndex {
    /// The year of each work that has one, by ``Document/name``.
    package func workYears() throws -> [String: Int] {
        try translatingErrors {
            try queue.read { database in
                let rows = try Row.fetchAll(database, sql: "SELECT name, date FROM document WHERE date IS NOT NULL")
                var years: [String: Int] = [:]
                for row in rows { years[row[0]] = PartialWorkDate(row[1])?.year }
                return years
            }
        }
    }

    /// Counts of all concepts in all parts that have any, by document and part as they stand in the text, then by
    /// concept and stance.
    package func conceptCounts() throws -> [ConceptCount] {
        try translatingErrors {
            try queue.read { database in
                let store = DocumentStore(database)
                let rows = try Row.fetchCursor(
                    database,
                    sql: """
                        SELECT document, concept, postings, concept.name
                        FROM posting_list JOIN concept ON concept.id = posting_list.concept
                        WHERE state = ?
                        """, arguments: [AnnotationState.annotation.rawValue])
                var counts: [ConceptCount: Int] = [:]
                while let row = try rows.next() {
                    guard let document = try store.document(row[0]) else { continue }
                    var postings: [Posting] = []
                    try PostingList.decode(
                        Array(row[2] as Data), document: row[0], concept: row[1], into: &postings)
                    for posting in postings where posting.piece == 0 {
                        let part = try document.passage(posting.passage).part
                        counts[
                            ConceptCount(
                                concept: row[3], document: document.name, part: part, stance: posting.stance,
                                annotations: 0),
                            default: 0] += 1
                    }
                }
                return counts.map { key, count in
                    var key = key
                    key.annotations = count
                    return key
                }.sorted { left, right in
                    (left.document, left.part, left.concept, left.stance?.rawValue ?? "")
                        < (right.document, right.part, right.concept, right.stance?.rawValue ?? "")
                }
            }
        }
    }
}
