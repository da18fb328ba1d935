package import TextModel
import Writers
import Yams

extension Packet {
    /// Reads a packet. What is wrong is reported with its place; what is right is used all the same.
    package static func read(_ text: String, name: String) -> (packet: Packet, diagnostics: [Diagnostic]) {
        var reading = PacketReading(name: name)
        do {
            if let root = try YAMLSource.read(text, file: path(of: name), malformed: "malformed-packet") {
                reading.read(root)
            }
        } catch {
            reading.diagnostics.append(error)
        }
        return (reading.packet, reading.diagnostics)
    }
}

private struct PacketReading {
    var packet: Packet
    var diagnostics: [Diagnostic] = []

    static let keys = [
        "format", "title", "course", "date", "audience", "moment", "language", "paper", "preset", "notes", "hide",
        "show",
        "quotations",
        "edition",
        "query", "passages", "concepts", "layers", "aims", "prompts", "unknown", "rivals", "links",
        "replacements", "sheets",
        "formats", "minutes", "seed", "variants", "help", "fields",
    ]

    init(name: String) { packet = Packet(name: name) }

    mutating func read(_ root: Node) {
        guard let mapping = root.mapping else {
            return report(
                "malformed-packet", .error, root, "a packet is a list of keys and values", "Write `title: …`.")
        }
        for (keyNode, value) in mapping {
            let key = keyNode.string ?? ""
            // A key without a value says nothing; so files can be prepared for filling in.
            if value.null != nil, Self.keys.contains(key) { continue }
            switch key {
            case "format": readFormat(value)
            case "title": packet.title = text(value, key)
            case "course": packet.course = text(value, key)
            case "date": packet.day = day(value, key)
            case "audience": packet.audience = choice(value, key) ?? packet.audience
            case "moment": packet.moment = choice(value, key) ?? packet.moment
            case "language": packet.language = text(value, key)
            case "paper": packet.paper = choice(value, key) ?? packet.paper
            case "preset": packet.preset = choice(value, key) ?? packet.preset
            case "notes": packet.notesBeneath = (choice(value, key) as NotesPlace?) == .beneath
            case "quotations":
                packet.showsQuotations = value.bool ?? true
                if value.bool == nil {
                    report(
                        "malformed-packet", .error, value, "quotations is true or false",
                        "`false` leaves blanks for words of the students' own copies.")
                }
            case "edition": packet.edition = text(value, key)
            case "hide": packet.hidden = Set(choices(value, key) as [SheetPart])
            case "show": packet.shown = Set(choices(value, key) as [SheetPart])
            case "query": packet.query = text(value, key)
            case "passages": packet.passages = items(value, key).compactMap { readPick($0) }
            case "concepts": packet.concepts = texts(value, key)
            case "layers": packet.layers = texts(value, key)
            case "aims": packet.aims = readAims(value)
            case "prompts": readPrompts(value)
            case "unknown": packet.unknown = texts(value, key)
            case "rivals": packet.rivals = texts(value, key)
            case "links": packet.links = items(value, key).compactMap { readLink($0) }
            case "replacements": readReplacements(value)
            case "sheets": packet.sheets = choices(value, key)
            case "formats": packet.formats = texts(value, key)
            case "minutes": packet.minutes = number(value, key, 1...600)
            case "seed": packet.seed = number(value, key, 0...Int.max).map { UInt64($0) } ?? packet.seed
            case "variants": packet.variants = number(value, key, 1...26) ?? 1
            case "help": readHelp(value)
            case "fields": readFields(value)
            default: unknown(keyNode, Self.keys)
            }
        }
    }

    private enum NotesPlace: String, CaseIterable { case margin, beneath }

    private mutating func readFormat(_ value: Node) {
        guard let format = number(value, "format", 1...Int.max), format > Configuration.format else { return }
        report(
            "newer-format", .error, value,
            "this packet has format \(format); this program reads format \(Configuration.format)",
            "Install a newer casebook.")
    }

    // MARK: - Passages

    private mutating func readPick(_ node: Node) -> Packet.Pick? {
        guard let members = members(of: node, ["at", "begins", "headnote"], short: "at"),
            let place = place(members, node)
        else { return nil }
        let headnote = members["headnote"].flatMap { text($0, "headnote") }
        if let headnote, let count = Optional(headnote.split(separator: " ").count), count > TeachingPlan.headnoteLimit
        {
            report(
                "long-headnote", .warning, members["headnote"],
                "a headnote of \(count) words; \(TeachingPlan.headnoteLimit) are the most",
                "Say who, when, and what has just happened.")
        }
        return Packet.Pick(place: place, headnote: headnote, location: location(node))
    }

