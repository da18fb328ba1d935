/// What one concept was mistaken for.
package struct Confusions: Sendable, Equatable {
    package struct Entry: Sendable, Equatable {
        /// The other concept; `nil` is none at all.
        package var concept: String?
        package var passages: Int
        /// Of these passages, those where the right concept was not suggested beside the wrong one.
        package var missed: Int

        package init(concept: String?, passages: Int, missed: Int) {
            self.concept = concept
            self.passages = passages
            self.missed = missed
        }
    }

    /// Suggested wrongly on passages that carry the concept, most often first.
    package var takenFor: [Entry] = []
    /// Carried by passages for which the concept was suggested wrongly, most often first.
    package var stoodThere: [Entry] = []

    init() {}

    /// Of each concept. A passage with several concepts counts for each of them.
    static func count(
        _ cases: [EvaluationCase], concepts: [String], limits: [String: Double]
    ) -> [String: Confusions] {
        // By number of the concept; the last column of what stood there is none.
        let none = concepts.count
        var passages = Array(repeating: Array(repeating: 0, count: concepts.count + 1), count: concepts.count)
        var missed = passages
        for item in cases {
            var labelled: [(concept: Int, isMissed: Bool)] = []
            var wrong: [Int] = []
            for (number, concept) in concepts.enumerated() where !item.either.contains(concept) {
                let score = item.scores[concept] ?? 0
                let isSuggested = score > 0 && score >= limits[concept] ?? 0
                if item.labels.contains(concept) {
                    labelled.append((number, !isSuggested))
                } else if isSuggested {
                    wrong.append(number)
                }
            }
            for suggested in wrong {
                if labelled.isEmpty { passages[suggested][none] += 1 }
                for (concept, isMissed) in labelled {
                    passages[suggested][concept] += 1
                    if isMissed { missed[suggested][concept] += 1 }
                }
            }
        }
        var result: [String: Confusions] = [:]
        for (number, concept) in concepts.enumerated() {
            var confusions = Confusions()
            for other in concepts.indices where passages[other][number] > 0 {
                confusions.takenFor.append(
                    Entry(
                        concept: concepts[other], passages: passages[other][number], missed: missed[other][number]))
            }
            for other in 0...none where passages[number][other] > 0 {
                confusions.stoodThere.append(
                    Entry(
                        concept: other == none ? nil : concepts[other], passages: passages[number][other],
                        missed: missed[number][other]))
            }
            confusions.takenFor.sortByPassages()
            confusions.stoodThere.sortByPassages()
            result[concept] = confusions
        }
        return result
    }
}

extension [Confusions.Entry] {
    /// Most often first; what is as often keeps the order of the scheme.
    fileprivate mutating func sortByPassages() {
        self = enumerated().sorted { ($1.element.passages, $0.offset) < ($0.element.passages, $1.offset) }
            .map(\.element)
    }
}
