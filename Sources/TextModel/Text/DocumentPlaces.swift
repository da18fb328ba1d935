/// Finds places of a document quickly: elements by id and path, passages by offset, offsets by scalar.
///
/// Making one costs a pass over the document; each question then costs next to nothing. Make one a document, not
/// one a question.
package struct DocumentPlaces: Sendable {
    package let document: Document
    private let ids: [String: Int32]
    private let steps: [Step: Int32]
    private let nameNumbers: [String: Int32]
    /// Own pieces of all passages, in document order.
    private let pieceStarts: [Int32]
    private let pieceEnds: [Int32]
    private let piecePassages: [Int32]
    /// Number of scalars before each ``stride``th byte.
    private let scalarCounts: [Int32]

    private struct Step: Hashable {
        var parent: Int32
        var name: Int32
        var position: Int32
    }

    /// Bytes between two counts: a look-up goes over half of them on the average.
    private static let stride = 256

    package init(_ document: Document) {
        self.document = document
        var ids: [String: Int32] = [:]
        var steps: [Step: Int32] = [:]
        for (index, element) in document.elements.enumerated() {
            // Of two elements with one id the first counts, as in XPath's id().
            if let id = element.id, ids[id] == nil { ids[id] = Int32(index) }
            steps[Step(parent: element.parent, name: element.name, position: element.position)] = Int32(index)
        }
        self.ids = ids
        self.steps = steps
        nameNumbers = Dictionary(
            document.elementNames.enumerated().map { ($1, Int32($0)) }, uniquingKeysWith: { first, _ in first })
        var pieces: [(start: Int32, end: Int32, passage: Int32)] = []
        pieces.reserveCapacity(document.ownPieces.count)
        for (index, passage) in document.passages.enumerated() {
            for piece in passage.own {
                let range = document.ownPieces[Int(piece)]
                pieces.append((range.start, range.end, Int32(index)))
            }
        }
        pieces.sort { ($0.start, $0.end) < ($1.start, $1.end) }
        pieceStarts = pieces.map(\.start)
        pieceEnds = pieces.map(\.end)
        piecePassages = pieces.map(\.passage)
        var counts: [Int32] = []
        counts.reserveCapacity(document.raw.count / Self.stride + 1)
        var count: Int32 = 0
        for (index, byte) in document.raw.enumerated() {
            if index % Self.stride == 0 { counts.append(count) }
            if byte & 0xC0 != 0x80 { count += 1 }
        }
        if document.raw.count % Self.stride == 0 { counts.append(count) }
        scalarCounts = counts
    }

    // MARK: - Elements

    /// The element that a pointer's base means; `nil` where it is not in the document, or not one that the document
    /// remembers (an inline element without an id).
    package func element(at base: Pointer.Base) -> Int32? {
        switch base {
        case .id(let id): ids[id]
        case .path(let path): element(atPath: path)
        }
    }

    /// The element of a path like `/TEI[1]/text[1]/body[1]/p[3]`; a step without a position means the first.
    private func element(atPath path: String) -> Int32? {
        if let quoted = path.split(separator: "@xml:id=", maxSplits: 1).dropFirst().first {
            // `//p[@xml:id='x']`
            let id = quoted.drop { $0 == "'" || $0 == "\"" }.prefix { $0 != "'" && $0 != "\"" }
            return ids[String(id)]
        }
        var current: Int32 = -1
        for step in path.split(separator: "/") {
            var name = step
            var position: Int32 = 1
            if step.hasSuffix("]"), let bracket = step.lastIndex(of: "["),
                let value = Int32(step[step.index(after: bracket)...].dropLast())
            {
                name = step[..<bracket]
                position = value
            }
            // Names with parentheses are those of other namespaces: `*[local-name()='math']`.
            guard let number = nameNumbers[name.contains("(") ? String(name) : Self.localName(name)],
                let next = steps[Step(parent: current, name: number, position: position)]
            else { return nil }
            current = next
        }
        return current < 0 ? nil : current
    }

    private static func localName(_ name: Substring) -> String {
        name.lastIndex(of: ":").map { String(name[name.index(after: $0)...]) } ?? String(name)
    }

    /// Where the pieces of a pointer stand in ``Document/raw``; `nil` where it does not resolve.
    ///
    /// As TEI says, offsets count scalars from the start of the base and may run on past its end.
    package func rawRange(of place: Pointer.Place) -> ByteRange? {
        switch place {
        case .whole: return nil
        case .element(let base):
            // What lies around the text (`/TEI[1]`) has no place in its raw text.
            guard let element = element(at: base), document.elements[Int(element)].raw.start >= 0 else { return nil }
            return document.elements[Int(element)].raw
        case .point(let base, let offset):
            guard let start = byte(base, offset) else { return nil }
            return ByteRange(start, start)
        case .range(let base, let offset, let length):
            guard length > 0, let start = byte(base, offset), let end = byte(base, offset + length) else { return nil }
            return ByteRange(start, end)
        case .other(let scheme): return rawRange(ofScheme: scheme)
        }
    }

    private func byte(_ base: Pointer.Base, _ offset: Int) -> Int32? {
        guard let element = element(at: base) else { return nil }
        let start = document.elements[Int(element)].raw.start
        guard start >= 0 else { return nil }
        return byteOffset(ofScalar: scalarOffset(ofByte: start) + offset)
    }

    // MARK: - Scalars

    /// Number of scalars of ``Document/raw`` before a byte.
    package func scalarOffset(ofByte byte: Int32) -> Int {
        let block = Int(byte) / Self.stride
        return Int(scalarCounts[block]) + countScalars(document.raw, from: Int32(block * Self.stride), to: byte)
    }

    /// Byte of ``Document/raw`` at which a scalar begins; `nil` outside the text.
    package func byteOffset(ofScalar scalar: Int) -> Int32? {
        guard scalar >= 0 else { return nil }
        var low = 0
        var high = scalarCounts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if Int(scalarCounts[middle]) <= scalar { low = middle } else { high = middle }
        }
        var left = scalar - Int(scalarCounts[low])
        var byte = low * Self.stride
        while byte < document.raw.count {
            if document.raw[byte] & 0xC0 != 0x80 {
                if left == 0 { return Int32(byte) }
                left -= 1
            }
            byte += 1
        }
        return left == 0 ? Int32(byte) : nil
    }

    // MARK: - Passages

    /// The passage that a byte of ``Document/raw`` is own text of; else the one whose own text comes next before it.
    package func passage(at byte: Int32) -> Int32? {
        guard let piece = piece(at: byte) else { return nil }
        return piecePassages[piece]
    }

    /// The last own piece that starts at or before a byte.
    private func piece(at byte: Int32) -> Int? {
        var low = 0
        var high = pieceStarts.count
        while low < high {
            let middle = (low + high) / 2
            if pieceStarts[middle] <= byte { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? low - 1 : nil
    }

    /// A range of ``Document/raw`` as pieces, one a passage.
    ///
    /// With both ends in one passage it is one piece. Across passages it covers the own text of every passage in
    /// between except notes and speakers' names. Empty where the range touches no passage.
    package func pieces(of range: ByteRange) -> [AnchoredPiece] {
        guard let first = ownPiece(atOrAfter: range.start, before: max(range.end, range.start + 1)) else { return [] }
        if range.isEmpty { return [AnchoredPiece(passage: piecePassages[first], raw: range)] }
        guard let last = piece(at: range.end - 1), last >= first else { return [] }
        if piecePassages[first] == piecePassages[last] {
            return [AnchoredPiece(passage: piecePassages[first], raw: range)]
        }
        var pieces: [AnchoredPiece] = []
        for index in first...last {
            let passage = piecePassages[index]
            let kind = document.passages[Int(passage)].kind
            let isEnd = index == first || index == last
            if !isEnd, kind == .note || kind == .speaker { continue }
            let raw = ByteRange(max(pieceStarts[index], range.start), min(pieceEnds[index], range.end))
            guard !raw.isEmpty else { continue }
            if let known = pieces.lastIndex(where: { $0.passage == passage }) {
                pieces[known].raw.end = raw.end
            } else {
                pieces.append(AnchoredPiece(passage: passage, raw: raw))
            }
        }
        return pieces
    }

    /// The first own piece that has text at or after a byte and starts before another.
    private func ownPiece(atOrAfter byte: Int32, before end: Int32) -> Int? {
        var index = piece(at: byte) ?? 0
        while index < pieceStarts.count, pieceStarts[index] < end {
            if pieceEnds[index] > byte { return index }
            index += 1
        }
        // The range lies in hidden text, or between passages: it belongs to the passage before it.
        guard let before = piece(at: byte) else { return nil }
        return document.passages[Int(piecePassages[before])].raw.contains(ByteRange(byte, end)) ? before : nil
    }
}

extension Document {
    /// How pointers name an element: by its `xml:id`, else by its path with a position on every step.
    package func base(ofElement element: Int32) -> Pointer.Base {
        if let id = elements[Int(element)].id { return .id(id) }
        return .path(path(ofElement: element))
    }

    /// The path of an element with a position on every step: `/TEI[1]/text[1]/body[1]/p[3]`.
    package func path(ofElement element: Int32) -> String {
        var steps: [String] = []
        var current = element
        while current >= 0 {
            let record = elements[Int(current)]
            steps.append("/\(elementNames[Int(record.name)])[\(record.position)]")
            current = record.parent
        }
        return steps.reversed().joined()
    }
}
