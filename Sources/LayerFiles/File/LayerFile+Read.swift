import Readers
package import TextModel

extension LayerFile {
    /// Reads a layer. What cannot be understood is kept and reported; only a file that is not well-formed gives
    /// a layer without annotations, which cannot be changed. Cost: linear in the bytes.
    package static func read(bytes: [UInt8], path: String) -> (LayerFile, [Diagnostic]) {
        var reading = LayerReading(path: path, bytes: bytes)
        var diagnostics = XMLReader.read(bytes, file: path, into: &reading)
        if diagnostics.contains(where: { $0.severity == .error }) {
            var layer = LayerFile(path: path, bytes: bytes)
            layer.readOnlyReason = "it is not well-formed"
            if let place = mergeMark(in: bytes) {
                diagnostics.insert(
                    Diagnostic(
                        "forgotten-merge", .error, file: path, at: LineTable(bytes).location(of: place),
                        "the marks of a merge are left in the file",
                        advice:
                            "settle the two sides between <<<<<<< and >>>>>>>; `casebook merge-driver` does it for you"),
                    at: 0)
            }
            return (layer, diagnostics)
        }
        reading.finish()
        return (reading.layer, diagnostics + reading.diagnostics)
    }

    /// Is this a layer? It is because of what it holds, not because of its name.
    package var isLayer: Bool { layout.annotationsEnd != nil }

    private static func mergeMark(in bytes: [UInt8]) -> Int? {
        let mark = Array("<<<<<<<".utf8)
        var start = 0
        while start < bytes.count {
            if bytes[start...].starts(with: mark) { return start }
            guard let feed = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) else { return nil }
            start = feed + 1
        }
        return nil
    }
}

/// Gathers a layer from the events of its file.
private struct LayerReading: XMLHandler {
    var layer: LayerFile
    var diagnostics: [Diagnostic] = []

    private var kinds: [LayerElement] = []
    private var path: [LayerElement] = []
    private var bases: [String?] = []
    /// The element that is being gathered: an annotation, or a `respStmt` or `bibl` of the header.
    private var tree = ElementTree()
    /// `standOff` that is open: annotations or decisions.
    private var list: LayerChange.List?
    private var listDepth = 0
    private var seenIDs: Set<String> = []
    private var versionOfFile: String?

    init(path: String, bytes: [UInt8]) {
        layer = LayerFile(path: path, bytes: bytes)
        if let feed = bytes.firstIndex(of: UInt8(ascii: "\n")), feed > 0, bytes[feed - 1] == UInt8(ascii: "\r") {
            layer.layout.newline = "\r\n"
        }
    }

    mutating func declareName(_ name: Int32, local: String, namespace: String?) {
        let isTEI = namespace == nil || namespace == "http://www.tei-c.org/ns/1.0"
        kinds.append(isTEI ? LayerElement(rawValue: local) ?? .other : .other)
    }

    mutating func startElement(_ element: borrowing XMLElement) {
        let kind = kinds[Int(element.name)]
        if path.isEmpty { startDocument(element) }
        if !tree.isEmpty || isGathered(kind) {
            if tree.isEmpty { tree.clear() }
            tree.start(kind, tag: element.source.tag, attributes: Self.attributes(of: element))
            if kind == .lb { tree.appendLineFeed() }
        } else {
            switch kind {
            case .standOff: startStandOff(element)
            case .listAnnotation: if list != nil { listDepth += 1 }
            case .note where path.last == .listAnnotation: noteInList()
            case .application where element.attribute("ident", is: "casebook"):
                layer.version = element.attribute("version")
            default: break
            }
        }
        bases.append(element.xmlAttribute("base") ?? bases.last ?? nil)
        path.append(kind)
    }

    mutating func endElement(_ name: Int32, source: XMLSource) {
        path.removeLast()
        let base = bases.removeLast()
        if !tree.isEmpty {
            tree.end(at: source.tag.upperBound)
            if tree.isClosed {
                use(base: base, source: source)
                tree.clear()
            }
            return
        }
        switch kinds[Int(name)] {
        case .listAnnotation: endList(source)
        case .standOff:
            if list == .annotations, layer.layout.annotationsEnd != nil, layer.layout.standOffEnd == nil {
                layer.layout.standOffEnd = source.tag.upperBound
            }
            list = nil
        default: break
        }
    }

