import Readers
import TextModel

/// Where the elements of an XML file stand: for changing a file in place.
struct MarkupMap: XMLHandler {
    struct Element {
        var name: String
        /// Index in ``MarkupMap/elements``; -1 for the root.
        var parent: Int
        var attributes: [(name: String, value: String)]
        /// The start tag, and the whole element, in bytes.
        var tag: Range<Int>
        var range: Range<Int>

        subscript(name: String) -> String? { attributes.first { $0.name == name }?.value }
    }

    private(set) var elements: [Element] = []
    private var names: [String] = []
    private var open: [Int] = []

    /// Throws what is wrong with the file as XML.
    init(_ bytes: [UInt8], file: String) throws(Diagnostic) {
        let problems = XMLReader.read(bytes, file: file, into: &self)
        if let problem = problems.first(where: { $0.severity == .error }) { throw problem }
    }

    mutating func declareName(_ name: Int32, local: String, namespace: String?) { names.append(local) }

    mutating func startElement(_ element: borrowing XMLElement) {
        var attributes: [(name: String, value: String)] = []
        for index in 0..<element.attributeCount {
            let attribute = element.attribute(at: index)
            let isXML = attribute.namespace == "http://www.w3.org/XML/1998/namespace"
            attributes.append(((isXML ? "xml:" : "") + attribute.local, attribute.value))
        }
        let tag = element.source.tag
        elements.append(
            Element(
                name: names[Int(element.name)], parent: open.last ?? -1, attributes: attributes, tag: tag, range: tag))
        open.append(elements.count - 1)
    }

    mutating func endElement(_ name: Int32, source: XMLSource) {
        guard let index = open.popLast() else { return }
        elements[index].range = elements[index].range.lowerBound..<source.tag.upperBound
    }

    mutating func characters(_ bytes: Span<UInt8>, source: XMLSource) {}

    func children(of index: Int) -> [Int] { elements.indices.filter { elements[$0].parent == index } }

    func isInside(_ index: Int, _ other: Int) -> Bool {
        elements[other].range.lowerBound <= elements[index].range.lowerBound
            && elements[index].range.upperBound <= elements[other].range.upperBound
    }

    /// Bytes of an attribute's value, as it is written, without its quotes.
    func valueRange(of name: String, in element: Element, _ bytes: [UInt8]) -> Range<Int>? {
        var index = element.tag.lowerBound + 1
        while index < element.tag.upperBound, !WhiteSpace.isWhite(bytes[index]) { index += 1 }
        while index < element.tag.upperBound {
            while index < element.tag.upperBound, WhiteSpace.isWhite(bytes[index]) { index += 1 }
            let tag = bytes[..<element.tag.upperBound]
            guard let equals = tag[index...].firstIndex(of: UInt8(ascii: "=")),
                let start = tag[equals...].firstIndex(where: { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") }),
                let end = tag[(start + 1)...].firstIndex(of: tag[start])
            else { return nil }
            let key = String(decoding: tag[index..<equals].filter { !WhiteSpace.isWhite($0) }, as: UTF8.self)
            if key == name { return start + 1..<end }
            index = end + 1
        }
        return nil
    }
}
