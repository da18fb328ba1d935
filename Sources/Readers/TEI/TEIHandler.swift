import TextModel

/// Follows the elements of a TEI file: which part of it is header, stand-off, text; and hands the text on.
///
/// The elements that are open stand in one array. Nothing is kept of an element that is closed but what the
/// document records of it.
struct TEIHandler: XMLHandler {
    let path: String
    let defaultLanguage: String
    private let recordsEveryElement: Bool
    var documents: [Document] = []
    var diagnostics: [Diagnostic] = []
    var kind: FileKind { Self.kind(of: traces, hasText: !documents.isEmpty) }

    // Names, by the numbers that the XML reader gives.
    var elements: [TEIElement] = []
    var traits: [TEIElement.Traits] = []
    var names: [(local: String, namespace: String?)] = []
    /// How often each name was met inside of a text.
    private var counts: [Int] = []

    var open: [OpenElement] = []
    private var siblings = SiblingCounts()
    /// Header and stand-off persons of the `TEI` that is open, and of the corpus around it.
    private var tree = XMLTree()
    private var corpusWork = Work()
    /// Of the last `TEI`, one without a text included.
    private(set) var lastWork = Work()
    private var teiID: String?
    private var baseLanguage: String?
    private var corpusLanguage: String?
    private var builder: DocumentBuilder
    /// True while a text is being built.
    private var isBuilding = false
    private var isSourceDocument = false
    private var hasNamespace = true
    private var traces = Traces()
    /// Bytes that the documents read so far need.
    private var finishedMemory = 0
    private var stepsUnwatched = 0
    /// Arrays may be twice as large as what is in them, and are copied once at the end: a third of what a reader may
    /// need at most.
    private static let memoryLimit = 150 << 20
    /// Identifiers of notes that are made once a file.
    var noted: Set<String> = []

    static let teiNamespace = "http://www.tei-c.org/ns/1.0"

    init(path: String, defaultLanguage: String, recordsEveryElement: Bool = false) {
        self.path = path
        self.defaultLanguage = defaultLanguage
        self.recordsEveryElement = recordsEveryElement
        builder = DocumentBuilder(
            Document(path: path), language: defaultLanguage, recordsEveryElement: recordsEveryElement)
    }

    /// What was met on the way that tells what the file is.
    private struct Traces {
        var isTEI = false
        var isCues = false
        var rootType: String?
        var hasForeignTargets = false
        var hasPersons = false
        var hasConceptLabels = false
    }

    private static func kind(of traces: Traces, hasText: Bool) -> FileKind {
        if traces.isCues { return .cues }
        if traces.hasForeignTargets || traces.rootType == "casebook-layer" { return .layer }
        if traces.rootType == "casebook-persons" || traces.hasPersons && !hasText { return .persons }
        if traces.hasConceptLabels { return .scheme }
        return hasText ? .text : .other
    }

    /// Names in texts that no rule knows.
    var elementsWithoutRule: [String: Int] {
        var found: [String: Int] = [:]
        for (name, count) in counts.enumerated() where count > 0 && elements[name] == .other {
            let (local, namespace) = names[name]
            let isTEI = namespace == nil || namespace == Self.teiNamespace
            if !isTEI || !TEIElement.inlineNames.contains(local) { found[local, default: 0] += count }
        }
        return found
    }

    // MARK: - Events

    mutating func declareName(_ name: Int32, local: String, namespace: String?) {
        let isTEI = namespace == nil || namespace == Self.teiNamespace
        let element = isTEI ? TEIElement(rawValue: local) ?? .other : .other
        elements.append(element)
        traits.append(element.traits)
        names.append((local, namespace))
        counts.append(0)
    }

    mutating func startElement(_ element: borrowing XMLElement) {
        var entry = OpenElement(
            name: element.name, element: elements[Int(element.name)], traits: traits[Int(element.name)])
        entry.position = siblings.count(element.name, depth: Int32(open.count))
        entry.region = region(of: element, entry)
        switch entry.region {
        case .text:
            counts[Int(entry.name)] += 1
            builder.start(element, &entry, in: &self.open, names: names)
            if entry.noteworthy || names[Int(entry.name)].namespace == Self.includeNamespace { note(element, entry) }
        case .tree:
            let name = names[Int(element.name)]
            tree.start(element, local: name.local, namespace: name.namespace)
        default: break
        }
        open.append(entry)
    }

