package import TextModel

extension LayerFile {
    /// Puts other concepts in the place of each one given, in annotations and decisions. `replace` gets a concept and
    /// the annotation that carries it (a decision's targets and proposal in one), and gives what is to stand there:
    /// nothing but the concept itself where it stays. Concepts that would come twice come once.
    ///
    /// Returns the ids of what changed.
    @discardableResult
    package mutating func mapConcepts(
        _ replace: (ConceptReference, Annotation) -> [ConceptReference]
    ) throws(Diagnostic) -> [String] {
        func mapped(_ concepts: [ConceptReference], of annotation: Annotation) -> [ConceptReference] {
            var result: [ConceptReference] = []
            for concept in concepts.flatMap({ replace($0, annotation) })
            where !result.contains(where: { $0.id == concept.id && $0.scheme == concept.scheme }) {
                result.append(concept)
            }
            return result
        }
        var annotations: [Annotation] = []
        for annotation in self.annotations where !annotation.id.isEmpty {
            let concepts = mapped(annotation.concepts, of: annotation)
            guard concepts != annotation.concepts else { continue }
            var annotation = annotation
            annotation.concepts = concepts
            annotations.append(annotation)
        }
        var decisions: [Decision] = []
        for decision in self.decisions where !decision.id.isEmpty {
            var carrier = Annotation(id: decision.id, targets: decision.targets)
            carrier.concepts = decision.concepts
            carrier.proposal = decision.proposal
            let concepts = mapped(decision.concepts, of: carrier)
            guard concepts != decision.concepts else { continue }
            var decision = decision
            decision.concepts = concepts
            decisions.append(decision)
        }
        if !annotations.isEmpty { try self.replace(annotations) }
        if !decisions.isEmpty { try self.replace(decisions) }
        return annotations.map(\.id) + decisions.map(\.id)
    }

    /// Annotations that were given a concept under another version of the scheme: to be read again when its
    /// definition has changed.
    package func annotations(with concept: String, givenBefore version: String) -> [Annotation] {
        annotations.filter { annotation in
            annotation.concepts.contains { $0.id == concept && $0.version != version }
        }
    }

    /// The `ref` of the header.
    mutating func renameSource(_ old: String, to new: String) {
        guard let tag = layout.sourceReference, textFile == old else { return }
        let text = String(decoding: bytes[tag], as: UTF8.self)
        for quote in ["\"", "'"] {
            let value = "target=\(quote)\(PercentEncoding.encoded(old))\(quote)"
            guard let place = text.firstRange(of: value) else { continue }
            var markup = MarkupText(isASCII: layout.isASCII)
            markup.attribute("target", PercentEncoding.encoded(new))
            let start = tag.lowerBound + text[..<place.lowerBound].utf8.count
            isHeaderChanged = true
            note(.header, HeaderValue.source.rawValue, before: Array(old.utf8), after: Array(new.utf8))
            splice([Splice(range: start..<start + value.utf8.count, bytes: Array(markup.bytes.dropFirst()))])
            textFile = new
            return
        }
    }
}
