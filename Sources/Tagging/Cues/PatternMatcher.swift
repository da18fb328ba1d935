import WordForms

/// A compiled set of patterns with the word table of one lexicon: finds where they match.
struct PatternMatcher: Sendable {
    private let program: PatternProgram
    private var table: WordTable
    /// Names of the document's persons, whom patterns may ask for.
    var names = PersonNames() {
        didSet { table.allowPersons(!names.isEmpty) }
    }
    /// Places of the range surveyed last where a pattern may match; by place.
    private(set) var trials: [Trial] = []

    init(_ program: PatternProgram, lexicon: inout Lexicon) {
        self.program = program
        table = WordTable(program, lexicon: &lexicon)
    }

    /// A pattern and a place where its anchor stands.
    struct Trial: Sendable {
        var pattern: Int32
        /// The pattern's.
        var owner: Int32
        var place: Int32
    }

    /// A match: words `start..<end` for the pattern's owner.
    struct Match: Hashable, Sendable {
        var owner: Int32
        var start: Int32
        var end: Int32
    }

    mutating func extend(_ lexicon: borrowing Lexicon) { table.extend(lexicon) }

    /// Fills ``trials``: where a pattern's anchor stands and all words that it needs are somewhere in the range.
    ///
    /// Goes over the words twice and tries nothing.
    mutating func survey(_ tokens: [Token], _ range: Range<Int>) {
        trials.removeAll(keepingCapacity: true)
        table.survey(tokens, range, into: &trials)
    }

    /// The shortest match of a pattern around a place, if there is one.
    func match(
        _ trial: Trial, in tokens: [Token], _ range: Range<Int>, bytes: [UInt8], lexicon: borrowing Lexicon
    ) -> Match? {
        let pattern = program.patterns[Int(trial.pattern)]
        let place = Int(trial.place)
        let before = run(pattern.before, from: place, step: -1, range, tokens, bytes, lexicon)
        guard before != 0 else { return nil }
        let after = run(pattern.after, from: place, step: 1, range, tokens, bytes, lexicon)
        guard after != 0 else { return nil }
        return Match(
            owner: trial.owner, start: Int32(place - before.trailingZeroBitCount),
            end: Int32(place + 1 + after.trailingZeroBitCount))
    }

    /// Has one of some patterns (``PatternProgram/addAsked(_:)``) a match that begins before the end of a stretch of
    /// words and ends at its start or after it.
    func hasMatch(
        of patterns: Range<Int32>, near stretch: Range<Int>, in tokens: [Token], bytes: [UInt8],
        lexicon: borrowing Lexicon
    ) -> Bool {
        let first = max(0, stretch.lowerBound - PatternProgram.reach - 1)
        let end = min(tokens.count, stretch.upperBound + PatternProgram.reach)
        for index in patterns {
            let anchor = program.patterns[Int(index)].anchor
            for place in first..<end where table.contains(column: anchor, at: place) {
                let trial = Trial(pattern: index, owner: 0, place: Int32(place))
                guard let match = match(trial, in: tokens, tokens.indices, bytes: bytes, lexicon: lexicon) else {
                    continue
                }
                if Int(match.start) < stretch.upperBound, stretch.lowerBound <= Int(match.end) { return true }
            }
        }
        return false
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
                    if table.contains(column: instruction.value, at: view.token(after: position)) {
                        live |= 2 << UInt64(position)
                    }
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