    mutating func endElement(_ name: Int32, source: XMLSource) {
        guard let entry = open.popLast() else { return }
        siblings.close(depth: Int32(open.count))
        switch entry.region {
        case .text:
            builder.end(entry, in: open)
            watchMemory(1, source)
            if open.isEmpty { finish() }
        case .tree: tree.end()
        case .tei: finish()
        case .corpusHeader: corpusWork = takeWork()
        default: break
        }
    }

    mutating func characters(_ bytes: Span<UInt8>, source: XMLSource) {
        guard let last = open.last else { return }
        switch last.region {
        case .text:
            builder.characters(bytes, in: last)
            watchMemory(1 + bytes.count >> 8, source)
        case .tree: tree.characters(bytes)
        default: break
        }
    }

    /// Ends the reading where the texts need too much. Adding up costs as much as a small element: it is done after
    /// some hundreds of them, or after 64 kB.
    private mutating func watchMemory(_ steps: Int, _ source: XMLSource) {
        stepsUnwatched += steps
        guard stepsUnwatched >= 256 else { return }
        stepsUnwatched = 0
        guard builder.memory + finishedMemory > Self.memoryLimit else { return }
        source.report(
            "file-too-large", at: source.textOffset, "the texts of the file need too much memory",
            advice: "split the file into one a work")
    }

    // MARK: - Regions

    private mutating func region(of element: borrowing XMLElement, _ entry: OpenElement) -> OpenElement.Region {
        guard let parent = open.last else { return rootRegion(of: element, entry) }
        switch (parent.region, entry.element) {
        case (.text, _), (.tree, _), (.skipped, _): return parent.region
        case (.corpus, .teiHeader): return .corpusHeader
        case (.corpus, .tei), (.corpus, .tei2): return beginTEI(element)
        case (.tei, .teiHeader): return .header
        case (.tei, .text): return beginText(element, isSourceDocument: false)
        case (.tei, .sourceDoc):
            return isBuilding ? .skipped : beginText(element, isSourceDocument: true)
        case (.tei, .standOff), (.corpus, .standOff): return .standOff
        // A casebook appended to a text is no document of its own.
        case (.tei, .tei) where (element.attribute("type") ?? "").hasPrefix("casebook"): return .skipped
        case (.tei, .tei), (.tei, .tei2):
            finish()
            return beginTEI(element)
        case (.header, _), (.corpusHeader, _):
            switch names[Int(entry.name)].local {
            case "fileDesc", "profileDesc": return .tree
            case "encodingDesc": return .encoding
            default: return .skipped
            }
        case (.encoding, .gloss):
            if open.contains(where: { $0.element == .category }), element.attribute("type", is: "prefLabel") {
                traces.hasConceptLabels = true
            }
            return .skipped
        case (.encoding, _): return .encoding
        case (.standOff, .listPerson):
            traces.hasPersons = true
            return .tree
        case (.standOff, .annotation):
            if let target = element.attribute("target") { note(target: target) }
            return .skipped
        case (.standOff, .other) where ["listRelation", "listEvent"].contains(names[Int(entry.name)].local):
            return .tree
        case (.standOff, _): return .standOff
        default: return .skipped
        }
    }

    private mutating func rootRegion(of element: borrowing XMLElement, _ entry: OpenElement) -> OpenElement.Region {
        let name = names[Int(entry.name)]
        if let namespace = name.namespace, namespace != Self.teiNamespace {
            traces.isCues = namespace == CueFile.namespace
            return .skipped
        }
        hasNamespace = name.namespace != nil
        switch entry.element {
        case .teiCorpus:
            warnOfNamespace(element)
            corpusLanguage = element.xmlAttribute("lang")
            return .corpus
        case .tei, .tei2:
            warnOfNamespace(element)
            return beginTEI(element)
        case _ where entry.traits.contains(.unit) || ["surface", "sourceDoc", "l"].contains(name.local):
            // A piece of an edition: read as a text without a header.
            warnOfNamespace(element)
            warn(
                "no-header", element, "\(name.local) without a TEI around it",
                advice: "the work has no title and no rights; add a teiHeader")
            teiID = nil
            return beginText(element, isSourceDocument: false)
        default:
            return .skipped
        }
    }

