package import TextModel

/// Finds words that somebody typed or pasted: for annotating by quote.
package enum QuoteFinder {
    /// A place where the words stand.
    package struct Candidate: Sendable, Equatable {
        package var pieces: [AnchoredPiece]
        /// Words in the text, white space collapsed.
        package var text: String
        /// False where the text differs: offered, never taken without asking.
        package var isExact: Bool
    }

    /// Places of a quote, in document order: as the reading text shows it, else as the raw text has it, else, where
    /// it stands nowhere, places with small differences, best first. Quotes, dashes, ligatures and white space are
    /// compared leniently, case and accents are not.
    package static func find(_ quote: String, in document: Document) -> [Candidate] {
        guard let folded = FoldedQuote(raw: Quote(exact: quote)) else { return [] }
        let places = DocumentPlaces(document)
        let reading = SearchedText(FoldedText(readingTextOf: document), of: document)
        let shown = exact(folded, in: reading, places)
        if !shown.isEmpty { return shown }
        let raw = SearchedText(FoldedText(rawTextOf: document), of: document)
        let hidden = exact(folded, in: raw, places)
        if !hidden.isEmpty { return hidden }
        return reading.approximatePlaces(of: folded).prefix(AnchoringLimits.candidates).map {
            candidate($0.range, in: reading, places, isExact: false)
        }
    }

    private static func exact(_ quote: FoldedQuote, in text: SearchedText, _ places: DocumentPlaces) -> [Candidate] {
        text.places(ofShort: quote).map { candidate($0, in: text, places, isExact: true) }
    }

    private static func candidate(
        _ range: Range<Int>, in text: SearchedText, _ places: DocumentPlaces, isExact: Bool
    ) -> Candidate {
        let source = text.folded.source(range)
        let pieces = places.pieces(of: source)
        let document = places.document
        let words = pieces.map { piece in
            let passage = document.passages[Int(piece.passage)]
            let from = document.readingOffset(ofRaw: piece.raw.start, in: passage)
            let to = document.readingOffset(ofRaw: piece.raw.end, in: passage)
            return String(
                decoding: WhiteSpace.collapsed(document.reading[Int(from)..<max(Int(from), Int(to))]), as: UTF8.self)
        }
        return Candidate(pieces: pieces, text: words.joined(separator: " … "), isExact: isExact)
    }
}
