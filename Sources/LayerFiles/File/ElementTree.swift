/// One element of a layer file with all in it, as flat arrays that are used again for the next element.
struct ElementTree {
    struct Node {
        var kind: LayerElement
        /// Index of the parent; -1 for the root.
        var parent: Int32
        var attributes: Range<Int32>
        /// String value: a slice of ``ElementTree/text``.
        var text: Range<Int32>
        /// Byte offsets in the file, from `<` to just after `>` of the end tag.
        var range: Range<Int>
        /// Byte offsets of the start tag.
        var tag: Range<Int>
    }

    private(set) var nodes: [Node] = []
    private(set) var text: [UInt8] = []
    private var attributes: [(name: String, value: String)] = []
    private var open: [Int32] = []

    var isEmpty: Bool { nodes.isEmpty }
    var isClosed: Bool { open.isEmpty && !nodes.isEmpty }

    mutating func clear() {
        nodes.removeAll(keepingCapacity: true)
        text.removeAll(keepingCapacity: true)
        attributes.removeAll(keepingCapacity: true)
        open.removeAll(keepingCapacity: true)
    }

    /// `attributes` have their prefix: `xml:id`.
    mutating func start(_ kind: LayerElement, tag: Range<Int>, attributes list: [(name: String, value: String)]) {
        let first = Int32(attributes.count)
        attributes += list
        let here = Int32(text.count)
        nodes.append(
            Node(
                kind: kind, parent: open.last ?? -1, attributes: first..<Int32(attributes.count), text: here..<here,
                range: tag, tag: tag))
        open.append(Int32(nodes.count) - 1)
    }

    mutating func append(_ bytes: Span<UInt8>) {
        for index in bytes.indices { text.append(bytes[index]) }
    }

    /// A line break inside a comment.
    mutating func appendLineFeed() { text.append(UInt8(ascii: "\n")) }

    mutating func end(at end: Int) {
        guard let node = open.popLast() else { return }
        nodes[Int(node)].range = nodes[Int(node)].range.lowerBound..<end
        nodes[Int(node)].text = nodes[Int(node)].text.lowerBound..<Int32(text.count)
    }

    func children(of node: Int) -> [Int] {
        nodes.indices.filter { nodes[$0].parent == Int32(node) }
    }

    func attribute(_ name: String, of node: Int) -> String? {
        for index in nodes[node].attributes where attributes[Int(index)].name == name {
            return attributes[Int(index)].value
        }
        return nil
    }

    /// String value, white space collapsed.
    func collapsedText(of node: Int) -> String {
        String(decoding: WhiteSpace.collapsed(bytes(of: node)), as: UTF8.self)
    }

    func bytes(of node: Int) -> ArraySlice<UInt8> {
        text[Int(nodes[node].text.lowerBound)..<Int(nodes[node].text.upperBound)]
    }
}

/// The elements of TEI that mean something in a layer file.
enum LayerElement: String, CaseIterable {
    case tei = "TEI"
    case teiHeader, fileDesc, titleStmt, title, respStmt, resp, persName, sourceDesc, bibl, ref, idno, application
    case standOff, listAnnotation, annotation, revisionDesc, change, ptr, note, p, lb
    case spanGrp, span
    /// Any other element, and any of another namespace.
    case other
}
