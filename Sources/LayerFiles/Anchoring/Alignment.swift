/// Small alignments, by the plain table of edit distances.
enum Alignment {
    /// How alike the start of a text is to a pattern, 0…1: what follows the best match does not count.
    ///
    /// Both are read in steps of `step`: -1 compares backwards from the ends.
    static func similarity(_ pattern: [UInt32], toStartOf text: ArraySlice<UInt32>, isBackwards: Bool) -> Double {
        guard !pattern.isEmpty else { return 1 }
        // Beyond its own length and a quarter more, nothing can match better.
        let width = min(text.count, pattern.count + pattern.count / 4)
        var row = Array(0...width)
        for index in pattern.indices {
            let code = isBackwards ? pattern[pattern.count - 1 - index] : pattern[index]
            var diagonal = row[0]
            row[0] = index + 1
            for column in 0..<width {
                let other =
                    isBackwards ? text[text.endIndex - 1 - column] : text[text.startIndex + column]
                let cost = diagonal + (code == other ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(cost, row[column] + 1, diagonal + 1)
            }
        }
        let errors = row.min() ?? pattern.count
        return 1 - Double(min(errors, pattern.count)) / Double(pattern.count)
    }

    /// Where the border between `head` and `tail` lies in a text in which `head + tail` stands approximately; counted
    /// in codes of `text`. What was put in at the border itself goes to the head where `isLate`, else to the tail.
    /// Cost: the product of the lengths.
    static func border(
        between head: ArraySlice<UInt32>, and tail: ArraySlice<UInt32>, in text: ArraySlice<UInt32>, isLate: Bool
    ) -> Int {
        let codes = Array(text)
        let width = codes.count + 1
        // Each cell of the row keeps its errors and where its path has crossed the border.
        var errors = [Int32](repeating: 0, count: width)
        var crossings = (0..<Int32(width)).map { $0 }
        for (row, code) in (Array(head) + tail).enumerated() {
            let isBorder = row + 1 == head.count
            var diagonal = (errors: errors[0], crossing: crossings[0])
            errors[0] += 1
            if isBorder { crossings[0] = 0 }
            for column in 1..<width {
                let above = (errors: errors[column], crossing: crossings[column])
                var best = (errors: diagonal.errors + (codes[column - 1] == code ? 0 : 1), crossing: diagonal.crossing)
                if above.errors + 1 < best.errors { best = (above.errors + 1, above.crossing) }
                let isInsertion = errors[column - 1] + 1 < best.errors
                if isInsertion { best = (errors[column - 1] + 1, crossings[column - 1]) }
                if isBorder, isLate || !isInsertion { best.crossing = Int32(column) }
                diagonal = above
                (errors[column], crossings[column]) = best
            }
        }
        var best = 0
        for column in 0..<width where errors[column] < errors[best] { best = column }
        return Int(crossings[best])
    }
}
