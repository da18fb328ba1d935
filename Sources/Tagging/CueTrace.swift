package import Readers
package import TextModel
import WordForms

/// One cue at one place: what a score is made of, for explanations and tests.
package struct CueTrace: Sendable, Equatable {
    package var cue: String
    package var concept: String
    /// Numbers of the matched words in the passage, from 0, half-open.
    package var words: Range<Int>
    /// In ``Document/reading``.
    package var reading: ByteRange
    /// Weight of the cue after its contexts.
    package var strength: Double
    package var contradicts: Bool
    /// Ids of the context rules that hold for it.
    package var contexts: [String]
}

extension CueSet {
    /// All places where the cues match in a passage, those dropped by a context left out; by cue and place.
    ///
    /// Compiles the cues for this one call.
    package func traces(in passage: Passage, of document: Document) -> [CueTrace] {
        var scanner = CueScanner(CueProgram(self))
        scanner.begin(document.work)
        scanner.scan(passage, in: document)
        let tokens = scanner.tokens
        return scanner.evidence.map { evidence in
            let cue = cues[Int(evidence.cue)]
            return CueTrace(
                cue: cue.id, concept: cue.concept, words: Int(evidence.start)..<Int(evidence.end),
                reading: ByteRange(tokens[Int(evidence.start)].start, tokens[Int(evidence.end) - 1].end),
                strength: evidence.strength, contradicts: evidence.contradicts,
                contexts: evidence.contexts.map { contexts[Int($0.rule)].id })
        }
    }
}
