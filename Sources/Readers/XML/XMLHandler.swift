/// What happens while a file is read, in document order.
///
/// Names of elements are numbers that the reader gives from 0 upwards; ``declareName(_:local:namespace:)`` tells
/// each once, before it is first used, so that a handler can look up what a name means to it in an array.
/// Spans and elements are valid during the call only.
package protocol XMLHandler {
    /// A name of an element that was not met before. `namespace` is `nil` where the element has none.
    mutating func declareName(_ name: Int32, local: String, namespace: String?)
    mutating func startElement(_ element: borrowing XMLElement)
    /// Comes for `<a/>` as well. `source.tag` is the end tag, or the whole empty tag.
    mutating func endElement(_ name: Int32, source: XMLSource)
    /// Text, CDATA sections, character references and entities, in pieces of any length. UTF-8, line ends are LF.
    mutating func characters(_ bytes: Span<UInt8>, source: XMLSource)
    mutating func processingInstruction(target: String, data: String, source: XMLSource)
    mutating func comment(_ bytes: Span<UInt8>, source: XMLSource)
}

extension XMLHandler {
    package mutating func processingInstruction(target: String, data: String, source: XMLSource) {}
    package mutating func comment(_ bytes: Span<UInt8>, source: XMLSource) {}
}

extension [UInt8] {
    /// Appends the bytes of a span.
    package mutating func append(_ span: Span<UInt8>) {
        unsafe span.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
    }
}
