import TextModel

/// Makes a document of the elements and characters of its `text`.
struct DocumentBuilder {
    var document: Document
    /// The innermost open unit, and a pool of which the first ``unitCount`` - 1 are the units around it.
    private var unit = UnitText()
    private var outerUnits: [UnitText] = []
    private var unitCount = 0
    /// Serial number of the unit around each unit, -1 for the outermost.
    var unitParents: [Int32] = []
    var closed: [ClosedUnit] = []
    var calls: [OpenCall] = []
    private var branches: [BranchFrame] = []
    /// Index in the document's names of elements, by the number of the XML reader; -1 for none yet.
    private var nameIndices: [Int32] = []
    private var ids: Set<String> = []
    var partNotes: [PartNote] = []
    /// Lines counted in each part, and the number of the last; the first is for text outside of parts.
    private var lineCounts: [Int] = [0]
    private var lastLines: [String] = [""]
    private let baseLanguage: Int32
    private let recordsEveryElement: Bool

    /// A unit that is read to its end and has text.
    struct ClosedUnit {
        var passage: Passage
        var serial: Int32
        /// Raw offset of its first own character.
        var order: Int32
        /// In a branch that was not chosen.
        var isHidden = false
    }

    struct OpenCall {
        var reading: Int32
        /// Serial number of the note's unit, and where the note starts and ends.
        var note: Int32
        var mark: String?
    }

    /// What a part is numbered by.
    struct PartNote {
        var number: String?
        /// Record of the element that holds it: parts count among their siblings there.
        var container: Int32
    }

    private struct BranchFrame {
        struct Branch {
            var element: TEIElement
            var start: UnitText.Mark
            var end: UnitText.Mark
            var units: Range<Int>
        }
        var start: UnitText.Mark
        var branches: [Branch] = []
    }

    init(_ document: Document, language: String, recordsEveryElement: Bool) {
        self.recordsEveryElement = recordsEveryElement
        self.document = document
        self.document.languages = [LanguageTag.normalized(language)]
        baseLanguage = 0
    }

    /// Bytes that the document and the open units need, about.
    var memory: Int {
        var bytes = document.raw.count + document.reading.count + unit.memory
        for index in 0..<max(0, unitCount - 1) { bytes += outerUnits[index].memory }
        bytes += document.runs.count * MemoryLayout<ReadingRun>.stride
        bytes += (document.ownPieces.count + calls.count) * 16
        bytes += document.elements.count * MemoryLayout<ElementRecord>.stride
        bytes += closed.count * MemoryLayout<ClosedUnit>.stride + unitParents.count * 4
        for frame in branches { bytes += frame.branches.count * MemoryLayout<BranchFrame.Branch>.stride }
        // A name of more than 15 bytes lies apart; one more copy of it is in the table of ids.
        bytes += ids.count * 64
        bytes += (document.pages.count + document.lines.count + document.parts.count) * 128
        return bytes + (document.speeches.count + document.mentions.count) * 128
    }

    // MARK: - Elements

    mutating func start(
        _ element: borrowing XMLElement, _ entry: inout OpenElement, in open: inout [OpenElement],
        names: [(local: String, namespace: String?)]
    ) {
        let raw = Int32(document.raw.count)
        entry.rawStart = raw
        let parent = open.last.flatMap { $0.region == .text ? $0 : nil }
        entry.state = parent?.state ?? []
        entry.language = parent?.language ?? baseLanguage
        entry.part = parent?.part ?? -1
        let hasAttributes = element.attributeCount > 0
        let id = hasAttributes ? element.xmlAttribute("id") : nil
        if hasAttributes {
            if let tag = element.xmlAttribute("lang") { entry.language = language(tag) }
        }
        let parentTraits = parent?.traits ?? []
        entry.isUnit =
            parent == nil || entry.traits.contains(.unit)
            || parentTraits.contains(.frame) && !entry.traits.contains(.neverUnit)
            || entry.element == .l && parentTraits.contains(.standsOverLines)
        inherit(element, &entry, parent)
        startBranch(&entry, parent)

        if entry.isUnit || id != nil || recordsEveryElement { record(&entry, id: id, in: &open, names: names) }
        if entry.traits.contains(.part) || entry.element == .text && parent?.element == .group {
            startPart(element, &entry, in: open)
        }
        if entry.isUnit {
            startUnit(element, entry, parent)
        } else if entry.traits.contains(.bordered), unitCount > 0 {
            unit.border()
        }
        startMilestone(element, &entry)
        if hasAttributes { startMarks(element, &entry) }
        if entry.traits.contains(.branches), entry.element != .subst, unitCount > 0 {
            entry.opensBranches = true
            branches.append(BranchFrame(start: unit.mark()))
        }
    }

