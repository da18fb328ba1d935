import Foundation
import LayerFiles
import PassageScoring
import Readers
import Tagging
import TextModel

/// What suggestions have learned from the casebook.
package struct LearningReport: Sendable {
    /// Passages, and the windows of long ones, that somebody has decided on.
    package var examples: Int
    /// Concepts of the model whose scores are corrected, and concepts that it does not know.
    package var corrected: Int
    package var added: [String]
}

/// A passage that somebody has decided on, near another one.
package struct DecidedNeighbour: Sendable {
    /// Title and locator.
    package var place: String
    package var shown: [String]
    /// Concepts whose suggestion was rejected; with none marked and none rejected it was read and found empty.
    package var denied: [String]
    package var cosine: Double
}

/// What was learned, as it is kept beside the index. Deleting the file forgets it; `suggest --learn` makes it anew.
private struct LearnedFile: Codable {
    /// Rises with every change of the form, and of the way of learning.
    static let currentForm = 2

    var form = currentForm
    /// Of the model's file; the scores of another model need other corrections.
    var model: UInt64
    /// Tells one state of texts and decisions from another.
    var decisions: String
    var examples: Int
    var corrections: HeadCorrections
}

extension Project {
    /// Where it is kept what suggestions have learned.
    var learnedFile: URL {
        indexFile.deletingLastPathComponent().appendingPathComponent("learned.json")
    }

    /// Learns from all annotations and decisions in the casebook's scope and keeps what was learned; from then on
    /// suggestions use it, and it is learned anew when texts or decisions have changed.
    package func learn(jobs: Int) throws -> LearningReport {
        guard let model = try passageModel() else {
            throw Diagnostic(
                "no-model", .error, file: modelFile, "there is no model that could learn",
                advice: "This program was built without one; the cues learn nothing.")
        }
        let file = try learned(model, jobs: jobs)
        return LearningReport(
            examples: file.examples, corrected: file.corrections.correctedConcepts.count,
            added: file.corrections.addedConcepts)
    }

    /// What suggestions have learned, brought up to date; nothing where the casebook has never learned.
    func keptCorrections(_ model: PassageModel) throws -> HeadCorrections {
        guard FileSystem.exists(learnedFile.path) else { return HeadCorrections() }
        return try learned(model, jobs: Self.cores).corrections
    }

    /// The same as it was when last learned: for a round of the index, which must not start to read all texts.
    func lastCorrections(_ model: PassageModel) -> HeadCorrections {
        readLearned(model)?.corrections ?? HeadCorrections()
    }

    private func learned(_ model: PassageModel, jobs: Int) throws -> LearnedFile {
        let texts = decidedTexts()
        let decisions = try digest(of: texts)
        if let kept = readLearned(model), kept.decisions == decisions { return kept }
        let scheme = try scheme().scheme
        let suggester = try encoderAlone(model, scheme)
        var decided: [DecidedWindow] = []
        try forEachDecided(in: texts, scheme, suggester, jobs: jobs) { _, windows in decided += windows.map(\.window) }
        let corrections = suggester.corrections(from: decided, scheme: scheme)
        let file = LearnedFile(
            model: model.digest, decisions: decisions, examples: decided.count, corrections: corrections)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        try FileSystem.write(Array(try encoder.encode(file)), to: learnedFile.path)
        return file
    }

    /// Passages of the casebook that somebody has decided on and that lie nearest to a mean state, nearest first:
    /// at most `count` in which something was marked, and as many whose suggestions were rejected or that were read
    /// and found empty. Encodes those whose scores are not kept.
    func nearestDecided(
        to mean: [Float], _ model: PassageModel, except: (file: String, passage: Int32), count: Int
    ) throws -> [DecidedNeighbour] {
        let scheme = try scheme().scheme
        let suggester = try encoderAlone(model, scheme)
        var found: [DecidedNeighbour] = []
        try forEachDecided(in: decidedTexts(), scheme, suggester, jobs: Self.cores) { document, windows in
            for (passage, window) in windows where (document.path, passage) != except {
                let locator = document.locator(for: document.passages[Int(passage)].raw, in: passage).label
                found.append(
                    DecidedNeighbour(
                        place: "\(document.work.title), \(locator)", shown: window.shown.sorted(),
                        denied: window.denied.sorted(), cosine: window.cosine(to: mean)))
            }
        }
        found.sort { ($1.cosine, $0.place) < ($0.cosine, $1.place) }
        return Array(found.filter { !$0.shown.isEmpty }.prefix(count))
            + Array(found.filter { $0.shown.isEmpty }.prefix(count))
    }

