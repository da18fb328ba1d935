import Foundation
package import PassageScoring
import Readers
import Tagging
import TextModel

/// How fast suggestions learn: plays a user who reads labelled passages one after the other, and measures after some
/// of them how good suggestions are on passages that were not read.
package struct LearningSimulation: Sendable {
    /// A labelled passage with the model's own scores.
    package struct Item: Sendable {
        var labels: Set<String>
        var scores: PassageScores
    }

    /// F1 after a number of passages read.
    package struct Point: Sendable {
        package var decisions: Int
        package var micro: Double
        package var macro: Double
        /// Mean F1 of the new concepts alone.
        package var new: Double
        /// Seconds that learning took.
        package var seconds: Double
    }

    package enum Order: String, Sendable, CaseIterable {
        case random
        /// In turns the likeliest example of the rarest concept, and what the scores are least sure of.
        case active
    }

    /// Without the new concepts, as if the model had never known them.
    let settings: ModelSettings
    let exemplars: [[Int8]]
    let new: [String]
    private var pool: [Item] = []
    private var test: [Item] = []

    /// What is learned is renewed so often: a user may do it after each, but that would take as many fits.
    private static let round = 10

    /// Every second item is for reading, the others for measuring. `new` are concepts of the model that it is not to
    /// know; exemplars that show them are left out.
    package init(_ items: [Item], model: PassageModel, new: [String]) {
        let hidden = Set(new)
        let kept = model.settings.concepts.indices.filter { !hidden.contains(model.settings.concepts[$0]) }
        settings = model.settings.removing(hidden)
        self.new = new
        exemplars = (model.exemplars?.exemplars ?? []).enumerated().compactMap { index, exemplar in
            hidden.isDisjoint(with: exemplar.concepts) ? model.exemplars?.vector(index) : nil
        }
        for (index, item) in items.enumerated() {
            var item = item
            for window in item.scores.windows.indices {
                let logits = item.scores.windows[window].logits
                item.scores.windows[window].logits = kept.map { logits[$0] }
            }
            if index.isMultiple(of: 2) { pool.append(item) } else { test.append(item) }
        }
    }

    package var sizes: (pool: Int, test: Int) { (pool.count, test.count) }

    /// The curve of one user; `seed` decides what is read first, and in random order all.
    package func run(_ order: Order, at counts: [Int], seed: UInt64) -> [Point] {
        var generator = SplitMix64(seed: seed)
        var unread = Array(pool.indices).shuffled(using: &generator)
        var decided: [DecidedWindow] = []
        var shownCount: [String: Int] = [:]
        var learned = HeadCorrections()
        var points: [Point] = []
        var read = 0
        for count in counts.sorted() {
            while read < count, !unread.isEmpty {
                let now = min(Self.round - read % Self.round, count - read, unread.count)
                // In one round nothing is learned between the questions, so they are chosen together.
                let chosen =
                    order == .random || read == 0
                    ? Array(unread.prefix(now)) : choose(now, of: unread, learned, shownCount)
                for index in chosen {
                    decided += answer(pool[index], learned)
                    for label in pool[index].labels { shownCount[label, default: 0] += 1 }
                }
                let done = Set(chosen)
                unread.removeAll(where: done.contains)
                read += now
                if read < count { learned = fit(decided) }
            }
            let clock = ContinuousClock()
            let time = clock.measure { learned = fit(decided) }
            points.append(measure(learned, decisions: read, seconds: time / .seconds(1)))
        }
        return points
    }

    private func fit(_ decided: [DecidedWindow]) -> HeadCorrections {
        HeadCorrections.fitted(to: decided, settings: settings, exemplars: exemplars, added: new)
    }

    /// Marks what a passage shows and rejects what is suggested wrongly.
    private func answer(_ item: Item, _ learned: HeadCorrections) -> [DecidedWindow] {
        let wrong = suggested(item, learned).subtracting(item.labels)
        return item.scores.windows.map {
            DecidedWindow($0, shown: item.labels, denied: wrong, isEmpty: item.labels.isEmpty)
        }
    }

    /// Concept → log odds above its threshold.
    private func margins(_ item: Item, _ learned: HeadCorrections) -> [String: Double] {
        let all = settings.adding(learned.addedConcepts)
        let scores = learned.applied(to: item.scores, settings)
        var margins: [String: Double] = [:]
        for (index, concept) in all.concepts.enumerated() {
            guard let best = scores.best(index) else { continue }
            let score = all.probability(index, logit: scores.windows[best].logits[index])
            margins[concept] = logOdds(score) - logOdds(all.thresholds[index])
        }
        return margins
    }

    private func suggested(_ item: Item, _ learned: HeadCorrections) -> Set<String> {
        Set(margins(item, learned).filter { $0.value >= 0 }.keys)
    }

    private func choose(_ count: Int, of unread: [Int], _ learned: HeadCorrections, _ shown: [String: Int]) -> [Int] {
        var open = unread.map { (index: $0, margins: margins(pool[$0], learned)) }
        let concepts = settings.concepts + learned.addedConcepts
        var shown = shown
        var chosen: [Int] = []
        for number in 0..<count {
            guard !open.isEmpty else { break }
            let place: Int?
            if number.isMultiple(of: 2) {
                let rarest = concepts.min { (shown[$0] ?? 0, $0) < (shown[$1] ?? 0, $1) } ?? ""
                shown[rarest, default: 0] += 1
                place = open.indices.max { (open[$0].margins[rarest] ?? -99) < (open[$1].margins[rarest] ?? -99) }
            } else {
                func doubt(_ place: Int) -> Double { open[place].margins.values.map { -abs($0) }.max() ?? -99 }
                place = open.indices.max { doubt($0) < doubt($1) }
            }
            if let place { chosen.append(open.remove(at: place).index) }
        }
        return chosen
    }

    private func measure(_ learned: HeadCorrections, decisions: Int, seconds: Double) -> Point {
        let cases = test.map { item in
            EvaluationCase(
                labels: item.labels,
                scores: Dictionary(suggested(item, learned).map { ($0, 1) }, uniquingKeysWith: { first, _ in first }))
        }
        let evaluation = Evaluation(cases, concepts: settings.concepts + new, threshold: { _ in 0.5 })
        let fresh = evaluation.concepts.filter { new.contains($0.concept) }
        let sum = fresh.reduce(0) { $0 + $1.measures.f1 }
        return Point(
            decisions: decisions, micro: evaluation.micro.f1, macro: evaluation.macro.f1,
            new: fresh.isEmpty ? 0 : sum / Double(fresh.count), seconds: seconds)
    }

    private func logOdds(_ score: Double) -> Double {
        let score = min(max(score, 1e-6), 1 - 1e-6)
        return log(score / (1 - score))
    }
}

