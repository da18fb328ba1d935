import Foundation
import GRDB
import TextModel

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
}
