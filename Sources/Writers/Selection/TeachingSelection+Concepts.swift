package import TextModel

extension TeachingSelection {
    /// Is an annotation among those that the query matched.
    package func isMatched(_ annotation: AnchoredAnnotation) -> Bool {
        matched?.contains(annotation.qualifiedID) ?? true
    }

    /// Chooses, in all works, the passages that an annotation with one of the sheet's concepts stands on, in text
    /// order; works without such a passage fall away.
    package mutating func chooseAnnotatedPassages() {
        let chosen = chosenConcepts
        for index in works.indices {
            let annotations = works[index].annotations.filter { annotation in
                annotation.annotation.concepts.contains { chosen.contains($0.id) }
            }
            works[index].passages = Set(annotations.flatMap { $0.pieces.map(\.passage) }).sorted()
        }
        works.removeAll { $0.passages.isEmpty }
        sequence = nil
    }

    /// Ids of the concepts that the sheet is about, narrower ones included; all of the scheme where none is named.
    package var chosenConcepts: Set<String> {
        guard !concepts.isEmpty else { return Set(scheme.concepts.map(\.id)) }
        let indices = concepts.flatMap { id -> [Int] in
            guard let index = scheme.index(of: id) else { return [] }
            return exactConcepts.contains(id) ? [index] : scheme.closure(of: index)
        }
        return Set(indices.map { scheme.concepts[$0].id })
    }

    /// Annotations that cannot be shown at a place, or whose concept the scheme has not.
    package func unplaced(strings: SheetStrings, sigla: [String]) -> [UnplacedAnnotation] {
        let chosen = chosenConcepts
        return zip(works, sigla).flatMap { work, siglum in
            work.annotations.compactMap { anchored -> UnplacedAnnotation? in
                let annotation = anchored.annotation
                let isUnknown = annotation.concepts.contains { scheme[$0.id] == nil }
                guard !anchored.verdict.isShown || isUnknown else { return nil }
                guard isUnknown || annotation.concepts.contains(where: { chosen.contains($0.id) }) else { return nil }
                return UnplacedAnnotation(
                    siglum: siglum, title: WorkCitation.title(work.document.work.title),
                    concepts: annotation.concepts.map {
                        scheme[$0.id]?.preferredLabel(in: strings.language) ?? $0.id
                    },
                    quote: annotation.targets.first.flatMap { $0.quote.shown ?? $0.quote.exact },
                    reason: anchored.verdict.isShown ? "unknown-concept" : anchored.verdict.rawValue,
                    layer: anchored.layer)
            }
        }
    }
}

extension Work {
    /// What has to stand under every excerpt: that it is invented, or retold.
    package var sheetNote: String? { note(ofTypes: ["invented", "account"]) }

    /// What has to stand at the head of a case: also that it is a paraphrase from a paper copy.
    package var caseNote: String? { note(ofTypes: ["invented", "account", "paper"]) }

    private func note(ofTypes types: Set<String>) -> String? {
        let texts = notes.filter { note in note.type.map(types.contains) ?? false }.map(\.text)
        return texts.isEmpty ? nil : texts.joined(separator: " ")
    }
}

extension ConceptScheme {
    /// A text to print, from the scheme's front matter: `concepts-statement`, `disclaimer`, `urgent-help`.
    package func statement(_ name: String) -> String? {
        frontMatter.filter { $0.type == "statements" }.flatMap(\.entries).first { $0.name == name }?.text
    }
}
