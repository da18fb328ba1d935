import TextModel

/// Decides where one quote stands in one text, or that it cannot be decided.
struct PlaceSearch {
    enum Outcome {
        /// The same words.
        case found(QuotePlace)
        /// The words with changes.
        case changed(QuotePlace)
        /// Several places, or one that is not certain; best first.
        case doubtful([QuotePlace])
        case gone
    }

    let quote: FoldedQuote
    let text: SearchedText
    /// Where the pointer says it stands.
    let position: ByteRange?
    /// Between which certain neighbours it must stand.
    let bracket: ByteRange?
    /// True where the neighbours stand where their own pointers say.
    let isSteady: Bool

    func decide() -> Outcome {
        var places = text.exactPlaces(of: quote).filter { !$0.hasOtherBlanks }
        let intact = places.filter(\.isIntact).sorted(by: isBetter)
        if let best = intact.first { return decide(among: best, intact) }
        // Before words with half of their context are believed: do the words stand, changed, in their whole context?
        let approximate = text.approximatePlaces(of: quote)
        let changed = approximate.filter { $0.errors > 0 || $0.hasOtherBlanks }
        if let best = changed.first, best.isIntact { return decideChanged(changed) }
        // Short words with changes all around them are found here only.
        places += approximate.filter { place in
            place.errors == 0 && !place.hasOtherBlanks && !places.contains { $0.range == place.range }
        }
        places.sort(by: isBetter)
        let half = places.filter { $0.hasIntactSide || $0.isIntact || $0.isLikely }
        if let place = sideDecision(half) { return .found(place) }
        if !half.isEmpty { return .doubtful(half) }
        if !changed.isEmpty { return decideChanged(changed) }
        return bareDecision(places)
    }

    private func isBetter(_ left: QuotePlace, _ right: QuotePlace) -> Bool {
        left.agreement(quote) > right.agreement(quote)
    }

    /// The same words in the same context, once or several times.
    private func decide(among best: QuotePlace, _ intact: [QuotePlace]) -> Outcome {
        let equal = intact.filter { best.agreement(quote) - $0.agreement(quote) < AnchoringLimits.contextMargin }
        let inside = equal.filter(isInBracket)
        if equal.count == 1 {
            guard !isAtPosition(best), let rival = text.rival(of: best, quote) else { return .found(best) }
            // Here unchanged, there changed a little: neighbours must say which of the two is meant.
            if inside.count == 1, !isInBracket(rival) { return .found(best) }
            return inside.isEmpty && isInBracket(rival) ? .changed(rival) : .doubtful([best, rival])
        }
        if inside.count == 1 { return .found(inside[0]) }
        if isSteady, let here = equal.first(where: isAtPosition) { return .found(here) }
        return .doubtful(equal)
    }

    /// The same words with one side of their context: certain if that is much text, or where it should be.
    private func sideDecision(_ half: [QuotePlace]) -> QuotePlace? {
        if isSteady, let here = half.first(where: isAtPosition), evidence(here) >= AnchoringLimits.evidenceInParagraph {
            return here
        }
        let inside = half.filter(isInBracket)
        if inside.count == 1, let bracket {
            let needed =
                bracket.count <= AnchoringLimits.paragraphBytes
                ? AnchoringLimits.evidenceInParagraph : AnchoringLimits.evidenceInBracket
            if evidence(inside[0]) >= needed { return inside[0] }
        }
        guard half.count == 1, evidence(half[0]) >= AnchoringLimits.evidenceAnywhere else { return nil }
        return half[0]
    }

    /// Codes that agree: of the quote and of its better side.
    private func evidence(_ place: QuotePlace) -> Double {
        let before = place.before * Double(quote.prefix.count)
        let after = place.after * Double(quote.suffix.count)
        return Double(quote.count) + (place.isLikely ? before + after : max(before, after))
    }

    /// The same words with nothing of their context.
    private func bareDecision(_ places: [QuotePlace]) -> Outcome {
        // Without any context, as others write: the words at the pointer are all there is to go by.
        if quote.prefix.isEmpty, quote.suffix.isEmpty {
            if isSteady, let here = places.first(where: isAtPosition) { return .found(here) }
            return places.isEmpty ? .gone : .doubtful(places)
        }
        guard quote.count >= AnchoringLimits.tellingQuote, !places.isEmpty else { return .gone }
        let inside = places.filter(isInBracket)
        if inside.count == 1 { return .found(inside[0]) }
        return .doubtful(places)
    }

    private func decideChanged(_ changed: [QuotePlace]) -> Outcome {
        guard let best = changed.first else { return .gone }
        let score = text.score(best, quote)
        let equal = changed.filter { score - text.score($0, quote) < AnchoringLimits.fuzzyMargin }
        if equal.count == 1 { return .changed(best) }
        let inside = equal.filter(isInBracket)
        return inside.count == 1 ? .changed(inside[0]) : .doubtful(equal)
    }

    private func isInBracket(_ place: QuotePlace) -> Bool {
        guard let bracket else { return false }
        let range = text.folded.source(place.range)
        return bracket.start <= range.start && range.end <= bracket.end
    }

    private func isAtPosition(_ place: QuotePlace) -> Bool {
        position != nil && text.folded.source(place.range) == position
    }
}
