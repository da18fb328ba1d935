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
            if lists.allSatisfy(\.isEmpty) { return [:] }
            lists.append(try places(of: test, in: table))
        }
        var matches: [Int64: [WordMatch]] = [:]
        for id in lists[0].keys {
            let places = lists.compactMap { $0[id] }
            guard places.count == lists.count, let document = try store.document(id) else { continue }
            let found = self.matches(of: sequence, places, document.outline, table)
            if !found.isEmpty { matches[id] = found }
        }
        return matches
    }

    private func matches(
        of sequence: WordSequence, _ places: [[Int32]], _ outline: Outline, _ table: Table
    ) -> [WordMatch] {
        var matches: [WordMatch] = []
        var passage: Int32 = 0
        for start in places[0] {
            guard let end = shortestEnd(from: start, sequence, places) else { continue }
            var first = start - sequence.before
            var last = end + sequence.after
            if table == .divided {
                // Before the first word of the document nothing is divided.
                first = first < 0 ? first : outline.word(ofDivided: first).number
                last = outline.word(ofDivided: last).number
            }
            guard first >= 0, last < outline.wordCount else { continue }
            // Places rise: the passage is this one or a later one.
            if !outline.words(of: passage).contains(first) { passage = outline.passage(ofWord: first) }
            guard outline.words(of: passage).contains(last) else { continue }
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

extension Outline {
    var wordCount: Int32 { firstWord.last ?? 0 }

    /// The word of a number that counts words as printed lines divide them, and which half of it where it is divided.
    func word(ofDivided number: Int32) -> (number: Int32, half: Int?) {
        // The second half of the n-th divided word has the number of the word, and one more for each up to it.
        var low = 0
        var high = joinedWords.count
        while low < high {
            let middle = (low + high) / 2
            if joinedWords[middle] + Int32(middle) + 1 <= number { low = middle + 1 } else { high = middle }
        }
        let word = number - Int32(low)
        if low > 0, joinedWords[low - 1] == word { return (word, 1) }
        if low < joinedWords.count, joinedWords[low] == word { return (word, 0) }
        return (word, nil)
    }
}