    private mutating func beginTEI(_ element: borrowing XMLElement) -> OpenElement.Region {
        traces.isTEI = true
        if open.isEmpty { traces.rootType = element.attribute("type") }
        teiID = element.xmlAttribute("id")
        baseLanguage = element.xmlAttribute("lang") ?? corpusLanguage
        tree = XMLTree()
        return .tei
    }

    private mutating func beginText(_ element: borrowing XMLElement, isSourceDocument: Bool) -> OpenElement.Region {
        // A transcription of pages gives way to the text proper.
        if !isBuilding || self.isSourceDocument {
            let language = baseLanguage ?? WorkReader(tree: tree).singleLanguage ?? corpusWork.singleLanguage
            var document = Document(path: path)
            document.hasNamespace = hasNamespace
            if documents.isEmpty, open.count < 2 {
                // Most of a file is text: room for all of it is cheaper than growing.
                document.raw.reserveCapacity(element.source.bytes.count)
                document.reading.reserveCapacity(element.source.bytes.count)
            }
            builder = DocumentBuilder(
                document, language: language ?? defaultLanguage, recordsEveryElement: recordsEveryElement)
            isBuilding = true
            for index in open.indices { open[index].record = -1 }
        }
        self.isSourceDocument = isSourceDocument
        return .text
    }

    private mutating func note(target: String) {
        // A pointer list: one into another file makes the file a layer.
        for pointer in target.split(separator: " ") where !pointer.hasPrefix("#") && pointer.contains("#") {
            traces.hasForeignTargets = true
        }
    }

    // MARK: - Documents

    private mutating func finish() {
        let work = takeWork()
        lastWork = work
        guard isBuilding else { return }
        isBuilding = false
        var empty = DocumentBuilder(
            Document(path: path), language: defaultLanguage, recordsEveryElement: recordsEveryElement)
        swap(&empty, &builder)
        // A document has twenty arrays, each with a header, and a header of its own.
        let memory = empty.memory + 4096
        var document = empty.finished()
        document.fragment = teiID
        document.work = work
        document.work.inherit(from: corpusWork)
        if document.work.isPaperCopy {
            // The rows of a teacher's notes are no paragraphs of the book: places are pages only.
            for index in document.passages.indices { document.passages[index].paragraph = 0 }
        }
        let used = Set(document.passages.map(\.language))
        for (index, language) in document.languages.enumerated() where used.contains(Int32(index)) {
            if !document.work.languages.contains(language) { document.work.languages.append(language) }
        }
        finishedMemory += memory
        documents.append(document)
    }

    private mutating func takeWork() -> Work {
        defer { tree = XMLTree() }
        return WorkReader(tree: tree).work()
    }

    // MARK: - Diagnostics

    private static let includeNamespace = "http://www.w3.org/2001/XInclude"

    private mutating func note(_ element: borrowing XMLElement, _ entry: OpenElement) {
        let name = names[Int(entry.name)].local
        if entry.noteworthy {
            guard noted.insert(name).inserted else { return }
            diagnostics.append(
                Diagnostic(
                    "span-not-applied", .note, file: path, at: element.source.location,
                    "\(name) is not applied: the words are shown as they stand"))
        } else {
            let target = element.attribute("href").map { " of " + $0 } ?? ""
            warn(
                "include", element, "xi:\(name)\(target) is left alone",
                advice: "put the text into this file: offsets cannot cross files")
        }
    }

    private mutating func warnOfNamespace(_ element: borrowing XMLElement) {
        guard !hasNamespace else { return }
        warn(
            "no-namespace", element, "\(names[Int(element.name)].local) without the TEI namespace",
            advice: "the file is read as TEI P4; P5 has xmlns=\"\(Self.teiNamespace)\" on its root")
    }

    private mutating func warn(
        _ identifier: String, _ element: borrowing XMLElement, _ summary: String, advice: String
    ) {
        diagnostics.append(
            Diagnostic(identifier, .warning, file: path, at: element.source.location, summary, advice: advice))
    }
}
