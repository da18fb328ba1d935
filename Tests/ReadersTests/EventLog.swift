import Readers
import TextModel

/// Writes down what the reader tells, with the bytes of each tag as they stand in the file.
struct EventLog: XMLHandler {
    var names: [String] = []
    var events: [String] = []
    var text = ""
    var tags: [String] = []
    /// Reading positions is slow outside UTF-8: hostile files are read without.
    var readsTags = true
    var elementCount = 0

    mutating func declareName(_ name: Int32, local: String, namespace: String?) {
        precondition(Int(name) == names.count)
        names.append(namespace.map { "{\($0)}" + local } ?? local)
    }

    mutating func startElement(_ element: borrowing XMLElement) {
        elementCount += 1
        guard readsTags else { return }
        var event = "<" + names[Int(element.name)]
        for index in 0..<element.attributeCount {
            let attribute = element.attribute(at: index)
            event += " \(attribute.local)=[\(attribute.value)]"
        }
        events.append(event)
        tags.append(String(decoding: element.source.bytes[element.source.tag], as: UTF8.self))
    }

    mutating func endElement(_ name: Int32, source: XMLSource) {
        guard readsTags else { return }
        events.append("/" + names[Int(name)])
        tags.append(String(decoding: source.bytes[source.tag], as: UTF8.self))
    }

    mutating func characters(_ bytes: Span<UInt8>, source: XMLSource) {
        guard readsTags else { return }
        var copy: [UInt8] = []
        copy.append(bytes)
        text += String(decoding: copy, as: UTF8.self)
    }

    mutating func processingInstruction(target: String, data: String, source: XMLSource) {
        events.append("?\(target) \(data)")
    }

    mutating func comment(_ bytes: Span<UInt8>, source: XMLSource) {
        var copy: [UInt8] = []
        copy.append(bytes)
        events.append("!" + String(decoding: copy, as: UTF8.self))
    }
}

/// Reads a text as a file `test.xml`.
func log(_ xml: String, readsTags: Bool = true) -> (log: EventLog, diagnostics: [Diagnostic]) {
    log(Array(xml.utf8), readsTags: readsTags)
}

func log(_ bytes: [UInt8], readsTags: Bool = true) -> (log: EventLog, diagnostics: [Diagnostic]) {
    var log = EventLog()
    log.readsTags = readsTags
    let diagnostics = XMLReader.read(bytes, file: "test.xml", into: &log)
    return (log, diagnostics)
}

/// `undeclared-entity 2:7`, one a diagnostic.
func places(_ diagnostics: [Diagnostic]) -> [String] {
    diagnostics.map { "\($0.identifier) \($0.location?.line ?? 0):\($0.location?.column ?? 0)" }
}
