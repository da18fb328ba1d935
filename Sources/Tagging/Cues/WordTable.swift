import WordForms

/// What each word of a lexicon means to a program: the one look-up that a token costs.
struct WordTable: Sendable {
    private struct Entry: Sendable {
        var sets: Range<Int32>
        var anchors: Range<Int32>
        /// The last survey that met a word of this entry.
        var survey: Int32 = 0
    }

    /// Word → index of its entry; the first entry is that of all words that mean nothing here.
    private var entryOf: [Int32] = []
    private var entries = [Entry(sets: 0..<0, anchors: 0..<0)]
    private var isAnchor = [false]
    private var sets: [Int32] = []
    /// By entry, a bit for each set: `width` words an entry.
    private var memberships: [UInt64]
    /// A bit for each set that has a word in the range surveyed last.
    private var present: [UInt64]
    private let width: Int
    private var surveys: Int32 = 0
    private var anchors: [Int32] = []

    private var setsOfStem: [Int32: [Int32]] = [:]
    private var setsOfFolded: [Int32: [Int32]] = [:]
    /// Prefixes one after the other, with their borders and the set of each.
    private var prefixBytes: [UInt8] = []
    private var prefixBounds = [0]
    private var prefixSets: [Int32] = []
    /// First byte → prefixes that begin so.
    private var prefixesByByte = [[Int]](repeating: [], count: 256)
    private let anchored: [[Int32]]

    init(_ program: PatternProgram, lexicon: inout Lexicon) {
        anchored = program.anchored
        width = (program.sets.count + 63) / 64
        memberships = [UInt64](repeating: 0, count: width)
        present = [UInt64](repeating: 0, count: width)
        for (number, tests) in program.sets.enumerated() {
            for test in tests {
                switch test {
                case .stem(let text): setsOfStem[lexicon.stem(of: text), default: []].append(Int32(number))
                case .folded(let text):
                    setsOfFolded[lexicon.string(Folding.folded(text)), default: []].append(Int32(number))
                case .prefix(let text):
                    let bytes = Array(Folding.foldedWithoutAccents(text).utf8)
                    guard let first = bytes.first else { continue }
                    prefixesByByte[Int(first)].append(prefixSets.count)
                    prefixBytes += bytes
                    prefixBounds.append(prefixBytes.count)
                    prefixSets.append(Int32(number))
                }
            }
        }
        extend(lexicon)
    }

    /// Takes in the words that are new in the lexicon.
    mutating func extend(_ lexicon: borrowing Lexicon) {
        guard entryOf.count < lexicon.forms.count else { return }
        for word in entryOf.count..<lexicon.forms.count {
            let form = lexicon.forms[word]
            var found = setsOfStem[form.stem] ?? []
            found += setsOfFolded[form.folded] ?? []
            let first = lexicon.bytes(ofString: form.withoutAccents).first ?? 0
            for index in prefixesByByte[Int(first)] {
                let bytes = prefixBytes.span.extracting(prefixBounds[index]..<prefixBounds[index + 1])
                if lexicon.string(form.withoutAccents, startsWith: bytes) { found.append(prefixSets[index]) }
            }
            guard !found.isEmpty else {
                entryOf.append(0)
                continue
            }
            let firstSet = Int32(sets.count)
            let firstAnchor = Int32(anchors.count)
            // A word may be in a set by its stem and by its prefix.
            let row = memberships.count
            memberships.append(contentsOf: repeatElement(0, count: width))
            for set in Set(found).sorted() {
                sets.append(set)
                memberships[row + Int(set >> 6)] |= 1 << UInt64(set & 63)
                anchors += anchored[Int(set)]
            }
            entryOf.append(Int32(entries.count))
            isAnchor.append(anchors.count > Int(firstAnchor))
            entries.append(
                Entry(sets: firstSet..<Int32(sets.count), anchors: firstAnchor..<Int32(anchors.count)))
        }
    }

    /// The one pass over the words: which sets they are in (``has(set:)``), and where anchors stand.
    mutating func survey(_ tokens: [Token], _ range: Range<Int>, anchors places: inout [Int32]) {
        surveys += 1
        for word in 0..<width { present[word] = 0 }
        for place in range {
            let entry = Int(entryOf[Int(tokens[place].word)])
            if isAnchor[entry] { places.append(Int32(place)) }
            // Words repeat: each is looked at once.
            guard entry != 0, entries[entry].survey != surveys else { continue }
            entries[entry].survey = surveys
            for word in 0..<width { present[word] |= memberships[entry * width + word] }
        }
    }

    /// Has the range surveyed last a word of a set.
    func has(set: Int32) -> Bool { present[Int(set >> 6)] >> UInt64(set & 63) & 1 != 0 }

    /// Patterns anchored at a word, as a range for ``anchor(at:)``.
    func anchors(of word: Int32) -> Range<Int> {
        let range = entries[Int(entryOf[Int(word)])].anchors
        return Int(range.lowerBound)..<Int(range.upperBound)
    }

    func anchor(at index: Int) -> Int32 { anchors[index] }

    func contains(set: Int32, word: Int32) -> Bool {
        let row = Int(entryOf[Int(word)]) * width
        return memberships[row + Int(set >> 6)] >> UInt64(set & 63) & 1 != 0
    }
}