    mutating func characters(_ bytes: Span<UInt8>, source: XMLSource) {
        if !tree.isEmpty { tree.append(bytes) }
    }

    private mutating func startDocument(_ element: borrowing XMLElement) {
        let source = element.source
        if case .utf16 = source.encoding { layer.readOnlyReason = "it is in UTF-16: convert it to UTF-8 first" }
        let tag = source.tag
        let name = layer.bytes[min(tag.lowerBound + 1, layer.bytes.count)...].prefix { byte in
            !WhiteSpace.isWhite(byte) && byte != UInt8(ascii: ">") && byte != UInt8(ascii: "/")
        }
        if let colon = name.firstIndex(of: UInt8(ascii: ":")) {
            layer.layout.prefix = String(decoding: name[...colon], as: UTF8.self)
        }
        // The declaration, if any, stands before the root element.
        let prolog = layer.bytes[..<min(200, tag.lowerBound)]
        guard prolog.starts(with: "<?xml ".utf8), let end = prolog.firstIndex(of: UInt8(ascii: ">")) else { return }
        let declaration = String(decoding: prolog[...end], as: UTF8.self)
        let lowered = declaration.lowercased()
        guard lowered.contains("encoding"), !lowered.contains("utf-8"), !lowered.contains("utf8") else { return }
        layer.layout.isASCII = true
        layer.layout.declaration = declaration
    }

    private func isGathered(_ kind: LayerElement) -> Bool {
        switch kind {
        case .annotation: list != nil
        case .respStmt: path.last == .titleStmt
        case .bibl: path.last == .sourceDesc
        default: false
        }
    }

    private mutating func startStandOff(_ element: borrowing XMLElement) {
        if element.attribute("type", is: "decisions") {
            list = .decisions
        } else if layer.layout.annotationsEnd == nil {
            list = .annotations
        } else {
            // A third standOff is somebody else's business; its annotations are still read.
            list = element.attribute("type", is: "annotations") ? .annotations : nil
        }
        listDepth = 0
    }

    private mutating func noteInList() {
        switch list {
        case .annotations: layer.layout.annotationsHaveNote = true
        case .decisions: layer.layout.decisionsHaveNote = true
        case .header, nil: break
        }
    }

    private mutating func endList(_ source: XMLSource) {
        guard let list else { return }
        listDepth -= 1
        // Lists can be nested: new annotations go to the end of the outermost one.
        guard listDepth == 0 else { return }
        let end = layer.startOfLine(before: source.tag.lowerBound)
        switch list {
        case .annotations: layer.layout.annotationsEnd = layer.layout.annotationsEnd ?? end
        case .decisions: layer.layout.decisionsEnd = layer.layout.decisionsEnd ?? end
        case .header: break
        }
    }

    private mutating func use(base: String?, source: XMLSource) {
        let root = tree.nodes[0]
        switch root.kind {
        case .annotation: useAnnotation(base: base, source: source)
        case .respStmt:
            layer.layout.statementsEnd = root.range.upperBound
            useStatement()
        default: useBibliography()
        }
    }

    private mutating func useStatement() {
        guard let id = tree.attribute("xml:id", of: 0) else { return }
        let person = tree.children(of: 0).first { tree.nodes[$0].kind == .persName }
        layer.annotators.append(
            Annotator(
                id: id, name: person.map { tree.collapsedText(of: $0) } ?? id,
                reference: person.flatMap { tree.attribute("ref", of: $0) }))
    }

    private mutating func useBibliography() {
        for child in tree.nodes.indices {
            switch tree.nodes[child].kind {
            case .ref where layer.textFile == nil:
                guard let target = tree.attribute("target", of: child), !target.contains("://") else { continue }
                layer.textFile = Pointer(text: target).file
                layer.layout.sourceReference = tree.nodes[child].tag
            case .idno where tree.attribute("type", of: child) == "sha256":
                let text = tree.collapsedText(of: child)
                layer.sha256 = text.isEmpty ? nil : text
                let node = tree.nodes[child]
                // `<idno type="sha256">…</idno>`: the content ends where the end tag begins.
                let end = layer.bytes[..<node.range.upperBound].lastIndex(of: UInt8(ascii: "<")) ?? node.tag.upperBound
                if end >= node.tag.upperBound { layer.layout.sha256 = node.tag.upperBound..<end }
            default: break
            }
        }
    }

