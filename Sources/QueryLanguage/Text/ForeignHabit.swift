/// What people type who know another query language, and what they would write here.
///
/// CATMA: `tag="…"`, `wild="…"`, `reg="…"`, `property="…" value="…"`, `,` (union), `-` (exclusion), `;` (adjacency),
/// `where`. CQL: `[word="…"]`, `[]{0,3}`, `<s/>`. AQL: `_o_`, `_i_`, `_=_`. MAXQDA: `followed by`, `if inside`.
struct ForeignHabit {
    var summary: String
    var advice: [String]
    /// Index of the token to point at.
    var token: Int

    /// The habit that shows at a token; `nil` where the tokens are no known habit.
    static func habit(at index: Int, of tokens: [QueryToken], in bytes: [UInt8]) -> ForeignHabit? {
        let token = tokens[index]
        let text = String(decoding: bytes[token.start..<token.end], as: UTF8.self)
        switch token.kind {
        case .word where index + 1 < tokens.count && tokens[index + 1].kind == .comparison(.equal):
            return attribute(text, at: index)
        case .comparison(.equal) where index > 0 && tokens[index - 1].kind == .word:
            let before = tokens[index - 1]
            return attribute(String(decoding: bytes[before.start..<before.end], as: UTF8.self), at: index - 1)
        case .comma:
            return ForeignHabit(
                summary: "a comma joins only the values of a field",
                advice: ["a | b finds either (CATMA's comma), a & b passages with both"], token: index)
        case .minus:
            return ForeignHabit(
                summary: "exclusion is written & !", advice: ["a & !b finds passages with a and without b"],
                token: index)
        case .word where text.utf8.first == UInt8(ascii: "-"):
            return ForeignHabit(
                summary: "exclusion is written & !", advice: ["a & !b finds passages with a and without b"],
                token: index)
        case .semicolon:
            return ForeignHabit(
                summary: "; is no operator",
                advice: ["a then b <1w finds b right after a", "\"felt nothing\" finds words in a row"], token: index)
        case .bracketOpen, .bracketClose, .braceOpen, .braceClose:
            return ForeignHabit(
                summary: "words in a row stand in one pair of quotes",
                advice: ["[] is * (one word) and []{0,3} is ..3: \"felt ..3 nothing\""], token: index)
        case .comparison(.less) where isStructure(at: index, of: tokens, in: bytes):
            return ForeignHabit(
                summary: "structures are written as distances",
                advice: [
                    "a near b <1s: in the same sentence", "a & b: in the same passage",
                    "fields for the rest: chapter:3",
                ],
                token: index)
        default: return nil
        }
    }

    /// `<s/>`: a word that ends in a slash, or a slash behind it.
    private static func isStructure(at index: Int, of tokens: [QueryToken], in bytes: [UInt8]) -> Bool {
        guard index + 2 < tokens.count, tokens[index + 1].kind == .word,
            tokens[index + 2].kind == .comparison(.greater)
        else { return false }
        return true
    }

    /// `NAME="…"`
    private static func attribute(_ name: String, at index: Int) -> ForeignHabit {
        switch name.lowercased() {
        case "tag":
            ForeignHabit(summary: "a concept stands by itself or behind concept:", advice: [], token: index)
        case "wild":
            ForeignHabit(
                summary: "wildcards stand in quotes", advice: ["* is a word or any letters, ? one letter"], token: index
            )
        case "reg":
            ForeignHabit(
                summary: "a regular expression stands between slashes", advice: ["as in /felt|fel/i"], token: index)
        case "simil":
            ForeignHabit(
                summary: "there is no search by similarity",
                advice: ["words are found in all their forms: word:feel", "felt* finds words that begin so"],
                token: index)
        case "freq":
            ForeignHabit(
                summary: "there is no search by frequency",
                advice: ["word:nothing count>2 per chapter counts one word"],
                token: index)
        case "property", "value":
            ForeignHabit(summary: "properties are fields", advice: ["as in stance:supports"], token: index)
        default:
            ForeignHabit(
                summary: FieldName(typed: name) != nil
                    ? "a field is written with a colon"
                    : "= stands before a concept, to have it without its narrower ones",
                advice: FieldName(typed: name) != nil ? [] : ["=neglect or only:neglect; fields: who:jane"],
                token: index)
        }
    }
}
