import WordForms

/// What each word of a lexicon means to a program: the one look-up that a token costs.
struct WordTable: Sendable {
    /// Patterns that a word anchors and that have their rarest need in common.
    private struct Group: Sendable {
        /// -1 for patterns that need nothing rare.
        var need: Int32
        /// Slice of `anchors`.
        var anchors: Range<Int32>
    }

    /// What is asked of a pattern before it is tried.
    private struct Anchor: Sendable {
        var pattern: Int32
        var owner: Int32
        var before: PatternProgram.Neighbour
        var after: PatternProgram.Neighbour
        /// Slice of ``PatternProgram/patternNeeds``, without the rarest one.
        var needs: Range<Int32>
    }

    private struct Entry: Sendable {
        /// Slice of `groups`.
        var anchored: Range<Int32>
        /// Slice of `needs`: what the word meets.
        var needs: Range<Int32>
    }

    /// Word → index of its entry; the first entry is that of all words that mean nothing here.
    private var entryOf: [Int32] = []
    private var entries = [Entry(anchored: 0..<0, needs: 0..<0)]
    private var groups: [Group] = []
    private var anchors: [Anchor] = []
    private var needs: [Int32] = []
    /// Entry → the last survey that met a word of it.
    private var seen: [Int32] = [0]
    /// By entry, a bit for each column of the program: `width` words an entry.
    private var memberships: [UInt64]
    private let width: Int

    /// Need → the last survey that met it, ``always`` for what a person's name may meet anywhere.
    private var met: [Int32]
    private var surveys: Int32 = 0
    private var hasPersons = false
    /// Entries of the words of the range surveyed last, and its first place.
    private var here: [Int32] = []
    private var start = 0
    private static let always = Int32.max

