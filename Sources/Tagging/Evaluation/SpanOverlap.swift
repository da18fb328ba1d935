package import TextModel
package import WordForms

/// Where one passage shows a concept and where it was suggested, by the numbers of its words.
package struct LabelledSpan: Sendable, Equatable {
    package var concept: String
    /// Never empty.
    package var labelled: Set<Int>
    package var suggested: [Suggested]
    /// In the whole passage.
    package var words: Int

    package struct Suggested: Sendable, Equatable {
        package var score: Double
        package var words: Range<Int>
    }

    /// The words of a passage that belong to its concepts. `labels` are ranges of ``Document/raw``, by concept.
    package static func spans(
        _ labels: [String: [ByteRange]], _ suggestions: [Suggestion], in passage: Passage, of document: Document,
        lexicon: inout Lexicon
    ) -> [LabelledSpan] {
        guard !labels.isEmpty else { return [] }
        var tokens: [Token] = []
        Tokenizer.tokens(of: passage, in: document, lexicon: &lexicon, into: &tokens)
        func words(_ raw: ByteRange) -> Range<Int> {
            let start = document.readingOffset(ofRaw: raw.start, in: passage)
            let end = document.readingOffset(ofRaw: raw.end, in: passage)
            let first = tokens.firstIndex { $0.end > start } ?? tokens.count
            let last = tokens.lastIndex { $0.start < end } ?? -1
            return first..<max(first, last + 1)
        }
        return labels.sorted { $0.key < $1.key }.compactMap { concept, ranges in
            let labelled = ranges.reduce(into: Set<Int>()) { $0.formUnion(words($1)) }
            guard !labelled.isEmpty else { return nil }
            let suggested = suggestions.filter { $0.concept == concept && $0.stance == .supports }
            return LabelledSpan(
                concept: concept, labelled: labelled,
                suggested: suggested.map { Suggested(score: $0.score, words: words($0.raw)) }, words: tokens.count)
        }
    }
}

/// How much of the labelled words the suggested ones cover, over all passages where a concept was rightly suggested.
/// Words are summed, so that long labels count for more.
package struct SpanOverlap: Sendable, Equatable {
    /// Passages and concepts that were counted.
    package var pairs = 0
    /// Precision, recall and F1 of words.
    package var measures: Evaluation.Measures
    /// What the same suggestions would reach were each of them its whole passage.
    package var wholePassages: Evaluation.Measures

    /// `nil` where no label has words.
    init?(_ cases: [EvaluationCase], limits: [String: Double]) {
        var total = (right: 0, suggested: 0, labelled: 0, words: 0)
        var hasLabels = false
        for item in cases {
            for span in item.spans {
                guard let limit = limits[span.concept] else { continue }
                hasLabels = true
                let taken = span.suggested.filter { $0.score > 0 && $0.score >= limit }
                guard !taken.isEmpty else { continue }
                let words = taken.reduce(into: Set<Int>()) { $0.formUnion($1.words) }
                pairs += 1
                total.right += words.intersection(span.labelled).count
                total.suggested += words.count
                total.labelled += span.labelled.count
                total.words += span.words
            }
        }
        guard hasLabels else { return nil }
        measures = Evaluation.Measures(right: total.right, predicted: total.suggested, support: total.labelled)
        wholePassages = Evaluation.Measures(
            right: total.labelled, predicted: total.words, support: total.labelled)
    }
}
