import CLibxml2
private import TextModel

// The C side of the reader: each function finds the reader behind libxml2's user data and passes the event on.

/// A SAX2 handler whose user data is an unretained ``XMLSource``.
func makeSAXHandler() -> xmlSAXHandler {
    var sax = unsafe xmlSAXHandler()
    unsafe casebook_prepare_sax(&sax) { box, error in
        guard let box = unsafe box, let error = unsafe error else { return }
        unsafe withReader(box) { unsafe $0.note(error.pointee) }
    }
    unsafe sax.startElementNs = { box, local, _, uri, namespaceCount, namespaces, count, defaulted, attributes in
        guard let box = unsafe box, let local = unsafe local else { return }
        unsafe withReader(box) {
            unsafe $0.started(
                local, uri, namespaceCount: Int(namespaceCount), namespaces: namespaces, attributeCount: Int(count),
                defaultedCount: Int(defaulted), attributes: attributes)
        }
    }
    unsafe sax.endElementNs = { box, _, _, _ in
        guard let box = unsafe box else { return }
        unsafe withReader(box) { $0.ended() }
    }
    unsafe sax.characters = { box, text, count in
        guard let box = unsafe box, let text = unsafe text, count > 0 else { return }
        unsafe withReader(box) { unsafe $0.text(UnsafeBufferPointer(start: text, count: Int(count))) }
    }
    // White space is text. CDATA sections come as characters because there is no handler for them.
    unsafe sax.ignorableWhitespace = unsafe sax.characters
    unsafe sax.processingInstruction = { box, target, data in
        guard let box = unsafe box, let target = unsafe target else { return }
        let text = unsafe data.map { unsafe String(cString: $0) } ?? ""
        unsafe withReader(box) { unsafe $0.instruction(target: String(cString: target), data: text) }
    }
    unsafe sax.comment = { box, text in
        guard let box = unsafe box, let text = unsafe text else { return }
        unsafe withReader(box) {
            unsafe $0.commented(UnsafeBufferPointer(start: text, count: Int(xmlStrlen(text))))
        }
    }
    unsafe sax.entityDecl = { box, name, type, _, _, content in
        guard let box = unsafe box, let name = unsafe name else { return }
        guard type != XML_INTERNAL_PARAMETER_ENTITY.rawValue, type != XML_EXTERNAL_PARAMETER_ENTITY.rawValue else {
            return
        }
        let text = unsafe content.map { unsafe String(cString: $0) }
        unsafe withReader(box) {
            unsafe $0.declaredEntity(
                String(cString: name), isInternal: type == XML_INTERNAL_GENERAL_ENTITY.rawValue, text: text)
        }
    }
    unsafe sax.getEntity = { box, name in
        guard let box = unsafe box, let name = unsafe name else { return nil }
        return unsafe withReader(box) { unsafe $0.entity(named: String(cString: name)) }
    }
    unsafe sax.getParameterEntity = { box, _ in
        guard let box = unsafe box else { return nil }
        return unsafe withReader(box) { unsafe $0.emptyParameterEntity }
    }
    return unsafe sax
}

/// Calls with the reader; the driver keeps it alive as long as it parses, so nothing is counted here.
@inline(__always)
private func withReader<Result>(_ box: UnsafeMutableRawPointer, _ body: (XMLSource) -> Result) -> Result {
    unsafe Unmanaged<XMLSource>.fromOpaque(box)._withUnsafeGuaranteedRef { body($0) }
}

extension XMLSource {
    fileprivate func entity(named name: String) -> UnsafeMutablePointer<xmlEntity>? {
        // libxml2 also asks while it reads declarations.
        guard let context = unsafe context, unsafe context.pointee.inSubset == 0 else { return nil }
        return unsafe entity(name, inAttribute: context.pointee.instate == XML_PARSER_ATTRIBUTE_VALUE)
    }

    /// Turns a report of libxml2 into a diagnostic.
    fileprivate func note(_ error: xmlError) {
        guard !isStopped else { return }
        var summary = unsafe error.message.map { unsafe String(cString: $0) } ?? "not well-formed"
        if let end = summary.firstIndex(of: "\n") { summary = String(summary[..<end]) }
        summary = summary.prefix(1).lowercased() + summary.dropFirst()
        let isNamespace = unsafe error.domain == Int32(XML_FROM_NAMESPACE.rawValue)
        if unsafe error.level == XML_ERR_WARNING {
            // A file with more warnings than this has one cause for all of them.
            guard diagnostics.count < 20 else { return }
            report(isNamespace ? "namespace" : "xml", .warning, at: textOffset, summary)
            return
        }
        let code = unsafe error.code
        report(
            isNamespace ? "namespace" : "not-well-formed",
            at: code == Int32(XML_ERR_DOCUMENT_END.rawValue) ? text.count : textOffset, summary,
            advice: Self.advice(forError: code))
    }

    private static func advice(forError code: Int32) -> String? {
        switch xmlParserErrors(UInt32(bitPattern: code)) {
        case XML_ERR_TAG_NAME_MISMATCH: "close elements in the opposite order in which they were opened"
        case XML_ERR_TAG_NOT_FINISHED, XML_ERR_DOCUMENT_END: "the file ends too early: is its last part missing?"
        case XML_ERR_INVALID_CHAR: "take the control character out; XML cannot hold it"
        case XML_ERR_INVALID_ENCODING:
            "the bytes are not in the encoding that the first line names: name the right one, or convert to UTF-8"
        case XML_ERR_NAME_REQUIRED, XML_ERR_ENTITYREF_SEMICOL_MISSING: "write &amp; for & and &lt; for <"
        case XML_NS_ERR_UNDEFINED_NAMESPACE: "declare the prefix: xmlns:PREFIX=\"…\" on the root element"
        case XML_ERR_ATTRIBUTE_REDEFINED, XML_NS_ERR_ATTRIBUTE_REDEFINED: "keep one of the two attributes"
        default: nil
        }
    }
}
