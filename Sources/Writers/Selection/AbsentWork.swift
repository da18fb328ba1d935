package import TextModel

/// A work whose text is not at hand: what its layers say of it can be counted, and nothing of it quoted.
package struct AbsentWork: Sendable, Equatable {
    package var title: String
    package var annotations: [AbsentAnnotation]

    package init(title: String, annotations: [AbsentAnnotation]) {
        self.title = title
        self.annotations = annotations
    }

    /// About how many words the annotations mark, as far as their digests tell: from five on in steps of five, for
    /// more nobody knows.
    package var words: Int {
        let count = annotations.reduce(0) { $0 + $1.scalars }
        let words = Int((Double(count) / Self.scalarsPerWord).rounded())
        return words < 5 ? words : (words + 2) / 5 * 5
    }

    /// With the blank after it; in English and German novels it lies between 5.4 and 6.1.
    private static let scalarsPerWord = 5.7
}

/// An annotation of which only the length of its words is known.
package struct AbsentAnnotation: Sendable, Equatable {
    /// Ids of its concepts.
    package var concepts: [String]
    /// Length of its words in scalars.
    package var scalars: Int

    package init(_ annotation: Annotation) {
        concepts = annotation.concepts.map(\.id)
        scalars = annotation.targets.reduce(0) { sum, target in
            if let exact = target.quote.exact { return sum + exact.unicodeScalars.count }
            // `sha256:HEX LENGTH`
            if let length = target.quote.digest?.split(separator: " ").last.flatMap({ Int($0) }) { return sum + length }
            guard case .range(_, _, let length) = target.pointer.place else { return sum }
            return sum + length
        }
    }
}

extension TeachingSelection {
    /// Those with annotations of the sheet's concepts, and of these the ones that count.
    var chosenAbsentWorks: [AbsentWork] {
        let chosen = chosenConcepts
        return absent.compactMap { work in
            let annotations = work.annotations.filter { !chosen.isDisjoint(with: $0.concepts) }
            return annotations.isEmpty ? nil : AbsentWork(title: work.title, annotations: annotations)
        }
    }
}
