import WordForms

/// A compiled set of patterns with the word table of one lexicon: finds where they match.
struct PatternMatcher: Sendable {
    private let program: PatternProgram
    private var table: WordTable
    var names = PersonNames()
    /// Where anchors stand in the range that is looked at.
    private var places: [Int32] = []

    init(_ program: PatternProgram, lexicon: inout Lexicon) {
        self.program = program
        table = WordTable(program, lexicon: &lexicon)
    }

    /// A match: words `start..<end` for the pattern's owner.
    struct Match: Hashable, Sendable {
        var owner: Int32
        var start: Int32
        var end: Int32
    }

    mutating func extend(_ lexicon: borrowing Lexicon) { table.extend(lexicon) }

    /// Appends the shortest match of each pattern around each place where its anchor stands.
    ///
    /// Goes over the words once, noting what they are and where anchors stand; a pattern is tried only when all words
    /// that it needs are somewhere in the range.
    mutating func findMatches(
        in tokens: [Token], _ range: Range<Int>, bytes: [UInt8], lexicon: borrowing Lexicon, into matches: inout [Match]
    ) {
        places.removeAll(keepingCapacity: true)
        table.survey(tokens, range, anchors: &places)
        let hasPersons = !names.isEmpty
        for place in places {
            let place = Int(place)
            for index in table.anchors(of: tokens[place].word) {
                let pattern = program.patterns[Int(table.anchor(at: index))]
                guard isPossible(pattern, hasPersons) else { continue }
                let before = run(pattern.before, from: place, step: -1, range, tokens, bytes, lexicon)
                guard before != 0 else { continue }
                let after = run(pattern.after, from: place, step: 1, range, tokens, bytes, lexicon)
                guard after != 0 else { continue }
                matches.append(
                    Match(
                        owner: pattern.owner, start: Int32(place - before.trailingZeroBitCount),
                        end: Int32(place + 1 + after.trailingZeroBitCount)))
            }
        }
    }

    /// False where a word that every match has is nowhere in the range.
    private func isPossible(_ pattern: PatternProgram.Pattern, _ hasPersons: Bool) -> Bool {
        for index in pattern.needs {
            let need = program.needs[Int(index)]
            if need.allowsPerson && hasPersons { continue }
            var isMet = false
            for set in need.sets where table.has(set: program.neededSets[Int(set)]) {
                isMet = true
                break
            }
            if !isMet { return false }
        }
        return true
    }

    /// All ways in which one side of a pattern matches: bit k set where k words beside the anchor are consumed.
    private func run(
        _ side: Range<Int32>, from anchor: Int, step: Int, _ range: Range<Int>, _ tokens: [Token], _ bytes: [UInt8],
        _ lexicon: borrowing Lexicon
    ) -> UInt64 {
        if side.isEmpty { return 1 }
        let available = step > 0 ? range.upperBound - anchor - 1 : anchor - range.lowerBound
        let view = View(anchor: anchor, step: step, limit: min(PatternProgram.reach, available))
        return run(Int(side.lowerBound), Int(side.upperBound), 1, view, tokens, bytes, lexicon)
    }

    private struct View {
        var anchor: Int
        var step: Int
        /// Words that there are on this side, at most the bits of a position word.
        var limit: Int

        /// Positions from which one word more can be consumed.
        var room: UInt64 { (1 << UInt64(limit)) - 1 }
        func token(after position: Int) -> Int { anchor + step * (position + 1) }
    }

    private func run(
        _ start: Int, _ end: Int, _ positions: UInt64, _ view: View, _ tokens: [Token], _ bytes: [UInt8],
        _ lexicon: borrowing Lexicon
    ) -> UInt64 {
        var index = start
        var live = positions
        while index < end, live != 0 {
            let instruction = program.instructions[index]
            index += 1
            switch instruction.operation {
            case .anyWord: live = (live & view.room) << 1
            case .gap:
                // Spread by doubling: after a shift by s, every position within 2s is reached.
                var reached = live
                var left = Int(instruction.value)
                var shift = 1
                while left > 0 {
                    let step = min(shift, left)
                    reached |= reached << UInt64(step)
                    left -= step
                    shift *= 2
                }
                live = reached & (view.room << 1 | 1)
            case .words:
                var left = live & view.room
                live = 0
                while left != 0 {
                    let position = left.trailingZeroBitCount
                    left &= left - 1
                    let word = tokens[view.token(after: position)].word
                    if table.contains(set: instruction.value, word: word) { live |= 2 << UInt64(position) }
                }
            case .person:
                var left = live & view.room
                live = 0
                while left != 0 {
                    let position = left.trailingZeroBitCount
                    left &= left - 1
                    let lengths = names.lengths(
                        ofClass: instruction.value, from: view.token(after: position), step: view.step,
                        limit: view.limit - position, tokens: tokens, bytes: bytes, lexicon: lexicon)
                    live |= lengths << UInt64(position)
                }
            case .fork:
                let forkEnd = Int(instruction.value)
                var reached: UInt64 = 0
                while index < forkEnd {
                    let branchEnd = Int(program.instructions[index].value)
                    reached |= run(index + 1, branchEnd, live, view, tokens, bytes, lexicon)
                    index = branchEnd
                }
                live = reached
            case .branch: break
            }
        }
        return live
    }
}

extension [PatternMatcher.Match] {
    /// Leaves, of each owner, the matches that have no other match of it inside them; in order of owner and place.
    mutating func keepMinimal() {
        guard count > 1 else { return }
        sort { ($0.owner, $0.end, -$0.start) < ($1.owner, $1.end, -$1.start) }
        // By rising end, and the shortest first: a match is minimal when it starts after every one before it.
        var kept: [PatternMatcher.Match] = []
        for match in self {
            if let last = kept.last, last.owner == match.owner, match.start <= last.start { continue }
            kept.append(match)
        }
        self = kept
    }
}
