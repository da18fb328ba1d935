/// A token of a query. Texts stay in the query; a token says where.
struct QueryToken: Equatable {
    enum Kind: Equatable {
        /// A word that is no operator; also numbers and ids.
        case word
        /// A word and the colon right after it; ``end`` is before the colon.
        case field
        /// A word and the star right after it; ``end`` is before the star.
        case prefix
        /// A word with a wildcard in it, outside quotes.
        case wildcard
        /// Between quotes; ``start`` and ``end`` are inside them.
        case quoted
        case unclosedQuote
        /// Between slashes; ``start`` and ``end`` are inside them. Flags follow as a joined word.
        case regex
        case unclosedRegex
        /// `then/3p`, `near/2p`: ``start`` is after the slash.
        case thenWithin, nearWithin
        case and, or, not, then, near, `as`, count, per
        case relation(RangeRelation)
        case comparison(Comparison)
        case open, close, comma, caret, hash, at, colon, dots, star, question, minus, semicolon
        case bracketOpen, bracketClose, braceOpen, braceClose
        /// A character that means nothing here.
        case other
        case end
    }

    var kind: Kind
    var start: Int
    var end: Int
    /// From the first to the last byte, quotes, colon and star included.
    var whole: Range<Int>
    /// No white space before it.
    var isJoined: Bool

    /// True where it can stand for itself as a value: words, and operators that are words.
    var isWord: Bool {
        switch kind {
        case .word, .then, .near, .as, .count, .per: true
        case .and, .or, .not: isSpelled
        case .relation: true
        default: false
        }
    }

    /// `and`, not `&`. The signs are at most two bytes long, and so is `or`: it is told by its letter.
    var isSpelled = false
}
