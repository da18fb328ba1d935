import Foundation
import LanguageModels
import LayerFiles
package import QueryLanguage
import Readers
import Tagging
package import TextModel

/// A suggestion with the document that it was made in.
package struct LocatedSuggestion: Sendable {
    package var suggestion: Suggestion
    package var document: Document
}

/// Looks for suggestions by their ids.
private struct SuggestionSearch {
    var wanted: Set<String>
    var found: [String: LocatedSuggestion] = [:]
    /// What one suggester has encoded, the next one need not.
    let store = MemoryScoreStore()

    mutating func run(over files: [String], in project: Project, _ options: SuggestOptions) throws {
        guard !wanted.isEmpty else { return }
        let tagger = try project.suggester(options).suggester.makeTagger(jobs: Project.cores)
        for file in files where !wanted.isEmpty {
            guard let reading = try? project.read(file) else { continue }
            for document in reading.documents {
                for suggestion in tagger.suggestions(for: document, minimumScore: 0)
                where wanted.remove(suggestion.id) != nil {
                    found[suggestion.id] = LocatedSuggestion(suggestion: suggestion, document: document)
                }
            }
        }
    }
}

extension Project {
    /// Cores that work which nobody limits may take.
    static var cores: Int { ProcessInfo.processInfo.activeProcessorCount }

    /// The suggestions of some ids, whoever made them; ids that nothing carries are an error. Reads texts until all
    /// are found: first with the cues alone, which is quick, then with the encoder.
    package func suggestions(withIDs ids: [String], in files: [String]) throws -> [LocatedSuggestion] {
        var search = SuggestionSearch(wanted: Set(ids))
        try search.run(over: files, in: self, SuggestOptions(suggester: CueSuggester.name))
        if !search.wanted.isEmpty, try passageModel() != nil {
            for suggester in [LearnedSuggester.combinedName, LearnedSuggester.encoderName] {
                var options = SuggestOptions(suggester: suggester, effort: .high)
                options.store = search.store
                options.usesIndex = true
                options.usesLearned = true
                try search.run(over: files, in: self, options)
            }
        }
        if !search.wanted.isEmpty, configuration.languageModel != nil {
            try search.run(over: files, in: self, SuggestOptions(suggester: LanguageModel.name))
        }
        if let missing = ids.first(where: search.wanted.contains) {
            throw Diagnostic(
                "not-found", .error, file: missing, "no suggestion with this id",
                advice: "`casebook suggest --min-score 0` lists them; an id changes with the words that it is about.")
        }
        return ids.compactMap { search.found[$0] }
    }

    /// Open suggestions of a score and more, of some concepts or all.
    package func openSuggestions(in files: [String], minimumScore: Double?, concepts: Set<String>) throws
        -> [LocatedSuggestion]
    {
        var options = SuggestOptions()
        options.usesIndex = true
        options.usesLearned = true
        let tagger = try suggester(options).suggester.makeTagger(jobs: Self.cores)
        var open: [LocatedSuggestion] = []
        for file in files {
            let documents = try read(file).documents
            let layers = layers(of: documents)
            for (document, layers) in zip(documents, layers) {
                let suggestions = tagger.suggestions(for: document, minimumScore: minimumScore)
                guard !suggestions.isEmpty else { continue }
                let decided = layers.suggestionStates.decided(suggestions)
                for suggestion in suggestions where !decided.contains(suggestion.id) {
                    guard concepts.isEmpty || concepts.contains(suggestion.concept) else { continue }
                    open.append(LocatedSuggestion(suggestion: suggestion, document: document))
                }
            }
        }
        return open
    }

    /// Those that a query means: where it asks for suggestions (`is:open`) just these, else those in the passages
    /// that it finds. `hits` are the query's, with passages as their unit.
    package func suggestions(_ suggestions: [LocatedSuggestion], matching hits: [Hit]) -> [LocatedSuggestion] {
        // The id of a suggestion has no file before it.
        let ids = Set(hits.flatMap(\.annotations).filter { !$0.contains("#") })
        guard ids.isEmpty else { return suggestions.filter { ids.contains($0.suggestion.id) } }
        let passages = Set(hits.flatMap { hit in (hit.passage.map { [$0] } ?? []).map { hit.document + "\n" + $0 } })
        var names: [String: PassageIdentifiers] = [:]
        return suggestions.filter { located in
            let document = located.document
            let own = names[document.name] ?? PassageIdentifiers(document)
            names[document.name] = own
            return passages.contains(document.name + "\n" + own[Int(located.suggestion.passage)])
        }
    }

