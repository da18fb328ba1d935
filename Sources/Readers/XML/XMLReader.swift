import CLibxml2
package import TextModel

/// Reads XML by libxml2's push parser, without a tree, the network or anything outside the file.
///
/// Entities of the internal subset that are plain text are expanded; every other reference but the five of XML is
/// an error, and so is each fault of namespaces. The first error ends the reading, so no file costs more than the
/// limits allow.
package enum XMLReader {
    /// Reads bytes into a handler; returns what is wrong with them as XML, in the order of the file.
    ///
    /// Memory: one chunk of the file beside what the handler keeps.
    package static func read<Handler: XMLHandler>(
        _ bytes: [UInt8], file: String, limits: XMLLimits = .standard, into handler: inout Handler
    ) -> [Diagnostic] {
        _ = prepared
        guard bytes.count <= limits.fileSize else {
            return [
                Diagnostic(
                    "file-too-large", .error, file: file, "file of \(bytes.count >> 20) MB",
                    advice: "at most \(limits.fileSize >> 20) MB are read: split the file into one a work")
            ]
        }
        let decoded: (encoding: XMLEncoding, text: [UInt8])
        switch XMLEncoding.decode(bytes) {
        case .success(let result): decoded = result
        case .failure(let unknown):
            return [
                Diagnostic(
                    "unknown-encoding", .error, file: file, at: SourceLocation(line: 1, column: 1, offset: 0),
                    "encoding \(unknown.name) cannot be read",
                    advice:
                        "convert the file to UTF-8: iconv -f \(unknown.name) -t UTF-8, and name it in the first line")
            ]
        }
        let driver = XMLDriver(
            file: file, bytes: bytes, encoding: decoded.encoding, text: decoded.text, limits: limits, handler: handler)
        driver.run()
        handler = driver.takeHandler()
        return driver.diagnostics
    }

    /// libxml2 wants to be set up once, before threads use it.
    static let prepared: Void = xmlInitParser()
}

/// Passes libxml2's events on to one type of handler.
///
/// The C functions know the base class only: one call through its table an event is all the indirection there is.
@safe
private final class XMLDriver<Handler: XMLHandler>: XMLSource {
    /// In memory of its own: as a property each event would check that nobody else is using it.
    private let handler: UnsafeMutablePointer<Handler>
    private var names: [XMLNameKey: Int32] = [:]
    /// Names met lately, by a few bits of their address: most look-ups end here.
    private var recent = [(key: XMLNameKey, name: Int32)](repeating: (XMLNameKey(), -1), count: 256)
    private var open: [Int32] = []
    private var textCount = 0
    private var defaultedWork = 0
    private let entities = XMLEntities()

    init(
        file: String, bytes: [UInt8], encoding: XMLEncoding, text: [UInt8], limits: XMLLimits, handler: Handler
    ) {
        unsafe self.handler = .allocate(capacity: 1)
        unsafe self.handler.initialize(to: handler)
        super.init(file: file, bytes: bytes, encoding: encoding, text: text, limits: limits)
    }

    deinit {
        unsafe handler.deinitialize(count: 1)
        unsafe handler.deallocate()
    }

    /// The handler after the last event.
    func takeHandler() -> Handler { unsafe handler.pointee }

    func run() {
        var sax = unsafe makeSAXHandler()
        let box = unsafe Unmanaged.passUnretained(self as XMLSource).toOpaque()
        guard let parser = unsafe xmlCreatePushParserCtxt(&sax, box, nil, 0, nil) else {
            report("no-memory", at: 0, "no memory left to read the file")
            return
        }
        unsafe context = parser
        // No entity of libxml2's own making is substituted (see XMLEntities); the option makes it decode values.
        let options = XML_PARSE_NOENT.rawValue | XML_PARSE_NONET.rawValue | XML_PARSE_HUGE.rawValue
        _ = unsafe xmlCtxtUseOptions(parser, Int32(bitPattern: options))
        unsafe push(into: parser)
        unsafe context = nil
        // Entities are copied into a makeshift document as well (libxml2's "SAX compatibility").
        if let document = unsafe parser.pointee.myDoc { unsafe xmlFreeDoc(document) }
        unsafe parser.pointee.myDoc = nil
        unsafe xmlFreeParserCtxt(parser)
    }

    private func push(into parser: xmlParserCtxtPtr) {
        var scout = XMLByteGuard(limits: limits, position: 0)
        while scout.position < text.count, !isStopped {
            let start = scout.position
            // Large enough that the cost of a call does not show, small enough to stay in the cache.
            let violation = scout.advance(over: text, by: 1 << 16)
            if scout.position > start, !isStopped {
                unsafe text.withUnsafeBytes { all in
                    let chunk = unsafe UnsafeRawBufferPointer(rebasing: all[start..<scout.position])
                    let characters = unsafe chunk.assumingMemoryBound(to: CChar.self)
                    _ = unsafe xmlParseChunk(parser, characters.baseAddress, Int32(characters.count), 0)
                }
            }
            if let violation {
                report(violation.identifier, at: violation.offset, violation.summary, advice: violation.advice)
            }
        }
        if !isStopped { _ = unsafe xmlParseChunk(parser, nil, 0, 1) }
    }

