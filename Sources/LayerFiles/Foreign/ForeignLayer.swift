package import TextModel

/// Annotations that a text file holds itself: shown beside the layers, and never written to.
package struct ForeignLayer: Sendable {
    /// Named after their `@resp`; `text` where nobody is named.
    package var name: String
    package var annotations: [AnchoredAnnotation]
}

extension ForeignLayer {
    /// The annotations inside a text file: `standOff` with `annotation`, `spanGrp` with `span`, inline `seg` with
    /// `@ana`. `bytes` are the file of the documents, which are all that it holds, in order.
    ///
    /// Costs one more reading of the file; nothing but a look at the bytes where there is none of these.
    package static func read(_ bytes: [UInt8], documents: [Document]) -> [[ForeignLayer]] {
        guard mayHold(bytes) else { return documents.map { _ in [] } }
        let found = ForeignAnnotations.read(bytes, path: documents.first?.path ?? "")
        return documents.enumerated().map { index, document in
            layers(of: found, in: document, number: index, isOnlyOne: documents.count == 1)
        }
    }

    /// `<seg`, `<span`, `<annotation`, with or without a prefix: by the first letters after `<` or `:`.
    private static func mayHold(_ bytes: [UInt8]) -> Bool {
        let text = bytes.span
        var index = 0
        while index + 3 < text.count {
            let byte = text[index]
            index += 1
            guard byte == UInt8(ascii: "<") || byte == UInt8(ascii: ":") else { continue }
            switch (text[index], text[index + 1], text[index + 2]) {
            case (UInt8(ascii: "s"), UInt8(ascii: "e"), UInt8(ascii: "g")),
                (UInt8(ascii: "s"), UInt8(ascii: "p"), UInt8(ascii: "a")),
                (UInt8(ascii: "a"), UInt8(ascii: "n"), UInt8(ascii: "n")):
                return true
            default: break
            }
        }
        return false
    }

    private static func layers(
        of found: ForeignAnnotations.Found, in document: Document, number: Int, isOnlyOne: Bool
    ) -> [ForeignLayer] {
        let places = DocumentPlaces(document)
        var names: [String] = []
        var byName: [String: [AnchoredAnnotation]] = [:]
        func add(_ annotation: Annotation, at range: ByteRange?) {
            let name = annotation.creator ?? "text"
            if byName[name] == nil { names.append(name) }
            let pieces = range.map { places.pieces(of: $0) } ?? []
            byName[name, default: []].append(
                AnchoredAnnotation(
                    annotation: annotation, layerFile: document.path, layer: name,
                    verdict: range == nil ? .orphaned : .exact, pieces: pieces))
        }
        for inline in found.inline where inline.text == number { add(inline.annotation, at: inline.raw) }
        for standing in found.standing {
            if !standing.targets.allSatisfy({ !$0.quote.isEmpty }) || standing.targets.isEmpty {
                let ranges = standing.targets.map { places.resolve($0.pointer.place) }
                let known = ranges.compactMap { $0 }
                guard known.count == ranges.count, let start = known.map(\.start).min(),
                    let end = known.map(\.end).max()
                else {
                    if isOnlyOne { add(standing, at: nil) }
                    continue
                }
                add(standing, at: ByteRange(start, end))
            } else if let anchor = Anchoring.anchor(
                [standing], sha256: nil, layerFile: document.path, layer: standing.creator ?? "text",
                to: places
            ).first, isOnlyOne || anchor.verdict.isShown {
                if byName[anchor.layer] == nil { names.append(anchor.layer) }
                byName[anchor.layer, default: []].append(anchor)
            }
        }
        return names.map { ForeignLayer(name: $0, annotations: byName[$0] ?? []) }
    }
}

extension Quote {
    fileprivate var isEmpty: Bool { exact == nil && digest == nil }
}