    /// Makes annotations of suggestions: one step, one save a layer. Their whole ids.
    package func accept(_ accepted: [LocatedSuggestion], by authorship: Authorship) throws -> [String] {
        let scheme = try scheme().scheme
        return try decide(accepted, by: authorship, verb: "accept") { layer, suggestions, document in
            let annotations = suggestions.map { suggestion in
                var annotation = Annotation(id: "", targets: [target(of: suggestion, in: document, layer: layer.path)])
                annotation.concepts = [reference(to: suggestion.concept, scheme, from: layer.path)]
                annotation.stance = suggestion.stance
                annotation.creator = authorship.annotator.id
                annotation.created = Timestamp.now()
                annotation.proposal = proposal(of: suggestion)
                return annotation
            }
            return try layer.add(annotations)
        }
    }

    /// Keeps that suggestions were declined: they are not made again.
    package func decline(
        _ declined: [LocatedSuggestion], as verdict: Decision.Verdict, by authorship: Authorship
    ) throws -> [String] {
        let scheme = try scheme().scheme
        return try decide(declined, by: authorship, verb: verdict == .skipped ? "skip" : "reject") {
            layer, suggestions, document in
            let decisions = suggestions.map { suggestion in
                var decision = Decision(
                    id: "", verdict: verdict, targets: [target(of: suggestion, in: document, layer: layer.path)],
                    concepts: [reference(to: suggestion.concept, scheme, from: layer.path)])
                decision.creator = authorship.annotator.id
                decision.decided = Timestamp.now()
                decision.proposal = proposal(of: suggestion)
                return decision
            }
            return try layer.add(decisions)
        }
    }

    private func decide(
        _ decided: [LocatedSuggestion], by authorship: Authorship, verb: String,
        _ body: (inout LayerFile, [Suggestion], Document) throws -> [String]
    ) throws -> [String] {
        let groups = Dictionary(grouping: decided) { layerFile(authorship.layer, of: $0.document.path) }
        let store = layerStore()
        var ids: [String] = []
        let title = "\(verb) \(decided.count) suggestion\(decided.count == 1 ? "" : "s")"
        try store.step(
            title: title, by: authorship.annotator.id, layers: groups.keys.sorted(),
            creating: { path in
                // A group has at least one suggestion, and the path is one of theirs.
                LayerFile.new(
                    for: groups[path]?.first?.document ?? Document(path: path), path: path,
                    annotator: authorship.annotator, version: Self.version)
            }
        ) { step in
            for (path, group) in groups.sorted(by: { $0.key < $1.key }) {
                try step.edit(path) { layer in
                    layer.addAnnotators([authorship.annotator])
                    for (_, located) in Dictionary(grouping: group, by: { $0.document.name }).sorted(by: {
                        $0.key < $1.key
                    }) {
                        ids += try body(&layer, located.map(\.suggestion), located[0].document).map { "\(path)#\($0)" }
                    }
                }
            }
        }
        return ids
    }

    private func target(of suggestion: Suggestion, in document: Document, layer: String) -> Target {
        Target(
            of: AnchoredPiece(passage: suggestion.passage, raw: suggestion.raw), in: document, layerPath: layer,
            isRestricted: document.work.availability == .restricted)
    }

    private func reference(to concept: String, _ scheme: ConceptScheme, from layer: String) -> ConceptReference {
        ConceptReference(
            id: concept, scheme: LayerFile.relativePath(of: configuration.scheme, fromFolderOf: layer),
            version: scheme.version)
    }

    private func proposal(of suggestion: Suggestion) -> Proposal {
        Proposal(
            suggester: "\(suggestion.suggester) \(Self.version)", score: suggestion.score, reason: suggestion.reason,
            when: Timestamp.now())
    }
}
