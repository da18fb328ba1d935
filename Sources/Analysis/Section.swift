import TextModel

/// A part of a work with the stretch of words that it covers.
package struct Section: Sendable, Equatable {
    /// Index in ``Document/parts``.
    package var part: Int
    /// `div/@type`.
    package var type: String?
    /// As it is cited: its number, as a rule.
    package var label: String
    package var head: String?
    package var range: Range<Int>

    package init(part: Int, type: String?, label: String, head: String?, range: Range<Int>) {
        self.part = part
        self.type = type
        self.label = label
        self.head = head
        self.range = range
    }
}

extension WordScale {
    /// Parts of the work, level by level from the outside in; levels that occur once and parts without words are
    /// left out.
    package func sections() -> [[Section]] {
        var ranges: [Range<Int>?] = document.parts.map { _ in nil }
        for (index, passage) in document.passages.enumerated() {
            let own = range(ofPassage: Int32(index))
            guard !own.isEmpty else { continue }
            var part = Int(passage.part)
            while part >= 0 {
                let known = ranges[part] ?? own
                ranges[part] = min(known.lowerBound, own.lowerBound)..<max(known.upperBound, own.upperBound)
                part = Int(document.parts[part].parent)
            }
        }
        var levels: [[Section]] = []
        for (index, part) in document.parts.enumerated() {
            guard !part.isOnlyOne, let range = ranges[index] else { continue }
            let depth = depth(of: index)
            while levels.count <= depth { levels.append([]) }
            levels[depth].append(
                Section(part: index, type: part.type, label: part.label, head: part.head, range: range))
        }
        return levels.filter { $0.count > 1 }.map { $0.sorted { $0.range.lowerBound < $1.range.lowerBound } }
    }

    /// How many parts that are cited stand around one.
    private func depth(of index: Int) -> Int {
        var depth = 0
        var parent = Int(document.parts[index].parent)
        while parent >= 0 {
            if !document.parts[parent].isOnlyOne { depth += 1 }
            parent = Int(document.parts[parent].parent)
        }
        return depth
    }
}
