import TextModel

/// Makes annotations and decisions of elements, as leniently as it can.
struct AnnotationReading {
    let tree: ElementTree
    /// `xml:base` in force at the element.
    let base: String?

    /// Everything an `annotation` says; `id` is empty where it has none.
    func annotation() -> Annotation {
        var annotation = Annotation(id: tree.attribute("xml:id", of: 0) ?? "", targets: [])
        let creators = pointerIDs(tree.attribute("resp", of: 0))
        annotation.creator = creators.first
        annotation.otherCreators = Array(creators.dropFirst())
        annotation.certainty = tree.attribute("cert", of: 0).flatMap(Self.certainty)
        let pointers = targets(of: 0)
        var quotes = [Quote](repeating: Quote(), count: pointers.count)
        for child in tree.children(of: 0) {
            switch tree.nodes[child].kind {
            case .respStmt:
                if annotation.creator == nil { annotation.creator = creator(of: child) }
            case .revisionDesc: readHistory(child, into: &annotation)
            case .ptr, .ref: readPointer(child, into: &annotation)
            case .note: readNote(child, into: &annotation, quotes: &quotes)
            default: break
            }
        }
        // `@ana` of other people's annotations names concepts as well.
        for pointer in WhiteSpace.words(of: tree.attribute("ana", of: 0) ?? "") {
            if let concept = conceptReference(pointer, version: nil), !annotation.concepts.contains(concept) {
                annotation.concepts.append(concept)
            }
        }
        annotation.targets = zip(pointers, quotes).map { Target(pointer: $0, quote: $1) }
        return annotation
    }

    /// An annotation of the second `standOff`; `nil` where it says nothing that we know.
    func decision() -> Decision? {
        let annotation = annotation()
        var verdict: Decision.Verdict?
        for child in tree.children(of: 0) where tree.nodes[child].kind == .note {
            if tree.attribute("type", of: child) == "decision" {
                verdict = Decision.Verdict(rawValue: tree.collapsedText(of: child))
            }
        }
        guard let verdict else { return nil }
        var decision = Decision(
            id: annotation.id, verdict: verdict, targets: annotation.targets, concepts: annotation.concepts)
        decision.creator = annotation.creator
        decision.decided = withdrawn() ?? annotation.created
        decision.proposal = annotation.proposal
        return decision
    }

    private func withdrawn() -> String? {
        for node in tree.nodes.indices where tree.nodes[node].kind == .change {
            if tree.attribute("status", of: node) == "withdrawn" { return tree.attribute("when", of: node) }
        }
        return nil
    }

    private func targets(of node: Int) -> [Pointer] {
        WhiteSpace.words(of: tree.attribute("target", of: node) ?? "").map {
            Pointer(text: $0, base: tree.attribute("xml:base", of: node) ?? base)
        }
    }

    /// `#ana #max` as ids.
    private func pointerIDs(_ text: String?) -> [String] {
        WhiteSpace.words(of: text ?? "").map { pointer in
            pointer.firstIndex(of: "#").map { String(pointer[pointer.index(after: $0)...]) } ?? pointer
        }
    }

    private func creator(of statement: Int) -> String? {
        for child in tree.children(of: statement) where tree.nodes[child].kind == .persName {
            if let id = pointerIDs(tree.attribute("sameAs", of: child) ?? tree.attribute("ref", of: child)).first {
                return id
            }
            return tree.collapsedText(of: child)
        }
        return nil
    }

    /// A number, or TEI's words with the number that stands for each.
    private static func certainty(_ text: String) -> Double? {
        switch text {
        case "high": 0.9
        case "medium": 0.6
        case "low": 0.3
        default: Double(text).flatMap { (0...1).contains($0) ? $0 : nil }
        }
    }

    private func readHistory(_ node: Int, into annotation: inout Annotation) {
        for change in tree.children(of: node) where tree.nodes[change].kind == .change {
            let when = tree.attribute("when", of: change)
            switch tree.attribute("status", of: change) {
            case "created": annotation.created = when
            // Newest first.
            case "modified": annotation.modified = annotation.modified ?? when
            case "proposed":
                let text = tree.collapsedText(of: change)
                // "SUGGESTER VERSION: reason"
                let colon = text.firstIndex(of: ":")
                let reason = colon.map { String(text[text.index(after: $0)...].drop { $0 == " " }) }
                annotation.proposal = Proposal(
                    suggester: String(text[..<(colon ?? text.endIndex)]),
                    score: tree.attribute("n", of: change).flatMap(Double.init),
                    reason: reason?.isEmpty == true ? nil : reason, when: when)
            default: break
            }
        }
    }

