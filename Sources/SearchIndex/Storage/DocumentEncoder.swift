import TextModel
import WordForms

/// Turns a document into what the index stores of it, in one pass over its passages.
///
/// Lives as long as an update: its lexicons fold and stem each spelling once for all documents.
final class DocumentEncoder {
    struct Encoded {
        var spine: Spine
        var outline: Outline
        var words: [UInt8]
        var runs: [UInt8]
        /// Stems with a blank after each.
        var joined: String
        /// The same as printed lines divide the words; empty where no line does.
        var divided: String
    }

    private var vocabularies: [Vocabulary] = []
    private var tokens: [Token] = []

    /// What is stored of a document; `passageIDs` are as in ``Outline/passageIDs``.
    func encode(_ document: Document, passageIDs: [String]) -> Encoded {
        var spine = Spine(document)
        let outline = Outline(document, passageIDs: passageIDs)
        var words = ByteWriter()
        var runs = ByteWriter()
        // Words have five letters and stems less: what a text needs is known beforehand.
        words.reserve(document.reading.count / 2)
        runs.reserve(document.runs.count * 4)
        var stems: [UInt8] = []
        stems.reserveCapacity(document.reading.count + 16)
        let languages = document.languages.map { vocabulary(for: $0) }
        let hasDivided = !document.lineEndHyphens.isEmpty

        var number: Int32 = 0
        for (index, passage) in document.passages.enumerated() {
            let vocabulary = languages[Int(passage.language)]
            cut(passage, of: document, in: vocabulary)
            for raw in hiddenPieces(of: passage, in: document) {
                outline.hiddenPieces.append(AnchoredPiece(passage: Int32(index), raw: raw))
            }
            var end = passage.reading.start
            for token in tokens {
                words.append(varint: UInt32(token.start - end))
                words.append(varint: UInt32(token.end - token.start))
                end = token.end
            }
            vocabulary.appendTerms(of: tokens, to: &stems)
            if hasDivided { markJoined(in: document, from: number, into: &spine) }
            number += Int32(tokens.count)
            encodeRuns(of: passage, in: document, into: &runs)
            spine.firstWord.append(number)
            outline.wordBytes.append(Int32(words.count))
            outline.runBytes.append(Int32(runs.count))
        }
        return Encoded(
            spine: spine, outline: outline, words: words.bytes, runs: runs.bytes,
            joined: String(decoding: stems, as: UTF8.self),
            divided: hasDivided ? dividedStems(of: document, languages) : "")
    }

    /// The stems that a stored document was indexed by: FTS5 wants them again when it forgets them.
    func stems(of document: Document) -> (joined: String, divided: String) {
        let languages = document.languages.map { vocabulary(for: $0) }
        var stems: [UInt8] = []
        for passage in document.passages {
            let vocabulary = languages[Int(passage.language)]
            cut(passage, of: document, in: vocabulary)
            vocabulary.appendTerms(of: tokens, to: &stems)
        }
        let divided = document.lineEndHyphens.isEmpty ? "" : dividedStems(of: document, languages)
        return (String(decoding: stems, as: UTF8.self), divided)
    }

    /// Forms that have come up since the last call.
    func newForms() -> [Vocabulary.Form] {
        vocabularies.flatMap { $0.takeNewForms() }
    }

    private func vocabulary(for language: String) -> Vocabulary {
        let tag = primaryLanguage(language)
        if let known = vocabularies.first(where: { $0.tag == tag }) { return known }
        let new = Vocabulary(tag: tag)
        vocabularies.append(new)
        return new
    }

    private func cut(
        _ passage: Passage, of document: Document, in vocabulary: Vocabulary, splitsLineEnds: Bool = false
    ) {
        tokens.removeAll(keepingCapacity: true)
        Tokenizer.tokens(
            of: passage, in: document, lexicon: &vocabulary.lexicon, splitsLineEnds: splitsLineEnds, into: &tokens)
    }

    private func dividedStems(of document: Document, _ languages: [Vocabulary]) -> String {
        var stems: [UInt8] = []
        for passage in document.passages {
            let vocabulary = languages[Int(passage.language)]
            cut(passage, of: document, in: vocabulary, splitsLineEnds: true)
            vocabulary.appendTerms(of: tokens, to: &stems)
        }
        return String(decoding: stems, as: UTF8.self)
    }

    /// Words with a hyphen at a line's end inside them.
    private func markJoined(in document: Document, from number: Int32, into spine: inout Spine) {
        for (index, token) in tokens.enumerated() {
            let first = document.lineEndHyphens.partitioningIndex { $0 >= token.start }
            guard first < document.lineEndHyphens.count, document.lineEndHyphens[first] < token.end else { continue }
            spine.joinedWords.append(number + Int32(index))
        }
    }

    /// Own text of a passage that no run has copied, where it is more than white space.
    private func hiddenPieces(of passage: Passage, in document: Document) -> [ByteRange] {
        var hidden: [ByteRange] = []
        var run = Int(passage.runs.lowerBound)
        for number in passage.own {
            let piece = document.ownPieces[Int(number)]
            var shown = piece.start
            while shown < piece.end {
                // The next copied run that reaches beyond what was looked at.
                while run < Int(passage.runs.upperBound),
                    !document.runs[run].isCopied || rawEnd(ofRun: run, passage, document) <= shown
                {
                    run += 1
                }
                let isLast = run >= Int(passage.runs.upperBound) || document.runs[run].raw >= piece.end
                let next = isLast ? piece.end : max(shown, document.runs[run].raw)
                if next > shown, document.raw[Int(shown)..<Int(next)].contains(where: { $0 > 0x20 }) {
                    hidden.append(ByteRange(shown, next))
                }
                shown = isLast ? piece.end : rawEnd(ofRun: run, passage, document)
            }
        }
        return hidden
    }

    /// End in the raw text of what a run copied.
    private func rawEnd(ofRun run: Int, _ passage: Passage, _ document: Document) -> Int32 {
        let next = run + 1 < Int(passage.runs.upperBound) ? document.runs[run + 1].reading : passage.reading.end
        return document.runs[run].raw + next - document.runs[run].reading
    }

    private func encodeRuns(of passage: Passage, in document: Document, into runs: inout ByteWriter) {
        var reading = passage.reading.start
        var raw = passage.raw.start
        for index in passage.runs {
            let run = document.runs[Int(index)]
            runs.append(varint: UInt32(run.reading - reading))
            let step = run.raw - raw
            runs.append(varint: UInt32(bitPattern: (step << 1) ^ (step >> 31)) << 1 | (run.isCopied ? 1 : 0))
            reading = run.reading
            raw = run.raw
        }
    }
}