    mutating func end(_ entry: OpenElement, in open: [OpenElement]) {
        let raw = Int32(document.raw.count)
        if entry.opensBranches { endBranches(of: entry.element) }
        if entry.record >= 0 { document.elements[Int(entry.record)].raw.end = raw }
        if entry.opensPart { document.parts[Int(entry.part)].raw.end = raw }
        if entry.speech >= 0 { document.speeches[Int(entry.speech)].raw.end = raw }
        if entry.mention >= 0 { document.mentions[Int(entry.mention)].raw.end = raw }
        if entry.isUnit {
            endUnit(entry, parent: open.last)
        } else if entry.traits.contains(.bordered), unitCount > 0 {
            unit.border()
        }
        if entry.isBranch, let frame = branches.indices.last {
            let last = branches[frame].branches.count - 1
            branches[frame].branches[last].end = unit.mark()
            branches[frame].branches[last].units = branches[frame].branches[last].units.lowerBound..<closed.count
        }
    }

    mutating func characters(_ bytes: Span<UInt8>, in element: OpenElement) {
        let raw = Int32(document.raw.count)
        document.raw.append(bytes)
        guard unitCount > 0 else { return }
        // White space between the branches of a choice is none of the text's.
        let isHidden = element.traits.contains(.branches) || !element.state.isDisjoint(with: [.hidden, .deleted])
        unit.append(bytes, raw: raw, isHidden: isHidden)
    }

    /// What the element hands down to what is inside it.
    private func inherit(_ element: borrowing XMLElement, _ entry: inout OpenElement, _ parent: OpenElement?) {
        if entry.traits.contains(.hidden) { entry.state.insert(.hidden) }
        switch entry.element {
        case .del: if parent?.element != .restore { entry.state.insert(.deleted) }
        case .restore: entry.state.remove(.deleted)
        case .note: entry.state.insert(.inNote)
        case .sp: entry.state.insert(.inSpeech)
        case .stage: entry.state.insert(.inStage)
        case .titlePage, .docTitle, .castList: entry.state.insert(.isFrontMatter)
        case .front: entry.state.insert(.inFront)
        case .body, .back: entry.state.remove(.inFront)
        case .listBibl, .listPerson: entry.state.insert(.inDescription)
        case _ where entry.traits.contains(.part) && entry.state.contains(.inFront):
            if let type = element.attribute("type"), Self.frontMatter.contains(type.lowercased()) {
                entry.state.insert(.isFrontMatter)
            }
        default: break
        }
    }

    private static let frontMatter: Set<String> = ["titlepage", "contents", "toc", "imprint", "halftitle"]

    // MARK: - Units

    private mutating func startUnit(_ element: borrowing XMLElement, _ entry: OpenElement, _ parent: OpenElement?) {
        let serial = Int32(unitParents.count)
        if unitCount > 0 {
            if entry.element == .note {
                if entry.state.isDisjoint(with: [.hidden, .deleted]) {
                    unit.call(note: serial, mark: element.attribute("n"))
                }
            } else {
                unit.border()
            }
        }
        unitParents.append(unitCount > 0 ? unit.serial : -1)
        if unitCount > 0 {
            if unitCount > outerUnits.count { outerUnits.append(UnitText()) }
            swap(&unit, &outerUnits[unitCount - 1])
        }
        unit.open(
            serial: serial, element: entry.record, kind: kind(of: entry, in: parent), language: entry.language,
            part: entry.part, rawStart: entry.rawStart)
        unitCount += 1
    }

    private func kind(of entry: OpenElement, in parent: OpenElement?) -> PassageKind {
        let state = entry.state
        if state.contains(.inNote) { return .note }
        if entry.element == .speaker { return .speaker }
        if state.contains(.isFrontMatter) { return .front }
        if state.contains(.inStage) { return .stage }
        if entry.element == .head { return .heading }
        if state.contains(.inSpeech) { return .speech }
        if state.contains(.inDescription) { return .description }
        switch entry.element {
        case .lg, .l: return .verse
        case .item, .list: return .list
        case .label where parent?.element == .list: return .list
        case .cell, .row, .table: return .table
        case .figDesc: return .description
        case .titlePart, .byline, .castItem: return .front
        case .u: return .speech
        default: return .text
        }
    }