    private func readPointer(_ node: Int, into annotation: inout Annotation) {
        guard let target = tree.attribute("target", of: node) else { return }
        switch tree.attribute("type", of: node) {
        case "about":
            if let subject = Self.subject(target) { annotation.about.append(subject) }
        case "concept", nil:
            for pointer in WhiteSpace.words(of: target) {
                let concept = conceptReference(pointer, version: tree.attribute("n", of: node))
                if let concept { annotation.concepts.append(concept) }
            }
        default: break
        }
    }

    /// One pointer is a person (or a relation: the text knows), two are a dyad.
    static func subject(_ target: String) -> Subject? {
        let ids = WhiteSpace.words(of: target).compactMap { pointer -> String? in
            guard let hash = pointer.firstIndex(of: "#") else { return nil }
            return PercentEncoding.decoded(pointer[pointer.index(after: hash)...])
        }
        switch ids.count {
        case 1: return .person(ids[0])
        case 2: return .dyad(ids[0], ids[1])
        default: return nil
        }
    }

    private func conceptReference(_ pointer: String, version: String?) -> ConceptReference? {
        guard let hash = pointer.lastIndex(of: "#") else { return nil }
        let id = PercentEncoding.decoded(pointer[pointer.index(after: hash)...])
        return id.isEmpty ? nil : ConceptReference(id: id, scheme: String(pointer[..<hash]), version: version)
    }

    private func readNote(_ node: Int, into annotation: inout Annotation, quotes: inout [Quote]) {
        let text = tree.collapsedText(of: node)
        // Without a number a note belongs to the first pointer.
        let piece = (tree.attribute("n", of: node).flatMap { Int($0) } ?? 1) - 1
        switch tree.attribute("type", of: node) {
        case "exact" where quotes.indices.contains(piece): quotes[piece].exact = text
        case "shown" where quotes.indices.contains(piece): quotes[piece].shown = text
        case "prefix" where quotes.indices.contains(piece): quotes[piece].prefix = text
        case "suffix" where quotes.indices.contains(piece): quotes[piece].suffix = text
        case "digest" where quotes.indices.contains(piece): quotes[piece].digest = text
        case "stance": annotation.stance = Stance(rawValue: text)
        case "basis": annotation.basis = Basis(rawValue: text)
        case "comment": annotation.comment = joined(annotation.comment, comment(of: node))
        case "content": if let tag = ContentTag(rawValue: text) { annotation.contentTags.append(tag) }
        case "principal": annotation.isPrincipal = true
        case "anchor": annotation.anchorNote = text
        default: break
        }
    }

    private func joined(_ first: String?, _ second: String) -> String {
        first.map { $0 + "\n\n" + second } ?? second
    }

    /// Paragraphs apart by an empty line; a line break in a paragraph is an `lb`.
    private func comment(of node: Int) -> String {
        let paragraphs = tree.children(of: node).filter { tree.nodes[$0].kind == .p }
        guard !paragraphs.isEmpty else { return tree.collapsedText(of: node) }
        return paragraphs.map(paragraph).joined(separator: "\n\n")
    }

    private func paragraph(_ node: Int) -> String {
        let bytes = tree.bytes(of: node)
        let breaks = tree.nodes.indices.filter { tree.nodes[$0].parent == Int32(node) && tree.nodes[$0].kind == .lb }
        var lines: [String] = []
        var start = bytes.startIndex
        for line in breaks {
            let end = Int(tree.nodes[line].text.lowerBound)
            lines.append(String(decoding: WhiteSpace.collapsed(bytes[start..<end]), as: UTF8.self))
            start = end
        }
        lines.append(String(decoding: WhiteSpace.collapsed(bytes[start...]), as: UTF8.self))
        return lines.joined(separator: "\n")
    }
}
