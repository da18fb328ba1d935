import WordForms

/// What each word of a lexicon means to a program: the one look-up that a token costs.
struct WordTable: Sendable {
    private struct Entry: Sendable {
        var sets: Range<Int32>
        var anchors: Range<Int32>
    }

    /// Word → index of its entry; the first entry is that of all words that mean nothing here.
    private var entryOf: [Int32] = []
    private var entries = [Entry(sets: 0..<0, anchors: 0..<0)]
    /// By entry, as what follows.
    private var signatures = [SetSignature()]
    private var isAnchor = [false]
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
                entryOf.append(0)
                continue
            }
            let firstSet = Int32(sets.count)
            let firstAnchor = Int32(anchors.count)
            // A word may be in a set by its stem and by its prefix.
            var signature = SetSignature()
            for set in Set(found).sorted() {
                sets.append(set)
                signature.insert(set)
                anchors += anchored[Int(set)]
            }
            entryOf.append(Int32(entries.count))
            isAnchor.append(anchors.count > Int(firstAnchor))
            signatures.append(signature)
            entries.append(
                Entry(sets: firstSet..<Int32(sets.count), anchors: firstAnchor..<Int32(anchors.count)))
        }
    }

    /// The one pass over the words: which sets they are in, and where anchors stand.
    func survey(_ tokens: [Token], _ range: Range<Int>, anchors places: inout [Int32]) -> SetSignature {
        var present = SetSignature()
        for place in range {
            // Every other word has an entry: to add up nothing costs less than to foresee which.
            let entry = Int(entryOf[Int(tokens[place].word)])
            present.formUnion(signatures[entry])
            if isAnchor[entry] { places.append(Int32(place)) }
        }
        return present
    }

    /// Patterns anchored at a word, as a range for ``anchor(at:)``.
    func anchors(of word: Int32) -> Range<Int> {
        let range = entries[Int(entryOf[Int(word)])].anchors
        return Int(range.lowerBound)..<Int(range.upperBound)
    }

    func anchor(at index: Int) -> Int32 { anchors[index] }

    func contains(set: Int32, word: Int32) -> Bool {
        let entry = entryOf[Int(word)]
        guard signatures[Int(entry)].contains(set) else { return false }
        let range = entries[Int(entry)].sets
        for index in Int(range.lowerBound)..<Int(range.upperBound) where sets[index] == set { return true }
        return false
    }
}