    override func started(
        _ local: UnsafePointer<UInt8>, _ uri: UnsafePointer<UInt8>?, namespaceCount: Int,
        namespaces: UnsafeMutablePointer<UnsafePointer<UInt8>?>?, attributeCount: Int, defaultedCount: Int,
        attributes: UnsafeMutablePointer<UnsafePointer<UInt8>?>?
    ) {
        guard !isStopped else { return }
        isInStartTag = true
        defer { isInStartTag = false }
        let name = unsafe name(local, uri)
        open.append(name)
        if hasTooManyNames() { return }
        if open.count > limits.depth {
            return report(
                "too-deep", at: textTag.lowerBound, "more than \(limits.depth) elements inside each other",
                advice: "no edition is nested as deep as this: is an end tag missing?")
        }
        if let context = unsafe context, unsafe Int(context.pointee.nsNr) / 2 > limits.namespaces {
            return report(
                "too-many-namespaces", at: textTag.lowerBound, "more than \(limits.namespaces) namespaces declared",
                advice: "declare each namespace once, on the root element")
        }
        defaultedWork += defaultedCount * (attributeCount + defaultedCount)
        if defaultedWork > limits.attributeWork / 10 {
            return report(
                "too-many-attributes", at: textTag.lowerBound, "too many attributes by default of the internal subset",
                advice: "take the ATTLIST declarations out of the file")
        }
        let element = unsafe XMLElement(
            unsafeName: name, source: self, attributes: attributes, attributeCount: attributeCount,
            namespaces: namespaces, namespaceCount: namespaceCount)
        unsafe handler.pointee.startElement(element)
    }

    override func ended() {
        guard !isStopped, let name = open.popLast() else { return }
        unsafe handler.pointee.endElement(name, source: self)
    }

    override func text(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard !isStopped else { return }
        textCount += bytes.count
        if textCount > limits.text {
            return report(
                "too-much-text", at: textOffset, "more than \(limits.text >> 20) MB of text",
                advice: "split the file into one a work")
        }
        // Long texts come in pieces, so that a handler can look at what it needs before it is too much.
        var start = 0
        while start < bytes.count {
            var end = min(start + Self.pieceLength, bytes.count)
            while end < bytes.count, end > start, unsafe bytes[end] & 0xC0 == 0x80 { end -= 1 }
            let piece = unsafe UnsafeBufferPointer(rebasing: bytes[start..<end])
            unsafe handler.pointee.characters(Span(_unsafeElements: piece), source: self)
            if isStopped { return }
            start = end
        }
    }

    private static var pieceLength: Int { 1 << 16 }

    private func hasTooManyNames() -> Bool {
        guard let context = unsafe context, unsafe Int(xmlDictSize(context.pointee.dict)) > limits.names else {
            return false
        }
        report(
            "too-many-names", at: textTag.lowerBound, "more than \(limits.names) different names",
            advice: "is the file what you think it is? TEI has a thousand")
        return true
    }

    override func instruction(target: String, data: String) {
        guard !isStopped else { return }
        if hasTooManyNames() { return }
        unsafe handler.pointee.processingInstruction(target: target, data: data, source: self)
    }

    override func commented(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard !isStopped else { return }
        unsafe handler.pointee.comment(Span(_unsafeElements: bytes), source: self)
    }

    override func declaredEntity(_ name: String, isInternal: Bool, text: String?) {
        entities.declare(name, isInternal: isInternal, text: text, limit: limits.entity)
    }

    override func entity(_ name: String, inAttribute: Bool) -> UnsafeMutablePointer<xmlEntity>? {
        if let record = unsafe entities.record(for: name, inAttribute: inAttribute) { return unsafe record }
        var place = textOffset
        repeat { place -= 1 } while place > 0 && text[place] != UInt8(ascii: "&")
        switch entities.problem(of: name) {
        case .undeclared:
            report(
                "undeclared-entity", at: place, "entity &\(name); is not declared in the file",
                advice: "write the character itself, or declare it: <!DOCTYPE TEI [<!ENTITY \(name) \"…\">]>")
        case .external:
            report(
                "refused-entity", at: place, "entity &\(name); lies outside the file",
                advice: "nothing is loaded from elsewhere: put the text into the file")
        case .markup:
            report(
                "refused-entity", at: place, "entity &\(name); holds markup or another entity",
                advice: "only plain text is expanded: put the markup where the reference stands")
        case .tooLong:
            report(
                "refused-entity", at: place, "entity &\(name); is longer than \(limits.entity) characters",
                advice: "put the text where the reference stands")
        }
        return nil
    }

    override var emptyParameterEntity: UnsafeMutablePointer<xmlEntity>? { unsafe entities.emptyParameter }

    /// Number of a name; libxml2 interns names, so two are alike when their addresses are.
    private func name(_ local: UnsafePointer<UInt8>, _ uri: UnsafePointer<UInt8>?) -> Int32 {
        let key = XMLNameKey(local: UInt(bitPattern: local), uri: UInt(bitPattern: uri))
        // Interned strings lie at any address: the low bits differ enough.
        let slot = Int((key.local ^ key.local >> 8 ^ key.uri) & 255)
        if recent[slot].key == key { return recent[slot].name }
        if let name = names[key] {
            recent[slot] = (key, name)
            return name
        }
        let name = Int32(names.count)
        names[key] = name
        recent[slot] = (key, name)
        unsafe handler.pointee.declareName(
            name, local: String(cString: local), namespace: uri.map { unsafe String(cString: $0) })
        return name
    }
}

private struct XMLNameKey: Hashable {
    var local: UInt = 0
    var uri: UInt = 0
}
