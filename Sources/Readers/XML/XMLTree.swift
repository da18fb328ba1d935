package import TextModel

/// A small file, or a small piece of one, as a tree: schemes, headers, lists of persons, settings. Texts are
/// streamed instead.
///
/// Nodes lie in document order in one flat array; the descendants of a node follow it up to its `end`.
package struct XMLTree: Sendable {
    fileprivate struct Node: Sendable {
        /// Index in ``names``, -1 for a piece of text.
        var name: Int32
        /// Index just after the last descendant.
        var end: Int32
        /// Slice of ``attributes`` of an element, of ``text`` of a piece of text.
        var content: Range<Int32>
        /// Byte offset in the file of the start tag.
        var offset: Int32
    }

    fileprivate var nodes: [Node] = []
    fileprivate var names: [String] = []
    fileprivate var attributes: [(name: String, value: String)] = []
    fileprivate var text: [UInt8] = []
    fileprivate var lines: LineTable?
    /// Namespace of the first element, `nil` where it has none.
    package fileprivate(set) var namespace: String?

    private var open: [Int32] = []
    private var nameIndices: [String: Int32] = [:]

    /// A header of 10 000 persons has 100 000 nodes; what is larger is cut off here, so that no file costs much.
    private static let nodeLimit = 1_000_000

    package init() {}

    /// Reads a file; `nil` in place of the tree where it is not well-formed.
    package static func read(_ bytes: [UInt8], file: String) -> (tree: XMLTree?, diagnostics: [Diagnostic]) {
        var builder = XMLTreeBuilder()
        let diagnostics = XMLReader.read(bytes, file: file, into: &builder)
        let isWhole = !builder.tree.nodes.isEmpty && !diagnostics.contains { $0.severity == .error }
        builder.tree.lines = LineTable(bytes, encoding: builder.encoding)
        return (isWhole ? builder.tree : nil, diagnostics)
    }

    // MARK: - Building

    package mutating func start(_ element: borrowing XMLElement, local: String, namespace: String?) {
        guard nodes.count < Self.nodeLimit else {
            open.append(-1)
            return
        }
        if nodes.isEmpty { self.namespace = namespace }
        let first = Int32(attributes.count)
        for index in 0..<element.attributeCount {
            let (name, namespace, value) = element.attribute(at: index)
            let isXML = namespace == "http://www.w3.org/XML/1998/namespace"
            attributes.append((isXML ? "xml:" + name : name, value))
        }
        var name = nameIndices[local] ?? -1
        if name < 0 {
            name = Int32(names.count)
            names.append(local)
            nameIndices[local] = name
        }
        let offset = Int32(clamping: element.source.tag.lowerBound)
        nodes.append(Node(name: name, end: 0, content: first..<Int32(attributes.count), offset: offset))
        open.append(Int32(nodes.count) - 1)
    }

    package mutating func end() {
        guard let index = open.popLast(), index >= 0 else { return }
        nodes[Int(index)].end = Int32(nodes.count)
    }

    package mutating func characters(_ bytes: Span<UInt8>) {
        guard let parent = open.last, parent >= 0, nodes.count < Self.nodeLimit else { return }
        let start = Int32(text.count)
        text.append(bytes)
        nodes.append(
            Node(name: -1, end: Int32(nodes.count) + 1, content: start..<Int32(text.count), offset: -1))
    }

    // MARK: - Looking

    /// The first element; a tree that was read from a file has one.
    package var root: Element { Element(tree: self, index: 0) }

    /// The outermost elements, in order.
    package var roots: [Element] { elements(from: 0, to: nodes.count) }

    fileprivate func elements(from start: Int, to end: Int) -> [Element] {
        var found: [Element] = []
        var index = start
        while index < end {
            if nodes[index].name >= 0 { found.append(Element(tree: self, index: Int32(index))) }
            index = Int(nodes[index].end)
        }
        return found
    }

    /// An element of a tree.
    package struct Element: Sendable {
        package let tree: XMLTree
        package let index: Int32

        private var node: Node { tree.nodes[Int(index)] }
        private var descendants: Range<Int> { Int(index) + 1..<Int(node.end) }
        package var name: String { node.name < 0 ? "" : tree.names[Int(node.name)] }
        package var location: SourceLocation? { tree.lines?.location(of: Int(node.offset)) }

        /// Value of an attribute: `n`, `xml:id`.
        package subscript(attribute: String) -> String? {
            attributes.first { $0.name == attribute }?.value
        }

        /// In the order of the file.
        package var attributes: ArraySlice<(name: String, value: String)> {
            tree.attributes[Int(node.content.lowerBound)..<Int(node.content.upperBound)]
        }

        package var elements: [Element] { tree.elements(from: descendants.lowerBound, to: descendants.upperBound) }

        package func elements(_ name: String) -> [Element] { elements.filter { $0.name == name } }

        package func first(_ name: String) -> Element? { elements.first { $0.name == name } }

        /// Elements of a name at any depth, in document order.
        package func descendants(_ name: String) -> [Element] { allDescendants.filter { $0.name == name } }

        /// All elements under this one, in document order.
        package var allDescendants: [Element] {
            descendants.filter { tree.nodes[$0].name >= 0 }.map { Element(tree: tree, index: Int32($0)) }
        }

        /// Text of the element and all in it, white space collapsed.
        package var text: String { collapsedWhiteSpace(rawText) }

        /// As ``text``, with a comma between elements that have nothing but white space between them: the parts of
        /// a reference that nobody punctuated.
        package var listedText: String {
            var parts = ""
            var isAfterElement = false
            var index = descendants.lowerBound
            while index < descendants.upperBound {
                let child = Element(tree: tree, index: Int32(index))
                if tree.nodes[index].name >= 0 {
                    let text = child.listedText
                    if isAfterElement, !text.isEmpty, let last = parts.last(where: { !$0.isWhitespace }) {
                        parts = collapsedWhiteSpace(parts) + (last.isPunctuation ? " " : ", ")
                    }
                    parts += text
                    isAfterElement = isAfterElement || !text.isEmpty
                } else {
                    let bytes = tree.text[
                        Int(tree.nodes[index].content.lowerBound)..<Int(tree.nodes[index].content.upperBound)]
                    if bytes.contains(where: { !isXMLSpace($0) }) { isAfterElement = false }
                    parts += String(decoding: bytes, as: UTF8.self)
                }
                index = Int(tree.nodes[index].end)
            }
            return collapsedWhiteSpace(parts)
        }

        package var rawText: String {
            var bytes: [UInt8] = []
            for node in tree.nodes[descendants] where node.name < 0 {
                bytes += tree.text[Int(node.content.lowerBound)..<Int(node.content.upperBound)]
            }
            return String(decoding: bytes, as: UTF8.self)
        }
    }
}

/// Makes a tree of a whole file.
private struct XMLTreeBuilder: XMLHandler {
    var tree = XMLTree()
    var encoding = XMLEncoding.utf8
    private var names: [(local: String, namespace: String?)] = []

    mutating func declareName(_ name: Int32, local: String, namespace: String?) {
        names.append((local, namespace))
    }

    mutating func startElement(_ element: borrowing XMLElement) {
        encoding = element.source.encoding
        let name = names[Int(element.name)]
        tree.start(element, local: name.local, namespace: name.namespace)
    }

    mutating func endElement(_ name: Int32, source: XMLSource) { tree.end() }

    mutating func characters(_ bytes: Span<UInt8>, source: XMLSource) { tree.characters(bytes) }
}

/// Runs of white space as one blank, none at the ends: XPath's `normalize-space()`.
package func collapsedWhiteSpace(_ text: String) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
        if !isXMLSpace(byte) {
            bytes.append(byte)
        } else if let last = bytes.last, last != UInt8(ascii: " ") {
            bytes.append(UInt8(ascii: " "))
        }
    }
    if bytes.last == UInt8(ascii: " ") { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
}

/// White space of XML.
@inline(__always)
package func isXMLSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D }
