/// What other programs do, written here only to compare with.
enum Baselines {
    /// QualCoder's way: the difference of old and new text moves every offset along. Nothing is looked at again.
    struct DiffShift {
        /// New offset for each old one, at the starts of words.
        private var map: [(old: Int, new: Int)] = []

        init(old: [UInt8], new: [UInt8]) {
            let before = Self.words(old)
            let after = Self.words(new)
            var pairs: [(Int, Int)] = []
            Self.align(before, after, before.indices, after.indices, &pairs)
            map = pairs.map { (before[$0.0].start, after[$0.1].start) }
            map.append((old.count, new.count))
        }

        func move(_ offset: Int) -> Int {
            var low = 0
            var high = map.count
            while low < high {
                let middle = (low + high) / 2
                if map[middle].old <= offset { low = middle + 1 } else { high = middle }
            }
            guard low > 0 else { return offset }
            let anchor = map[low - 1]
            let limit = low < map.count ? map[low].new : .max
            return min(anchor.new + (offset - anchor.old), limit)
        }

        private struct Word {
            var start: Int
            var text: ArraySlice<UInt8>
        }

        private static func words(_ text: [UInt8]) -> [Word] {
            var words: [Word] = []
            var index = 0
            while index < text.count {
                let start = index
                let isBlank = text[index] <= 0x20
                while index < text.count, (text[index] <= 0x20) == isBlank { index += 1 }
                if !isBlank { words.append(Word(start: start, text: text[start..<index])) }
            }
            return words
        }

        /// Common ends, then words that occur once on both sides, then the same between them (patience diff).
        private static func align(
            _ old: [Word], _ new: [Word], _ oldRange: Range<Int>, _ newRange: Range<Int>, _ pairs: inout [(Int, Int)]
        ) {
            var (a, b, c, d) = (oldRange.lowerBound, oldRange.upperBound, newRange.lowerBound, newRange.upperBound)
            while a < b, c < d, old[a].text == new[c].text {
                pairs.append((a, c))
                a += 1
                c += 1
            }
            var tail: [(Int, Int)] = []
            while a < b, c < d, old[b - 1].text == new[d - 1].text {
                b -= 1
                d -= 1
                tail.append((b, d))
            }
            defer { pairs += tail.reversed() }
            guard a < b, c < d else { return }
            var counts: [ArraySlice<UInt8>: (old: Int, new: Int, oldPlace: Int, newPlace: Int)] = [:]
            for index in a..<b {
                counts[old[index].text, default: (0, 0, 0, 0)].old += 1
                counts[old[index].text, default: (0, 0, 0, 0)].oldPlace = index
            }
            for index in c..<d {
                counts[new[index].text, default: (0, 0, 0, 0)].new += 1
                counts[new[index].text, default: (0, 0, 0, 0)].newPlace = index
            }
            let unique = counts.values.filter { $0.old == 1 && $0.new == 1 }.sorted { $0.oldPlace < $1.oldPlace }
            guard !unique.isEmpty else { return }
            var tops: [Int] = []
            var before = [Int](repeating: -1, count: unique.count)
            for index in unique.indices {
                var low = 0
                var high = tops.count
                while low < high {
                    let middle = (low + high) / 2
                    if unique[tops[middle]].newPlace < unique[index].newPlace {
                        low = middle + 1
                    } else {
                        high = middle
                    }
                }
                before[index] = low > 0 ? tops[low - 1] : -1
                if low == tops.count { tops.append(index) } else { tops[low] = index }
            }
            var anchors: [(Int, Int)] = []
            var current = tops.last ?? -1
            while current >= 0 {
                anchors.append((unique[current].oldPlace, unique[current].newPlace))
                current = before[current]
            }
            for anchor in anchors.reversed() {
                align(old, new, a..<anchor.0, c..<anchor.1, &pairs)
                pairs.append(anchor)
                (a, c) = (anchor.0 + 1, anchor.1 + 1)
            }
            align(old, new, a..<b, c..<d, &pairs)
        }
    }

    /// Apache Annotator's way: the first place of prefix, quote and suffix as they are, character by character.
    static func exactContext(
        _ text: [UInt8], prefix: ArraySlice<UInt8>, exact: ArraySlice<UInt8>, suffix: ArraySlice<UInt8>
    ) -> Range<Int>? {
        let pattern = Array(prefix) + exact + suffix
        guard let start = firstIndex(of: pattern, in: text) else { return nil }
        return start + prefix.count..<start + prefix.count + exact.count
    }

    /// Horspool.
    private static func firstIndex(of pattern: [UInt8], in text: [UInt8]) -> Int? {
        guard !pattern.isEmpty, pattern.count <= text.count else { return nil }
        var skips = [Int](repeating: pattern.count, count: 256)
        for index in 0..<pattern.count - 1 { skips[Int(pattern[index])] = pattern.count - 1 - index }
        var position = 0
        while position + pattern.count <= text.count {
            var index = pattern.count - 1
            while index >= 0, text[position + index] == pattern[index] { index -= 1 }
            if index < 0 { return position }
            position += skips[Int(text[position + pattern.count - 1])]
        }
        return nil
    }
}
