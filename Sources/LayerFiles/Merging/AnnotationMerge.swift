package import TextModel

/// What happened when the annotations of two layers were brought together.
package struct MergeReceipt: Sendable, Equatable {
    /// Annotations taken from each side that the other has not, by their ids in the result.
    package var added: [String] = []
    /// Annotations that were the same and became one.
    package var joined: [String] = []
    /// Annotations that say different things of the same words.
    package var conflicts: [Conflict] = []

    package init() {}

    package struct Conflict: Sendable, Equatable {
        /// Ids in the result; both stay.
        package var first: String
        package var second: String
        /// `stance`, `concepts`, …
        package var about: [String]
    }
}

extension LayerFile {
    /// Brings another layer's annotations and decisions into this one.
    ///
    /// Annotations that say the same of the same words become one with both creators; their comments are both kept.
    /// Those that overlap, or say something else, stay apart; where two say different things of exactly the same
    /// words, the receipt names them. `other` has the same text, and its pointers are relative to the same folder.
    package mutating func merge(_ other: LayerFile) throws(Diagnostic) -> MergeReceipt {
        var receipt = MergeReceipt()
        addAnnotators(other.annotators)
        subjectFiles.merge(other.subjectFiles) { own, _ in own }
        var byPlace: [[Pointer]: [Int]] = [:]
        for (index, annotation) in annotations.enumerated() {
            byPlace[annotation.targets.map(\.pointer), default: []].append(index)
        }
        var replaced: [Int: Annotation] = [:]
        var added: [Annotation] = []
        var conflicts: [(first: String, second: Int, about: [String])] = []
        for annotation in other.annotations {
            let places = byPlace[annotation.targets.map(\.pointer)] ?? []
            if let same = places.first(where: { (replaced[$0] ?? annotations[$0]).saysTheSame(as: annotation) }) {
                let joined = (replaced[same] ?? annotations[same]).joined(with: annotation)
                if joined != annotations[same] { replaced[same] = joined }
                receipt.joined.append(annotations[same].id)
                continue
            }
            for place in places {
                conflicts.append((annotations[place].id, added.count, annotations[place].differences(from: annotation)))
            }
            added.append(annotation)
        }
        if !replaced.isEmpty { try replace(replaced.sorted { $0.key < $1.key }.map(\.value)) }
        let ids = try add(added)
        receipt.added = ids
        receipt.conflicts = conflicts.map {
            MergeReceipt.Conflict(first: $0.first, second: ids[$0.second], about: $0.about)
        }
        let known = decisions
        try add(
            other.decisions.filter { decision in
                !known.contains {
                    $0.verdict == decision.verdict && $0.concepts == decision.concepts
                        && $0.targets.map(\.pointer) == decision.targets.map(\.pointer)
                }
            })
        return receipt
    }
}

extension Annotation {
    /// Same concepts, persons, stance and basis; who says it, how surely and with which words is not compared.
    fileprivate func saysTheSame(as other: Annotation) -> Bool {
        Set(concepts.map(\.id)) == Set(other.concepts.map(\.id)) && Set(about) == Set(other.about)
            && stance == other.stance && basis == other.basis
    }

    /// In what two annotations of the same words differ.
    fileprivate func differences(from other: Annotation) -> [String] {
        var names: [String] = []
        if Set(concepts.map(\.id)) != Set(other.concepts.map(\.id)) { names.append("concepts") }
        if Set(about) != Set(other.about) { names.append("about") }
        if stance != other.stance { names.append("stance") }
        if basis != other.basis { names.append("basis") }
        return names
    }

    /// One annotation out of two that say the same: nothing of either is dropped.
    fileprivate func joined(with other: Annotation) -> Annotation {
        var joined = self
        for creator in [other.creator].compactMap({ $0 }) + other.otherCreators
        where creator != self.creator && !joined.otherCreators.contains(creator) {
            if joined.creator == nil { joined.creator = creator } else { joined.otherCreators.append(creator) }
        }
        joined.comment = Self.joined(comment, other.comment)
        for tag in other.contentTags where !joined.contentTags.contains(tag) { joined.contentTags.append(tag) }
        joined.isPrincipal = isPrincipal || other.isPrincipal
        // Of two certainties the lower: neither said more.
        if let certainty, let second = other.certainty {
            joined.certainty = min(certainty, second)
        } else {
            joined.certainty = certainty ?? other.certainty
        }
        // The earlier creation, the later change.
        joined.created = [created, other.created].compactMap { $0 }.min()
        joined.modified = [modified, other.modified].compactMap { $0 }.max()
        joined.proposal = proposal ?? other.proposal
        return joined
    }

    static func joined(_ first: String?, _ second: String?) -> String? {
        guard let first, let second else { return first ?? second }
        if first.contains(second) { return first }
        return second.contains(first) ? second : first + "\n\n" + second
    }
}
