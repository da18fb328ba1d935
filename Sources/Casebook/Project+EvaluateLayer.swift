import Foundation
import LayerFiles
import Readers
package import Tagging
import TextModel
import WordForms

/// What suggestions are worth on one text of the casebook.
package struct EvaluatedWork: Sendable {
    /// Path from the casebook.
    package var file: String
    package var passages: Int
    /// Of this text alone.
    package var micro: Evaluation.Measures
}

extension Project {
    /// Compares suggestions with a layer of the casebook's own texts. What suggestions have learned from the casebook
    /// is left out (``SuggestOptions/usesLearned``), so all works are scored by one suggester.
    ///
    /// Passages count where suggestions are made on them. Where the layer says of some passages that they were read
    /// and hold nothing, only these and the annotated ones count, else all of the text. What supports a concept is a
    /// label, what is ambiguous neither right nor wrong. Annotations that have lost their place do not count and are
    /// told of. `files` limits the texts; empty takes those in scope.
    package func evaluate(
        against layer: String, files: [String] = [], options: SuggestOptions = SuggestOptions(), minimumScore: Double?,
        jobs: Int
    ) throws -> EvaluationReport {
        let scheme = try scheme().scheme
        let leaves = scheme.leaves.map { scheme.concepts[$0].id }
        let withLayer = texts(withLayer: layer, among: files.isEmpty ? corpusFiles().filter(isInScope) : files)
        guard !withLayer.isEmpty else { throw noLayer(layer) }
        let known = Set(scheme.concepts.map(\.id))
        let suggester = try suggester(options).suggester
        let results = parallelMap(withLayer, jobs: jobs) { file in
            cases(of: file, layer: layer, concepts: known, suggester: suggester)
        }
        let worker = suggester.makeWorker()
        let language = configuration.language
        func threshold(_ concept: String) -> Double {
            minimumScore ?? worker.threshold(for: concept, language: language)
        }
        let all = results.flatMap(\.cases)
        return EvaluationReport(
            evaluation: Evaluation(all, concepts: leaves, threshold: threshold),
            intervals: EvaluationIntervals(
                all, concepts: leaves, works: results.map(\.cases.count), threshold: threshold),
            passages: all.count,
            works: zip(withLayer, results).map { file, result in
                EvaluatedWork(
                    file: file, passages: result.cases.count,
                    micro: Evaluation(result.cases, concepts: leaves, threshold: threshold).micro)
            },
            diagnostics: results.flatMap(\.diagnostics))
    }

    /// Texts in scope that have a layer.
    package func textsInScope(withLayer layer: String) -> [String] {
        texts(withLayer: layer, among: corpusFiles().filter(isInScope))
    }

    private func texts(withLayer layer: String, among files: [String]) -> [String] {
        files.filter { file in layerFiles(of: file).contains { LayerFile.layerName(ofPath: $0) == layer } }
    }

    private func noLayer(_ layer: String) -> Diagnostic {
        let known = Set(corpusFiles().compactMap(LayerFile.layerName(ofPath:))).subtracting([LayerName.reserved])
        return Diagnostic(
            "not-found", .error, file: layer, "no text in scope has this layer",
            advice: nearestNames(to: layer, among: known).first.map { "Did you mean “\($0)”?" }
                ?? "There are: \(known.sorted().joined(separator: ", ")).")
    }

    private struct WorkCases: Sendable {
        var cases: [EvaluationCase] = []
        var diagnostics: [Diagnostic] = []
    }

    private func cases(
        of file: String, layer: String, concepts: Set<String>, suggester: CasebookSuggester
    ) -> WorkCases {
        var result = WorkCases()
        do {
            let reading = try read(file)
            result.diagnostics = reading.diagnostics.filter { $0.severity > .note }
            let layers = layers(of: reading.documents, only: [layer])
            let tagger = suggester.makeTagger()
            var lexicon = Lexicon(language: configuration.language)
            for (document, layer) in zip(reading.documents, layers) {
                result.diagnostics += layer.diagnostics.filter { $0.severity > .note }
                let labels = PassageLabels(layer, concepts: concepts)
                if labels.lost > 0 {
                    result.diagnostics.append(
                        Diagnostic(
                            "lost-annotations", .warning, file: file,
                            "\(labels.lost) annotation\(labels.lost == 1 ? "" : "s") without a certain place \(labels.lost == 1 ? "was" : "were") left out",
                            advice: "`casebook annotate reanchor` lists them."))
                }
                let suggestions = Dictionary(
                    grouping: tagger.suggestions(for: document, minimumScore: 0), by: \.passage)
                for (index, passage) in document.passages.enumerated()
                where passage.kind.isTagged && labels.isRead(Int32(index)) {
                    let found = suggestions[Int32(index)] ?? []
                    let given = labels.supported[Int32(index)] ?? [:]
                    var item = EvaluationCase(
                        labels: Set(given.keys), either: labels.ambiguous[Int32(index)] ?? [], suggestions: found)
                    item.spans = LabelledSpan.spans(given, found, in: passage, of: document, lexicon: &lexicon)
                    result.cases.append(item)
                }
            }
        } catch {
            result.diagnostics.append(
                error as? Diagnostic ?? Diagnostic("unreadable-file", .error, file: file, "\(error)"))
        }
        return result
    }
}

/// What a layer says of each passage.
private struct PassageLabels {
    /// Passage → concept → ranges of ``Document/raw``.
    var supported: [Int32: [String: [ByteRange]]] = [:]
    var ambiguous: [Int32: Set<String>] = [:]
    /// Annotations without a certain place.
    var lost = 0
    /// Annotated, or read and found without any concept.
    private var read: Set<Int32> = []
    /// The layer keeps book of the passages that were read.
    private var keepsBook = false

    init(_ layer: AnchoredLayers, concepts: Set<String>) {
        for anchored in layer.annotations {
            if anchored.pieces.isEmpty { lost += 1 }
            let stance = anchored.annotation.stance ?? .supports
            for piece in anchored.pieces {
                read.insert(piece.passage)
                for concept in anchored.annotation.concepts where concepts.contains(concept.id) {
                    switch stance {
                    case .supports: supported[piece.passage, default: [:]][concept.id, default: []].append(piece.raw)
                    case .ambiguous: ambiguous[piece.passage, default: []].insert(concept.id)
                    case .contradicts: break
                    }
                }
            }
        }
        for found in layer.decisions where found.decision.verdict == .none {
            keepsBook = true
            read.formUnion(found.pieces.map(\.passage))
        }
    }

    func isRead(_ passage: Int32) -> Bool { !keepsBook || read.contains(passage) }
}
