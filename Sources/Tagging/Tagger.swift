package import TextModel

/// Makes suggestions of what one or several suggesters find. Belongs to one task.
package final class Tagger {
    private let suggesters: [any Suggester]

    package init(_ suggesters: [any Suggester]) {
        self.suggesters = suggesters
    }

    /// Suggestions in document order: by passage, place, concept.
    ///
    /// `minimumScore` 0 gives all of them, `nil` those that reach each suggester's own threshold.
    package func suggestions(for document: Document, minimumScore: Double? = nil) -> [Suggestion] {
        for suggester in suggesters { suggester.begin(document) }
        var identifiers: PassageIdentifiers?
        var suggestions: [Suggestion] = []
        for (index, passage) in document.passages.enumerated() where passage.kind.isTagged {
            let found = spans(for: passage, in: document, minimumScore: minimumScore)
            guard !found.isEmpty else { continue }
            let names = identifiers ?? PassageIdentifiers(document)
            identifiers = names
            for (span, suggester) in found {
                let raw = ByteRange(
                    document.rawOffset(ofReading: span.reading.start, in: passage),
                    document.rawOffset(ofReading: span.reading.end, in: passage, isEnd: true))
                let id = SuggestionIdentifier.make(
                    document: document, passage: passage, passageName: names[index], raw: raw, concept: span.concept)
                suggestions.append(
                    Suggestion(
                        id: id, passage: Int32(index), raw: raw, concept: span.concept, score: span.score,
                        suggester: suggester, reason: span.reason, stance: span.stance))
            }
        }
        return suggestions
    }

    /// What the user must know: each note once.
    package func notes(for document: Document) -> [Diagnostic] {
        suggesters.flatMap { $0.notes(for: document) }
    }

    private func spans(
        for passage: Passage, in document: Document, minimumScore: Double?
    ) -> [(span: ScoredSpan, suggester: String)] {
        let language = document.language(of: passage)
        var found: [(span: ScoredSpan, suggester: String)] = []
        for suggester in suggesters {
            let name = suggester.name
            for span in suggester.spans(for: passage, in: document, minimumScore: minimumScore) {
                found.append((span, name))
            }
        }
        guard !found.isEmpty else { return [] }
        if suggesters.count > 1 { found = Self.combined(found) }
        found.removeAll { entry in
            let threshold =
                minimumScore
                ?? suggesters.map { $0.threshold(for: entry.span.concept, language: language) }.min() ?? 0
            return entry.span.score < threshold
        }
        return found.sorted {
            ($0.span.reading.start, $0.span.reading.end, $0.span.concept)
                < ($1.span.reading.start, $1.span.reading.end, $1.span.concept)
        }
    }

    /// One suggestion where several suggesters name a concept on words that overlap.
    ///
    /// Scores are probabilities of the same statement from different evidence: they are added as log odds, each
    /// counted against even odds, so that one suggester alone keeps its score. The span and the stance are the
    /// surest one's; reasons are joined, surest first.
    static func combined(
        _ found: [(span: ScoredSpan, suggester: String)]
    ) -> [(span: ScoredSpan, suggester: String)] {
        var groups: [[(span: ScoredSpan, suggester: String)]] = []
        for entry in found.sorted(by: { $0.span.score > $1.span.score }) {
            let place = groups.firstIndex { group in
                group[0].span.concept == entry.span.concept && group[0].span.stance == entry.span.stance
                    && group[0].span.reading.overlaps(entry.span.reading)
                    && !group.contains { $0.suggester == entry.suggester }
            }
            if let place { groups[place].append(entry) } else { groups.append([entry]) }
        }
        return groups.map { group in
            var merged = group[0]
            guard group.count > 1 else { return merged }
            merged.span.score = logistic(group.reduce(0) { $0 + logOdds($1.span.score) })
            merged.span.reason = group.map { "\($0.suggester): \($0.span.reason)" }.joined(separator: "; ")
            merged.suggester = group.map(\.suggester).joined(separator: "+")
            return merged
        }
    }
}

extension ByteRange {
    fileprivate func overlaps(_ other: ByteRange) -> Bool { start < other.end && other.start < end }
}

extension Document {
    /// Language tag of a passage; empty where the document says none.
    package func language(of passage: Passage) -> String {
        languages.indices.contains(Int(passage.language)) ? languages[Int(passage.language)] : ""
    }
}
