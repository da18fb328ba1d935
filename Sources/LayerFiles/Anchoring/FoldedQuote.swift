import TextModel

/// A quote as it is compared.
struct FoldedQuote {
    /// Words in the text that is searched: the raw slice, or what is shown of it.
    var words: FoldedText
    var prefix: [UInt32]
    var suffix: [UInt32]

    /// `nil` where the words are not kept, or are white space alone.
    init?(raw quote: Quote) {
        guard let exact = quote.exact else { return nil }
        self.init(words: exact, quote)
    }

    init?(shown quote: Quote) {
        guard let shown = quote.shown ?? quote.exact else { return nil }
        self.init(words: shown, quote)
    }

    private init?(words: String, _ quote: Quote) {
        self.words = FoldedText(words)
        guard self.words.count > 0 else { return nil }
        prefix = FoldedText(quote.prefix ?? "").codes
        suffix = FoldedText(quote.suffix ?? "").codes
    }

    var codes: [UInt32] { words.codes }
    var count: Int { words.count }
}

/// A place where a quote may stand, and what speaks for it.
struct QuotePlace {
    /// In codes of the folded text.
    var range: Range<Int>
    /// Edit distance to the quote.
    var errors: Int
    /// Similarity of the words before and after, 0…1.
    var before: Double
    var after: Double
    /// True where white space differs in the middle of words or lines: `felt nothing` and `fel tnothing`.
    var hasOtherBlanks = false

    /// Codes of context that agree.
    func agreement(_ quote: FoldedQuote) -> Double {
        before * Double(quote.prefix.count) + after * Double(quote.suffix.count)
    }

    var isIntact: Bool {
        before + after >= AnchoringLimits.intactSum && min(before, after) >= AnchoringLimits.poorestSide
    }

    /// Several small changes on both sides: worth looking at, not enough by itself.
    var isLikely: Bool {
        before + after >= AnchoringLimits.likelySum && min(before, after) >= AnchoringLimits.poorestSide
    }

    var hasIntactSide: Bool { max(before, after) >= AnchoringLimits.intactSide }
}
