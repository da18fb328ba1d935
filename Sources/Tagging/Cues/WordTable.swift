import WordForms

/// What each word of a lexicon means to a program: the one look-up that a token costs.
struct WordTable: Sendable {
    private struct Entry: Sendable {
        var sets: Range<Int32>
        var anchors: Range<Int32>
    }

    /// Word → index of its entry, -1 for words that mean nothing here.
    private var entryOf: [Int32] = []
    /// Word → true where patterns are anchored at it.
    private(set) var isAnchor: [Bool] = []
    private var entries: [Entry] = []
    private var sets: [Int32] = []
    private var anchors: [Int32] = []

    private var setsOfStem: [Int32: [Int32]] = [:]
    private var setsOfFolded: [Int32: [Int32]] = [:]
    /// Prefixes one after the other, with their borders and the set of each.
    private var prefixBytes: [UInt8] = []
    private var prefixBounds = [0]
    private var prefixSets: [Int32] = []
    private let anchored: [[Int32]]

    init(_ program: PatternProgram, lexicon: inout Lexicon) {
        anchored = program.anchored
        for (number, tests) in program.sets.enumerated() {
            for test in tests {
                switch test {
                case .stem(let text): setsOfStem[lexicon.stem(of: text), default: []].append(Int32(number))
                case .folded(let text):
                    setsOfFolded[lexicon.string(Folding.folded(text)), default: []].append(Int32(number))
                case .prefix(let text):
                    prefixBytes += Folding.foldedWithoutAccents(text).utf8
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
            for index in prefixSets.indices {
                let bytes = prefixBytes.span.extracting(prefixBounds[index]..<prefixBounds[index + 1])
                if lexicon.string(form.withoutAccents, startsWith: bytes) { found.append(prefixSets[index]) }
            }
            guard !found.isEmpty else {
                entryOf.append(-1)
                isAnchor.append(false)
                continue
            }
            let firstSet = Int32(sets.count)
            let firstAnchor = Int32(anchors.count)
            // A word may be in a set by its stem and by its prefix.
            for set in Set(found).sorted() {
                sets.append(set)
                anchors += anchored[Int(set)]
            }
            entryOf.append(Int32(entries.count))
            isAnchor.append(anchors.count > Int(firstAnchor))
            entries.append(
                Entry(sets: firstSet..<Int32(sets.count), anchors: firstAnchor..<Int32(anchors.count)))
        }
    }

    /// Patterns anchored at a word, as a range for ``anchor(at:)``.
    func anchors(of word: Int32) -> Range<Int> {
        let entry = entryOf[Int(word)]
        guard entry >= 0 else { return 0..<0 }
        let range = entries[Int(entry)].anchors
        return Int(range.lowerBound)..<Int(range.upperBound)
    }

    func anchor(at index: Int) -> Int32 { anchors[index] }

    func contains(set: Int32, word: Int32) -> Bool {
        let entry = entryOf[Int(word)]
        guard entry >= 0 else { return false }
        let range = entries[Int(entry)].sets
        for index in Int(range.lowerBound)..<Int(range.upperBound) where sets[index] == set { return true }
        return false
    }
}