    private mutating func endUnit(_ entry: OpenElement, parent: OpenElement?) {
        if !unit.isBlank { closeUnit() }
        if entry.element == .head, entry.part >= 0, document.parts[Int(entry.part)].head == nil, let parent,
            parent.traits.contains(.part) || [.body, .text, .group, .front].contains(parent.element)
        {
            document.parts[Int(entry.part)].head = String(decoding: unit.reading, as: UTF8.self)
        }
        unitCount -= 1
        if unitCount > 0 {
            swap(&unit, &outerUnits[unitCount - 1])
            if entry.element != .note { unit.border() }
        }
    }

    /// Moves the text of the unit that ends to the document.
    private mutating func closeUnit() {
        let base = Int32(document.reading.count)
        let firstRun = Int32(document.runs.count)
        let firstPiece = Int32(document.ownPieces.count)
        document.reading += unit.reading
        document.ownPieces += unit.pieces
        for run in unit.runs {
            document.runs.append(ReadingRun(reading: run.reading + base, raw: run.raw, isCopied: run.isCopied))
        }
        for hyphen in unit.hyphens { document.lineEndHyphens.append(hyphen + base) }
        for call in unit.calls {
            calls.append(OpenCall(reading: call.reading + base, note: call.note, mark: call.mark))
        }
        let passage = Passage(
            element: unit.element, kind: unit.kind, language: unit.language, part: unit.part, paragraph: 0,
            enclosing: -1, raw: ByteRange(unit.rawStart, Int32(document.raw.count)),
            own: firstPiece..<Int32(document.ownPieces.count),
            reading: ByteRange(base, Int32(document.reading.count)),
            runs: firstRun..<Int32(document.runs.count))
        closed.append(ClosedUnit(passage: passage, serial: unit.serial, order: unit.firstOwn))
        // A unit of many megabytes is one of a kind: its room is not kept for the next.
        if unit.memory > 1 << 20 { unit = UnitText(serial: unit.serial) }
    }

    /// Frees the pool.
    mutating func releaseUnits() {
        unit = UnitText()
        outerUnits = []
    }

    // MARK: - Branches

    /// Children of `choice` and `app` are alternatives, all but notes and milestones.
    private mutating func startBranch(_ entry: inout OpenElement, _ parent: OpenElement?) {
        guard let parent, parent.opensBranches, entry.element != .note, !entry.traits.contains(.milestone),
            let frame = branches.indices.last
        else { return }
        entry.isBranch = true
        unit.restoreGap(of: branches[frame].start)
        let start = unit.mark()
        branches[frame].branches.append(
            BranchFrame.Branch(element: entry.element, start: start, end: start, units: closed.count..<closed.count))
    }

    /// Keeps the branch that is shown.
    private mutating func endBranches(of element: TEIElement) {
        guard let frame = branches.popLast() else { return }
        let order: [TEIElement] = element == .choice ? [.corr, .reg, .expan] : [.lem]
        var chosen = order.lazy.compactMap { wanted in frame.branches.firstIndex { $0.element == wanted } }.first
        if chosen == nil, element != .choice {
            chosen = frame.branches.firstIndex { $0.element == .rdg || $0.element == .rdgGrp }
        }
        chosen = chosen ?? frame.branches.indices.first
        unit.keep(chosen.map { (frame.branches[$0].start, frame.branches[$0].end) }, since: frame.start)
        for index in frame.branches.indices where index != chosen {
            for slot in frame.branches[index].units { closed[slot].isHidden = true }
        }
    }

    // MARK: - Parts

    private mutating func startPart(
        _ element: borrowing XMLElement, _ entry: inout OpenElement, in open: [OpenElement]
    ) {
        document.parts.append(
            Part(
                parent: entry.part, element: entry.record, type: element.attribute("type"), label: "", head: nil,
                isOnlyOne: false, raw: ByteRange(entry.rawStart, entry.rawStart)))
        partNotes.append(PartNote(number: element.attribute("n"), container: open.last?.record ?? -1))
        lineCounts.append(0)
        lastLines.append("")
        entry.part = Int32(document.parts.count) - 1
        entry.opensPart = true
    }

    // MARK: - Milestones and marks

