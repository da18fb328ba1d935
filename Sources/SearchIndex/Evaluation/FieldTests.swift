import QueryLanguage
import TextModel
import WordForms

/// Does a document, a passage or a range satisfy a field; annotations have ``AnnotationTests``.
struct FieldTests {
    let corpus: Corpus

    /// A field of the document: `in:` without a part, `author:`, `title:`, `year:`.
    func holds(_ field: Query.Field, of entry: Corpus.Entry) -> Bool {
        field.values.contains { value in
            switch (field.name, value) {
            case (.author, .text(let text)): entry.authors.contains { contains($0, text) }
            case (.title, .text(let text)): contains(entry.title, text)
            case (.year, _): entry.date.map { compares($0, value) } ?? false
            default: false
            }
        }
    }

    /// A field of the passage. `range` is what was found there, in raw bytes; `nil` where the passage as a whole is
    /// asked.
    func holds(
        _ field: Query.Field, of document: StoredDocument, _ entry: Corpus.Entry, _ passage: Int32, _ range: ByteRange?
    ) throws -> Bool {
        switch field.name {
        // Asked of all passages, and no outline is needed.
        case .kind: return field.values.contains(.text(document.spine.kinds[Int(passage)].rawValue))
        case .length:
            return field.values.contains { compares(document.spine.words(of: passage).count, $0) }
        case .nth: return field.values.contains { compares(Int(passage) + 1, $0) }
        case .in:
            return try field.values.contains { value in
                guard case .text(let text) = value else { return false }
                return try isIn(text, document, entry, passage)
            }
        default: break
        }
        let outline = try document.outline().document
        let range = range ?? outline.passages[Int(passage)].raw
        return field.values.contains { holds(field.name, $0, outline, entry, passage, range) }
    }

    private func holds(
        _ name: FieldName, _ value: Query.FieldValue, _ outline: Document, _ entry: Corpus.Entry, _ passage: Int32,
        _ range: ByteRange
    ) -> Bool {
        let place = outline.passages[Int(passage)]
        switch (name, value) {
        case (.lang, .text(let text)): return isLanguage(outline.languages[Int(place.language)], text)
        case (.chapter, _): return chapterLabel(of: place, in: outline).map { compares($0, value) } ?? false
        case (.page, _): return pages(of: range, in: outline).contains { compares($0, value) }
        case (.speaker, .person(let person)):
            return isMeant(person, entry)
                && outline.speeches.contains { speech in
                    speech.raw.meets(range) && speech.who.contains { Self.names(person, $0, outline.work) }
                }
        case (.mentions, .person(let person)):
            return isMeant(person, entry)
                && outline.mentions.contains { mention in
                    mention.raw.meets(range) && Self.names(person, mention.person, outline.work)
                }
        default: return false
        }
    }

    // MARK: Works

    /// What `in:` calls a document: its name, its path, with or without `.xml`, its file's name, a folder of its path.
    static func names(of path: String, fragment name: String) -> [String] {
        var names = [name, path]
        let components = path.split(separator: "/").map(String.init)
        guard let file = components.last else { return names }
        names.append(file)
        let stem = file.hasSuffix(".xml") ? String(file.dropLast(4)) : file
        names.append(stem)
        names.append((components.dropLast() + [stem]).joined(separator: "/"))
        if name.hasPrefix(path) { names.append(stem + name.dropFirst(path.count)) }
        for (index, folder) in components.dropLast().enumerated() {
            names.append(folder)
            names.append(components[...index].joined(separator: "/"))
        }
        return names
    }

    func isWork(_ text: String, _ entry: Corpus.Entry) -> Bool {
        Self.names(of: entry.path, fragment: entry.name).contains(text)
    }

    /// Could `in:` reach a document: the parts after a work are left aside.
    func reaches(_ text: String, _ entry: Corpus.Entry) -> Bool {
        splits(of: text).contains { isWork($0.work, entry) }
    }

    private func isIn(_ text: String, _ document: StoredDocument, _ entry: Corpus.Entry, _ passage: Int32) throws
        -> Bool
    {
        try splits(of: text).contains { split in
            guard isWork(split.work, entry) else { return false }
            return try split.parts.isEmpty || partPath(of: passage, in: document).starts(with: split.parts)
        }
    }

    /// `love-story/1/3` as work and parts, each way.
    private func splits(of text: String) -> [(work: String, parts: [String])] {
        let pieces = text.split(separator: "/").map(String.init)
        return [(text, [])]
            + pieces.indices.dropFirst().map {
                (pieces[..<$0].joined(separator: "/"), Array(pieces[$0...]))
            }
    }

