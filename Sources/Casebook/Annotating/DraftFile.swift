import Foundation
import TextModel

/// Annotations as JSON lines, for `annotate add --from`: what a spreadsheet or a script can write.
///
///     {"ranges": [{"passage": "p3", "quote": "felt nothing"}], "concepts": ["impaired-bonding"],
///      "about": ["ada>tom"], "stance": "supports", "basis": "shown", "comment": "…", "content": []}
///
/// With `"none": true` and no concepts a line says that the passage was read and shows none. A range names a quote (with or without its passage) or `passage`, `start`, `end`.
package enum DraftFile {
    private struct Line: Decodable {
        struct Range: Decodable {
            var passage: String?
            var quote: String?
            var start: Int?
            var end: Int?
        }
        var ranges: [Range]
        var concepts: [String]
        var about: [String]?
        var stance: String?
        var basis: String?
        var certainty: Double?
        var comment: String?
        var content: [String]?
        var principal: Bool?
        var none: Bool?
    }

    /// The drafts in order; the first line that is none is an error with its number.
    package static func read(_ bytes: [UInt8], file: String) throws -> [AnnotationDraft] {
        let decoder = JSONDecoder()
        var drafts: [AnnotationDraft] = []
        for (number, line) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated()
        {
            guard !line.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\r") }) else { continue }
            do {
                drafts.append(try draft(decoder.decode(Line.self, from: Data(line))))
            } catch {
                throw Diagnostic(
                    "malformed-line", .error, file: file, at: SourceLocation(line: number + 1, column: 1),
                    "no annotation in JSON: \(reason(error))",
                    advice: #"Needed: {"ranges": [{"passage": …, "quote": …}], "concepts": […]}."#)
            }
        }
        return drafts
    }

    private static func draft(_ line: Line) throws -> AnnotationDraft {
        var draft = AnnotationDraft()
        for range in line.ranges {
            if let quote = range.quote {
                draft.places.append(.quote(quote, passage: range.passage))
            } else if let passage = range.passage, let start = range.start, let end = range.end {
                draft.places.append(.range(passage: passage, start: start, end: end))
            } else {
                throw Incomplete()
            }
        }
        draft.concepts = line.concepts
        draft.about = line.about ?? []
        draft.stance = line.stance
        draft.basis = line.basis
        draft.certainty = line.certainty
        draft.comment = line.comment
        draft.content = line.content ?? []
        draft.isPrincipal = line.principal ?? false
        draft.findsNothing = line.none ?? false
        return draft
    }

    private struct Incomplete: Error {}

    private static func reason(_ error: any Error) -> String {
        switch error {
        case DecodingError.keyNotFound(let key, _): "“\(key.stringValue)” is missing"
        case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
            "“\(context.codingPath.map(\.stringValue).joined(separator: "."))” is of another kind"
        case is Incomplete: "a range has neither a quote nor passage, start and end"
        default: "not readable as JSON"
        }
    }
}
