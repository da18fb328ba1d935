import TextModel

extension SheetMaterial {
    /// What one cannot know from these pages: what the teacher says of it, what the works themselves list as not
    /// told, and what the annotations leave open.
    func unknown() -> [SheetValue] {
        var groups: [SheetValue] = []
        if !selection.plan.unknown.isEmpty {
            groups.append(["title": .null, "items": .strings(selection.plan.unknown)])
        }
        for index in selection.works.indices {
            let own = passages.filter { $0.work == index }
            guard !own.isEmpty else { continue }
            let document = selection.works[index].document
            let items = notTold(in: document) + silence(of: own, work: document.work)
            guard !items.isEmpty else { continue }
            groups.append(["title": .string(WorkCitation.title(document.work.title)), "items": .strings(items)])
        }
        return groups
    }

    /// What a division of the type `not-told` lists.
    func notTold(in document: Document) -> [String] {
        guard options.showsQuotations else { return [] }
        let parts = Set(document.parts.indices.filter { document.parts[$0].type == "not-told" }.map { Int32($0) })
        return document.passages.filter { parts.contains($0.part) && $0.kind == .list }.map(document.readingText)
    }

    /// Parents of whom these pages say nothing, and whether anything that is marked is seen at all.
    private func silence(of own: [MarkedPassage], work: Work) -> [String] {
        let annotations = own.flatMap { passage in passage.marks.map { annotation($0, passage).annotation } }
        let personal = annotations.filter { !$0.about.isEmpty }
        guard !personal.isEmpty else { return [] }
        let phrases = SubjectPhrases(work: work, strings: strings)
        var lines: [String] = []
        if !personal.contains(where: { $0.basis == .shown }) { lines.append(strings("unknown.nothing-shown")) }
        let named = Set(personal.flatMap { $0.about.flatMap(phrases.persons) })
        // Parents of the children that something is said of, in the order in which the work names them.
        var silent: [(parent: String, child: String)] = []
        for relation in work.relations where relation.name == "parent_of" {
            for child in relation.passive where named.contains(child) {
                for parent in relation.active where !named.contains(parent) {
                    silent.append((phrases.name(parent), phrases.name(child)))
                }
            }
        }
        lines += silent.map { strings("unknown.silent-parent", ["parent": $0.parent, "child": $0.child]) }
        return lines
    }
}