    /// Texts in scope that have layers.
    private func decidedTexts() -> [(file: String, layers: [String])] {
        corpusFiles().filter(isInScope).compactMap { file in
            let layers = layerFiles(of: file)
            return layers.isEmpty ? nil : (file, layers)
        }
    }

    private func encoderAlone(_ model: PassageModel, _ scheme: ConceptScheme) throws -> LearnedSuggester {
        let index = try? openIndex()
        return LearnedSuggester(
            model: model, cues: try cueSuggester().suggester, isCombined: false, effort: .high, scheme: scheme,
            defaultLanguage: configuration.language,
            store: index.map { IndexScoreStore(index: $0, model: model.digest) })
    }

    private func forEachDecided(
        in texts: [(file: String, layers: [String])], _ scheme: ConceptScheme, _ suggester: LearnedSuggester, jobs: Int,
        _ body: (Document, [(passage: Int32, window: DecidedWindow)]) throws -> Void
    ) throws {
        let known = Set(scheme.concepts.map(\.id))
        for text in texts {
            let documents = try read(text.file).documents
            for (document, layers) in zip(documents, layers(of: documents)) {
                try body(
                    document,
                    suggester.decidedWindows(verdicts(of: layers, concepts: known), in: document, jobs: jobs))
            }
        }
    }

    /// `nil` where there is none for this model, or it is of another form or damaged.
    private func readLearned(_ model: PassageModel) -> LearnedFile? {
        guard let bytes = try? FileSystem.read(learnedFile.path, as: learnedFile.path),
            let file = try? JSONDecoder().decode(LearnedFile.self, from: Data(bytes)),
            file.form == LearnedFile.currentForm, file.model == model.digest, file.corrections.fits(width: model.hidden)
        else { return nil }
        return file
    }

    /// Changes whenever a text with layers, one of its layers or the scheme does.
    private func digest(of texts: [(file: String, layers: [String])]) throws -> String {
        let files = [configuration.scheme] + texts.flatMap { [$0.file] + $0.layers }
        let lines = try files.map { file in
            "\(file)\t\(sha256Hex(try FileSystem.read(path(of: file), as: file)))\n"
        }
        return sha256Hex(Array(lines.joined().utf8))
    }

    /// What the layers of a document say of its passages, passage by passage. Annotations that are not sure that they
    /// show a concept, or that speak against it, teach nothing: the encoder does not tell the sides apart.
    func verdicts(of layers: AnchoredLayers, concepts: Set<String>) -> [PassageVerdicts] {
        var verdicts: [Int32: PassageVerdicts] = [:]
        for anchored in layers.annotations where anchored.annotation.stance ?? .supports == .supports {
            for concept in anchored.annotation.concepts where concepts.contains(concept.id) {
                for piece in anchored.pieces {
                    verdicts[piece.passage, default: PassageVerdicts(passage: piece.passage)]
                        .shown[concept.id, default: []].append(piece.raw)
                }
            }
        }
        for anchored in layers.decisions {
            for passage in Set(anchored.pieces.map(\.passage)) {
                switch anchored.decision.verdict {
                case .rejected:
                    verdicts[passage, default: PassageVerdicts(passage: passage)].denied.formUnion(
                        anchored.decision.concepts.map(\.id))
                case .none: verdicts[passage, default: PassageVerdicts(passage: passage)].isEmpty = true
                case .skipped: break
                }
            }
        }
        return verdicts.values.sorted { $0.passage < $1.passage }
    }
}
