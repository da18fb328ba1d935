package import TextModel

/// What can be wrong with a TEI file that is well-formed: ids, pointers inside the file, the grammar.
package enum TEIChecker {
    /// Bytes of a file that is still compared with the grammar: libxml2's time grows with the square of the number of
    /// siblings. 10 000 annotations (8 MB) take a second, 100 000 took minutes.
    private static let grammarLimit = 16 << 20

    /// All duplicate ids and dangling pointers, and the first place that the grammar does not allow.
    ///
    /// Nothing for a file that is not well-formed: ``TEIReader`` reports that. The grammar is for files in the TEI
    /// namespace; P4 has none of it.
    package static func check(_ bytes: [UInt8], path: String, grammar: RelaxNGGrammar?) -> [Diagnostic] {
        var handler = ReferenceHandler(path: path)
        let diagnostics = XMLReader.read(bytes, file: path, into: &handler)
        guard !diagnostics.contains(where: { $0.severity == .error }) else { return [] }
        var found = handler.findings(LineTable(bytes, encoding: handler.encoding))
        if handler.isTEI, bytes.count > grammarLimit {
            found.append(
                Diagnostic(
                    "grammar-skipped", .note, file: path,
                    "file of \(bytes.count >> 20) MB: not compared with the grammar, which would take minutes",
                    advice: "jing does it quickly: jing -i Schemas/casebook.rng \(path)"))
        } else if handler.isTEI, var error = grammar?.firstError(in: bytes, file: path) {
            // What others made is read leniently; what Casebook writes is as the grammar has it.
            if !handler.isOwn {
                error.severity = .warning
                error.advice = "the file is read all the same; only the first such place is shown"
            }
            found.append(error)
        }
        return found
    }
}

/// Collects ids and what points to them.
private struct ReferenceHandler: XMLHandler {
    let path: String
    var encoding = XMLEncoding.utf8
    /// True where the root is in the TEI namespace.
    var isTEI = false
    /// True for layers and persons of Casebook.
    var isOwn = false
    private var names: [(local: String, isTEI: Bool)] = []
    private var depth = 0
    /// Place of the first element with each id.
    private var ids: [String: Int] = [:]
    private var duplicates: [(id: String, offset: Int, first: Int)] = []
    private var pointers: [Pointer] = []

    private struct Pointer {
        var id: String
        var attribute: String
        var element: Int32
        var offset: Int
    }

    /// Attributes of TEI that hold pointers to elements. Not `ed`, `wit` and `rend`, whose `#…` stands for what an
    /// edition calls so and often declares nowhere.
    private static let pointing: Set<String> = [
        "active", "ana", "change", "copyOf", "corresp", "decls", "exclude", "mutual", "next", "passive", "prev", "ref",
        "resp", "sameAs", "select", "source", "spanTo", "synch", "target", "targetEnd", "toWhom", "who",
    ]

    init(path: String) {
        self.path = path
    }

    mutating func declareName(_ name: Int32, local: String, namespace: String?) {
        names.append((local, namespace == TEIHandler.teiNamespace))
    }

    mutating func startElement(_ element: borrowing XMLElement) {
        if depth == 0 {
            encoding = element.source.encoding
            isTEI = names[Int(element.name)].isTEI
            isOwn = element.attribute("type")?.hasPrefix("casebook-") == true
        }
        depth += 1
        for index in 0..<element.attributeCount {
            let (local, namespace, value) = element.attribute(at: index)
            if namespace != nil {
                guard local == "id" else { continue }
                let offset = element.source.tag.lowerBound
                if let first = ids[value] {
                    duplicates.append((value, offset, first))
                } else {
                    ids[value] = offset
                }
            } else if Self.pointing.contains(local), value.contains("#") {
                let offset = element.source.tag.lowerBound
                for token in value.split(whereSeparator: \.isWhitespace) where token.hasPrefix("#") {
                    // A scheme like #string-range(…) is the business of layers.
                    guard !token.contains("("), token.count > 1 else { continue }
                    pointers.append(
                        Pointer(
                            id: String(token.dropFirst()), attribute: local, element: element.name, offset: offset))
                }
            }
        }
    }

    mutating func endElement(_ name: Int32, source: XMLSource) { depth -= 1 }

    mutating func characters(_ bytes: Span<UInt8>, source: XMLSource) {}

    func findings(_ lines: LineTable) -> [Diagnostic] {
        var found: [Diagnostic] = []
        for duplicate in duplicates {
            let first = lines.location(of: duplicate.first)
            found.append(
                Diagnostic(
                    "duplicate-id", .error, file: path, at: lines.location(of: duplicate.offset),
                    "xml:id “\(duplicate.id)” is given twice",
                    advice: "the first is in line \(first.line); pointers to it mean that one"))
        }
        // The nearest names cost a look at every id: a file whose ids are all missing gets them for the first few.
        var hints = 20
        for pointer in pointers where ids[pointer.id] == nil {
            let near = hints > 0 ? nearestNames(to: pointer.id, among: ids.keys, limit: 1).first : nil
            hints -= 1
            found.append(
                Diagnostic(
                    "dangling-pointer", .warning, file: path, at: lines.location(of: pointer.offset),
                    "\(names[Int(pointer.element)].local)/@\(pointer.attribute) points to “#\(pointer.id)”, which is not in the file",
                    advice: near.map { "did you mean “#\($0)”?" }))
        }
        return found
    }
}