    private mutating func useAnnotation(base: String?, source: XMLSource) {
        let range = layer.lines(around: tree.nodes[0].range)
        if layer.annotations.isEmpty, range.lowerBound < tree.nodes[0].range.lowerBound {
            let indentation = layer.bytes[range.lowerBound..<tree.nodes[0].range.lowerBound]
            layer.layout.indentation = String(decoding: indentation, as: UTF8.self)
        }
        let reading = AnnotationReading(tree: tree, base: base)
        noteSubjectFiles()
        if list == .decisions {
            guard let decision = reading.decision() else { return }
            checkID(decision.id, source: source)
            layer.decisions.append(decision)
            layer.decisionRanges.append(range)
        } else {
            let annotation = reading.annotation()
            checkID(annotation.id, source: source)
            layer.annotations.append(annotation)
            layer.annotationRanges.append(range)
        }
    }

    private mutating func noteSubjectFiles() {
        for node in tree.nodes.indices where tree.attribute("type", of: node) == "about" {
            for pointer in WhiteSpace.words(of: tree.attribute("target", of: node) ?? "") {
                let pointer = Pointer(text: pointer)
                if case .element(.id(let id)) = pointer.place { layer.subjectFiles[id] = pointer.file }
            }
        }
    }

    private mutating func checkID(_ id: String, source: XMLSource) {
        // Where a place stands in lines costs a pass over the file: only where there is something to say.
        var place: SourceLocation { source.location(of: tree.nodes[0].range.lowerBound) }
        if id.isEmpty {
            diagnostics.append(
                Diagnostic(
                    "missing-id", .warning, file: layer.path, at: place, "annotation without xml:id",
                    advice: "it is shown, but can be neither changed nor cited: give it an xml:id"))
        } else if !seenIDs.insert(id).inserted {
            diagnostics.append(
                Diagnostic(
                    "duplicate-id", .error, file: layer.path, at: place, "“\(id)” is the id of another annotation too",
                    advice: "give one of the two another xml:id"))
        }
    }

    /// After the last event.
    mutating func finish() {
        if !layer.isLayer {
            layer.readOnlyReason = layer.readOnlyReason ?? "it has no standOff with a listAnnotation"
        }
        if layer.textFile == nil {
            layer.textFile = layer.annotations.lazy.compactMap { $0.targets.first?.pointer.file }.first { !$0.isEmpty }
        }
        layer.subjectFiles = layer.subjectFiles.filter { $0.value != layer.textFile }
    }

    private static func attributes(of element: borrowing XMLElement) -> [(name: String, value: String)] {
        var list: [(name: String, value: String)] = []
        for index in 0..<element.attributeCount {
            let attribute = element.attribute(at: index)
            let isXML = attribute.namespace == "http://www.w3.org/XML/1998/namespace"
            if attribute.namespace == nil || isXML {
                list.append(((isXML ? "xml:" : "") + attribute.local, attribute.value))
            }
        }
        return list
    }
}

extension LayerFile {
    /// The element with the indentation before it and the line's end after it, where it has lines of its own.
    func lines(around range: Range<Int>) -> Range<Int> {
        let start = startOfLine(before: range.lowerBound)
        guard start < range.lowerBound || start == 0 || bytes[start - 1] == UInt8(ascii: "\n") else { return range }
        var end = range.upperBound
        while end < bytes.count, bytes[end] == 0x20 || bytes[end] == 0x09 || bytes[end] == 0x0D { end += 1 }
        guard end < bytes.count, bytes[end] == UInt8(ascii: "\n") else { return range }
        return start..<end + 1
    }

    /// Start of the line where only blanks stand before the offset, else the offset itself.
    func startOfLine(before offset: Int) -> Int {
        var start = offset
        while start > 0, bytes[start - 1] == 0x20 || bytes[start - 1] == 0x09 { start -= 1 }
        return start == 0 || bytes[start - 1] == UInt8(ascii: "\n") ? start : offset
    }
}
