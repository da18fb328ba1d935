/// `"felt ..3 nothing"`: words in a row.
package struct Phrase: Sendable, Equatable {
    package enum Item: Sendable, Equatable {
        /// A word as typed; with a hyphen or an apostrophe it may be several tokens, with punctuation alone none.
        case word(String)
        /// `wom?n`, `un*ed`: `?` stands for one letter, `*` for any number of letters of the same word.
        case wildcard(String)
        /// `*` by itself: exactly one word.
        case anyWord
        /// `..3`: up to so many words. Never first or last.
        case gap(Int)
    }

    /// At least one letter or digit in all.
    package var items: [Item]

    package init(_ items: [Item]) {
        self.items = items
    }
}