    private mutating func place(_ members: [String: Node], _ node: Node) -> Packet.Place? {
        guard let at = members["at"].flatMap({ text($0, "at") }) else {
            report("malformed-packet", .error, node, "no `at:`", "Write `at: love-story#p5`, a work and the id in it.")
            return nil
        }
        let parts = at.split(separator: "#", maxSplits: 1).map(String.init)
        return Packet.Place(
            work: parts[0], element: parts.count > 1 ? parts[1] : nil,
            begins: members["begins"].flatMap { text($0, "begins") })
    }

    private mutating func readLink(_ node: Node) -> Packet.Link? {
        guard let members = members(of: node, ["from", "to", "reader", "at", "begins"], short: nil) else { return nil }
        guard let from = members["from"].flatMap({ text($0, "from") }),
            let towards = members["to"].flatMap({ text($0, "to") })
        else {
            report("malformed-packet", .error, node, "a link needs `from:` and `to:`, two concepts")
            return nil
        }
        // A link without a passage is an opinion: nothing on a case sheet is without its words.
        guard let place = place(members, node) else { return nil }
        return Packet.Link(
            from: from, towards: towards, reader: members["reader"].flatMap { text($0, "reader") }, place: place,
            location: location(node))
    }

    private mutating func readReplacements(_ value: Node) {
        let tags = ContentTag.allCases.filter { $0 != .none }.map(\.rawValue)
        guard let mapping = value.mapping else {
            return report(
                "malformed-packet", .error, value, "replacements stand under the content that they replace",
                "Write `suicide-self-harm: love-story#p8`.")
        }
        for (keyNode, node) in mapping where node.null == nil {
            guard let tag = keyNode.string.flatMap(ContentTag.init), tag != .none else {
                unknown(keyNode, tags)
                continue
            }
            guard let members = members(of: node, ["at", "begins"], short: "at"), let place = place(members, node)
            else { continue }
            guard place.element != nil else {
                report(
                    "malformed-packet", .error, node, "one passage replaces another, not a whole work",
                    "Write `love-story#p8`.")
                continue
            }
            packet.replacements[tag] = Packet.Replacement(place: place, location: location(node))
        }
    }

    // MARK: - Teaching

    private mutating func readAims(_ value: Node) -> [String] {
        let aims = texts(value, "aims")
        if aims.count > TeachingPlan.aimLimit {
            report(
                "many-aims", .warning, value,
                "\(aims.count) aims; the first \(TeachingPlan.aimLimit) are printed, more no class can keep")
        }
        return aims
    }

    private mutating func readPrompts(_ value: Node) {
        let levels = ["notice", "interpret", "apply"]
        guard let mapping = value.mapping else {
            return report(
                "malformed-packet", .error, value, "prompts stand under notice, interpret and apply",
                "Write `notice: [What …?]`.")
        }
        for (keyNode, list) in mapping {
            let level = keyNode.string ?? ""
            guard levels.contains(level) else {
                unknown(keyNode, levels)
                continue
            }
            for item in items(list, level) {
                guard let members = members(of: item, ["text", "expected", "misreading"], short: "text"),
                    let text = members["text"].flatMap({ self.text($0, "text") })
                else { continue }
                packet.prompts.append(
                    PlannedPrompt(
                        level: level, text: text, expected: members["expected"].flatMap { self.text($0, "expected") },
                        misreading: members["misreading"].flatMap { self.text($0, "misreading") }))
            }
        }
    }

    private mutating func readHelp(_ value: Node) {
        guard let members = members(of: value, ["emergency", "lines", "checked"], short: nil) else { return }
        packet.help.emergencyNumber = members["emergency"].flatMap { text($0, "emergency") }
        packet.help.lines = members["lines"].map { texts($0, "lines") } ?? []
        packet.help.checked = members["checked"].flatMap { day($0, "checked") }
    }

