package import TextModel

/// What became of an annotation after its text changed, ready to be written.
package struct ReanchorRecord: Sendable {
    /// `LAYERFILE#XMLID`.
    package var id: String
    /// `nil` where the text is not at hand.
    package var verdict: AnchorVerdict?
    package var from: [Target]
    package var to: [AnchoredPiece]?
    /// Best first.
    package var candidates: [[AnchoredPiece]]

    package init(
        id: String, verdict: AnchorVerdict?, from: [Target], to: [AnchoredPiece]?, candidates: [[AnchoredPiece]]
    ) {
        self.id = id
        self.verdict = verdict
        self.from = from
        self.to = to
        self.candidates = candidates
    }
}

/// Writes the receipt of re-anchoring for one document: JSON lines, and a line each for people.
package struct ReanchorRecords {
    private let document: Document?
    private let names: PassageIdentifiers?
    private let places: DocumentPlaces?
    /// Names of passages by their element, for pointers.
    private let passages: [Int32: Int]

    /// `document` is `nil` where the text is not at hand.
    package init(_ document: Document?) {
        self.document = document
        names = document.map(PassageIdentifiers.init)
        places = document.map { DocumentPlaces($0) }
        let pairs = document?.passages.enumerated().map { ($1.element, $0) } ?? []
        passages = Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }

    /// A line with the keys of `annotate reanchor --format jsonl`.
    package func write(_ record: ReanchorRecord, into writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("id")
        writer.string(record.id)
        writer.key("verdict")
        writer.string(record.verdict?.rawValue)
        writer.key("from")
        writer.beginArray()
        for target in record.from { write(target, into: &writer) }
        writer.endArray()
        writer.key("to")
        if let pieces = record.to { write(pieces, into: &writer) } else { writer.null() }
        writer.key("candidates")
        writer.beginArray()
        for pieces in record.candidates { write(pieces, into: &writer) }
        writer.endArray()
        writer.endObject()
        writer.endLine()
    }

    private func write(_ pieces: [AnchoredPiece], into writer: inout JSONWriter) {
        guard let document, let names else { return writer.null() }
        AnnotationRecords.write(pieces, of: document, names, into: &writer)
    }

    /// As the layer has it: where its pointer leads, and its words.
    private func write(_ target: Target, into writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("passage")
        writer.string(passage(of: target.pointer))
        let range: (start: Int, end: Int)? =
            switch target.pointer.place {
            case .range(_, let offset, let length): (offset, offset + length)
            case .point(_, let offset): (offset, offset)
            case .whole, .element, .other: nil
            }
        writer.key("start")
        if let range { writer.int(range.start) } else { writer.null() }
        writer.key("end")
        if let range { writer.int(range.end) } else { writer.null() }
        writer.key("quote")
        writer.string(target.quote.exact)
        writer.endObject()
    }

    /// The passage of a pointer: its name today where there is one, else what the pointer says.
    private func passage(of pointer: Pointer) -> String? {
        let base: Pointer.Base
        switch pointer.place {
        case .range(let own, _, _), .point(let own, _), .element(let own): base = own
        case .whole, .other: return nil
        }
        switch base {
        case .id(let id): return id
        case .path(let path):
            guard let names, let element = places?.element(at: base), let index = passages[element] else { return path }
            return names[index]
        }
    }

    /// For people: what is not exact in a line or two; nothing for what is.
    package func text(_ record: ReanchorRecord, colours: Bool, width: Int) -> String {
        guard let verdict = record.verdict, verdict != .exact, let document else { return "" }
        func styled(_ code: String, _ text: String) -> String { colours ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text }
        let id = record.id.lastIndex(of: "#").map { String(record.id[record.id.index(after: $0)...]) } ?? record.id
        let name = verdict.rawValue + String(repeating: " ", count: max(0, 9 - verdict.rawValue.count))
        var text = "  \(styled("33", name))  \(id)"
        if let piece = record.to?.first {
            text += "  " + (verdict == .moved ? "→ " : "") + document.locator(for: piece.raw, in: piece.passage).label
        }
        text += "\n"
        let old = record.from.map { $0.quote.shown ?? $0.quote.exact ?? "(words not kept)" }.joined(separator: " … ")
        func line(_ label: String, _ words: String) -> String {
            wrapped(label + "“" + words + "”", width: width, indentation: "      ")
        }
        switch verdict {
        case .exact: break
        case .moved, .orphaned: text += line("", old)
        case .fuzzy:
            text += line("was ", old)
            text += line("now ", words(of: record.to ?? []))
        case .ambiguous:
            text += line("", old)
            // Ten places are enough to see which one is meant.
            for pieces in record.candidates.prefix(10) {
                guard let first = pieces.first, let names else { continue }
                let label = document.locator(for: first.raw, in: first.passage).label
                text += "      perhaps \(names[Int(first.passage)])  \(label)\n"
            }
        }
        return text
    }

    private func words(of pieces: [AnchoredPiece]) -> String {
        guard let document else { return "" }
        return pieces.map { document.rawText($0.raw).split(whereSeparator: \.isWhitespace).joined(separator: " ") }
            .joined(separator: " … ")
    }
}
