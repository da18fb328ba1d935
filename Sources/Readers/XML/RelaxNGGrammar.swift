import CLibxml2
package import TextModel

/// A RELAX NG grammar, compiled by libxml2; validates files without keeping their tree.
///
/// One grammar may be used for many files, one after the other.
@safe
package final class RelaxNGGrammar {
    private let schema: xmlRelaxNGPtr

    /// `nil` where the grammar is none; libxml2 says no more about that than a grammar's author can see with xmllint.
    package init?(_ bytes: [UInt8]) {
        _ = XMLReader.prepared
        let compiled = unsafe bytes.withUnsafeBytes { memory -> xmlRelaxNGPtr? in
            let characters = unsafe memory.bindMemory(to: CChar.self).baseAddress
            guard let parser = unsafe xmlRelaxNGNewMemParserCtxt(characters, Int32(memory.count)) else { return nil }
            defer { unsafe xmlRelaxNGFreeParserCtxt(parser) }
            unsafe casebook_relaxng_parser_errors(parser, { _, _ in }, nil)
            return unsafe xmlRelaxNGParse(parser)
        }
        guard let compiled = unsafe compiled else { return nil }
        unsafe schema = compiled
    }

    deinit { unsafe xmlRelaxNGFree(schema) }

    /// The first thing in a file that the grammar does not allow; libxml2 goes astray after it.
    ///
    /// For files that ``XMLReader`` reads without an error: only then are its entities known to be harmless.
    package func firstError(in bytes: [UInt8], file: String) -> Diagnostic? {
        let options =
            XML_PARSE_NOENT.rawValue | XML_PARSE_NONET.rawValue | XML_PARSE_HUGE.rawValue
            | XML_PARSE_BIG_LINES.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue
        let found = ValidationError()
        unsafe bytes.withUnsafeBytes { memory in
            let characters = unsafe memory.bindMemory(to: CChar.self).baseAddress
            guard
                let reader = unsafe xmlReaderForMemory(
                    characters, Int32(memory.count), nil, nil, Int32(bitPattern: options))
            else { return }
            defer { unsafe xmlFreeTextReader(reader) }
            guard let validator = unsafe xmlRelaxNGNewValidCtxt(schema) else { return }
            defer { unsafe xmlRelaxNGFreeValidCtxt(validator) }
            let box = unsafe Unmanaged.passUnretained(found).toOpaque()
            unsafe casebook_relaxng_valid_errors(
                validator,
                { box, error in
                    guard let box = unsafe box, let error = unsafe error else { return }
                    unsafe Unmanaged<ValidationError>.fromOpaque(box).takeUnretainedValue().note(error.pointee)
                }, box)
            guard unsafe xmlTextReaderRelaxNGValidateCtxt(reader, validator, 0) == 0 else { return }
            while !found.isFound, unsafe xmlTextReaderRead(reader) == 1 {}
        }
        guard found.isFound else { return nil }
        return Diagnostic(
            "grammar", .error, file: file, at: place(of: found, in: bytes), found.summary,
            advice: "only the first place is shown: mend it and check again")
    }

    /// libxml2 knows the line; the column is that of the element's tag in it.
    private func place(of found: ValidationError, in bytes: [UInt8]) -> SourceLocation {
        var line = 1
        var start = 0
        while line < found.line, let feed = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) {
            start = feed + 1
            line += 1
        }
        let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
        let tag = Array("<\(found.element)".utf8)
        var column = 1
        for offset in start..<end {
            if !found.element.isEmpty, bytes[offset..<end].starts(with: tag) {
                return SourceLocation(line: line, column: column, offset: offset)
            }
            if bytes[offset] & 0xC0 != 0x80 { column += 1 }
        }
        return SourceLocation(line: line, column: 1, offset: start)
    }
}

/// The first report of a validation.
private final class ValidationError {
    private(set) var isFound = false
    private(set) var summary = ""
    private(set) var line = 1
    private(set) var element = ""
    private var reportedLine = 1

    func note(_ error: xmlError) {
        guard unsafe error.level != XML_ERR_WARNING else { return }
        var message = unsafe error.message.map { unsafe String(cString: $0) } ?? "not as the grammar has it"
        if let end = message.firstIndex(of: "\n") { message = String(message[..<end]) }
        message = message.prefix(1).lowercased() + message.dropFirst()
        // The first report with an element has the place. Of the ones that follow from it, one that names an
        // attribute says more than "expecting an element, got nothing".
        if isFound, !element.isEmpty {
            let isVague = summary.hasPrefix("expecting") && message.hasPrefix("invalid attribute")
            if isVague, unsafe max(1, Int(error.line)) == reportedLine { summary = message }
            return
        }
        isFound = true
        summary = message
        reportedLine = max(1, unsafe Int(error.line))
        line = reportedLine
        if let node = unsafe error.node?.assumingMemoryBound(to: xmlNode.self),
            unsafe node.pointee.type == XML_ELEMENT_NODE, let name = unsafe node.pointee.name
        {
            element = unsafe String(cString: name)
            if let prefix = unsafe node.pointee.ns?.pointee.prefix {
                element = unsafe String(cString: prefix) + ":" + element
            }
            // Reports have lines up to 65 535 only.
            line = max(line, unsafe xmlGetLineNo(node))
        }
    }
}
