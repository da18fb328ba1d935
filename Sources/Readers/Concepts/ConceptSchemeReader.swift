package import TextModel

/// Reads a concept scheme: a TEI `taxonomy`, as rich as ours or with nothing but `catDesc`.
package enum ConceptSchemeReader {
    /// The schemes of a file (mostly one), and what is wrong with them.
    package static func read(_ bytes: [UInt8], path: String) -> (schemes: [ConceptScheme], diagnostics: [Diagnostic]) {
        let (tree, diagnostics) = XMLTree.read(bytes, file: path)
        guard let tree else { return ([], diagnostics) }
        var reading = SchemeReading(path: path, diagnostics: diagnostics)
        for taxonomy in tree.root.descendants("taxonomy") { reading.read(taxonomy, of: tree.root) }
        if reading.schemes.isEmpty {
            reading.report(
                "no-scheme", .error, tree.root, "no taxonomy in this file",
                "A concept scheme is a TEI file with teiHeader/encodingDesc/classDecl/taxonomy.")
        }
        for scheme in reading.schemes { reading.check(scheme) }
        return (reading.schemes, reading.diagnostics)
    }
}

private struct SchemeReading {
    let path: String
    var diagnostics: [Diagnostic]
    var schemes: [ConceptScheme] = []

    mutating func read(_ taxonomy: XMLTree.Element, of root: XMLTree.Element) {
        let title =
            taxonomy.elements("gloss").first { $0["type"] ?? "prefLabel" == "prefLabel" }?.text
            ?? root.descendants("title").first?.text ?? path
        var scheme = ConceptScheme(
            id: taxonomy["xml:id"] ?? "scheme", path: path, title: title,
            version: taxonomy.elements("desc").first { $0["type"] == "version" }?.text)
        scheme.definition = taxonomy.elements("desc").first { $0["type"] == "definition" }?.text
        for category in taxonomy.elements("category") { read(category, broader: nil, into: &scheme) }
        for front in root.descendants("front") {
            scheme.frontMatter += front.elements("div").map(division)
        }
        schemes.append(scheme)
    }

    private mutating func read(_ category: XMLTree.Element, broader: Int?, into scheme: inout ConceptScheme) {
        guard let id = category["xml:id"] else {
            report(
                "concept-without-id", .error, category, "category without xml:id",
                "Give it an xml:id: annotations point there.")
            return
        }
        var concept = Concept(id: id, broader: broader)
        concept.location = category.location
        concept.related = pointers(category["corresp"])
        concept.colour = category["rend"]
        for child in category.elements { read(child, into: &concept) }
        if !concept.labels.contains(where: { $0.kind == .preferred }) {
            concept.labels.insert(Label(kind: .preferred, text: id, language: nil), at: 0)
        }
        let index = scheme.concepts.count
        scheme.concepts.append(concept)
        for narrower in category.elements("category") { read(narrower, broader: index, into: &scheme) }
    }

    private func read(_ child: XMLTree.Element, into concept: inout Concept) {
        let language = child["xml:lang"]
        switch (child.name, child["type"]) {
        case ("gloss", let type):
            guard let kind = Label.Kind(rawValue: type ?? "prefLabel") else { return }
            concept.labels.append(Label(kind: kind, text: child.text, language: language))
        case ("catDesc", _):
            // Most taxonomies in the wild: a term is the label, the rest says what it means.
            let term = child.descendants("term").first?.text
            concept.labels.append(Label(kind: .preferred, text: term ?? child.text, language: language))
            if term != nil { concept.definition = child.text }
        case ("desc", "definition"), ("desc", nil): concept.definition = concept.definition ?? child.text
        case ("desc", "scopeNote"):
            concept.scopeNotes.append(ScopeNote(text: child.text, confusable: pointers(child["corresp"]).first))
        case ("desc", "note"): concept.notes.append(child.text)
        case ("desc", "prompt"): concept.prompts.append(Prompt(level: child["n"] ?? "notice", text: child.text))
        case ("desc", "tool"): concept.tools.append(Tool(heading: child["n"], text: child.text))
        case ("desc", "source"): concept.sources += child.elements("bibl").map(Source.init)
        case ("desc", "sensitive"):
            concept.sensitive += child.text.split(separator: " ").compactMap { ContentTag(rawValue: String($0)) }
        case ("desc", "deprecated"): concept.deprecated = child.text
        case ("equiv", _):
            guard let uri = child["uri"] else { return }
            concept.equivalents.append(Equivalent(uri: uri, match: child["n"] ?? "exactMatch"))
        default: break
        }
    }

