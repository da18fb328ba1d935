import TextModel

extension QueryResolver {
    /// Looks up the values of a field: persons become ids, dyads are split, unknown names are errors.
    mutating func resolved(_ field: Query.Field) throws(QueryError) -> Query.Field {
        var field = field
        for index in field.values.indices {
            switch field.values[index] {
            case .person(let person):
                field.values[index] = .person(try resolved(person, in: field))
            case .dyad(let dyad): field.values[index] = .dyad(try resolved(dyad, in: field))
            case .text(let value): try check(value, of: field)
            case .hiddenWord, .compared, .between: break
            }
        }
        return field
    }

    private func check(_ value: String, of field: Query.Field) throws(QueryError) {
        let known: [String]?
        switch field.name {
        case .in:
            guard let works = names.works else { return }
            // `love-story/3` is a work and a part of it, `Exemplars` a folder.
            var head = value[...]
            while !works.contains(String(head)) {
                guard let slash = head.lastIndex(of: "/") else {
                    throw unknown(value, of: field, what: "no work or folder", known: works)
                }
                head = head[..<slash]
            }
            return
        case .layer: known = names.layers
        case .by: known = names.annotators
        case .role: known = names.roles
        default: return
        }
        guard let known, !known.contains(value) else { return }
        let what: String =
            switch field.name {
            case .layer: "no layer"
            case .by: "no annotator"
            default: "no role"
            }
        throw unknown(value, of: field, what: what, known: known)
    }

    private func unknown(_ value: String, of field: Query.Field, what: String, known: [String]) -> QueryError {
        // More than a dozen names are no help on one line.
        let list = known.isEmpty ? "there are none" : "known: " + known.sorted().prefix(12).joined(separator: " ")
        return error(
            .badValue, at: field.place, "there is \(what) \(value)",
            nearest: nearestNames(to: value, among: known), advice: [list + (known.count > 12 ? " …" : "")])
    }

    // MARK: Persons

    private mutating func resolved(
        _ person: Query.PersonReference, in field: Query.Field
    ) throws(QueryError) -> Query.PersonReference {
        if person.isRole {
            if let roles = names.roles, !roles.contains(person.name) {
                throw unknown(person.name, of: field, what: "no role", known: roles)
            }
            return person
        }
        let matching = persons(person)
        let ids = Set(matching.map(\.id))
        guard let id = ids.first else { throw unknown(person, in: field) }
        guard ids.count == 1 else {
            throw error(
                .ambiguousName, at: field.place, "\(person.name) names several persons",
                advice: matching.map {
                    "\(field.name.rawValue):\(plainOrQuoted($0.work + "/" + $0.id))  \($0.names.first ?? $0.id)"
                })
        }
        let works = Set(matching.map(\.work))
        if person.work == nil, works.count > 1 {
            note(
                at: field.place,
                "\(works.count) works have a person \(id): \(works.sorted().prefix(5).joined(separator: ", "))",
                advice: "one of them: \(field.name.rawValue):\(works.sorted()[0])/\(id)")
        }
        return Query.PersonReference(id, work: person.work)
    }

    /// By id, else by name: case and accents ignored.
    private func persons(_ person: Query.PersonReference) -> [PersonName] {
        let all = names.persons.filter { person.work == nil || $0.work == person.work }
        let exact = all.filter { $0.id == person.name }
        if !exact.isEmpty { return exact }
        let key = names.key(person.name)
        guard !key.isEmpty else { return [] }
        return all.filter { names.key($0.id) == key || $0.names.contains { names.key($0) == key } }
    }

    private func unknown(_ person: Query.PersonReference, in field: Query.Field) -> QueryError {
        let all = names.persons
        if let work = person.work, !all.contains(where: { $0.work == work }) {
            return error(
                .unknownPerson, at: field.place, "no persons are known of a work \(work)",
                nearest: nearestNames(to: work, among: Set(all.map(\.work))))
        }
        let those = all.filter { person.work == nil || $0.work == person.work }
        var byName: [String: String] = [:]
        for person in those { for name in [person.id] + person.names { byName[name] = person.id } }
        var nearest: [String] = []
        for name in nearestNames(to: person.name, among: byName.keys) {
            if let id = byName[name], !nearest.contains(id) { nearest.append(id) }
        }
        let known = Set(those.map(\.id)).sorted()
        let place = person.work.map { " in \($0)" } ?? ""
        return error(
            .unknownPerson, at: field.place, "there is no person \(person.name)\(place)",
            nearest: nearest.map(plainOrQuoted),
            advice: known.isEmpty || known.count > 12
                ? ["casebook persons list shows all"] : ["known\(place): " + known.joined(separator: " ")])
    }

    // MARK: Dyads

    private mutating func resolved(
        _ dyad: Query.DyadReference, in field: Query.Field
    ) throws(QueryError) -> Query.DyadReference {
        switch dyad {
        case .unordered(let first, let second):
            let pair = try resolved(first, second, in: field)
            return .unordered(pair.0, pair.1)
        case .directed(let first, let second):
            let pair = try resolved(first, second, in: field)
            return .directed(pair.0, pair.1)
        case .unsplit(let written): return try split(written, in: field)
        }
    }

    /// The work before the first person is the second's too.
    private mutating func resolved(
        _ first: Query.PersonReference, _ second: Query.PersonReference, in field: Query.Field
    ) throws(QueryError) -> (Query.PersonReference, Query.PersonReference) {
        var second = second
        if second.work == nil, !second.isRole { second.work = first.work }
        return (try resolved(first, in: field), try resolved(second, in: field))
    }

    /// `jane-max`: every hyphen at which both sides are persons.
    private mutating func split(_ written: String, in field: Query.Field) throws(QueryError) -> Query.DyadReference {
        let whole = QueryParser.reference(written)
        var pairs: [(String, String)] = []
        for hyphen in whole.name.indices where whole.name[hyphen] == "-" {
            let first = String(whole.name[..<hyphen])
            let second = String(whole.name[whole.name.index(after: hyphen)...])
            guard !first.isEmpty, !second.isEmpty else { continue }
            let isKnown = [first, second].allSatisfy { !persons(Query.PersonReference($0, work: whole.work)).isEmpty }
            if isKnown { pairs.append((first, second)) }
        }
        guard let pair = pairs.first else {
            throw error(
                .unknownPerson, at: field.place, "\(written) is no pair of persons",
                nearest: nearestPairs(to: whole.name),
                advice: ["dyad:jane..max says where one name ends; casebook persons list shows all"])
        }
        guard pairs.count == 1 else {
            throw error(
                .ambiguousName, at: field.place, "\(written) can be split in \(pairs.count) ways",
                advice: pairs.map { "dyad:\(whole.work.map { $0 + "/" } ?? "")\($0.0)..\($0.1)" })
        }
        let references = try resolved(
            Query.PersonReference(pair.0, work: whole.work), Query.PersonReference(pair.1, work: whole.work), in: field)
        return .unordered(references.0, references.1)
    }

    /// Pairs for the first split at which both sides are near to persons.
    private func nearestPairs(to name: String) -> [String] {
        let ids = Set(names.persons.map(\.id))
        for hyphen in name.indices where name[hyphen] == "-" {
            let first = nearestNames(to: String(name[..<hyphen]), among: ids, limit: 1)
            let second = nearestNames(to: String(name[name.index(after: hyphen)...]), among: ids, limit: 1)
            if let first = first.first, let second = second.first { return ["\(first)..\(second)"] }
        }
        return []
    }
}
