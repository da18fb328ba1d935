import TextModel

/// How people are named on sheets: never by id.
struct SubjectPhrases {
    let work: Work
    let strings: SheetStrings

    /// "Jane", "Jane towards Max", "Jane and Abe, spouses".
    func phrase(_ subject: Subject) -> String {
        switch subject {
        case .person(let id): return name(id)
        case .dyad(let from, let towards):
            return strings("subject.dyad", ["from": name(from), "towards": name(towards)])
        case .relation(let id):
            guard let relation = work.relations.first(where: { $0.id == id }) else { return id }
            return phrase(relation)
        }
    }

    func phrase(_ relation: Relation) -> String {
        let kind = strings.find("relation.\(relation.name)") ?? relation.name.replacing("_", with: " ")
        if relation.mutual.isEmpty {
            return strings(
                "subject.directed",
                [
                    "active": strings.list(relation.active.map(name)), "relation": kind,
                    "passive": strings.list(relation.passive.map(name)),
                ])
        }
        return strings("subject.mutual", ["persons": strings.list(relation.mutual.map(name)), "relation": kind])
    }

    /// Ids of the persons that a subject names.
    func persons(of subject: Subject) -> [String] {
        switch subject {
        case .person(let id): return [id]
        case .dyad(let from, let towards): return [from, towards]
        case .relation(let id):
            guard let relation = work.relations.first(where: { $0.id == id }) else { return [] }
            return relation.active + relation.passive + relation.mutual
        }
    }

    func name(_ id: String) -> String { work.persons.first { $0.id == id }?.name ?? id }
}
