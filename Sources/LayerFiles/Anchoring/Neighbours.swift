import TextModel

/// What certain anchors tell of the place of doubtful ones: between which two of them it must lie.
///
/// The old order of annotations is read off their pointers (positions on the path, then the offset). It need not
/// be right everywhere: anchors that do not rise in both orders are left out.
struct Neighbours {
    private struct Entry {
        var key: [Int32]
        var range: ByteRange
        var isExact: Bool
    }

    private var entries: [Entry] = []
    private let length: Int

    init(document: Document) {
        length = document.raw.count
    }

    mutating func add(_ pointer: Pointer, at range: ByteRange, isExact: Bool, in places: DocumentPlaces) {
        guard let key = Self.key(of: pointer, in: places) else { return }
        entries.append(Entry(key: key, range: range, isExact: isExact))
    }

    /// Sorts, and keeps the longest series that rises in the text as well.
    mutating func settle() {
        entries.sort { Self.isBefore($0.key, $1.key) || ($0.key == $1.key && $0.range < $1.range) }
        // Patience sorting: the last entry of the best series of each length.
        var tops: [Int] = []
        var before = [Int](repeating: -1, count: entries.count)
        for index in entries.indices {
            var low = 0
            var high = tops.count
            while low < high {
                let middle = (low + high) / 2
                if entries[tops[middle]].range.start <= entries[index].range.start {
                    low = middle + 1
                } else {
                    high = middle
                }
            }
            before[index] = low > 0 ? tops[low - 1] : -1
            if low == tops.count { tops.append(index) } else { tops[low] = index }
        }
        var series: [Entry] = []
        var current = tops.last ?? -1
        while current >= 0 {
            series.append(entries[current])
            current = before[current]
        }
        entries = series.reversed()
    }

    /// The stretch between the certain anchors before and after; `nil` where it is too long to tell anything.
    func bracket(for pointer: Pointer, in places: DocumentPlaces) -> ByteRange? {
        guard let key = Self.key(of: pointer, in: places), !entries.isEmpty else { return nil }
        let index = firstIndex(after: key)
        let start = index > 0 ? entries[index - 1].range.start - AnchoringLimits.bracketSlack : 0
        let end =
            index < entries.count ? entries[index].range.end + AnchoringLimits.bracketSlack : Int32(length)
        let bracket = ByteRange(max(0, start), min(Int32(length), end))
        let limit = max(AnchoringLimits.bracketBytes, Int(Double(length) * AnchoringLimits.bracketShare))
        return bracket.count <= limit ? bracket : nil
    }

    /// True where the nearest certain anchors stand where their pointers say, or where there are none.
    func areSteady(around pointer: Pointer, in places: DocumentPlaces) -> Bool {
        guard let key = Self.key(of: pointer, in: places) else { return entries.allSatisfy(\.isExact) }
        let index = firstIndex(after: key)
        let isSteadyBefore = index == 0 || entries[index - 1].isExact
        return isSteadyBefore && (index == entries.count || entries[index].isExact)
    }

    private func firstIndex(after key: [Int32]) -> Int {
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if Self.isBefore(key, entries[middle].key) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    private static func isBefore(_ left: [Int32], _ right: [Int32]) -> Bool { left.lexicographicallyPrecedes(right) }

    /// Positions on the path of the base, then the offset.
    private static func key(of pointer: Pointer, in places: DocumentPlaces) -> [Int32]? {
        let base: Pointer.Base
        let offset: Int
        switch pointer.place {
        case .range(let known, let start, _): (base, offset) = (known, start)
        case .point(let known, let start): (base, offset) = (known, start)
        case .element(let known): (base, offset) = (known, 0)
        case .whole, .other: return nil
        }
        var path: String
        switch base {
        case .path(let text): path = text
        case .id:
            guard let element = places.element(at: base) else { return nil }
            // Where it stands today: ids travel with their element.
            path = places.document.path(ofElement: element)
        }
        if !path.hasPrefix("/") { path = "/" + path }
        var key: [Int32] = []
        for step in path.split(separator: "/") {
            let digits = step.drop { $0 != "[" }.dropFirst().prefix { $0.isNumber }
            key.append(Int32(digits) ?? 1)
        }
        key.append(Int32(clamping: offset))
        return key
    }
}
