package import TextModel

/// What became of a suggestion.
package enum SuggestionState: Sendable, Equatable {
    case open
    /// It is an annotation, by the id `LAYERFILE#XMLID`.
    case accepted(String)
    case declined(Decision.Verdict)
}

/// Which suggestions somebody has decided on, so that none is offered twice.
///
/// A decision is matched by concept and place, not by the suggestion's id: when text or cues have changed a little
/// the same suggestion comes with another range, and it is still the one that was declined.
package struct SuggestionStates: Sendable {
    private struct Place {
        var raw: ByteRange
        var state: SuggestionState
    }

    /// By concept, in order.
    private var places: [String: [Place]] = [:]
    /// Passages that were read and found without any concept.
    private var emptyPassages: Set<Int32> = []

    package init() {}

    /// Adds a layer's annotations, anchored to the document of the suggestions.
    package mutating func add(_ annotations: [AnchoredAnnotation]) {
        for anchored in annotations {
            for concept in anchored.annotation.concepts {
                for piece in anchored.pieces + anchored.candidates.joined() {
                    places[concept.id, default: []].append(
                        Place(raw: piece.raw, state: .accepted(anchored.qualifiedID)))
                }
            }
        }
    }

    /// Adds decisions, anchored to the document of the suggestions.
    package mutating func add(_ decisions: [AnchoredDecision]) {
        for found in decisions {
            if found.decision.verdict == .none { emptyPassages.formUnion(found.pieces.map(\.passage)) }
            for concept in found.decision.concepts {
                for piece in found.pieces {
                    places[concept.id, default: []].append(
                        Place(raw: piece.raw, state: .declined(found.decision.verdict)))
                }
            }
        }
    }

    /// Accepted and declined are the same suggestion where half of the shorter range is common to both.
    package func state(of suggestion: Suggestion) -> SuggestionState {
        var state = SuggestionState.open
        for place in places[suggestion.concept] ?? [] {
            let common = min(place.raw.end, suggestion.raw.end) - max(place.raw.start, suggestion.raw.start)
            guard common > 0, Int(common) * 2 >= min(place.raw.count, suggestion.raw.count) else { continue }
            if case .accepted = place.state { return place.state }
            state = place.state
        }
        if state == .open, emptyPassages.contains(suggestion.passage) { return .declined(.none) }
        return state
    }

    /// Ids of the suggestions that somebody has accepted or declined.
    package func decided(_ suggestions: [Suggestion]) -> Set<String> {
        Set(suggestions.filter { state(of: $0) != .open }.map(\.id))
    }
}