    /// String of the lexicon → sets that have it as a stem, or as a folded form. Strings that are younger than the
    /// table are in no set.
    private var setsOfStem: [[Int32]] = []
    private var setsOfFolded: [[Int32]] = []
    /// Folded form → entry of its words, -1 for those not seen yet.
    private var entryOfFolded: [Int32] = []
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
                case .stem(let text): Self.append(Int32(number), at: lexicon.stem(of: text), in: &setsOfStem)
                case .folded(let text):
                    Self.append(Int32(number), at: lexicon.string(Folding.folded(text)), in: &setsOfFolded)
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
            let folded = Int(form.folded)
            while entryOfFolded.count <= folded { entryOfFolded.append(-1) }
            if entryOfFolded[folded] < 0 {
                entryOfFolded[folded] = entry(of: form, lexicon)
            }
            entryOf.append(entryOfFolded[folded])
        }
    }

    private static func append(_ set: Int32, at string: Int32, in sets: inout [[Int32]]) {
        while sets.count <= Int(string) { sets.append([]) }
        sets[Int(string)].append(set)
    }

    private mutating func entry(of form: WordForm, _ lexicon: borrowing Lexicon) -> Int32 {
        var found: [Int32] = []
        if Int(form.stem) < setsOfStem.count { found += setsOfStem[Int(form.stem)] }
        if Int(form.folded) < setsOfFolded.count { found += setsOfFolded[Int(form.folded)] }
        let first = lexicon.bytes(ofString: form.withoutAccents).first ?? 0
        for index in prefixesByByte[Int(first)] {
            let bytes = prefixBytes.span.extracting(prefixBounds[index]..<prefixBounds[index + 1])
            if lexicon.string(form.withoutAccents, startsWith: bytes) { found.append(prefixSets[index]) }
        }
        // A word may be in a set by its stem and by its prefix.
        return found.isEmpty ? 0 : append(Set(found).sorted())
    }

    /// Number of a new entry, of words that are in some sets.
    private mutating func append(_ sets: [Int32]) -> Int32 {
        let firstNeed = Int32(needs.count)
        let row = memberships.count
        memberships.append(contentsOf: repeatElement(0, count: width))
        var anchored: [Int32] = []
        for number in sets {
            if let column = program.sets[Int(number)].column {
                memberships[row + Int(column >> 6)] |= 1 << UInt64(column & 63)
            }
            needs += program.sets[Int(number)].needs
            anchored += program.sets[Int(number)].anchored
        }
        seen.append(0)
        entries.append(Entry(anchored: group(anchored), needs: firstNeed..<Int32(needs.count)))
        return Int32(entries.count - 1)
    }

    /// Appends groups of patterns by their rarest needs.
    private mutating func group(_ anchored: [Int32]) -> Range<Int32> {
        let first = Int32(groups.count)
        let needs = anchored.map { number in
            let needs = program.patterns[Int(number)].needs
            return (need: needs.isEmpty ? -1 : program.patternNeeds[Int(needs.lowerBound)], pattern: number)
        }
        for (need, number) in needs.sorted(by: { $0 < $1 }) {
            let pattern = program.patterns[Int(number)]
            anchors.append(
                Anchor(
                    pattern: number, owner: pattern.owner, before: pattern.nextBefore, after: pattern.nextAfter,
                    needs: pattern.needs.isEmpty
                        ? pattern.needs : pattern.needs.lowerBound + 1..<pattern.needs.upperBound))
            let end = Int32(anchors.count)
            if groups.count > Int(first), groups[groups.count - 1].need == need {
                groups[groups.count - 1].anchors = groups[groups.count - 1].anchors.lowerBound..<end
            } else {
                groups.append(Group(need: need, anchors: end - 1..<end))
            }
        }
        return first..<Int32(groups.count)
    }

    /// Says whether the document has persons' names: any of them may meet what a name can meet.
    mutating func allowPersons(_ hasPersons: Bool) {
        self.hasPersons = hasPersons
        for need in met.indices where program.needs[need].allowsPerson { met[need] = hasPersons ? Self.always : 0 }
    }

    /// Appends the places where a pattern's anchor stands between the right words, and all that the pattern needs is
    /// somewhere in the range.
    ///
    /// Goes over the words once for what they meet, and a second time for what they anchor.
    mutating func survey(_ tokens: [Token], _ range: Range<Int>, into trials: inout [PatternMatcher.Trial]) {
        surveys += 1
        here.removeAll(keepingCapacity: true)
        start = range.lowerBound
        for place in range {
            let number = entryOf[Int(tokens[place].word)]
            here.append(number)
            let entry = Int(number)
            // Words repeat: each is looked at once.
            guard entry != 0, seen[entry] != surveys else { continue }
            seen[entry] = surveys
            for index in entries[entry].needs {
                let need = Int(needs[Int(index)])
                met[need] = max(met[need], surveys)
            }
        }
        for index in here.indices where here[index] != 0 {
            for group in entries[Int(here[index])].anchored {
                let group = groups[Int(group)]
                guard group.need < 0 || isMet(group.need) else { continue }
                for number in group.anchors {
                    let anchor = anchors[Int(number)]
                    guard mayStand(anchor.before, at: index - 1), mayStand(anchor.after, at: index + 1) else {
                        continue
                    }
                    var isPossible = true
                    for need in anchor.needs where isPossible { isPossible = isMet(program.patternNeeds[Int(need)]) }
                    guard isPossible else { continue }
                    trials.append(
                        PatternMatcher.Trial(
                            pattern: anchor.pattern, owner: anchor.owner, place: Int32(range.lowerBound + index)))
                }
            }
        }
    }

    private func isMet(_ need: Int32) -> Bool { met[Int(need)] >= surveys }

    /// Can a pattern go on with a word of the range.
    private func mayStand(_ neighbour: PatternProgram.Neighbour, at index: Int) -> Bool {
        if neighbour.column < 0 || neighbour.allowsPerson && hasPersons { return true }
        return index >= 0 && index < here.count && contains(column: neighbour.column, entry: here[index])
    }

    /// Is the word at a place of the range surveyed last in the set of a column.
    func contains(column: Int32, at place: Int) -> Bool { contains(column: column, entry: here[place - start]) }

    private func contains(column: Int32, entry: Int32) -> Bool {
        memberships[Int(entry) * width + Int(column >> 6)] >> UInt64(column & 63) & 1 != 0
    }
}
