/// The numbers that decide how sure an anchor is. They were set on the survival benchmark (`Benchmarks/`): nothing
/// wrong may be silent, and as much as possible must be right.
enum AnchoringLimits {
    /// A context side counts as intact above this similarity: one word of six may have changed. Unrelated English
    /// of 32 scalars reaches 0.35.
    static let intactSide = 0.8
    /// Both sides together count as intact above this sum, if neither is below the half: several small changes.
    static let intactSum = 1.4
    static let poorestSide = 0.5
    /// From here on both sides together are worth telling of; unrelated sides reach 0.7.
    static let likelySum = 1.15
    /// Codes of context that the best place must agree in beyond the runner-up: about two words.
    static let contextMargin = 8.0
    /// With one intact side only, the quote and that side together must have this many codes, wherever they stand:
    /// that much text (about fourteen words) is repeated by refrains only…
    static let evidenceAnywhere = 64.0
    /// …this many where certain neighbours say that it is the right part of the text…
    static let evidenceInBracket = 44.0
    /// …and this many where they say that it is the right paragraph.
    static let evidenceInParagraph = 30.0
    /// A bracket of this many bytes is a paragraph or two.
    static let paragraphBytes = 3_000
    /// A quote of this many codes, eight or nine words, is worth telling of though nothing around it agrees.
    static let tellingQuote = 40
    /// A quote this long is searched by itself; shorter ones (two or three words) only together with their context.
    static let searchable = GramIndex.length
    /// Share of a quote that may have changed for it to be the same quote still: hypothesis has no floor and
    /// anchors to anything.
    static let fuzzyErrors = 0.3
    /// With both sides intact, half of the quote may have changed: the place is certain, the words are shown.
    static let fuzzyErrorsInContext = 0.5
    /// The runner-up must be worse than the best fuzzy place by this share of the quote and its context.
    static let fuzzyMargin = 0.1
    /// Places that are looked at for one quote; more equal ones are ambiguous anyway.
    static let occurrences = 2_000
    /// Candidates that are listed for people.
    static let candidates = 8
    /// The stretch between two certain neighbours tells where a quote must stand if it is no longer than this share
    /// of the text…
    static let bracketShare = 0.1
    /// …or than this many bytes, some pages.
    static let bracketBytes = 20_000
    /// Slack around it, in bytes: neighbours overlap.
    static let bracketSlack: Int32 = 600
    /// Codes at a quote's ends that are aligned to find its borders; the middle of long quotes is only counted.
    static let borderCodes = 200
}
