/// A piece of what a query found.
package struct HitRange: Sendable, Hashable {
    /// Id of its passage.
    package var passage: String
    /// Unicode scalars of the passage's raw stream, half-open.
    package var start: Int
    package var end: Int
    /// The raw slice.
    package var quote: String

    package init(passage: String, start: Int, end: Int, quote: String) {
        self.passage = passage
        self.start = start
        self.end = end
        self.quote = quote
    }
}
