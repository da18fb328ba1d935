import TextModel

/// Hits counted by what they have in common: `query --group-by`.
///
/// A hit counts once in each group that it belongs to, so that groups may sum up to more than the hits. Its stance in
/// a group is that of its first annotation that belongs there: a passage may speak for one concept and against
/// another.
package struct HitGroups: Sendable {
    package enum Key: String, Sendable, CaseIterable {
        case concept, work, chapter, person, layer, year
    }

    package struct Group: Sendable, Equatable {
        /// A concept's id, a person, a layer, a year, a work's title, a chapter as it is cited; `nil` for hits
        /// without any.
        package var name: String?
        /// For works and chapters, which may share a title.
        package var document: String?
        package var count = HitCount()
    }

    private struct Identity: Hashable {
        var name: String?
        var document: String?
    }

    package let key: Key
    private let years: [String: Int]
    private var groups: [Group] = []
    private var places: [Identity: Int] = [:]

    /// `years` are the works' by ``Hit/document``, asked for by ``Key/year`` only.
    package init(by key: Key, years: [String: Int] = [:]) {
        self.key = key
        self.years = years
    }

    package mutating func add(_ hit: Hit) {
        switch key {
        case .concept: add(hit, \.concepts)
        case .person: add(hit, \.persons)
        case .layer: add(hit) { $0.layer.isEmpty ? [] : [$0.layer] }
        case .work: count(Identity(name: hit.title, document: hit.document), hit.stance)
        case .chapter:
            let chapter = ([hit.title] + (hit.locator?.parts ?? [])).joined(separator: ", ")
            count(Identity(name: chapter, document: hit.document), hit.stance)
        case .year: count(Identity(name: years[hit.document].map(String.init)), hit.stance)
        }
    }

    /// Works and chapters as hits came, years in order, all else by how many hits there are; hits without any last.
    package var sorted: [Group] {
        let named = groups.filter { $0.name != nil }
        let unnamed = groups.filter { $0.name == nil }
        switch key {
        case .work, .chapter: return groups
        case .year: return named.sorted { number($0) < number($1) } + unnamed
        case .concept, .person, .layer:
            return named.sorted { ($1.count.all, $0.name ?? "") < ($0.count.all, $1.name ?? "") } + unnamed
        }
    }

    private func number(_ group: Group) -> Int { group.name.flatMap { Int($0) } ?? 0 }

    private mutating func add(_ hit: Hit, _ names: (HitAnnotation) -> [String]) {
        var seen: Set<String> = []
        for annotation in hit.details {
            for name in names(annotation) where seen.insert(name).inserted {
                count(Identity(name: name), annotation.stance)
            }
        }
        if seen.isEmpty { count(Identity(), hit.stance) }
    }

    private mutating func count(_ identity: Identity, _ stance: Stance?) {
        let place = places[identity, default: groups.count]
        if place == groups.count {
            places[identity] = place
            groups.append(Group(name: identity.name, document: identity.document))
        }
        groups[place].count.add(stance)
    }
}