    /// Labels of the parts around a passage from the outside in, as a locator has them.
    private func partPath(of passage: Int32, in document: StoredDocument) throws -> [String] {
        let outline = try document.outline().document
        var part = outline.passages[Int(passage)].part
        var labels: [String] = []
        while part >= 0 {
            if !outline.parts[Int(part)].isOnlyOne { labels.append(outline.parts[Int(part)].label) }
            part = outline.parts[Int(part)].parent
        }
        return labels.reversed()
    }

    /// The innermost part that calls itself a chapter, else the innermost one.
    private func chapterLabel(of passage: Passage, in document: Document) -> String? {
        var part = passage.part
        while part >= 0 {
            if document.parts[Int(part)].type?.lowercased() == "chapter" { return document.parts[Int(part)].label }
            part = document.parts[Int(part)].parent
        }
        return passage.part >= 0 ? document.parts[Int(passage.part)].label : nil
    }

    /// Numbers of the pages on which a range stands.
    private func pages(of range: ByteRange, in document: Document) -> [String] {
        let pages = document.pages
        let next = pages.partitioningIndex { $0.raw > range.start }
        let end = pages.partitioningIndex { $0.raw >= max(range.end, range.start + 1) }
        // The page that was open at the start, of each edition.
        var editions: Set<String?> = []
        var open: [String] = []
        for page in pages[..<next].reversed() where editions.insert(page.edition).inserted {
            open.append(page.number)
        }
        return open + pages[next..<max(next, end)].map(\.number)
    }

    private func isLanguage(_ tag: String, _ value: String) -> Bool {
        let (tag, value) = (tag.lowercased(), value.lowercased())
        return tag == value || tag.hasPrefix(value + "-")
    }

    // MARK: Persons

    /// A work before a person restricts to that work.
    func isMeant(_ person: Query.PersonReference, _ entry: Corpus.Entry) -> Bool {
        person.work.map { isWork($0, entry) } ?? true
    }

    /// Is somebody meant by a person of a query: by id, or by role.
    static func names(_ person: Query.PersonReference, _ id: String, _ work: Work) -> Bool {
        person.isRole ? hasRole(person.name, id, work) : person.name == id
    }

    /// Roles that follow from `parent_of` and sex.
    static let derivedRoles = ["child", "father", "mother", "parent"]

    /// Role as the text gives it, or as it follows from relations and sex.
    static func hasRole(_ role: String, _ id: String, _ work: Work) -> Bool {
        let person = work.persons.first { $0.id == id }
        if let given = person?.role, Folding.folded(given) == Folding.folded(role) { return true }
        let isParent = work.relations.contains { $0.name == "parent_of" && $0.active.contains(id) }
        switch role.lowercased() {
        case "parent": return isParent
        case "mother": return isParent && person?.sex == .female
        case "father": return isParent && person?.sex == .male
        case "child": return work.relations.contains { $0.name == "parent_of" && $0.passive.contains(id) }
        default: return false
        }
    }

    // MARK: Values

    private func contains(_ text: String, _ value: String) -> Bool {
        Folding.foldedWithoutAccents(text).contains(Folding.foldedWithoutAccents(value))
    }

    private func compares(_ number: Int, _ value: Query.FieldValue) -> Bool { compares(Double(number), value) }

    func compares(_ number: Double, _ value: Query.FieldValue) -> Bool {
        switch value {
        case .compared(let comparison, .number(let bound)): comparison.holds(number, bound)
        case .between(.number(let low), .number(let high)): low <= number && number <= high
        default: false
        }
    }

    /// A label as it is cited: the same text, or a number in a range.
    private func compares(_ label: String, _ value: Query.FieldValue) -> Bool {
        if case .text(let text) = value { return Folding.folded(label) == Folding.folded(text) }
        return Double(label).map { compares($0, value) } ?? false
    }

    func compares(_ date: PartialWorkDate, _ value: Query.FieldValue) -> Bool {
        switch value {
        case .compared(let comparison, .date(let bound)): date.compares(comparison, to: bound)
        case .between(.date(let low), .date(let high)):
            date.compares(.greaterOrEqual, to: low) && date.compares(.lessOrEqual, to: high)
        default: false
        }
    }
}

extension ByteRange {
    /// They share a byte, or one is a point strictly inside the other or equal to it.
    func meets(_ other: ByteRange) -> Bool {
        if isEmpty, other.isEmpty { return start == other.start }
        return start < other.end && other.start < end
    }
}
