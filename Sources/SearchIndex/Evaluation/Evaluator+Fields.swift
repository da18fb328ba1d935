import QueryLanguage
import TextModel

extension Evaluator {
    /// `word:` beside a concept: ranges with that word in one of their pieces.
    func holding(_ field: Query.Field, _ ranges: FoundRanges) throws -> FoundRanges {
        var wanted = FoundRanges()
        for value in field.values {
            switch value {
            case .text(let word):
                wanted.formUnion(try withOffsets(words(WordSequence(WordSequence.words(of: word).map { .stem($0) }))))
            case .hiddenWord(let word):
                wanted.formUnion(
                    try withOffsets(words(WordSequence(WordSequence.words(of: word).map { .stem($0) }), true)))
            default: break
            }
        }
        let pieces = PieceIndex(wanted)
        let ranges = try withOffsets(ranges)
        return ranges.filter { range in
            let isThere = ranges.pieces(of: range).contains { pieces.holds(within: $0, of: range.document) }
            return isThere != field.isNegated
        }
    }

    /// Fields of annotations beside words: one annotation overlaps the words and is all that the fields ask; a
    /// negated field asks that no overlapping annotation is that.
    func annotated(_ ranges: FoundRanges, _ fields: [Query.Field]) throws -> FoundRanges {
        var ranges = ranges
        let asked = fields.filter { !$0.isNegated }
        if !asked.isEmpty {
            ranges = try withOffsets(ranges)
            let pieces = PieceIndex(try annotations(AnnotationFilter(asked), concepts: nil))
            ranges = ranges.filter { range in
                ranges.pieces(of: range).contains { pieces.overlaps($0, of: range.document) }
            }
        }
        for var field in fields where field.isNegated {
            field.isNegated = false
            ranges = try withOffsets(ranges)
            let pieces = PieceIndex(try annotations(AnnotationFilter([field]), concepts: nil))
            ranges = ranges.filter { range in
                !ranges.pieces(of: range).contains { pieces.overlaps($0, of: range.document) }
            }
        }
        return ranges
    }

    func satisfies(_ fields: [Query.Field], _ entry: Corpus.Entry) -> Bool {
        fields.allSatisfy { !$0.name.isOfDocument || fieldTests.holds($0, of: entry) != $0.isNegated }
    }

    func satisfies(
        _ fields: [Query.Field], _ document: StoredDocument, _ entry: Corpus.Entry, _ passage: Int32,
        _ range: ByteRange?
    ) throws -> Bool {
        try fields.allSatisfy {
            try !$0.name.isOfPassage || fieldTests.holds($0, of: document, entry, passage, range) != $0.isNegated
        }
    }
}
