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

    /// "These pages show …"; `nil` where nothing needs to be said.
    var contentNote: String? {
        let items = contentTags.map { strings("content.\($0.rawValue)") }
        guard !items.isEmpty else { return nil }
        return strings("statements.content", ["items": strings.list(items)])
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
