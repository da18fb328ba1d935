import TextModel

/// Reads what a header, and the persons and events of a `standOff`, say of a work.
struct WorkReader {
    let tree: XMLTree

    func work() -> Work {
        var work = Work()
        for root in tree.roots {
            switch root.name {
            case "fileDesc": readFile(root, into: &work)
            case "profileDesc": readProfile(root, into: &work)
            case "listPerson", "listRelation": readPersons(root, into: &work)
            default: break
            }
        }
        work.date = date()
        return work
    }

    /// The language of the header when it names one only.
    var singleLanguage: String? {
        let languages = languages
        return languages.count == 1 ? languages[0] : nil
    }

    private var languages: [String] {
        elements("language", under: "profileDesc").compactMap { $0["ident"] }.map(LanguageTag.normalized)
    }

    /// Elements of a name under the roots of a name.
    private func elements(_ name: String, under root: String) -> [XMLTree.Element] {
        tree.roots.filter { $0.name == root }.flatMap { $0.descendants(name) }
    }

    // MARK: - File description

    private func readFile(_ root: XMLTree.Element, into work: inout Work) {
        let source = root.first("sourceDesc")
        let bibliography = source.map { $0.descendants("bibl") } ?? []
        if let statement = root.first("titleStmt") {
            let titles = statement.elements("title")
            let main = titles.first { !["sub", "alt", "short"].contains($0["type"] ?? "") }
            let sourceTitles = bibliography.compactMap { $0.first("title").map { $0.text } }
            work.title = title(main.map { $0.text } ?? "", sourceTitles: sourceTitles)
            work.subtitle = titles.first { $0["type"] == "sub" }.map { $0.text }
            work.authors = statement.elements("author").map(author).filter { !$0.isEmpty }
        }
        if work.authors.isEmpty {
            work.authors = bibliography.prefix(1).flatMap { $0.elements("author").map(author) }
        }
        if let source { work.source = self.source(source, bibliography) }
        work.extent = root.first("extent")?.descendants("measure").first { $0["unit"] == "words" }
            .flatMap { $0["quantity"].flatMap { Int($0) } }.flatMap { $0 > 0 ? $0 : nil }
        if let availability = root.first("publicationStmt")?.first("availability") {
            readAvailability(availability, into: &work)
        }
        if let notes = root.first("notesStmt") {
            work.notes = notes.elements("note").map {
                WorkNote(type: $0["type"], text: $0.text)
            }
        }
    }

    /// The title without the words that tell of the file (": ELTeC edition").
    private func title(_ title: String, sourceTitles: [String]) -> String {
        if let source = sourceTitles.first(where: { !$0.isEmpty && title != $0 && title.hasPrefix($0) }) {
            let rest = title.dropFirst(source.count).drop { $0 == " " }
            // What follows a colon may be the subtitle; only words about an edition are left out.
            if rest.lowercased().contains("edition") || rest.lowercased().contains("version") { return source }
        }
        guard let colon = title.lastIndex(of: ":") else { return title }
        let ending = title[title.index(after: colon)...].lowercased()
        let isAboutFile = [
            "eltec edition", "electronic edition", "digital edition", "machine readable", "machine-readable",
        ]
        .contains { ending.contains($0) }
        return isAboutFile ? collapsedWhiteSpace(String(title[..<colon])) : title
    }

    /// A name without identifiers and life dates: "Brontë, Emily (1818-1848)" is "Brontë, Emily".
    private func author(_ node: XMLTree.Element) -> String {
        var name: String
        if let person = node.first("persName") ?? node.first("name") {
            name = personName(person)
        } else {
            name = node.text
        }
        return Self.withoutDates(name)
    }

    /// "Carroll, Lewis [pseud.] (1832-1898)." is "Carroll, Lewis"; "Grimm, Jacob, 1785-1863" is "Grimm, Jacob".
    static func withoutDates(_ author: String) -> String {
        var name = author
        func isDates(_ text: Substring) -> Bool {
            text.contains(where: \.isNumber) && text.allSatisfy { !$0.isLetter || "bdca".contains($0) }
        }
        if let open = name.lastIndex(of: "("), let close = name.lastIndex(of: ")"), open < close,
            name[close...].dropFirst().allSatisfy({ $0 == "." || $0 == "," || $0 == " " }),
            name[open..<close].contains(where: \.isNumber)
        {
            name = String(name[..<open])
        } else if let comma = name.lastIndex(of: ","), isDates(name[comma...].dropFirst()) {
            name = String(name[..<comma])
        }
        name = collapsedWhiteSpace(name)
        let note = " [pseud.]"
        return name.hasSuffix(note) ? String(name.dropLast(note.count)) : name
    }

    private func source(_ description: XMLTree.Element, _ bibliography: [XMLTree.Element]) -> String? {
        let preferred = bibliography.first { isOriginal($0) } ?? bibliography.first
        let text = (preferred ?? description).listedText
        return text.isEmpty ? nil : text
    }

    private func isOriginal(_ bibl: XMLTree.Element) -> Bool {
        ["firstEdition", "originalSource"].contains(bibl["type"] ?? "")
    }

    private func readAvailability(_ node: XMLTree.Element, into work: inout Work) {
        let licence = node.first("licence")
        work.licenceTarget = licence.flatMap { $0["target"] }
        let text = (licence ?? node).text
        work.licence = text.isEmpty ? nil : text
        if let status = node["status"].flatMap({ Availability(rawValue: $0) }) {
            work.availability = status
        } else if node["status"] == "confidential" {
            // No value of TEI's, but nobody who writes it means less.
            work.availability = .restricted
        } else if work.licenceTarget?.contains("creativecommons.org/") == true {
            work.availability = .free
        }
    }

