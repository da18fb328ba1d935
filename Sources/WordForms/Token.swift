/// A word of a reading text.
package struct Token: Sendable, Hashable {
    /// Byte offsets in the text that was cut into words.
    package var start: Int32
    package var end: Int32
    /// Number of the word as it is written, in its ``Lexicon``.
    package var word: Int32

    package init(start: Int32, end: Int32, word: Int32) {
        self.start = start
        self.end = end
        self.word = word
    }
}
