import Foundation
import LayerFiles
package import Tagging
package import TextModel
import WordForms

/// Labelled passages: JSON lines `{"id", "text", "labels", "either", "quotes"}`.
package enum GoldFile {
    package struct Line: Decodable, Sendable {
        package var id: String
        package var text: String
        package var labels: [String]
        package var either: [String]?
        /// Concept → the words that show it, one or several pieces.
        package var quotes: [String: [String]]?
    }

    /// The lines in order; the first that is none is an error with its number.
    package static func read(_ bytes: [UInt8], file: String) throws -> [Line] {
        let decoder = JSONDecoder()
        var lines: [Line] = []
        for (number, line) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated()
        where !line.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\r") }) {
            do {
                lines.append(try decoder.decode(Line.self, from: Data(line)))
            } catch {
                throw Diagnostic(
                    "malformed-line", .error, file: file, at: SourceLocation(line: number + 1, column: 1),
                    "no labelled passage in JSON", advice: #"Needed: {"id": …, "text": …, "labels": […]}."#)
            }
        }
        return lines
    }
}

/// An evaluation and what belongs to it.
package struct EvaluationReport: Sendable {
    package var evaluation: Evaluation
    package var intervals: EvaluationIntervals
    /// Passages that were looked at.
    package var passages: Int
    /// One each where the casebook's own texts were evaluated; empty for labelled passages.
    package var works: [EvaluatedWork] = []
    package var diagnostics: [Diagnostic] = []
}

extension Project {
    /// Scores labelled passages exactly as `suggest` scores the same text as one `p` of a longer document.
    ///
    /// `minimumScore` replaces each concept's own threshold. Labels that the scheme does not know are reported.
    package func evaluate(
        _ gold: [GoldFile.Line], file: String, options: SuggestOptions = SuggestOptions(), minimumScore: Double?,
        jobs: Int
    ) throws -> EvaluationReport {
        let scheme = try scheme().scheme
        let suggester = try suggester(options).suggester
        let leaves = scheme.leaves.map { scheme.concepts[$0].id }
        let language = configuration.language
        // A slice a job: a tagger grows quicker with each passage.
        let size = max(1, (gold.count + jobs - 1) / max(1, jobs))
        let slices = stride(from: 0, to: gold.count, by: size).map { Array(gold[$0..<min($0 + size, gold.count)]) }
        let cases = parallelMap(slices, jobs: jobs) { slice in
            let tagger = suggester.makeTagger()
            var lexicon = Lexicon(language: language)
            return slice.map { line in
                let document = Document(onePassage: line.text, language: language)
                return line.evaluationCase(
                    tagger.suggestions(for: document, minimumScore: 0), in: document, lexicon: &lexicon)
            }
        }
        let worker = suggester.makeWorker()
        func threshold(_ concept: String) -> Double {
            minimumScore ?? worker.threshold(for: concept, language: language)
        }
        let all = cases.flatMap(\.self)
        let unknown = Set(gold.flatMap { $0.labels + ($0.either ?? []) }).subtracting(scheme.concepts.map(\.id))
        var diagnostics = unknown.sorted().map { label in
            Diagnostic(
                "unknown-concept", .warning, file: file, "label “\(label)” is no concept of \(scheme.id)",
                advice: nearestNames(to: label, among: scheme.concepts.map(\.id)).first.map { "Did you mean “\($0)”?" })
        }
        let withQuotes = zip(gold, all).filter { $0.0.quotes?.isEmpty == false && $0.1.spans.isEmpty }
        diagnostics += withQuotes.map { line, _ in
            Diagnostic(
                "missing-quote", .warning, file: file, "the quotes of “\(line.id)” do not stand in its text",
                advice: nil)
        }
        return EvaluationReport(
            evaluation: Evaluation(all, concepts: leaves, threshold: threshold),
            intervals: EvaluationIntervals(all, concepts: leaves, threshold: threshold), passages: all.count,
            diagnostics: diagnostics)
    }
}

extension GoldFile.Line {
    fileprivate func evaluationCase(
        _ suggestions: [Suggestion], in document: Document, lexicon: inout Lexicon
    ) -> EvaluationCase {
        var item = EvaluationCase(
            labels: Set(labels), either: Set(either ?? []), suggestions: suggestions)
        guard let quotes, let passage = document.passages.first else { return item }
        let ranges = quotes.filter { labels.contains($0.key) }.mapValues { pieces in
            pieces.compactMap { QuoteFinder.find($0, in: document).first { $0.isExact }?.pieces.first?.raw }
        }
        item.spans = LabelledSpan.spans(ranges, suggestions, in: passage, of: document, lexicon: &lexicon)
        return item
    }
}