    // MARK: - Profile

    private func readProfile(_ root: XMLTree.Element, into work: inout Work) {
        work.languages = languages
        if let abstract = root.first("abstract") {
            let paragraphs = abstract.elements.map { $0.text }.filter { !$0.isEmpty }
            let text = paragraphs.isEmpty ? abstract.text : paragraphs.joined(separator: "\n")
            work.abstract = text.isEmpty ? nil : text
        }
        if let setting = root.first("settingDesc") {
            let parts = setting.elements.map { part in
                // A place and a time that stand side by side, without a word or a blank between them.
                let names = part.elements.map(\.text).filter { !$0.isEmpty }
                return names.joined() == part.text ? names.joined(separator: ", ") : part.text
            }.filter { !$0.isEmpty }
            work.setting = parts.isEmpty ? nil : parts.joined(separator: "; ")
        }
        work.keywords = root.descendants("keywords").flatMap { keywords in
            let terms = keywords.descendants("term")
            return (terms.isEmpty ? keywords.descendants("item") : terms).map { $0.text }
        }
        if let persons = root.first("particDesc") { readPersons(persons, into: &work) }
    }

    /// When the work was made or first published; never the date of the file.
    private func date() -> String? {
        let creation = elements("creation", under: "profileDesc").flatMap { $0.descendants("date") }
        if let date = creation.lazy.compactMap(value).first { return date }
        let bibliography = tree.roots.filter { $0.name == "fileDesc" }
            .flatMap { $0.elements("sourceDesc") }.flatMap { $0.descendants("bibl") }
        for type in ["firstEdition", "originalSource"] {
            let dates = bibliography.filter { $0["type"] == type }
                .flatMap { $0.elements("date") }
            if let date = dates.lazy.compactMap(value).first { return date }
        }
        let events = tree.roots.filter { $0.name == "listEvent" }.flatMap { $0.descendants("event") }
        // DraCor: written, printed, first performed; whichever came first made the work known.
        if let year = events.compactMap(value).min() { return year }
        let untyped = bibliography.filter { $0["type"] == nil }
            .flatMap { $0.elements("date") }
        return untyped.lazy.compactMap(value).first
    }

    private func value(_ node: XMLTree.Element) -> String? {
        for name in ["when", "notBefore", "from", "notAfter", "to"] {
            if let value = node[name], !value.isEmpty { return value }
        }
        let text = node.name == "date" ? node.text : ""
        return text.contains(where: \.isNumber) ? text : nil
    }

    // MARK: - Persons

    func readPersons(_ root: XMLTree.Element, into work: inout Work) {
        for index in [root] + root.allDescendants {
            switch index.name {
            case "person": work.persons.append(contentsOf: person(index, isGroup: false))
            case "personGrp": work.persons.append(contentsOf: person(index, isGroup: true))
            case "relation": work.relations.append(contentsOf: relation(index))
            default: break
            }
        }
    }

    private func person(_ node: XMLTree.Element, isGroup: Bool) -> [Person] {
        guard let id = node["xml:id"] else { return [] }
        let names = node.elements.filter { ["persName", "name"].contains($0.name) }
        func isPreferred(_ name: XMLTree.Element) -> Bool { !["alt", "short"].contains(name["type"] ?? "") }
        let ordered = names.filter(isPreferred) + names.filter { !isPreferred($0) }
        let sex =
            node["sex"] ?? node.first("sex").flatMap { $0["value"] }
        let role = node["role"].map { collapsedWhiteSpace($0) }
        return [
            Person(
                id: id, names: ordered.map(personName).filter { !$0.isEmpty }, sex: sex.flatMap(Self.sex), role: role,
                isGroup: isGroup)
        ]
    }

    /// A name whose parts may be marked up without blanks between them.
    private func personName(_ node: XMLTree.Element) -> String {
        let parts = node.elements
        let hasParts =
            !parts.isEmpty
            && parts.allSatisfy {
                ["forename", "surname", "nameLink", "roleName", "genName", "addName"].contains($0.name)
            }
        return hasParts ? parts.map { $0.text }.joined(separator: " ") : node.text
    }

    private static func sex(_ value: String) -> Sex? {
        switch value.uppercased() {
        case "F", "FEMALE", "2": .female
        case "M", "MALE", "1": .male
        default: nil
        }
    }

    private func relation(_ node: XMLTree.Element) -> [Relation] {
        func persons(_ attribute: String) -> [String] {
            (node[attribute] ?? "").split { $0.isWhitespace }.compactMap { pointer in
                // What points to no element (an entity of Wikidata) is no person of the work.
                pointer.lastIndex(of: "#").map { String(pointer[pointer.index(after: $0)...]) }
            }
        }
        let relation = Relation(
            id: node["xml:id"],
            name: node["name"] ?? node["ref"] ?? node["key"]
                ?? "",
            active: persons("active"), passive: persons("passive"), mutual: persons("mutual"))
        return relation.active.isEmpty && relation.passive.isEmpty && relation.mutual.isEmpty ? [] : [relation]
    }
}

extension Work {
    var singleLanguage: String? { languages.count == 1 ? languages[0] : nil }

    /// What the header of a corpus says holds for each of its works that says nothing of its own.
    mutating func inherit(from corpus: Work) {
        if authors.isEmpty { authors = corpus.authors }
        if availability == .unknown, licence == nil {
            availability = corpus.availability
            licence = corpus.licence
            licenceTarget = corpus.licenceTarget
        }
        if title.isEmpty { title = corpus.title }
        if source == nil { source = corpus.source }
        if languages.isEmpty { languages = corpus.languages }
        persons += corpus.persons.filter { person in !persons.contains { $0.id == person.id } }
        relations += corpus.relations
    }
}
