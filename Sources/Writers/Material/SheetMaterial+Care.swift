package import TextModel

extension SheetMaterial {
    /// What the chosen passages hold that a reader may want to be warned of.
    var contentTags: [ContentTag] {
        var tags: Set<ContentTag> = []
        for passage in passages {
            for mark in passage.marks { tags.formUnion(selection.contentTags(of: annotation(mark, passage))) }
        }
        return ContentTag.allCases.filter { tags.contains($0) && $0 != .none }
    }

    /// "These pages show …", and which passage can be read in place of which; `nil` where nothing needs to be said.
    ///
    /// `order` are the places in the order of a sheet that has numbers of its own.
    func contentNote(numberedAs order: [PassagePlace]? = nil) -> String? {
        let items = contentTags.map { strings("content.\($0.rawValue)") }
        guard !items.isEmpty else { return nil }
        func number(_ passage: MarkedPassage) -> Int {
            order?.firstIndex(of: PassagePlace(work: passage.work, passage: passage.passage)).map { $0 + 1 }
                ?? passage.number
        }
        let numbers = replacements.found.map { (old: $0.old.map(number).sorted(), new: $0.new) }
        let sentences = numbers.sorted { $0.old[0] < $1.old[0] }.map { old, new in
            var values = ["old": strings.list(old.map(String.init))]
            switch new {
            case .passage(let passage):
                values["new"] = String(number(passage))
                return strings.counted("statements.replacement", old.count, values)
            case .elsewhere(let place):
                values["new"] = place
                return strings.counted("statements.replacement-elsewhere", old.count, values)
            }
        }
        return ([strings("statements.content", ["items": strings.list(items)])] + sentences).joined(separator: " ")
    }

    var contentNote: String? { contentNote() }

    /// What is read in place of passages that somebody may want to skip.
    enum Replacement {
        case passage(MarkedPassage)
        case elsewhere(String)
    }

    /// For each passage that somebody may want to skip, what the teacher has named for its content, else one on the
    /// sheet that carries one of the same concepts and that nobody needs to be warned of: of the same work where there
    /// is one, else the nearest.
    var replacements: (found: [(new: Replacement, old: [MarkedPassage])], missing: [MarkedPassage]) {
        let tags = passages.map { passage in
            passage.marks.reduce(into: Set<ContentTag>()) {
                $0.formUnion(selection.contentTags(of: annotation($1, passage)))
            }
        }
        let chosen = Set(focus.map(\.id))
        let concepts = passages.map { passage in
            Set(passage.marks.flatMap { annotation($0, passage).annotation.concepts.map(\.id) })
        }
        var found: [Int: [MarkedPassage]] = [:]
        var elsewhere: [(place: String, old: [MarkedPassage])] = []
        var missing: [MarkedPassage] = []
        for (index, passage) in passages.enumerated() where !tags[index].isEmpty {
            let planned = ContentTag.allCases.lazy.filter(tags[index].contains)
                .compactMap { selection.plan.replacements[$0] }.first
            switch planned {
            case .passage(let place)?:
                let number = passages.firstIndex { $0.work == place.work && $0.passage == place.passage }
                if let number, number != index {
                    found[number, default: []].append(passage)
                    continue
                }
            case .elsewhere(let place)?:
                if let same = elsewhere.firstIndex(where: { $0.place == place }) {
                    elsewhere[same].old.append(passage)
                } else {
                    elsewhere.append((place, [passage]))
                }
                continue
            case nil: break
            }
            let wanted =
                concepts[index].isDisjoint(with: chosen) ? concepts[index] : concepts[index].intersection(chosen)
            let others = passages.indices.filter { tags[$0].isEmpty && !concepts[$0].isDisjoint(with: wanted) }
            let nearest = others.min { left, right in
                func rank(_ other: Int) -> (Int, Int) {
                    (passages[other].work == passage.work ? 0 : 1, abs(other - index))
                }
                return rank(left) < rank(right)
            }
            if let nearest { found[nearest, default: []].append(passage) } else { missing.append(passage) }
        }
        return (
            found.keys.sorted().map { (.passage(passages[$0]), found[$0] ?? []) }
                + elsewhere.map { (.elsewhere($0.place), $0.old) },
            missing
        )
    }

    /// What the instructor has to have ready besides.
    var missingReplacement: String? {
        let missing = replacements.missing.map(\.number)
        guard !missing.isEmpty else { return nil }
        return strings.counted(
            "lesson.no-replacement", missing.count, ["passages": strings.list(missing.map(String.init))])
    }

    /// Concepts whose passages may speak of a wish to die call for the urgent-help statement wherever they appear.
    var urgentHelpIsShown: Bool {
        selection.audience == .parent || contentTags.contains(.suicideSelfHarm)
            || (focus + others).contains { $0.sensitive.contains(.suicideSelfHarm) }
    }

    var urgentHelp: SheetValue {
        guard urgentHelpIsShown else { return .null }
        let help = selection.help
        let number = help.emergencyNumber ?? strings("help.field")
        let text = (statement("urgent-help", "urgent") ?? "")
            .replacing("[emergency number]", with: number).replacing("{number}", with: number)
        var lines = help.lines
        if lines.isEmpty { lines = [strings("help.line-field")] }
        return [
            "text": .string(text), "lines": .strings(lines),
            "checked": .string(
                strings("help.checked", ["date": help.checked.map(strings.day) ?? strings("help.date-field")])),
            "isComplete": .bool(help.isComplete && !help.lines.isEmpty),
        ]
    }

    /// A statement in the scheme's own words where they are in the sheet's language, which for now is English.
    func statement(_ name: String, _ key: String) -> String? {
        let own = strings.language == "en" ? selection.scheme.statement(name) : nil
        return own ?? strings.find("statements.\(key)")
    }

    /// A help field that is empty: on a sheet for parents an error, elsewhere a warning.
    func helpWarnings(_ sheet: String) -> [Diagnostic] {
        let help = selection.help
        guard urgentHelpIsShown, !help.isComplete || help.lines.isEmpty else { return [] }
        var missing: [String] = []
        if help.emergencyNumber == nil { missing.append("emergency number") }
        if help.lines.isEmpty { missing.append("help lines") }
        if help.checked == nil { missing.append("day on which they were checked") }
        return [
            Diagnostic(
                "empty-help-field", selection.audience == .parent ? .error : .warning, file: sheet,
                "the urgent-help statement lacks " + missing.joined(separator: ", "),
                advice: "`help:` of a packet, or --emergency-number, --help-line and --checked, fill it in.")
        ]
    }
}

extension TeachingSelection {
    /// Content tags of an annotation: its own, else those that its concepts bring; `none` takes these away.
    package func contentTags(of anchored: AnchoredAnnotation) -> Set<ContentTag> {
        let own = Set(anchored.annotation.contentTags)
        guard own.isEmpty else { return own.subtracting([.none]) }
        return Set(anchored.annotation.concepts.flatMap { scheme[$0.id]?.sensitive ?? [] })
    }
}
