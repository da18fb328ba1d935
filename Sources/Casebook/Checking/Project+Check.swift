import LayerFiles
import Readers
import Tagging
package import TextModel
import Writers

extension Project {
    /// Everything that is wrong in the casebook, or in some of its files; by file and place.
    ///
    /// `finished` is told how many files are done.
    package func check(
        _ files: [String]? = nil, jobs: Int = 1, finished: @Sendable (Int, Int) -> Void = { _, _ in }
    ) -> [Diagnostic] {
        var found = files == nil ? diagnostics : []
        let checker = FileChecker(project: self, scheme: try? scheme().scheme)
        let corpus = files ?? corpusFiles()
        let settings = files == nil ? [configuration.scheme, cueFile] : []
        let results = parallelMap(corpus, jobs: jobs, finished: { finished($0, corpus.count) }) { checker.check($0) }
        for file in settings { found += checker.checkSettings(file) }
        if files == nil { found += checkSavedQueries(jobs: jobs) }
        return (found + results.flatMap(\.self)).sorted {
            ($0.file, $0.location?.line ?? 0, $0.location?.column ?? 0, $0.summary)
                < ($1.file, $1.location?.line ?? 0, $1.location?.column ?? 0, $1.summary)
        }
    }
}

/// Checks one file after the other.
private struct FileChecker: Sendable {
    let project: Project
    let scheme: ConceptScheme?

    func check(_ file: String) -> [Diagnostic] {
        do {
            if file == project.configuration.scheme || file == project.cueFile { return checkSettings(file) }
            let bytes = try FileSystem.read(project.path(of: file), as: file)
            let reading = project.read(bytes, file: file)
            var found = reading.diagnostics
            guard !reading.hasErrors else { return found }
            found += TEIChecker.check(bytes, path: file, grammar: grammar())
            switch reading.kind {
            case .layer: found += checkLayer(bytes, file)
            case .persons: found += PersonsReader.read(bytes, path: file).diagnostics
            case .scheme: found += ConceptSchemeReader.read(bytes, path: file).diagnostics
            case .text, .cues, .other: break
            }
            return unique(found)
        } catch let diagnostic as Diagnostic {
            return [diagnostic]
        } catch {
            return [Diagnostic("unreadable-file", .error, file: file, "\(error)")]
        }
    }

    /// The scheme and its cues.
    func checkSettings(_ file: String) -> [Diagnostic] {
        do {
            let bytes = try FileSystem.read(project.path(of: file), as: file)
            guard file == project.cueFile else {
                return ConceptSchemeReader.read(bytes, path: file).diagnostics
                    + TEIChecker.check(bytes, path: file, grammar: grammar())
            }
            let (cues, diagnostics) = CueFileReader.read(bytes, path: file)
            guard let cues else { return diagnostics }
            return diagnostics + (scheme.map { cues.problems(against: $0) } ?? []) + cues.failingExamples()
        } catch let diagnostic as Diagnostic {
            // A casebook without cues is whole; one without its scheme is not.
            return file == project.cueFile ? [] : [diagnostic]
        } catch {
            return [Diagnostic("unreadable-file", .error, file: file, "\(error)")]
        }
    }

    /// A grammar cannot be shared between threads; ours loads in milliseconds.
    private func grammar() -> RelaxNGGrammar? {
        let own = try? FileSystem.read(project.path(of: "Schemas/casebook.rng"), as: "Schemas/casebook.rng")
        let shipped = ShippedFiles.all(in: "Schemas/casebook.rng").first?.bytes
        return (own ?? shipped).flatMap { RelaxNGGrammar($0) }
    }

    // MARK: - Layers

