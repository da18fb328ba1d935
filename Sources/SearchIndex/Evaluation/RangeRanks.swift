import QueryLanguage
import TextModel
import WordForms

/// Where ranges stand in the units of distances: numbers of words, sentences, passages and chapters, each from 0 in
/// its document.
///
/// Passages are taken in the order of their first own character: a note is numbered behind the paragraph in which it
/// stands, and the paragraph goes on with its own numbers.
final class RangeRanks {
    private let store: DocumentStore
    private let corpus: Corpus
    private var passageRanks: [Int32: [Int32]] = [:]
    private var chapterRanks: [Int32: [Int32]] = [:]
    private var sentences: [Int32: Sentences] = [:]

    /// The sentences of a document.
    private struct Sentences {
        /// Number of the first sentence of each passage, and of the one after the last.
        var first: [Int32] = [0]
        /// Starts of all sentences but the first of each passage, in the reading text; rising in a passage.
        var starts: [[Int32]] = []
    }

    init(_ store: DocumentStore, _ corpus: Corpus) {
        self.store = store
        self.corpus = corpus
    }

    /// First and last number of a range that has offsets; for words the last is the number of the word after it.
    func ranks(of range: FoundRange, _ pieces: ArraySlice<FoundPiece>, in unit: Distance.Unit) throws -> (Int32, Int32)
    {
        var first = Int32.max
        var last = Int32.min
        for piece in pieces {
            let ranks = try self.ranks(of: piece, range, in: unit)
            first = min(first, ranks.0)
            last = max(last, ranks.1)
        }
        return pieces.isEmpty ? (0, 0) : (first, last)
    }

    private func ranks(
        of piece: FoundPiece, _ range: FoundRange, in unit: Distance.Unit
    ) throws -> (Int32, Int32) {
        switch unit {
        case .documents: return (0, 0)
        case .passages:
            let rank = try passageRanks(of: range.document)[Int(piece.passage)]
            return (rank, rank)
        case .chapters:
            let rank = try chapterRanks(of: range.document)[Int(piece.passage)]
            return (rank, rank)
        case .words: return range.firstWord >= 0 ? (range.firstWord, range.lastWord + 1) : try words(of: piece, range)
        case .sentences: return try sentences(of: piece, range)
        }
    }

    private func document(_ place: Int32) throws -> StoredDocument {
        guard let document = try store.document(corpus.entries[Int(place)].id) else {
            throw IndexError.damaged("a document went while it was read")
        }
        return document
    }

    // MARK: Words

    private func words(of piece: FoundPiece, _ range: FoundRange) throws -> (Int32, Int32) {
        let document = try document(range.document)
        let reading = try document.readingRange(ofRaw: ByteRange(piece.start, piece.end), in: piece.passage)
        let words = try document.words(of: piece.passage)
        let base = document.spine.firstWord[Int(piece.passage)]
        let next = base + Int32(words.partitioningIndex { $0.start >= reading.end })
        // A point between words, or white space: the word behind it.
        let first = reading.isEmpty ? next : base + Int32(words.partitioningIndex { $0.end > reading.start })
        return (min(first, next), next)
    }

    // MARK: Passages and chapters

    /// Number of passages of kind text, verse and speech up to each passage.
    private func passageRanks(of place: Int32) throws -> [Int32] {
        if let known = passageRanks[place] { return known }
        var count: Int32 = 0
        let ranks = try document(place).spine.kinds.map { kind in
            if kind.isCounted { count += 1 }
            return count
        }
        passageRanks[place] = ranks
        return ranks
    }

    /// Number of the innermost part of each passage, in the order in which text of them comes first.
    private func chapterRanks(of place: Int32) throws -> [Int32] {
        if let known = chapterRanks[place] { return known }
        var numbers: [Int32: Int32] = [:]
        let ranks = try document(place).outline().document.passages.map { passage in
            let number = numbers[passage.part] ?? Int32(numbers.count)
            numbers[passage.part] = number
            return number
        }
        chapterRanks[place] = ranks
        return ranks
    }

    // MARK: Sentences

    private func sentences(of piece: FoundPiece, _ range: FoundRange) throws -> (Int32, Int32) {
        let document = try document(range.document)
        let sentences = try sentences(of: range.document)
        let reading = try document.readingRange(ofRaw: ByteRange(piece.start, piece.end), in: piece.passage)
        let starts = sentences.starts[Int(piece.passage)]
        let base = sentences.first[Int(piece.passage)]
        let first = starts.partitioningIndex { $0 > reading.start }
        // The end belongs to the sentence of the last byte before it.
        let last = starts.partitioningIndex { $0 >= reading.end }
        return (base + Int32(first), base + Int32(max(first, last)))
    }

    /// Borders are looked up for documents that both sides of a relation have, and only when a distance asks.
    private func sentences(of place: Int32) throws -> Sentences {
        if let known = sentences[place] { return known }
        let document = try document(place)
        let text = try store.wholeStream(.reading, of: document.id)
        var found = Sentences()
        var starts: [Int32] = []
        let passages = try document.outline().document.passages
        for tag in document.spine.tags {
            // One language after the other: borders belong to one task and cannot be kept in a list.
            var borders = SentenceBorders(language: tag)
            if found.starts.isEmpty { found.starts = Array(repeating: [], count: passages.count) }
            for (number, passage) in passages.enumerated()
            where document.spine.language(of: Int32(number)) == tag && passage.reading.end <= text.count {
                borders.starts(in: text, passage.reading.indices, into: &starts)
                found.starts[number] = starts
            }
        }
        for list in found.starts { found.first.append((found.first.last ?? 0) + Int32(list.count) + 1) }
        sentences[place] = found
        return found
    }
}
