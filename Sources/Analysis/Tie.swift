package import TextModel

/// Two persons of a work and the direction in which something is said of them.
package struct Tie: Sendable, Hashable {
    package var from: String
    package var towards: String
    /// Neither is the first: what is said of "the spouses".
    package var isMutual: Bool

    /// A mutual tie is the same whoever is named first.
    package init(from: String, towards: String, isMutual: Bool = false) {
        let isTurned = isMutual && towards < from
        self.from = isTurned ? towards : from
        self.towards = isTurned ? from : towards
        self.isMutual = isMutual
    }

    /// The two persons, whatever the direction.
    package var pair: Pair { Pair(from, towards) }

    /// Ties that a subject names: of a dyad one, of a relation one for each two persons that it joins.
    package static func ties(of subject: Subject, relations: [Relation]) -> [Tie] {
        switch subject {
        case .person: return []
        case .dyad(let from, let towards): return from == towards ? [] : [Tie(from: from, towards: towards)]
        case .relation(let id):
            guard let relation = relations.first(where: { $0.id == id }) else { return [] }
            return ties(of: relation)
        }
    }

    /// Ties that a declared relation makes.
    package static func ties(of relation: Relation) -> [Tie] {
        let directed = relation.active.flatMap { from in
            relation.passive.map { Tie(from: from, towards: $0) }
        }
        let mutual = relation.mutual.indices.flatMap { first in
            relation.mutual[(first + 1)...].map { Tie(from: relation.mutual[first], towards: $0, isMutual: true) }
        }
        return (directed + mutual).filter { $0.from != $0.towards }
    }
}

/// Two persons, in no order.
package struct Pair: Sendable, Hashable, Comparable {
    package let first: String
    package let second: String

    package init(_ one: String, _ other: String) {
        first = min(one, other)
        second = max(one, other)
    }

    package static func < (left: Pair, right: Pair) -> Bool {
        (left.first, left.second) < (right.first, right.second)
    }
}
