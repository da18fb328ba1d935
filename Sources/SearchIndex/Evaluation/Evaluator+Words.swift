import QueryLanguage
import TextModel
import WordForms

extension Evaluator {
    /// A negative number for words at a place, the same whenever they are found.
    func ownerOfWords(at range: ByteRange, in document: Int32) -> Int32 {
        let place = WordPlace(document: document, range: range)
        if let owner = wordOwners[place] { return owner }
        let owner = -1 - Int32(wordOwners.count)
        wordOwners[place] = owner
        return owner
    }

    func words(_ sequence: WordSequence, _ withHidden: Bool = false) throws -> FoundRanges {
        var ranges = FoundRanges()
        ranges.hasOffsets = false
        let matches = try finder.matches(of: sequence)
        for (index, entry) in corpus.entries.enumerated() where isInScope[index] {
            guard let list = matches[entry.id], let document = try store.document(entry.id) else { continue }
            for match in list where searchedKinds.contains(document.spine.kinds[Int(match.passage)]) {
                ranges.append(
                    FoundRange(
                        document: Int32(index), pieces: 0..<0, firstWord: match.first, lastWord: match.last),
                    CollectionOfOne(FoundPiece(passage: match.passage, start: -1, end: -1)))
            }
        }
        guard withHidden else { return ranges }
        ranges = try withOffsets(ranges)
        ranges.formUnion(try hidden(sequence))
        return ranges
    }

    /// Words in branches that the reading text hides.
    private func hidden(_ sequence: WordSequence) throws -> FoundRanges {
        var ranges = FoundRanges()
        for (index, entry) in corpus.entries.enumerated() where isInScope[index] {
            guard let document = try store.document(entry.id) else { continue }
            for piece in try document.outline().hiddenPieces {
                guard searchedKinds.contains(document.spine.kinds[Int(piece.passage)]) else { continue }
                var lexicon = Lexicon(language: document.spine.language(of: piece.passage))
                let stems = sequence.stems.map { lexicon.stem(of: $0) }
                let words = Tokenizer.tokens(of: try document.rawText(piece.raw), lexicon: &lexicon)
                guard !stems.isEmpty, words.count >= stems.count else { continue }
                for first in 0...words.count - stems.count {
                    let run = words[first..<first + stems.count]
                    guard run.map({ lexicon.forms[Int($0.word)].stem }) == stems, let start = run.first?.start,
                        let end = run.last?.end
                    else { continue }
                    ranges.append(
                        FoundRange(document: Int32(index), pieces: 0..<0),
                        CollectionOfOne(
                            FoundPiece(
                                passage: piece.passage, start: piece.raw.start + start, end: piece.raw.start + end)))
                }
            }
        }
        ranges.sort()
        return ranges
    }

    func matches(of expression: String, ignoresCase: Bool, at place: Place) throws -> FoundRanges {
        let regex: RegularExpression
        do throws(RegularExpression.Problem) {
            regex = try RegularExpression(expression, ignoresCase: ignoresCase)
        } catch {
            throw QueryError(
                .badRegex, at: place, in: resolved.text, "regular expression: \(error.message)",
                advice: ["after " + String(decoding: expression.utf8.prefix(error.offset), as: UTF8.self)])
        }
        var ranges = FoundRanges()
        var matches: [ByteRange] = []
        for (index, entry) in corpus.entries.enumerated() where isInScope[index] {
            guard let document = try store.document(entry.id) else { continue }
            let passages = try document.outline().document.passages
            // Passages stand in the reading text one behind the other.
            let text = try store.wholeStream(
                .reading, of: entry.id, expecting: Int(passages.last?.reading.end ?? 0))
            // Nearly all passages are of the kind of the one before.
            var last: (kind: PassageKind, isSearched: Bool)?
            for (number, passage) in passages.enumerated() {
                if last?.kind != passage.kind { last = (passage.kind, searchedKinds.contains(passage.kind)) }
                guard last?.isSearched == true else { continue }
                guard passage.reading.end <= text.count else { throw IndexError.damaged("text is too short") }
                matches.removeAll(keepingCapacity: true)
                let isComplete = regex.forEachMatch(in: text, passage.reading.indices) {
                    matches.append(ByteRange($0.lowerBound, $0.upperBound))
                }
                guard isComplete else {
                    throw QueryError(
                        .badRegex, at: place, in: resolved.text, "this regular expression takes too many steps",
                        advice: ["write it without a repetition inside a repetition, as in (a+)+"])
                }
                for match in matches {
                    let raw = try document.rawRange(ofReading: match, in: Int32(number))
                    ranges.append(
                        FoundRange(document: Int32(index), pieces: 0..<0),
                        CollectionOfOne(FoundPiece(passage: Int32(number), start: raw.start, end: raw.end)))
                }
            }
        }
        ranges.sort()
        return ranges
    }

    /// The same ranges with offsets for their words, sorted.
    func withOffsets(_ ranges: FoundRanges) throws -> FoundRanges {
        if ranges.hasOffsets { return ranges }
        var ranges = ranges
        for range in ranges.ranges where range.firstWord >= 0 {
            let piece = Int(range.pieces.lowerBound)
            guard ranges.pieces[piece].start < 0 else { continue }
            let raw = try rawRange(of: range, in: ranges.pieces[piece].passage)
            ranges.pieces[piece].start = raw.start
            ranges.pieces[piece].end = raw.end
        }
        ranges.hasOffsets = true
        ranges.sort()
        return ranges
    }

    /// Where words stand in the raw text.
    func rawRange(of range: FoundRange, in passage: Int32) throws -> ByteRange {
        guard let document = try store.document(corpus.entries[Int(range.document)].id) else {
            throw IndexError.damaged("words of a document that is not there")
        }
        let words = try document.words(of: passage)
        let first = Int(range.firstWord - document.spine.firstWord[Int(passage)])
        let last = Int(range.lastWord - document.spine.firstWord[Int(passage)])
        return try document.rawRange(ofReading: ByteRange(words[first].start, words[last].end), in: passage)
    }
}
