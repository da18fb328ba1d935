import Readers
import TextModel

/// Finds what a text file says about itself.
struct ForeignAnnotations: XMLHandler {
    struct Found {
        /// Marked in the text: number of the text in its file, and place in its raw text.
        var inline: [(annotation: Annotation, text: Int, raw: ByteRange)] = []
        /// Said from outside, by pointers.
        var standing: [Annotation] = []
    }

    static func read(_ bytes: [UInt8], path: String) -> Found {
        var reading = ForeignAnnotations()
        _ = XMLReader.read(bytes, file: path, into: &reading)
        return reading.found
    }

    private var found = Found()
    private var names: [String] = []
    private var open: [Open] = []
    private var tree = ElementTree()
    /// How many `text` elements are open, how many texts are over, and bytes of the raw text so far.
    private var textDepth = 0
    private var textNumber = 0
    private var offset: Int32 = 0
    private var number = 0

    private struct Open {
        var name: String
        var responsible: String?
        /// Start of a `seg` in the raw text, with its annotation.
        var start: Int32
        var inline: Annotation?
        /// `@ana` that the spans of a group have in common.
        var analysis: String?
    }

    mutating func declareName(_ name: Int32, local: String, namespace: String?) { names.append(local) }

    mutating func startElement(_ element: borrowing XMLElement) {
        let name = names[Int(element.name)]
        let responsible =
            element.attribute("resp").map { $0.drop { $0 == "#" } }.map { String($0.prefix { $0 != " " }) }
            ?? open.last?.responsible
        if name == "text" {
            if textDepth == 0 { offset = 0 }
            textDepth += 1
        }
        var entry = Open(name: name, responsible: responsible, start: offset)
        entry.analysis = element.attribute("ana") ?? (open.last?.name == "spanGrp" ? open.last?.analysis : nil)
        if !tree.isEmpty {
            startInTree(element, name)
        } else if name == "annotation" {
            startInTree(element, name)
        } else if name == "seg", textDepth > 0, let analysis = element.attribute("ana") {
            var annotation = makeAnnotation(id: element.xmlAttribute("id"), analysis: analysis)
            annotation.creator = responsible
            entry.inline = annotation
        } else if name == "span" {
            addSpan(element, entry)
        }
        open.append(entry)
    }

    mutating func endElement(_ name: Int32, source: XMLSource) {
        guard let entry = open.popLast() else { return }
        if entry.name == "text" {
            textDepth -= 1
            if textDepth == 0 { textNumber += 1 }
        }
        if let annotation = entry.inline {
            found.inline.append((annotation, textNumber, ByteRange(entry.start, offset)))
        }
        guard !tree.isEmpty else { return }
        tree.end(at: source.tag.upperBound)
        guard tree.isClosed else { return }
        var annotation = AnnotationReading(tree: tree, base: nil).annotation()
        if annotation.id.isEmpty { annotation.id = nextID() }
        annotation.creator = annotation.creator ?? entry.responsible
        tree.clear()
        found.standing.append(annotation)
    }

    mutating func characters(_ bytes: Span<UInt8>, source: XMLSource) {
        if textDepth > 0 { offset += Int32(bytes.count) }
        if !tree.isEmpty { tree.append(bytes) }
    }

    private mutating func startInTree(_ element: borrowing XMLElement, _ name: String) {
        var attributes: [(name: String, value: String)] = []
        for index in 0..<element.attributeCount {
            let attribute = element.attribute(at: index)
            let isXML = attribute.namespace == "http://www.w3.org/XML/1998/namespace"
            attributes.append(((isXML ? "xml:" : "") + attribute.local, attribute.value))
        }
        tree.start(LayerElement(rawValue: name) ?? .other, tag: element.source.tag, attributes: attributes)
    }

    private mutating func makeAnnotation(id: String?, analysis: String) -> Annotation {
        var annotation = Annotation(id: id ?? nextID(), targets: [])
        annotation.concepts = WhiteSpace.words(of: analysis).compactMap { pointer in
            guard let hash = pointer.lastIndex(of: "#") else { return nil }
            return ConceptReference(
                id: String(pointer[pointer.index(after: hash)...]), scheme: String(pointer[..<hash]), version: nil)
        }
        return annotation
    }

    /// `span/@target`, or from the start of `@from` to the end of `@to`.
    private mutating func addSpan(_ element: borrowing XMLElement, _ entry: Open) {
        guard let analysis = entry.analysis else { return }
        var pointers = WhiteSpace.words(of: element.attribute("target") ?? "")
        if let from = element.attribute("from") {
            pointers = [from] + [element.attribute("to")].compactMap { $0 }
        }
        guard !pointers.isEmpty else { return }
        var annotation = makeAnnotation(id: element.xmlAttribute("id"), analysis: analysis)
        annotation.creator = entry.responsible
        annotation.targets = pointers.map { Target(pointer: Pointer(text: $0), quote: Quote()) }
        found.standing.append(annotation)
    }

    private mutating func nextID() -> String {
        number += 1
        return "foreign-\(number)"
    }
}