    private func checkLayer(_ bytes: [UInt8], _ file: String) -> [Diagnostic] {
        let (layer, diagnostics) = LayerFile.read(bytes: bytes, path: file)
        var found = diagnostics
        let lines = LineTable(bytes)
        func report(
            _ id: String, _ identifier: String, _ severity: Diagnostic.Severity, _ summary: String, _ advice: String?
        ) {
            // The indentation before an annotation is part of its lines: the tag is the place.
            let place = layer.source(of: id).map { source in
                lines.location(of: source.firstIndex { $0 != UInt8(ascii: " ") } ?? source.startIndex)
            }
            found.append(Diagnostic(identifier, severity, file: file, at: place, summary, advice: advice))
        }
        let concepts = layer.annotations.map { ($0.id, $0.concepts) } + layer.decisions.map { ($0.id, $0.concepts) }
        for (id, references) in concepts {
            for reference in references { check(reference, of: id, report) }
        }
        guard let textFile = layer.textFile else { return found }
        let text = Project.join(Project.folder(of: file), textFile)
        guard FileSystem.exists(project.path(of: text)) else {
            found.append(project.textNotAtHand(layer))
            return found
        }
        guard let documents = try? project.read(text).documents, !documents.isEmpty else { return found }
        let persons = Set(documents.flatMap(\.work.persons).map(\.id))
        let relations = Set(documents.flatMap(\.work.relations).compactMap(\.id))
        for annotation in layer.annotations {
            for id in annotation.about.flatMap(\.ids) where !persons.contains(id) && !relations.contains(id) {
                let near = nearestNames(to: id, among: persons).first
                report(
                    annotation.id, "unknown-person", .warning,
                    "\(annotation.id) is about “\(id)”, whom nobody declares",
                    near.map { "Did you mean “\($0)”?" } ?? "Add the person with `casebook persons add`.")
            }
        }
        let anchors = Anchoring.anchor(layer, to: documents.map(DocumentPlaces.init)).map(\.anchored)
        for anchored in anchors where anchored.verdict != .exact {
            let words =
                anchored.annotation.targets.first.flatMap { $0.quote.shown ?? $0.quote.exact }
                ?? "words kept as a digest"
            report(
                anchored.annotation.id, "anchor-" + anchored.verdict.rawValue,
                anchored.verdict.isShown ? .note : .error,
                "\(anchored.annotation.id) is \(anchored.verdict.rawValue): “\(shortened(words))”",
                Self.advice(on: anchored.verdict))
        }
        return found
    }

    private func check(
        _ reference: ConceptReference, of id: String,
        _ report: (String, String, Diagnostic.Severity, String, String?) -> Void
    ) {
        // A reference into another scheme is somebody else's business.
        guard let scheme, reference.scheme.hasSuffix(Project.lastComponent(of: scheme.path)) || reference.scheme.isEmpty
        else { return }
        guard let concept = scheme[reference.id] else {
            let near = nearestNames(to: reference.id, among: scheme.concepts.map(\.id)).first
            return report(
                id, "unknown-concept", .error,
                "\(id) has the concept “\(reference.id)”, which \(scheme.path) does not know",
                near.map {
                    "Did you mean “\($0)”? `casebook concepts rename \(reference.id) \($0)` puts it in its place everywhere."
                } ?? "`casebook concepts rename \(reference.id) ID` puts another concept in its place everywhere.")
        }
        if let instead = concept.deprecated {
            report(id, "deprecated-concept", .warning, "\(id) has the deprecated concept “\(concept.id)”", instead)
        }
    }

    private static func advice(on verdict: AnchorVerdict) -> String? {
        switch verdict {
        case .exact: nil
        case .moved: "It is shown at its new place; `casebook annotate reanchor --apply` writes it down."
        case .fuzzy: "The words have changed a little: `casebook annotate reanchor` shows the old and the new ones."
        case .ambiguous: "The words stand in several places that are as good: say which."
        case .orphaned: "The words are gone; the annotation stays in its layer and comes back with them."
        }
    }

    private func shortened(_ words: String) -> String {
        // One line of a terminal holds about so much beside the rest.
        words.count > 60 ? words.prefix(57) + "…" : words
    }

    private func unique(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
        var seen: Set<Diagnostic> = []
        return diagnostics.filter { seen.insert($0).inserted }
    }
}

extension Subject {
    /// Ids of the persons, or of the relation.
    fileprivate var ids: [String] {
        switch self {
        case .person(let id), .relation(let id): [id]
        case .dyad(let from, let towards): [from, towards]
        }
    }
}
