import Readers
import TextModel

extension ForeignContent {
    /// What stays of an element that is written anew: attributes and children that are not ours.
    init(of element: [UInt8], in layer: LayerFile) {
        let prefix = layer.layout.prefix
        // The element alone has lost its namespace: an element around it declares it.
        let declaration = prefix.isEmpty ? "xmlns" : "xmlns:" + prefix.dropLast()
        let head = Array((layer.layout.declaration + "<x \(declaration)=\"http://www.tei-c.org/ns/1.0\">").utf8)
        var reading = ForeignReading()
        let diagnostics = XMLReader.read(head + element + Array("</x>".utf8), file: layer.path, into: &reading)
        guard !diagnostics.contains(where: { $0.severity == .error }), !reading.tree.isEmpty else { return }
        gather(reading, element: element, shift: head.count)
    }

    private mutating func gather(_ reading: ForeignReading, element: [UInt8], shift: Int) {
        let tree = reading.tree
        func source(_ range: Range<Int>) -> [UInt8] {
            Array(element[range.lowerBound - shift..<range.upperBound - shift])
        }
        attributes = Self.foreignAttributes(inTag: source(tree.nodes[0].tag))
        let creators = WhiteSpace.words(of: tree.attribute("resp", of: 0) ?? "")
        for child in tree.children(of: 0) {
            let node = tree.nodes[child]
            switch node.kind {
            case .respStmt:
                let isOurs = tree.children(of: child).contains { name in
                    creators.contains { tree.attribute("sameAs", of: name) == String($0) }
                }
                if !isOurs { statements.append(source(node.range)) }
            case .revisionDesc:
                for change in tree.children(of: child) {
                    let status = tree.attribute("status", of: change) ?? ""
                    if !["created", "modified", "proposed", "withdrawn"].contains(status) {
                        changes.append(source(tree.nodes[change].range))
                    }
                }
            case .note:
                if !Self.ourNotes.contains(tree.attribute("type", of: child) ?? "") {
                    bodies.append(source(node.range))
                }
            case .ptr, .ref:
                let type = tree.attribute("type", of: child)
                if type != "concept", type != "about" { bodies.append(source(node.range)) }
            default:
                // Nothing else but `licence` may stand here.
                licences.append(source(node.range))
            }
        }
        bodies += reading.comments.map(source)
    }

    private static let ourNotes: Set<String> = [
        "exact", "shown", "prefix", "suffix", "digest", "stance", "basis", "comment", "content", "principal", "anchor",
        "decision",
    ]

    private static let ourAttributes: Set<String> = ["xml:id", "motivation", "resp", "cert", "target"]

    /// Attributes of a start tag as they are written, each with a blank before it.
    private static func foreignAttributes(inTag tag: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var index = tag.firstIndex(where: WhiteSpace.isWhite) ?? tag.count
        while index < tag.count {
            while index < tag.count, WhiteSpace.isWhite(tag[index]) { index += 1 }
            guard let equals = tag[index...].firstIndex(of: UInt8(ascii: "=")),
                let open = tag[equals...].firstIndex(where: { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") }),
                let close = tag[(open + 1)...].firstIndex(of: tag[open])
            else { return result }
            let name = String(decoding: tag[index..<equals].filter { !WhiteSpace.isWhite($0) }, as: UTF8.self)
            if !ourAttributes.contains(name) { result += [0x20] + tag[index...close] }
            index = close + 1
        }
        return result
    }
}

private struct ForeignReading: XMLHandler {
    var tree = ElementTree()
    /// Byte ranges of comments between the children.
    var comments: [Range<Int>] = []
    private var kinds: [LayerElement] = []
    private var depth = 0

    mutating func declareName(_ name: Int32, local: String, namespace: String?) {
        kinds.append(LayerElement(rawValue: local) ?? .other)
    }

    mutating func startElement(_ element: borrowing XMLElement) {
        depth += 1
        guard depth > 1 else { return }
        var attributes: [(name: String, value: String)] = []
        for index in 0..<element.attributeCount {
            let attribute = element.attribute(at: index)
            attributes.append((attribute.local, attribute.value))
        }
        tree.start(kinds[Int(element.name)], tag: element.source.tag, attributes: attributes)
    }

    mutating func endElement(_ name: Int32, source: XMLSource) {
        depth -= 1
        if depth > 0 { tree.end(at: source.tag.upperBound) }
    }

    mutating func characters(_ bytes: Span<UInt8>, source: XMLSource) {}

    mutating func comment(_ bytes: Span<UInt8>, source: XMLSource) {
        let end = source.offset
        // A comment cannot hold its own start.
        var start = max(end - 7, 0)
        while start > 0, !source.bytes[start...].starts(with: "<!--".utf8) { start -= 1 }
        if depth == 2 { comments.append(start..<end) }
    }
}
