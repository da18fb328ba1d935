import TextModel

extension ConceptIndex {
    /// The index as a TEI document: what a project keeps beside its texts, and other programs read.
    ///
    /// `body/div[@type="index"]/list[@type="index"]` holds the entries, nested lists their sub-entries; a locator is a
    /// `ref` to the passage in the second list, its `@subtype` the stance. References between entries are notes.
    package var tei: [UInt8] {
        var lines: [String] = [
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
            "<TEI xmlns=\"http://www.tei-c.org/ns/1.0\" xml:lang=\"\(escaped(language))\">",
            "<teiHeader><fileDesc><titleStmt><title>\(escaped(title))</title></titleStmt>",
            "<publicationStmt><p>\(escaped(citation))</p></publicationStmt>",
            "<sourceDesc><listBibl>",
        ]
        // A work without an abbreviation cannot be cited, so every work has one; an index of nothing has no works.
        for siglum in sigla { lines.append(bibl(siglum)) }
        if sigla.isEmpty { lines.append("<bibl/>") }
        lines += ["</listBibl></sourceDesc></fileDesc>"]
        lines +=
            ["<encodingDesc><editorialDecl>"] + (headnote.isEmpty ? [""] : headnote).map { "<p>\(escaped($0))</p>" }
        lines += legend.map { "<p>\(escaped($0.sign)): \(escaped($0.meaning))</p>" }
        lines += ["</editorialDecl></encodingDesc></teiHeader>", "<text><body>"]
        lines += ["<div type=\"index\"><head>\(escaped(title))</head>"]
        lines += entries.isEmpty ? ["<p/>"] : list(entries)
        lines += ["</div>"]
        for work in locorum {
            lines.append(
                "<div type=\"passages\" n=\"\(escaped(work.siglum))\"><head>\(escaped(work.title))</head><list>")
            for passage in work.passages {
                let concepts = passage.concepts.map { concept in
                    "<ref type=\"concept\" subtype=\"\(concept.stance.rawValue)\" target=\"#\(escaped(concept.anchor))\">"
                        + escaped(concept.heading) + "</ref>" + escaped(concept.stance.sign)
                }
                lines.append(
                    "<item xml:id=\"\(escaped(passage.anchor))\">\(passage.locator.isEmpty ? "" : "<seg type=\"locator\">\(escaped(passage.locator))</seg> ")"
                        + "<q>\(escaped(passage.incipit))</q> \(concepts.joined(separator: "; "))</item>")
            }
            lines.append("</list></div>")
        }
        lines += ["</body></text></TEI>", ""]
        return Array(lines.joined(separator: "\n").utf8)
    }

    private func bibl(_ siglum: Siglum) -> String {
        let citation = siglum.citation
        return "<bibl n=\"\(escaped(siglum.siglum))\">"
            + (citation.authors.map { "<author>\(escaped($0))</author> " } ?? "")
            + (citation.date.map { "<date>\(escaped($0))</date> " } ?? "") + "<title>\(escaped(citation.title))</title>"
            + (citation.edition.map { " <edition>\(escaped($0))</edition>" } ?? "")
            + (siglum.note.map { " <note>\(escaped($0))</note>" } ?? "") + "</bibl>"
    }

    private func list(_ entries: [IndexEntry]) -> [String] {
        ["<list type=\"index\">"] + entries.flatMap(item) + ["</list>"]
    }

    private func item(_ entry: IndexEntry) -> [String] {
        var line = "<item xml:id=\"\(escaped(entry.anchor))\"><term>\(escaped(entry.heading))</term>"
        for work in entry.locators {
            let locators = work.locators.map { locator in
                "<ref type=\"locator\" subtype=\"\(locator.stance.rawValue)\" target=\"#\(escaped(locator.anchor))\""
                    + (locator.isPrincipal ? " rend=\"bold\"" : "")
                    + ">\(escaped(locator.text))\(escaped(locator.sign))</ref>"
            }
            line += " <seg n=\"\(escaped(work.siglum))\">\(locators.joined(separator: ", "))</seg>"
        }
        line += references(entry.see, "see") + references(entry.seeUnder, "see-under")
        var lines = [line]
        if !entry.subentries.isEmpty { lines += list(entry.subentries) }
        lines.append(references(entry.seeAlso, "see-also") + references(entry.seeSpecific, "see-specific") + "</item>")
        return lines
    }

    private func references(_ targets: [CrossReference], _ kind: String) -> String {
        guard !targets.isEmpty else { return "" }
        let words = SheetStrings(language: language)("index." + kind)
        let list = targets.map { "<ref target=\"#\(escaped($0.anchor))\">\(escaped($0.heading))</ref>" }
        return " <note type=\"\(kind)\">\(escaped(words)) \(list.joined(separator: "; "))</note>"
    }

    private func escaped(_ text: String) -> String { SVGWriter.escaped(text) }
}