    private mutating func startMilestone(_ element: borrowing XMLElement, _ entry: inout OpenElement) {
        let isShown = entry.state.isDisjoint(with: [.hidden, .deleted])
        if entry.traits.contains(.breaksPrint) {
            if isShown, unitCount > 0 { unit.printBreak(joins: element.attribute("break", is: "no")) }
            switch entry.element {
            case .pb:
                let edition = element.attribute("ed").map { $0.hasPrefix("#") ? String($0.dropFirst()) : $0 }
                document.pages.append(
                    PageBreak(raw: entry.rawStart, number: element.attribute("n") ?? "", edition: edition))
            case .lb:
                if let number = element.attribute("n") {
                    document.lines.append(LineStart(raw: entry.rawStart, number: number))
                }
            default: break
            }
            return
        }
        switch entry.element {
        case .gap:
            if isShown, unitCount > 0 { unit.omission(raw: entry.rawStart) }
            entry.state.insert(.hidden)
        case .l: if isShown { startLine(element, entry) }
        case .delSpan, .addSpan, .damageSpan: entry.noteworthy = true
        default: break
        }
    }

    private mutating func startLine(_ element: borrowing XMLElement, _ entry: OpenElement) {
        let counter = Int(entry.part) + 1
        let part = element.attribute("part")
        if part == "M" || part == "F" {
            // The line goes on that another speaker began.
            if lastLines[counter].isEmpty { lastLines[counter] = "1" }
        } else if let number = element.attribute("n") {
            if let value = Int(number) { lineCounts[counter] = value }
            lastLines[counter] = number
        } else {
            lineCounts[counter] += 1
            lastLines[counter] = String(lineCounts[counter])
        }
        document.lines.append(LineStart(raw: entry.rawStart, number: lastLines[counter]))
    }

    private mutating func startMarks(_ element: borrowing XMLElement, _ entry: inout OpenElement) {
        let raw = ByteRange(entry.rawStart, entry.rawStart)
        switch entry.element {
        case .sp, .said, .u:
            guard let who = element.attribute("who") else { return }
            let persons = who.split { $0 == " " || $0 == "\n" || $0 == "\t" }.map { fragment(of: $0) }
            guard !persons.isEmpty else { return }
            entry.speech = Int32(document.speeches.count)
            document.speeches.append(Speech(raw: raw, who: persons))
        case .persName, .rs, .name:
            guard let reference = element.attribute("ref"), !reference.isEmpty else { return }
            entry.mention = Int32(document.mentions.count)
            document.mentions.append(Mention(raw: raw, person: fragment(of: reference[...])))
        default: break
        }
    }

    /// The id in a pointer; a pointer without `#` as it stands.
    private func fragment(of pointer: Substring) -> String {
        guard let hash = pointer.lastIndex(of: "#") else { return String(pointer) }
        return String(pointer[pointer.index(after: hash)...])
    }

    private mutating func language(_ tag: String) -> Int32 {
        let tag = LanguageTag.normalized(tag)
        if let known = document.languages.firstIndex(of: tag) { return Int32(known) }
        // No edition has as many: what comes after is in the language of the text.
        guard document.languages.count < 500 else { return baseLanguage }
        document.languages.append(tag)
        return Int32(document.languages.count) - 1
    }

    // MARK: - Records

    /// Records an element and those around it that have no record yet.
    private mutating func record(
        _ entry: inout OpenElement, id: String?, in open: inout [OpenElement],
        names: [(local: String, namespace: String?)]
    ) {
        var first = open.count
        while first > 0, open[first - 1].record < 0 { first -= 1 }
        for index in first..<open.count {
            let parent = index > 0 ? open[index - 1].record : -1
            // What has an id was recorded when it started.
            open[index].record = makeRecord(open[index], id: nil, parent: parent, names: names)
        }
        entry.record = makeRecord(entry, id: id, parent: open.last?.record ?? -1, names: names)
    }

    private mutating func makeRecord(
        _ entry: OpenElement, id: String?, parent: Int32, names: [(local: String, namespace: String?)]
    ) -> Int32 {
        while nameIndices.count <= Int(entry.name) { nameIndices.append(-1) }
        var name = nameIndices[Int(entry.name)]
        if name < 0 {
            name = Int32(document.elementNames.count)
            let (local, namespace) = names[Int(entry.name)]
            // In XPath of a TEI pointer names without prefix are those of TEI.
            let isForeign = namespace != (document.hasNamespace ? TEIHandler.teiNamespace : nil)
            document.elementNames.append(isForeign ? "*[local-name()='\(local)']" : local)
            nameIndices[Int(entry.name)] = name
        }
        // Of two elements with one id the first has it: a pointer must hit one.
        let unique = id.flatMap { ids.insert($0).inserted ? $0 : nil }
        let isOutside = entry.region != .text
        document.elements.append(
            ElementRecord(
                parent: parent, name: name, position: entry.position, id: unique,
                raw: isOutside ? ByteRange(-1, -1) : ByteRange(entry.rawStart, entry.rawStart)))
        return Int32(document.elements.count) - 1
    }
}