    private mutating func readFields(_ value: Node) {
        guard let mapping = value.mapping else {
            return report("malformed-packet", .error, value, "fields is a list of names and texts")
        }
        for (keyNode, node) in mapping {
            if let name = keyNode.string, let text = text(node, name) { packet.fields[name] = text }
        }
    }

    // MARK: - Values

    /// Members of a mapping; a bare text stands for the member `short`. Empty ones are left out.
    private mutating func members(of node: Node, _ known: [String], short: String?) -> [String: Node]? {
        if let short, node.scalar != nil { return [short: node] }
        guard let mapping = node.mapping else {
            report("malformed-packet", .error, node, "expected " + known.map { "`\($0):`" }.joined(separator: ", "))
            return nil
        }
        var members: [String: Node] = [:]
        for (keyNode, value) in mapping where value.null == nil {
            guard let key = keyNode.string, known.contains(key) else {
                unknown(keyNode, known)
                continue
            }
            members[key] = value
        }
        return members
    }

    private mutating func items(_ value: Node, _ key: String) -> [Node] {
        if let sequence = value.sequence { return Array(sequence) }
        if value.scalar != nil { return [value] }
        report(
            "malformed-packet", .error, value, "\(key) is a list", "Write each item on a line of its own after `- `.")
        return []
    }

    private mutating func text(_ value: Node, _ key: String) -> String? {
        // White space is that of the file's line breaks, which mean nothing here.
        let words = value.scalar?.string.split(whereSeparator: \.isWhitespace).joined(separator: " ") ?? ""
        if !words.isEmpty { return words }
        if value.scalar == nil { report("malformed-packet", .error, value, "\(key) is one text") }
        return nil
    }

    private mutating func texts(_ value: Node, _ key: String) -> [String] {
        items(value, key).compactMap { text($0, key) }
    }

    private mutating func number(_ value: Node, _ key: String, _ range: ClosedRange<Int>) -> Int? {
        if let number = value.int, range.contains(number) { return number }
        let limits =
            range.upperBound == .max ? "\(range.lowerBound) or more" : "from \(range.lowerBound) to \(range.upperBound)"
        report("malformed-packet", .error, value, "\(key) is a whole number, \(limits)")
        return nil
    }

    private mutating func day(_ value: Node, _ key: String) -> String? {
        guard let text = text(value, key) else { return nil }
        let parts = text.split(separator: "-")
        if parts.count == 3, parts[0].count == 4, let month = Int(parts[1]), (1...12).contains(month),
            let day = Int(parts[2]), (1...31).contains(day), text.count == 10
        {
            return text
        }
        report("malformed-packet", .error, value, "\(key) is a day", "Write it as 2027-02-11: year, month, day.")
        return nil
    }

    private mutating func choice<Choice: RawRepresentable & CaseIterable>(_ value: Node, _ key: String) -> Choice?
    where Choice.RawValue == String {
        guard let name = text(value, key) else { return nil }
        if let choice = Choice(rawValue: name)
            ?? Choice.allCases.first(where: { $0.rawValue.lowercased() == name.lowercased() })
        {
            return choice
        }
        let names = Choice.allCases.map(\.rawValue)
        report(
            "unknown-value", .error, value, "\(key): no “\(name)”",
            nearestNames(to: name, among: names).first.map { "Did you mean “\($0)”?" }
                ?? "One of " + names.joined(separator: ", ") + ".")
        return nil
    }

    private mutating func choices<Choice: RawRepresentable & CaseIterable>(_ value: Node, _ key: String) -> [Choice]
    where Choice.RawValue == String {
        items(value, key).compactMap { choice($0, key) }
    }

    // MARK: - Reports

    private func location(_ node: Node?) -> SourceLocation? {
        node?.mark.map { SourceLocation(line: $0.line, column: $0.column) }
    }

    private mutating func unknown(_ keyNode: Node, _ known: [String]) {
        let key = keyNode.string ?? ""
        report(
            "unknown-key", .warning, keyNode, "unknown key “\(key)”",
            nearestNames(to: key, among: known).first.map { "Did you mean “\($0)”?" }
                ?? "Known here: " + known.joined(separator: ", ") + ".")
    }

    mutating func report(
        _ identifier: String, _ severity: Diagnostic.Severity, _ node: Node?, _ summary: String, _ advice: String? = nil
    ) {
        diagnostics.append(
            Diagnostic(identifier, severity, file: packet.path, at: location(node), summary, advice: advice))
    }
}
