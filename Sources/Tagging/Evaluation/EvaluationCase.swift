package import TextModel

/// A labelled passage and what was suggested for it.
package struct EvaluationCase: Sendable {
    /// Concepts that the passage shows.
    package var labels: Set<String>
    /// Concepts on which readers may differ: neither right nor wrong, wherever they are counted.
    package var either: Set<String>
    /// Concept → score; no entry is 0, and a score of 0 is no suggestion.
    package var scores: [String: Double]
    /// Where the labels have words of their own.
    package var spans: [LabelledSpan] = []

    package init(labels: Set<String>, either: Set<String> = [], scores: [String: Double]) {
        self.labels = labels
        // A label that all readers gave is right, also where a list of what any of them gave repeats it.
        self.either = either.subtracting(labels)
        self.scores = scores
    }

    /// Of several suggestions of a concept the highest score counts; those that speak against it do not.
    package init(labels: Set<String>, either: Set<String> = [], suggestions: [Suggestion]) {
        var scores: [String: Double] = [:]
        for suggestion in suggestions where suggestion.stance == .supports {
            scores[suggestion.concept] = max(scores[suggestion.concept] ?? 0, suggestion.score)
        }
        self.init(labels: labels, either: either, scores: scores)
    }
}
