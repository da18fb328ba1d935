import TextModel

/// Where one piece of a target stands.
struct TargetAnchor {
    var verdict: AnchorVerdict
    /// In ``Document/raw``; `nil` where it is not known, and for a whole work.
    var range: ByteRange?
    /// Other places, best first.
    var candidates: [ByteRange]
}

/// Anchors pieces of targets in one document, one after the other.
struct TargetAnchorer {
    let places: DocumentPlaces
    /// True where the file's bytes are those that the target was anchored to.
    var isSameText = false
    private var raw: SearchedText?
    private var reading: SearchedText?

    init(places: DocumentPlaces) {
        self.places = places
    }

    private var document: Document { places.document }

    // MARK: - What is certain by itself

    /// The anchor that needs no neighbours; `nil` where they may help.
    mutating func certainAnchor(of target: Target) -> TargetAnchor? {
        if case .whole = target.pointer.place { return TargetAnchor(verdict: .exact, range: nil, candidates: []) }
        let position = places.resolve(target.pointer.place)
        guard let quote = FoldedQuote(raw: target.quote) else { return anchorWithoutWords(target, position) }
        if isSameText, let position, stands(quote, at: position) {
            return TargetAnchor(verdict: .exact, range: position, candidates: [])
        }
        let text = rawText()
        let intact = text.exactPlaces(of: quote).filter { $0.isIntact && !$0.hasOtherBlanks }
        guard let best = intact.max(by: { $0.agreement(quote) < $1.agreement(quote) }) else { return nil }
        let hasRival = intact.contains { place in
            place.range != best.range && best.agreement(quote) - place.agreement(quote) < AnchoringLimits.contextMargin
        }
        if hasRival { return nil }
        let anchor = accepted(best, in: text, position)
        return anchor.verdict == .moved && text.rival(of: best, quote) != nil ? nil : anchor
    }

    private mutating func rawText() -> SearchedText {
        if let raw { return raw }
        let text = SearchedText(FoldedText(rawTextOf: document), of: document)
        raw = text
        return text
    }

    private mutating func readingText() -> SearchedText {
        if let reading { return reading }
        let text = SearchedText(FoldedText(readingTextOf: document), of: document)
        reading = text
        return text
    }

    private func stands(_ quote: FoldedQuote, at range: ByteRange) -> Bool {
        FoldedText(document.raw, range.indices).codes == quote.codes
    }

    /// Exact where the pointer says the same, white space at the ends apart.
    private func accepted(_ place: QuotePlace, in text: SearchedText, _ position: ByteRange?) -> TargetAnchor {
        let range = text.folded.source(place.range)
        if let position, trimmed(position) == range {
            return TargetAnchor(verdict: .exact, range: position, candidates: [])
        }
        return TargetAnchor(verdict: .moved, range: range, candidates: [])
    }

    private func trimmed(_ range: ByteRange) -> ByteRange {
        let folded = FoldedText(document.raw, range.indices)
        return folded.count == 0 ? range : folded.source(0..<folded.count)
    }

    // MARK: - With the help of neighbours

    mutating func anchor(of target: Target, neighbours: Neighbours) -> TargetAnchor {
        let position = places.resolve(target.pointer.place)
        let bracket = neighbours.bracket(for: target.pointer, in: places)
        let isSteady = neighbours.areSteady(around: target.pointer, in: places)
        var doubtful: [TargetAnchor] = []
        for isReading in [false, true] {
            let quote = isReading ? FoldedQuote(shown: target.quote) : FoldedQuote(raw: target.quote)
            guard let quote else { continue }
            let text = isReading ? readingText() : rawText()
            let search = PlaceSearch(
                quote: quote, text: text, position: position.map(trimmed), bracket: bracket, isSteady: isSteady)
            switch search.decide() {
            case .found(let place): return accepted(place, in: text, position)
            case .changed(let place):
                doubtful.append(
                    TargetAnchor(verdict: .fuzzy, range: text.folded.source(place.range), candidates: []))
            case .doubtful(let places):
                let ranges = places.prefix(AnchoringLimits.candidates).map { text.folded.source($0.range) }
                doubtful.append(TargetAnchor(verdict: .ambiguous, range: nil, candidates: Array(ranges)))
            case .gone: break
            }
        }
        return doubtful.first { $0.verdict == .fuzzy } ?? doubtful.first
            ?? TargetAnchor(verdict: .orphaned, range: nil, candidates: [])
    }

    // MARK: - Without words

    /// Points, white space, digests, and pointers without any quote.
    private mutating func anchorWithoutWords(_ target: Target, _ position: ByteRange?) -> TargetAnchor {
        let orphan = TargetAnchor(verdict: .orphaned, range: nil, candidates: [])
        let here = position.map { TargetAnchor(verdict: .exact, range: $0, candidates: []) }
        if let digest = target.quote.digest {
            if let position, Quote.digest(of: collapsed(position)) == digest { return here ?? orphan }
            // The passage that it stood in tells it from the same words elsewhere.
            let near = base(of: target.pointer.place).flatMap { placeOfDigest(digest, in: document, within: $0) }
            return (near ?? placeOfDigest(digest, in: document)).map {
                TargetAnchor(verdict: .moved, range: $0, candidates: [])
            } ?? orphan
        }
        if isSameText { return here ?? orphan }
        let prefix = FoldedText(target.quote.prefix ?? "").codes
        let suffix = FoldedText(target.quote.suffix ?? "").codes
        guard target.quote.exact != nil, !prefix.isEmpty || !suffix.isEmpty else {
            // Nothing to compare. A changed text makes the place doubtful; of an unknown version it is all there is.
            guard let position else { return orphan }
            return document.sha256.isEmpty || target.quote == Quote()
                ? TargetAnchor(verdict: .exact, range: position, candidates: [])
                : TargetAnchor(verdict: .ambiguous, range: nil, candidates: [position])
        }
        return anchorBetween(prefix, suffix, position) ?? orphan
    }

    /// The element that offsets count in.
    private func base(of place: Pointer.Place) -> ByteRange? {
        switch place {
        case .range(let base, _, _), .point(let base, _), .element(let base): places.rawRange(of: .element(base))
        case .whole, .other: nil
        }
    }

    private func collapsed(_ range: ByteRange) -> String {
        String(decoding: WhiteSpace.collapsed(document.raw[range.indices]), as: UTF8.self)
    }

    /// A point or white space stands between the words before and after it.
    private mutating func anchorBetween(_ prefix: [UInt32], _ suffix: [UInt32], _ position: ByteRange?) -> TargetAnchor?
    {
        let text = rawText()
        let found = text.grams.occurrences(of: prefix + suffix, in: text.folded.codes, limit: 10)
        let gaps = found.map { start in
            let index = start + prefix.count
            let low = index > 0 ? text.folded.ends[index - 1] : 0
            let high = index < text.folded.count ? text.folded.starts[index] : Int32(document.raw.count)
            return ByteRange(low, max(low, high))
        }
        if let position, let gap = gaps.first(where: { $0.start <= position.start && position.end <= $0.end }),
            gaps.count == 1
        {
            _ = gap
            return TargetAnchor(verdict: .exact, range: position, candidates: [])
        }
        guard let first = gaps.first else { return nil }
        let isPoint = position?.isEmpty ?? false
        let range = isPoint ? ByteRange(first.start, first.start) : first
        return gaps.count == 1
            ? TargetAnchor(verdict: .moved, range: range, candidates: [])
            : TargetAnchor(verdict: .ambiguous, range: nil, candidates: gaps)
    }
}
