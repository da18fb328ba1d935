import TextModel

/// One of a document's two texts, ready to be searched.
struct SearchedText {
    let folded: FoldedText
    let grams: GramIndex
    /// Borders of elements in the raw text, rising.
    private let borders: SortedOffsets

    init(_ folded: FoldedText, of document: Document) {
        self.folded = folded
        grams = GramIndex(folded.codes)
        borders = SortedOffsets(document.elements.flatMap { [$0.raw.start, $0.raw.end] })
    }

    // MARK: - Exact places

    /// Where the quote's words stand. A quote too short to be searched by itself is searched with the words before
    /// or after it; other places of it are not worth telling.
    func exactPlaces(of quote: FoldedQuote) -> [QuotePlace] {
        let codes = quote.codes
        var starts: [Int]
        if codes.count >= AnchoringLimits.searchable {
            starts = grams.occurrences(of: codes, in: folded.codes, limit: AnchoringLimits.occurrences)
        } else {
            // Twelve codes are two words.
            let head = quote.prefix.suffix(12)
            let tail = quote.suffix.prefix(12)
            let limit = AnchoringLimits.occurrences
            if head.isEmpty, tail.isEmpty { return places(ofShort: quote).map { place(quote, $0, errors: 0) } }
            starts = grams.occurrences(of: head + codes, in: folded.codes, limit: limit).map { $0 + head.count }
            starts += grams.occurrences(of: codes + tail, in: folded.codes, limit: limit)
            starts = Set(starts).sorted()
        }
        let isWord = codes.first.map(ComparisonForm.isLetter) ?? false
        return starts.compactMap { start in
            let range = start..<start + codes.count
            guard folded.isWhole(range) else { return nil }
            // A quote that begins with a word is not looked for inside words, unless it was cut out of one.
            if isWord, codes.count < 12, cutsWord(range) { return nil }
            var place = place(quote, range, errors: 0)
            place.hasOtherBlanks = blanksDiffer(quote, range)
            return place
        }
    }

    /// All places of words, however short, in order; inside longer words only where they stand nowhere else.
    func places(ofShort quote: FoldedQuote) -> [Range<Int>] {
        let codes = quote.codes
        var found: [Range<Int>] = []
        if codes.count >= GramIndex.length {
            found = grams.occurrences(of: codes, in: folded.codes, limit: .max).map { $0..<$0 + codes.count }
        } else {
            for start in folded.codes.indices where folded.codes[start...].starts(with: codes) {
                found.append(start..<start + codes.count)
            }
        }
        found = found.filter { folded.isWhole($0) && !blanksDiffer(quote, $0) }
        let words = found.filter { !cutsWord($0) }
        return words.isEmpty ? found : words
    }

    private func cutsWord(_ range: Range<Int>) -> Bool {
        let codes = folded.codes
        let cutsStart =
            range.lowerBound > 0 && !folded.hasBlank[range.lowerBound]
            && ComparisonForm.isLetter(codes[range.lowerBound - 1]) && ComparisonForm.isLetter(codes[range.lowerBound])
        let cutsEnd =
            range.upperBound < codes.count && !folded.hasBlank[range.upperBound]
            && ComparisonForm.isLetter(codes[range.upperBound - 1]) && ComparisonForm.isLetter(codes[range.upperBound])
        return cutsStart || cutsEnd
    }

    /// White space that parts two letters on one side only: `now here` and `nowhere`. At the borders of elements
    /// white space comes and goes with the layout of the file and says nothing.
    private func blanksDiffer(_ quote: FoldedQuote, _ range: Range<Int>) -> Bool {
        for offset in 1..<max(1, quote.count) {
            let index = range.lowerBound + offset
            guard folded.hasBlank[index] != quote.words.hasBlank[offset], ComparisonForm.isLetter(folded.codes[index]),
                ComparisonForm.isLetter(folded.codes[index - 1])
            else { continue }
            let gap =
                min(folded.ends[index - 1], folded.starts[index])...max(folded.ends[index - 1], folded.starts[index])
            if !borders.meets(gap) { return true }
        }
        return false
    }

    func place(_ quote: FoldedQuote, _ range: Range<Int>, errors: Int) -> QuotePlace {
        // A quarter more than the context is looked at, for what was put in.
        let before = folded.codes[max(0, range.lowerBound - 48)..<range.lowerBound]
        let after = folded.codes[range.upperBound..<min(folded.count, range.upperBound + 48)]
        // No context says something at the ends of the text only.
        return QuotePlace(
            range: range, errors: errors,
            before: quote.prefix.isEmpty
                ? (before.isEmpty ? 1 : 0)
                : Alignment.similarity(quote.prefix, toStartOf: before, isBackwards: true),
            after: quote.suffix.isEmpty
                ? (after.isEmpty ? 1 : 0) : Alignment.similarity(quote.suffix, toStartOf: after, isBackwards: false))
    }

    // MARK: - Approximate places

    /// Where the quote stands with changes, best first.
    func approximatePlaces(of quote: FoldedQuote) -> [QuotePlace] {
        let pattern = quote.prefix + quote.codes + quote.suffix
        var windows = windowsBySeeds(pattern)
        var places = windows.compactMap { fuzzyPlace(quote, in: $0) }
        if !places.contains(where: { isGood($0, quote) }) {
            windows = windowsBySearch(quote)
            places += windows.compactMap { fuzzyPlace(quote, in: $0) }
        }
        var distinct: [QuotePlace] = []
        for place in places.sorted(by: { score($0, quote) > score($1, quote) })
        where isGood(place, quote) && !distinct.contains(where: { $0.range.overlaps(place.range) }) {
            distinct.append(place)
        }
        return distinct
    }

