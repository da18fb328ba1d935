import PassageScoring
import Readers

/// Where scores of passages are kept, so that no passage is encoded twice. Belongs to one model.
package protocol ScoreStore: Sendable {
    /// What is kept of passages; by key.
    func scores(of passages: [String]) -> [String: [UInt8]]
    func keep(_ scores: [(passage: String, scores: [UInt8])])
}

/// Names a passage by its reading text.
func scoreKey(of text: [UInt8]) -> String {
    // 128 bits: among a thousand million passages no two would meet.
    String(sha256Hex(text).prefix(32))
}
