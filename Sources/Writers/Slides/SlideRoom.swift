/// How much fits on a slide, reckoned before anybody sets it.
///
/// A deck is set twice, as a page of 960 × 540 pt in P052 and by programs for slides on 720 × 405 pt in the sans of the
/// system. What is reckoned here holds for both: the widths are those of ``TextWidth``, the widest type in use, and the
/// rooms are those of the deck in which the kind of slide has less room.
enum SlideRoom {
    /// Lines under the heading, in the type of a kind of slide.
    enum Kind: Double {
        /// Lists and paragraphs in large type.
        case list = 11.5
        /// Terms with what tells them apart.
        case pairs = 13
        /// One of two columns of evidence, and what stands under one heading across both.
        case column = 14.5
        /// References and the small print.
        case sources = 12.5
        /// Marks beside a passage, or the passage beside its marks.
        case marks = 16.5
    }

    /// So many lines text takes in a measure of so many times the size of its type.
    static func lines(_ text: String, in measure: Double) -> Double {
        Double(max(1, TextWidth.wrapped(text, into: measure, size: 1).count))
    }

    /// Items on as many slides as they need, in order; what is too high for any slide has one of its own.
    static func pages<Item>(_ items: [Item], _ kind: Kind, height: (Item) -> Double) -> [[Item]] {
        var pages: [[Item]] = []
        var free = 0.0
        for item in items {
            let needed = height(item)
            if pages.isEmpty || needed > free {
                pages.append([])
                free = kind.rawValue
            }
            pages[pages.count - 1].append(item)
            free -= needed
        }
        return pages
    }
}