    /// Another place where the quote stands, with small changes, in its whole context: then the one where it stands
    /// unchanged may be a copy of the words that somebody corrected here. `nil` almost always, at the cost of
    /// counting the seeds.
    func rival(of place: QuotePlace, _ quote: FoldedQuote) -> QuotePlace? {
        let pattern = quote.prefix + quote.codes + quote.suffix
        let own = place.range.lowerBound - quote.prefix.count
        for window in windowsBySeeds(pattern, excluding: own) {
            guard let other = fuzzyPlace(quote, in: window), !other.range.overlaps(place.range), other.isIntact,
                Double(other.errors) <= Double(quote.count) * AnchoringLimits.fuzzyErrors
            else { continue }
            return other
        }
        return nil
    }

    /// 0…1: the share of the quote and its context that is unchanged.
    func score(_ place: QuotePlace, _ quote: FoldedQuote) -> Double {
        let whole = Double(quote.count + quote.prefix.count + quote.suffix.count)
        return (Double(quote.count - min(place.errors, quote.count)) + place.agreement(quote)) / whole
    }

    private func isGood(_ place: QuotePlace, _ quote: FoldedQuote) -> Bool {
        let share = Double(place.errors) / Double(quote.count)
        if share <= AnchoringLimits.fuzzyErrors { return place.hasIntactSide || quote.count >= 24 }
        return share <= AnchoringLimits.fuzzyErrorsInContext && place.isIntact
            && place.before >= AnchoringLimits.intactSide && place.after >= AnchoringLimits.intactSide
    }

    /// Stretches in which many grams of the pattern stand in the right distance to each other. Those of a place that
    /// is known already are left out, and with them all that have few.
    private func windowsBySeeds(_ pattern: [UInt32], excluding known: Int? = nil) -> [Range<Int>] {
        guard pattern.count >= GramIndex.length else { return [] }
        var votes: [Int: Int] = [:]
        // Diagonals that differ by a few insertions fall into one bucket, or into two beside each other.
        let bucket = 32
        let step = 2
        for offset in stride(from: 0, through: pattern.count - GramIndex.length, by: step) {
            var seen = 0
            grams.forEachPlace(of: pattern, at: offset) { place in
                votes[(place - offset + pattern.count) / bucket, default: 0] += 1
                seen += 1
                // Frequent grams say little.
                return seen < 100
            }
        }
        // A rival has a third of all grams: more are not left by the changes that a fuzzy place may have.
        let least = known == nil ? 3 : max(3, pattern.count / step / 3)
        var sums: [(start: Int, votes: Int)] = []
        for (key, count) in votes {
            let start = key * bucket - pattern.count
            let sum = count + (votes[key + 1] ?? 0)
            if count >= 3, sum >= least, known.map({ abs($0 - start) > 2 * bucket }) ?? true {
                sums.append((start, sum))
            }
        }
        sums.sort { ($0.votes, $1.start) > ($1.votes, $0.start) }
        return sums.prefix(8).map { window(from: $0.start, count: pattern.count) }
    }

    /// By going over the whole text: for what seeds do not find.
    private func windowsBySearch(_ quote: FoldedQuote) -> [Range<Int>] {
        // A long quote is found by its first 256 codes.
        let pattern = Array(quote.codes.prefix(256))
        guard pattern.count >= 12 else { return [] }
        let limit = Int(Double(pattern.count) * AnchoringLimits.fuzzyErrors)
        let matches = ApproximateSearch(pattern).matches(in: folded.codes, limit: limit)
        return matches.sorted { ($0.errors, $0.end) < ($1.errors, $1.end) }.prefix(8).map { match in
            window(
                from: match.end - pattern.count - quote.prefix.count,
                count: quote.count + quote.prefix.count + quote.suffix.count)
        }
    }

    private func window(from start: Int, count: Int) -> Range<Int> {
        // Room for insertions: half the quote, as many as a changed quote may have.
        let slack = 64 + count / 2
        let low = min(max(0, start - slack), folded.count)
        return low..<max(low, min(folded.count, start + count + slack))
    }

    /// The best place of the quote in a window.
    private func fuzzyPlace(_ quote: FoldedQuote, in window: Range<Int>) -> QuotePlace? {
        let text = folded.codes[window]
        let head = quote.codes.prefix(AnchoringLimits.borderCodes)
        let tail = quote.codes.suffix(AnchoringLimits.borderCodes)
        let start = Alignment.border(between: quote.prefix[...], and: head, in: text, isLate: true)
        let end = Alignment.border(between: tail, and: quote.suffix[...], in: text, isLate: false)
        guard start < end else { return nil }
        let range = window.lowerBound + start..<window.lowerBound + end
        // More than twice the quote is not the quote.
        guard range.count <= quote.count * 2 + 64 else { return nil }
        let errors = ApproximateSearch(quote.codes).distance(to: folded.codes[range])
        var place = place(quote, range, errors: errors)
        place.hasOtherBlanks = errors == 0 && blanksDiffer(quote, range)
        return place
    }
}

/// Offsets that are asked whether one lies in a stretch.
private struct SortedOffsets {
    private let offsets: [Int32]

    init(_ offsets: [Int32]) { self.offsets = offsets.sorted() }

    func meets(_ stretch: ClosedRange<Int32>) -> Bool {
        var low = 0
        var high = offsets.count
        while low < high {
            let middle = (low + high) / 2
            if offsets[middle] < stretch.lowerBound { low = middle + 1 } else { high = middle }
        }
        return low < offsets.count && offsets[low] <= stretch.upperBound
    }
}
