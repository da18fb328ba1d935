import Foundation
import GRDB

extension CorpusIndex {
    /// What a model said of passages, by their keys; those that are kept.
    package func keptScores(ofModel model: UInt64, passages: [String]) throws -> [String: [UInt8]] {
        try translatingErrors {
            try queue.read { database in
                let statement = try database.cachedStatement(
                    sql: "SELECT scores FROM passage_score WHERE model = ? AND passage = ?")
                var kept: [String: [UInt8]] = [:]
                for passage in passages {
                    let arguments: StatementArguments = [Int64(bitPattern: model), passage]
                    if let scores = try Data.fetchOne(statement, arguments: arguments) { kept[passage] = Array(scores) }
                }
                return kept
            }
        }
    }

    /// Keeps what a model says of passages, and forgets what other models said: a casebook has one.
    package func keepScores(ofModel model: UInt64, _ scores: [(passage: String, scores: [UInt8])]) throws {
        try translatingErrors {
            try queue.write { database in
                let model = Int64(bitPattern: model)
                try database.execute(sql: "DELETE FROM passage_score WHERE model <> ?", arguments: [model])
                let statement = try database.cachedStatement(
                    sql: "INSERT OR REPLACE INTO passage_score(model, passage, scores) VALUES (?, ?, ?)")
                for item in scores { try statement.execute(arguments: [model, item.passage, Data(item.scores)]) }
            }
        }
    }

    /// Do suggestions by a model's scores belong into the index, beside those by cues.
    package func suggestsByScores(ofModel model: UInt64) throws -> Bool {
        try !keptScores(ofModel: model, passages: [Self.mark]).isEmpty
    }

    /// From now on suggestions by a model's scores belong into the index.
    package func suggestByScores(ofModel model: UInt64) throws {
        try keepScores(ofModel: model, [(Self.mark, [])])
    }

    /// In the place of a passage's key: no passage has it.
    private static let mark = ""
}
