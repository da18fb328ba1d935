import TextModel

extension SheetMaterial {
    /// Evidence for and against one concept: never in one list. What is open stands apart from both.
    func evidence(for concept: Concept) -> SheetValue? {
        var items: [Stance: [SheetValue]] = [:]
        // Words of one annotation that run over several passages are one piece of evidence.
        var seen: [String: Int] = [:]
        for passage in passages {
            for mark in passage.marks {
                let anchored = annotation(mark, passage)
                guard anchored.annotation.concepts.contains(where: { $0.id == concept.id }) else { continue }
                let stance = anchored.annotation.stance ?? .supports
                let id = "\(passage.work)/\(anchored.qualifiedID)"
                if let index = seen[id], let old = items[stance]?[index], case .string(let words)? = old["quote"] {
                    items[stance]?[index] = evidenceItem(mark, passage, quote: words + " … " + quote(mark, passage))
                } else {
                    seen[id] = items[stance]?.count ?? 0
                    items[stance, default: []].append(evidenceItem(mark, passage, quote: quote(mark, passage)))
                }
            }
        }
        guard !items.isEmpty else { return nil }
        return [
            "id": .string(concept.id), "label": .string(label(of: concept)),
            "heading": .string(sentence(label(of: concept))),
            "for": .array(items[.supports] ?? []), "against": .array(items[.contradicts] ?? []),
            "ambiguous": .array(items[.ambiguous] ?? []),
        ]
    }

    private func evidenceItem(_ mark: MarkedPassage.Mark, _ passage: MarkedPassage, quote: String) -> SheetValue {
        let annotation = annotation(mark, passage).annotation
        return [
            "quote": .string(quote), "reference": .string(reference(mark, passage)),
            "anchor": .string(anchor(mark, passage)), "siglum": .string(sigla[passage.work]),
            "locator": .text(passage.locator.label), "about": .text(about(annotation, in: passage.work)),
            "basis": .text(annotation.basis.map { strings("basis.\($0.rawValue)") }),
        ]
    }
}
