import TextModel

/// Words of a document that match together, all in one passage.
struct WordMatch: Hashable {
    var passage: Int32
    /// Number of the first word and of the last, in the document.
    var first: Int32
    var last: Int32
}

extension WordFinder {
    /// All matches of a sequence, by document, in the order of the text. Of the matches that begin with the same
    /// word only the shortest counts: `"felt ..3 nothing"` in `felt nothing, nothing` is one.
    func matches(of sequence: WordSequence) throws -> [Int64: [WordMatch]] {
        var matches = try self.matches(of: sequence, in: .word)
        guard try hasDividedWords() else { return matches }
        // What printed lines divide is found both ways.
        for (id, divided) in try self.matches(of: sequence, in: .divided) {
            matches[id] = Array(Set(matches[id] ?? []).union(divided))
                .sorted { ($0.first, $0.last) < ($1.first, $1.last) }
        }
        return matches
    }

    private func matches(of sequence: WordSequence, in table: Table) throws -> [Int64: [WordMatch]] {
        guard let first = sequence.tests.first else { return [:] }
        var lists = [try places(of: first, in: table)]
        for test in sequence.tests.dropFirst() {
            // Nothing can match in a document without the words before.
            if lists.contains(where: \.isEmpty) { return [:] }
            lists.append(try places(of: test, in: table))
        }
        var matches: [Int64: [WordMatch]] = [:]
        for id in lists[0].keys {
            var places = lists.compactMap { $0[id] }
            guard places.count == lists.count, let document = try store.document(id) else { continue }
            prune(&places, sequence)
            var verified: [[Int32]] = []
            for (place, test) in zip(places, sequence.tests) {
                verified.append(try self.verified(place, of: document, test, table))
            }
            let found = self.matches(of: sequence, verified, document.spine, table)
            if !found.isEmpty { matches[id] = found }
        }
        return matches
    }

    /// Leaves out places that have no place of the next test, or of the one before, at the right distance: looking
    /// at a word costs a hundred times as much as looking at its number.
    private func prune(_ places: inout [Places], _ sequence: WordSequence) {
        for (step, distance) in sequence.distances.enumerated() {
            let before = places[step].numbers
            places[step + 1].numbers = places[step + 1].numbers.filter { number in
                let first = before.partitioningIndex { $0 >= number - distance.upperBound }
                return first < before.count && before[first] <= number - distance.lowerBound
            }
        }
        for (step, distance) in sequence.distances.enumerated().reversed() {
            let after = places[step + 1].numbers
            places[step].numbers = places[step].numbers.filter { number in
                let first = after.partitioningIndex { $0 >= number + distance.lowerBound }
                return first < after.count && after[first] <= number + distance.upperBound
            }
        }
    }

    private func matches(
        of sequence: WordSequence, _ places: [[Int32]], _ spine: Spine, _ table: Table
    ) -> [WordMatch] {
        var matches: [WordMatch] = []
        var passage: Int32 = 0
        for start in places[0] {
            guard let end = shortestEnd(from: start, sequence, places) else { continue }
            var first = start - sequence.before
            var last = end + sequence.after
            if table == .divided {
                // Before the first word of the document nothing is divided.
                first = first < 0 ? first : spine.word(ofDivided: first).number
                last = spine.word(ofDivided: last).number
            }
            guard first >= 0, last < spine.wordCount else { continue }
            // Places rise: the passage is this one or a later one.
            if !spine.words(of: passage).contains(first) { passage = spine.passage(ofWord: first) }
            guard spine.words(of: passage).contains(last) else { continue }
            matches.append(WordMatch(passage: passage, first: first, last: last))
        }
        return matches
    }

    /// The nearest end of a match that begins at a word: words reachable step by step.
    private func shortestEnd(from start: Int32, _ sequence: WordSequence, _ places: [[Int32]]) -> Int32? {
        var reached = [start]
        for (step, distance) in sequence.distances.enumerated() {
            let list = places[step + 1]
            var next: [Int32] = []
            for word in reached {
                var index = list.partitioningIndex { $0 >= word + distance.lowerBound }
                while index < list.count, list[index] <= word + distance.upperBound {
                    if next.last.map({ $0 < list[index] }) ?? true { next.append(list[index]) }
                    index += 1
                }
            }
            if next.isEmpty { return nil }
            reached = next
        }
        return reached.first
    }
}
