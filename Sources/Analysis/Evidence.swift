package import TextModel

/// One concept that one annotation says of a place: what charts count. An annotation with three concepts is three.
package struct Evidence: Sendable, Equatable {
    /// Index of the work in whatever is charted.
    package var work: Int
    /// Index among the work's annotations.
    package var annotation: Int
    package var concept: String
    package var stance: Stance
    /// In words of the work, one a piece of the target, in the order of the text; never empty.
    package var stretches: [Range<Double>]
    /// Passages that the pieces lie in; indices in ``Document/passages``, each once.
    package var passages: [Int32]
    /// Persons it is about by themselves.
    package var persons: [String]
    /// Dyads it is about.
    package var ties: [Tie]

    package init(
        work: Int, annotation: Int, concept: String, stance: Stance, stretches: [Range<Double>], passages: [Int32],
        persons: [String] = [], ties: [Tie] = []
    ) {
        self.work = work
        self.annotation = annotation
        self.concept = concept
        self.stance = stance
        self.stretches = stretches
        self.passages = passages
        self.persons = persons
        self.ties = ties
    }

    /// What tells it from all other evidence: no annotation says a concept twice.
    package struct Key: Hashable, Sendable {
        private let work: Int
        private let annotation: Int
        private let concept: String

        fileprivate init(_ evidence: Evidence) {
            work = evidence.work
            annotation = evidence.annotation
            concept = evidence.concept
        }
    }

    package var key: Key { Key(self) }

    /// Where it stands: the middle of its first stretch, in words.
    package var position: Double { (stretches[0].lowerBound + stretches[0].upperBound) / 2 }

    /// What annotations say of a work, in the order of the text.
    ///
    /// Annotations without a place in today's text are left out; what two annotators say alike of the same words
    /// counts once. Without a stance an annotation is evidence for its concept.
    package static func collect(
        _ annotations: [AnchoredAnnotation], on scale: WordScale, work: Int = 0,
        where isWanted: (Int) -> Bool = { _ in true }
    ) -> [Evidence] {
        var seen: Set<Statement> = []
        var found: [Evidence] = []
        for (index, anchored) in annotations.enumerated() where isWanted(index) {
            guard anchored.verdict.isShown, !anchored.pieces.isEmpty else { continue }
            let annotation = anchored.annotation
            var passages: [Int32] = []
            for piece in anchored.pieces where !passages.contains(piece.passage) { passages.append(piece.passage) }
            let stretches = anchored.pieces.map(scale.range).sorted { $0.lowerBound < $1.lowerBound }
            var persons: [String] = []
            for subject in annotation.about {
                // A dyad of one is that one.
                guard let id = subject.onePerson, !persons.contains(id) else { continue }
                persons.append(id)
            }
            var ties: [Tie] = []
            for subject in annotation.about {
                for tie in Tie.ties(of: subject, relations: scale.document.work.relations) where !ties.contains(tie) {
                    ties.append(tie)
                }
            }
            for concept in annotation.concepts {
                let stance = annotation.stance ?? .supports
                let statement = Statement(
                    pieces: anchored.pieces, concept: concept.id, stance: stance, about: Set(annotation.about))
                guard seen.insert(statement).inserted else { continue }
                found.append(
                    Evidence(
                        work: work, annotation: index, concept: concept.id, stance: stance, stretches: stretches,
                        passages: passages, persons: persons, ties: ties))
            }
        }
        // Sorting by index as well makes the order the same whatever the sorting algorithm.
        return found.enumerated()
            .sorted { ($0.element.position, $0.offset) < ($1.element.position, $1.offset) }
            .map(\.element)
    }

    /// What makes two annotations say the same.
    private struct Statement: Hashable {
        var pieces: [AnchoredPiece]
        var concept: String
        var stance: Stance
        var about: Set<Subject>
    }
}

extension Subject {
    fileprivate var onePerson: String? {
        switch self {
        case .person(let id): id
        case .dyad(let from, let towards): from == towards ? from : nil
        case .relation: nil
        }
    }
}