    private func division(_ div: XMLTree.Element) -> SchemeDivision {
        var entries: [SchemeEntry] = []
        func collect(_ element: XMLTree.Element) {
            for child in element.elements {
                switch child.name {
                case "p", "ab", "item":
                    entries.append(SchemeEntry(name: child["xml:id"] ?? child["n"], text: child.text))
                case "head": break
                default: collect(child)
                }
            }
        }
        collect(div)
        return SchemeDivision(type: div["type"] ?? "", head: div.first("head")?.text, entries: entries)
    }

    /// Ids in a list of pointers into the same file.
    private func pointers(_ list: String?) -> [String] {
        (list ?? "").split { $0 == " " || $0 == "\n" || $0 == "\t" }
            .compactMap { $0.hasPrefix("#") ? String($0.dropFirst()) : nil }
    }

    mutating func check(_ scheme: ConceptScheme) {
        let ids = scheme.concepts.map(\.id)
        var owners: [String: String] = [:]
        for concept in scheme.concepts {
            for related in concept.related {
                guard let other = scheme[related] else {
                    let near = nearestNames(to: related, among: ids).first
                    report(
                        "unknown-concept", .error, concept,
                        "\(concept.id) is related to #\(related), which is not there",
                        near.map { "Did you mean “#\($0)”?" })
                    continue
                }
                if !other.related.contains(concept.id) {
                    report(
                        "one-sided-relation", .warning, concept,
                        "\(concept.id) names \(related) as related, but not the other way round",
                        "Add #\(concept.id) to @corresp of \(related).")
                }
            }
            for label in concept.labels where label.kind != .indexHeading {
                let key = (label.language ?? "") + "\u{1F}" + label.text.lowercased()
                if let owner = owners[key], owner != concept.id {
                    report(
                        "label-twice", .warning, concept,
                        "label “\(label.text)” is given to \(owner) and to \(concept.id)",
                        "A query for it cannot tell which: keep it at one of them.")
                }
                owners[key] = concept.id
            }
        }
        for (id, places) in Dictionary(grouping: scheme.concepts, by: \.id) where places.count > 1 {
            report(
                "duplicate-id", .error, places[1], "concept “\(id)” is declared \(places.count) times",
                "Ids of concepts are unique.")
        }
    }

    private mutating func report(
        _ identifier: String, _ severity: Diagnostic.Severity, _ concept: Concept, _ summary: String, _ advice: String?
    ) {
        diagnostics.append(
            Diagnostic(identifier, severity, file: path, at: concept.location, summary, advice: advice))
    }

    mutating func report(
        _ identifier: String, _ severity: Diagnostic.Severity, _ element: XMLTree.Element, _ summary: String,
        _ advice: String?
    ) {
        diagnostics.append(Diagnostic(identifier, severity, file: path, at: element.location, summary, advice: advice))
    }
}

extension Source {
    /// A `bibl` as one line, its DOI apart.
    fileprivate init(_ bibl: XMLTree.Element) {
        let doi = bibl.descendants("idno").first { $0["type"]?.uppercased() == "DOI" }?.text
        var text = bibl.text
        if let doi {
            // The DOI ends the line: whatever URL form the file has, sheets print one.
            for form in ["https://doi.org/" + doi, "doi:" + doi, doi]
            where text.hasSuffix(form) || text.hasSuffix(form + ".") {
                text = collapsedWhiteSpace(String(text.dropLast(text.hasSuffix(".") ? form.count + 1 : form.count)))
                break
            }
        }
        self.init(
            text: text,
            italic: bibl.descendants("title").filter { $0["level"] == "j" || $0["level"] == "m" }.map(\.text),
            doi: doi, year: bibl.descendants("date").first.map { $0["when"] ?? $0.text },
            authors: bibl.descendants("author").map(\.text))
    }
}
