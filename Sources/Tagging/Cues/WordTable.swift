import WordForms

/// What each word of a lexicon means to a program: the one look-up that a token costs.
struct WordTable: Sendable {
    /// A pattern that a word anchors.
    struct Anchor: Sendable {
        var pattern: Int32
        var owner: Int32
        /// Slice of ``PatternProgram/needs``; most have none or one.
        var needs: Range<Int32>
    }

    private struct Entry: Sendable {
        var anchors: Range<Int32>
        /// Slice of `needs`: what the word meets.
        var needs: Range<Int32>
        /// The last survey that met a word of this entry.
        var survey: Int32 = 0
    }

    /// Word → index of its entry; the first entry is that of all words that mean nothing here.
    private var entryOf: [Int32] = []
    private var entries = [Entry(anchors: 0..<0, needs: 0..<0)]
    private var anchors: [Anchor] = []
    private var needs: [Int32] = []
    /// By entry, a bit for each column of the program: `width` words an entry.
    private var memberships: [UInt64]
    private let width: Int

    /// Need → the last survey that met it, ``always`` for what a person's name may meet anywhere.
    private var met: [Int32]
    private var surveys: Int32 = 0
    private static let always = Int32.max

    private var setsOfStem: [Int32: [Int32]] = [:]
    private var setsOfFolded: [Int32: [Int32]] = [:]
    /// Prefixes one after the other, with their borders and the set of each.
    private var prefixBytes: [UInt8] = []
    private var prefixBounds = [0]
    private var prefixSets: [Int32] = []
    /// First byte → prefixes that begin so.
    private var prefixesByByte = [[Int]](repeating: [], count: 256)
    private let program: PatternProgram

    init(_ program: PatternProgram, lexicon: inout Lexicon) {
        self.program = program
        width = (program.columns + 63) / 64
        memberships = [UInt64](repeating: 0, count: width)
        met = [Int32](repeating: 0, count: program.needs.count)
        for (number, set) in program.sets.enumerated() {
            for test in set.words {
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
            // A word may be in a set by its stem and by its prefix.
            append(Set(found).sorted())
        }
    }

    private mutating func append(_ sets: [Int32]) {
        let firstAnchor = Int32(anchors.count)
        let firstNeed = Int32(needs.count)
        let row = memberships.count
        memberships.append(contentsOf: repeatElement(0, count: width))
        for number in sets {
            let set = program.sets[Int(number)]
            if let column = set.column { memberships[row + Int(column >> 6)] |= 1 << UInt64(column & 63) }
            needs += set.needs
            for index in set.anchored {
                let pattern = program.patterns[Int(index)]
                anchors.append(Anchor(pattern: index, owner: pattern.owner, needs: pattern.needs))
            }
        }
        entryOf.append(Int32(entries.count))
        entries.append(
            Entry(anchors: firstAnchor..<Int32(anchors.count), needs: firstNeed..<Int32(needs.count)))
    }

    /// Says whether the document has persons' names: any of them may meet what a name can meet.
    mutating func allowPersons(_ hasPersons: Bool) {
        for need in met.indices where program.needs[need].allowsPerson { met[need] = hasPersons ? Self.always : 0 }
    }

    /// Appends the places where a pattern's anchor stands and all that it needs is somewhere in the range.
    ///
    /// Goes over the words once for what they meet, and a second time over those that anchor something.
    mutating func survey(_ tokens: [Token], _ range: Range<Int>, into trials: inout [PatternMatcher.Trial]) {
        surveys += 1
        for place in range {
            let entry = Int(entryOf[Int(tokens[place].word)])
            // Words repeat: each is looked at once.
            guard entry != 0, entries[entry].survey != surveys else { continue }
            entries[entry].survey = surveys
            for index in entries[entry].needs {
                let need = Int(needs[Int(index)])
                met[need] = max(met[need], surveys)
            }
        }
        for place in range {
            let entry = Int(entryOf[Int(tokens[place].word)])
            guard entry != 0 else { continue }
            for index in entries[entry].anchors {
                let anchor = anchors[Int(index)]
                guard isPossible(anchor) else { continue }
                trials.append(
                    PatternMatcher.Trial(pattern: anchor.pattern, owner: anchor.owner, place: Int32(place)))
            }
        }
    }

    private func isPossible(_ anchor: Anchor) -> Bool {
        for index in anchor.needs where met[Int(program.patternNeeds[Int(index)])] < surveys { return false }
        return true
    }

    func contains(column: Int32, word: Int32) -> Bool {
        let row = Int(entryOf[Int(word)]) * width
        return memberships[row + Int(column >> 6)] >> UInt64(column & 63) & 1 != 0
    }
}
