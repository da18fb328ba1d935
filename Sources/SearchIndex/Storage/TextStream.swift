/// What of a document is kept in chunks, so that a hit reads the few kilobytes around it and not the whole novel.
enum TextStream: Int, CaseIterable {
    /// ``Document/raw``.
    case raw
    /// ``Document/reading``.
    case reading
    /// Of each word its distance from the end of the word before it in its passage and its length, in bytes of the
    /// reading text.
    case words
    /// Of each run of a passage its distance from the run before it in the reading text, and the same in the raw
    /// text with the mark whether it is copied.
    case runs

    /// Bytes of one chunk. Eight pages of SQLite's: reading less costs a look-up as much as the copy, and a passage
    /// of average length (300 bytes) rarely lies in two.
    static let chunkSize = 32_768
}
