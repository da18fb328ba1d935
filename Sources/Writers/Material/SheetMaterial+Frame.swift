import TextModel

extension SheetMaterial {
    /// A sheet's tree: what every sheet carries, then its own members.
    ///
    /// Content note, statement, help, rights and the line to cite the sheet by are on each of them, because each is
    /// handed out alone.
    func frame(
        _ kind: SheetKind, title: String, audience: Audience? = nil, moment: Moment?, quoted: [QuotedWords]? = nil,
        _ members: [SheetValue.Member]
    ) -> SheetValue {
        let audience = audience ?? selection.audience
        var cited = selection
        // The query would name the answer.
        if kind == .worksheet { cited.query = nil }
        // Loose pages and open windows are told apart by their kind: “Two ties · Key B · WR3CN8”.
        let kindLabel = strings("kinds.\(kind.rawValue)")
        let variant = kind.hasVariants ? options.worksheet.variant : nil
        let documentTitle = title + " · " + [kindLabel, variant].compactMap(\.self).joined(separator: " ")
        let sheet: SheetValue = [
            "kind": .string(kind.rawValue), "kindLabel": .string(kindLabel),
            "language": .string(strings.language), "title": .string(title), "documentTitle": .string(documentTitle),
            "paper": options.paper.sheetValue,
            "runningTitle": .string(cssString("\(documentTitle) · \(checksum)")), "checksum": .string(checksum),
            "audience": .string(audience.rawValue), "audienceLabel": .string(strings("audience.\(audience.rawValue)")),
            "moment": .text(moment?.rawValue), "momentLabel": .text(moment.map { strings("moment.\($0.rawValue)") }),
            "occasion": .text(
                [selection.plan.course, selection.plan.day.map(strings.day)].compactMap(\.self).joined(separator: ", ")),
            "contentNote": .text(contentNote), "statement": .text(statement("concepts-statement", "concepts")),
        ]
        let end: SheetValue = [
            "urgentHelp": urgentHelp, "disclaimer": .text(statement("disclaimer", "disclaimer")),
            "quoted": .array(
                (quoted ?? self.quoted).map(strings.quotedLine) + selection.chosenAbsentWorks.map(strings.absentLine)),
            "citedTitle": .string(title.last.map { ".?!".contains($0) } ?? false ? title : title + "."),
            "citation": .string(cited.citation(strings: strings)),
            "date": .string(selection.date), "query": .text(cited.query), "layers": .strings(selection.layers),
        ]
        guard case .object(let endMembers) = end else { return sheet }
        return sheet.with(members).with(endMembers)
    }
}
