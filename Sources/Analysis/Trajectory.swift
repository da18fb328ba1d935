/// What is said of two persons through a work: a band for each concept, in each direction.
package struct Trajectory: Sendable, Equatable {
    /// Whom a group of bands is about.
    package enum Subject: Sendable, Equatable {
        case tie(Tie)
        /// One of the two by themselves: not the tie, but what a reader has to know beside it.
        case alone(String)
    }

    /// What is said of one subject.
    package struct Group: Sendable, Equatable {
        package var subject: Subject
        /// In the order in which their concepts first appear.
        package var bands: [Band]
    }

    /// One concept; evidence in the order of the text.
    package struct Band: Sendable, Equatable {
        package var concept: String
        package var evidence: [Evidence]
    }

    package let pair: Pair
    package let groups: [Group]

    /// - Parameters:
    ///   - evidence: of one work, in the order of the text.
    ///   - pair: the two persons; directions come in the order in which more is said of them.
    ///   - alone: what is said of one of the two alone, in the order of the text.
    package init(_ evidence: [Evidence], of pair: Pair, alone: [Evidence] = []) {
        self.pair = pair
        var ties: [Tie: [Evidence]] = [:]
        for piece in evidence {
            for tie in piece.ties where tie.pair == pair { ties[tie, default: []].append(piece) }
        }
        let sorted = ties.sorted { left, right in
            (-left.value.count, left.key.from, left.key.isMutual ? 1 : 0)
                < (-right.value.count, right.key.from, right.key.isMutual ? 1 : 0)
        }
        var groups = sorted.map { Group(subject: .tie($0.key), bands: Self.bands($0.value)) }
        // The one whose side comes first in the picture comes first here as well.
        let order = sorted.first.map { [$0.key.from, $0.key.towards] } ?? [pair.first, pair.second]
        for person in order {
            let own = alone.filter { $0.persons.contains(person) }
            if !own.isEmpty { groups.append(Group(subject: .alone(person), bands: Self.bands(own))) }
        }
        self.groups = groups
    }

    /// All evidence of the picture.
    package var evidence: [Evidence] { groups.flatMap { $0.bands.flatMap(\.evidence) } }

    /// Sections in which nothing is said: indices in `sections`.
    package func gaps(in sections: [Section]) -> [Int] {
        let all = evidence.flatMap(\.stretches)
        return sections.indices.filter { index in
            let range = sections[index].range
            return !all.contains { stretch in
                stretch.lowerBound < Double(range.upperBound)
                    && max(stretch.upperBound, stretch.lowerBound + 1) > Double(range.lowerBound)
            }
        }
    }

    /// Pairs of persons that something is said of, those of whom most is said first.
    package static func pairs(in evidence: [Evidence]) -> [(pair: Pair, count: Int)] {
        var counts: [Pair: Int] = [:]
        for piece in evidence { for pair in Set(piece.ties.map(\.pair)) { counts[pair, default: 0] += 1 } }
        return counts.sorted { (-$0.value, $0.key) < (-$1.value, $1.key) }.map { ($0.key, $0.value) }
    }

    private static func bands(_ evidence: [Evidence]) -> [Band] {
        var order: [String] = []
        var bands: [String: [Evidence]] = [:]
        for piece in evidence {
            if bands[piece.concept] == nil { order.append(piece.concept) }
            bands[piece.concept, default: []].append(piece)
        }
        return order.map { Band(concept: $0, evidence: bands[$0] ?? []) }
    }
}
