package import TextModel

/// A small file as a tree: schemes, lists of persons, settings. Texts are streamed instead.
///
/// Nodes lie in one flat array and refer to each other by index; text and elements keep their order.
package struct XMLTree: Sendable {
    package struct Node: Sendable {
        /// Local name of an element, `nil` for text.
        package var name: String?
        package var namespace: String?
        package var text = ""
        package var attributes: [(name: String, value: String)] = []
        package var children: [Int32] = []
        package var location: SourceLocation?
    }

    package private(set) var nodes: [Node] = []

    /// Reads a file; `nil` in place of the tree where it is not well-formed.
    package static func read(_ bytes: [UInt8], file: String) -> (tree: XMLTree?, diagnostics: [Diagnostic]) {
        var builder = Builder()
        let diagnostics = XMLReader.read(bytes, file: file, into: &builder)
        let isWhole = !builder.tree.nodes.isEmpty && !diagnostics.contains { $0.severity == .error }
        return (isWhole ? builder.tree : nil, diagnostics)
    }

    package var root: Element { Element(tree: self, index: 0) }

    /// An element of a tree.
    package struct Element: Sendable {
        package let tree: XMLTree
        package let index: Int32

        private var node: Node { tree.nodes[Int(index)] }
        package var name: String { node.name ?? "" }
        package var location: SourceLocation? { node.location }

        /// Value of an attribute: `n`, `xml:id`.
        package subscript(attribute: String) -> String? { node.attributes.first { $0.name == attribute }?.value }

        package var elements: [Element] {
            node.children.filter { tree.nodes[Int($0)].name != nil }.map { Element(tree: tree, index: $0) }
        }

        package func elements(_ name: String) -> [Element] { elements.filter { $0.name == name } }

        package func first(_ name: String) -> Element? { elements.first { $0.name == name } }

        /// Elements of a name at any depth, in document order.
        package func descendants(_ name: String) -> [Element] {
            elements.flatMap { ($0.name == name ? [$0] : []) + $0.descendants(name) }
        }

        /// Text of the element and all in it, white space collapsed.
        package var text: String { collapsedWhiteSpace(rawText) }

        package var rawText: String {
            node.children.map { child in
                tree.nodes[Int(child)].name == nil
                    ? tree.nodes[Int(child)].text : Element(tree: tree, index: child).rawText
            }.joined()
        }
    }

    private struct Builder: XMLHandler {
        var tree = XMLTree()
        var names: [(local: String, namespace: String?)] = []
        var open: [Int32] = []

        mutating func declareName(_ name: Int32, local: String, namespace: String?) {
            names.append((local, namespace))
        }

        mutating func startElement(_ element: borrowing XMLElement) {
            var node = Node()
            (node.name, node.namespace) = names[Int(element.name)]
            node.location = element.source.location
            for index in 0..<element.attributeCount {
                let (local, namespace, value) = element.attribute(at: index)
                let isXML = namespace == "http://www.w3.org/XML/1998/namespace"
                node.attributes.append((isXML ? "xml:" + local : local, value))
            }
            append(node)
            open.append(Int32(tree.nodes.count) - 1)
        }

        mutating func endElement(_ name: Int32, source: XMLSource) { open.removeLast() }

        mutating func characters(_ bytes: Span<UInt8>, source: XMLSource) {
            var text: [UInt8] = []
            text.append(bytes)
            var node = Node()
            node.text = String(decoding: text, as: UTF8.self)
            append(node)
        }

        private mutating func append(_ node: Node) {
            tree.nodes.append(node)
            if let parent = open.last { tree.nodes[Int(parent)].children.append(Int32(tree.nodes.count) - 1) }
        }
    }
}

/// Runs of white space as one blank, none at the ends.
package func collapsedWhiteSpace(_ text: String) -> String {
    text.split { $0 == " " || $0 == "\n" || $0 == "\t" || $0 == "\r" || $0 == "\r\n" }.joined(separator: " ")
}