extension Project {
    /// Labelled passages for ``LearningSimulation``: of all texts that are named, by one layer.
    package func simulation(
        of files: [String], layer: String, new: [String], jobs: Int
    ) throws -> LearningSimulation {
        guard let model = try passageModel() else {
            throw Diagnostic(
                "no-model", .error, file: modelFile, "there is no model that could learn",
                advice: "This program was built without one; the cues learn nothing.")
        }
        if let unknown = new.first(where: { !model.settings.concepts.contains($0) }) {
            let known = model.settings.concepts.sorted()
            throw Diagnostic(
                "not-found", .error, file: unknown, "the model has no such concept",
                advice: nearestNames(to: unknown, among: known).first.map { "Did you mean “\($0)”?" }
                    ?? "It has " + known.joined(separator: ", ") + ".")
        }
        let scheme = try scheme().scheme
        let known = Set(model.settings.concepts)
        let suggester = LearnedSuggester(
            model: model, cues: try cueSuggester().suggester, isCombined: false, effort: .high, scheme: scheme,
            defaultLanguage: configuration.language)
        var items: [LearningSimulation.Item] = []
        for file in files {
            let documents = try read(file).documents
            for (document, layers) in zip(documents, layers(of: documents, only: [layer])) {
                let labels = Dictionary(
                    verdicts(of: layers, concepts: known).map { ($0.passage, $0) },
                    uniquingKeysWith: { first, _ in first })
                let passages = document.passages.enumerated().filter { labels[Int32($0.offset)] != nil }
                let scores = suggester.shippedScores(of: passages.map(\.element), in: document, jobs: jobs)
                for (passage, scores) in zip(passages, scores) {
                    guard let scores else { continue }
                    items.append(
                        .init(labels: Set(labels[Int32(passage.offset)]?.shown.keys.map(\.self) ?? []), scores: scores))
                }
            }
        }
        return LearningSimulation(items, model: model, new: new)
    }
}
