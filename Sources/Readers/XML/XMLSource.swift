import CLibxml2
package import TextModel

/// The file that is being read, and the place in it of the event that a handler is told of.
///
/// Offsets are bytes of the file. They are computed when they are asked for: cheap in UTF-8, some microseconds
/// in other encodings.
@safe
package class XMLSource {
    /// File as the user knows it.
    package let file: String
    package let bytes: [UInt8]
    package let encoding: XMLEncoding
    /// What the parser reads: the file in UTF-8.
    let text: [UInt8]
    let limits: XMLLimits
    var context: xmlParserCtxtPtr?
    var isInStartTag = false
    private(set) var diagnostics: [Diagnostic] = []
    /// True after the first error that ends the reading.
    private(set) var isStopped = false
    private var lines: LineTable?
    /// A place in ``text`` and its byte in the file: the next one asked for is mostly a later one.
    private var mapped = (text: 0, file: 0)

    init(file: String, bytes: [UInt8], encoding: XMLEncoding, text: [UInt8], limits: XMLLimits) {
        self.file = file
        self.bytes = bytes
        self.encoding = encoding
        self.text = text
        self.limits = limits
        unsafe context = nil
    }

    /// The `xml` namespace as libxml2 interned it.
    var xmlNamespace: UnsafePointer<UInt8>? { unsafe context?.pointee.str_xml_ns }

    /// Byte offset in the file that the parser has reached: just after the event, in a start tag just before its
    /// `>` or `/>`.
    package var offset: Int { fileOffset(ofText: textOffset) }

    /// The tag of the current event, from `<` to just after `>`; of an empty tag the same at start and end.
    package var tag: Range<Int> {
        let tag = textTag
        let start = fileOffset(ofText: tag.lowerBound)
        return start..<fileOffset(ofText: tag.upperBound)
    }

    /// Line and column of a byte offset; the first call goes over the file once.
    package func location(of offset: Int) -> SourceLocation {
        if lines == nil { lines = LineTable(bytes, encoding: encoding) }
        return lines?.location(of: offset) ?? SourceLocation(line: 1, column: 1, offset: offset)
    }

    /// Place of the current tag.
    package var location: SourceLocation { location(of: tag.lowerBound) }

    /// As ``offset``, in ``text``.
    var textOffset: Int {
        guard let context = unsafe context, unsafe context.pointee.input != nil else { return text.count }
        let consumed = unsafe xmlByteConsumed(context)
        return consumed < 0 ? text.count : min(Int(consumed), text.count)
    }

    /// As ``tag``, in ``text``.
    var textTag: Range<Int> {
        let reached = textOffset
        var end = reached
        if isInStartTag {
            while end < text.count, text[end] != UInt8(ascii: ">") { end += 1 }
            end = min(end + 1, text.count)
        }
        var start = reached - 1
        // Neither values nor end tags can hold a `<`.
        while start > 0, text[start] != UInt8(ascii: "<") { start -= 1 }
        return max(start, 0)..<max(end, start, 0)
    }

    /// Byte of the file for a byte of ``text``.
    func fileOffset(ofText offset: Int) -> Int {
        guard encoding != .utf8 else { return offset }
        if offset < mapped.text { mapped = (0, 0) }
        for index in mapped.text..<offset { mapped.file += encoding.fileBytes(ofTextByte: text[index]) }
        mapped.text = offset
        return min(mapped.file, bytes.count)
    }

    /// Notes a problem with the file as XML, its place in ``text``. An error ends the reading.
    func report(
        _ identifier: String, _ severity: Diagnostic.Severity = .error, at textOffset: Int, _ summary: String,
        advice: String? = nil
    ) {
        // After the end libxml2 still says what follows from it.
        guard !isStopped else { return }
        let place = location(of: fileOffset(ofText: textOffset))
        diagnostics.append(Diagnostic(identifier, severity, file: file, at: place, summary, advice: advice))
        if severity == .error {
            isStopped = true
            if let context = unsafe context { unsafe xmlStopParser(context) }
        }
    }

    // What the C callbacks call; ``XMLDriver`` passes it on to its handler.
    func started(
        _ local: UnsafePointer<UInt8>, _ uri: UnsafePointer<UInt8>?, namespaceCount: Int,
        namespaces: UnsafeMutablePointer<UnsafePointer<UInt8>?>?, attributeCount: Int, defaultedCount: Int,
        attributes: UnsafeMutablePointer<UnsafePointer<UInt8>?>?
    ) {}
    func ended() {}
    func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
    func instruction(target: String, data: String) {}
    func commented(_ bytes: UnsafeBufferPointer<UInt8>) {}
    func declaredEntity(_ name: String, isInternal: Bool, text: String?) {}
    func entity(_ name: String, inAttribute: Bool) -> UnsafeMutablePointer<xmlEntity>? { nil }
    var emptyParameterEntity: UnsafeMutablePointer<xmlEntity>? { nil }
}
