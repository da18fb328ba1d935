package import TextModel

/// A back-of-the-book index of concepts, ready to be rendered.
package struct ConceptIndex: Sendable {
    package var title: String
    package var language: String
    /// What locators mean, the order used, layers and query: the headnote that ISO 999 asks for.
    package var headnote: [String]
    package var legend: [LegendLine]
    package var sigla: [Siglum]
    /// In order, all letters together.
    package var entries: [IndexEntry]
    /// Second index: passages in text order with their concepts.
    package var locorum: [WorkPassages]
    /// Annotations that have no place in today's text: listed, never dropped.
    /// Works whose text is not at hand.
    package var absent: [AbsentWork] = []
    package var unplaced: [UnplacedAnnotation]
    /// "Cite this sheet".
    package var citation: String
    package var date: String
    package var statement: String?

    package struct LegendLine: Sendable, Equatable {
        package var sign: String
        package var meaning: String
        package var isPrincipal: Bool
    }

    package struct Siglum: Sendable, Equatable {
        package var siglum: String
        package var citation: WorkCitation
        /// "Invented for teaching; no real person."
        package var note: String?
    }

    package struct WorkPassages: Sendable, Equatable {
        /// What the first words of all passages are of the work.
        package var quoted: QuotedWords
        package var siglum: String
        package var title: String
        package var document: String
        package var passages: [AnnotatedPassage]
    }

    package struct AnnotatedPassage: Sendable, Equatable {
        package var anchor: String
        /// As people read it.
        package var locator: String
        /// First words of the passage.
        package var incipit: String
        package var concepts: [PassageConcept]
    }

    package struct PassageConcept: Sendable, Equatable {
        package var heading: String
        /// Anchor of the concept's entry.
        package var anchor: String
        package var stance: Stance
        package var isPrincipal: Bool
    }
}

/// An entry or a sub-entry.
package struct IndexEntry: Sendable, Equatable {
    package var heading: String
    /// Where other places of the sheet point to.
    package var anchor: String
    /// Id of the concept, for programs; never printed.
    package var concept: String?
    package var locators: [WorkLocators] = []
    package var subentries: [IndexEntry] = []
    /// The only content of an entry that has it.
    package var see: [CrossReference] = []
    /// Entries under which this heading stands as a sub-entry; the only content of an entry that has it.
    package var seeUnder: [CrossReference] = []
    package var seeAlso: [CrossReference] = []
    /// Of a facet: the concepts under it.
    package var seeSpecific: [CrossReference] = []

    package init(heading: String, anchor: String, concept: String?) {
        self.heading = heading
        self.anchor = anchor
        self.concept = concept
    }

    /// Of the entry and all under it.
    package var locatorCount: Int {
        locators.reduce(0) { $0 + $1.locators.count } + subentries.reduce(0) { $0 + $1.locatorCount }
    }
}

package struct CrossReference: Sendable, Equatable {
    /// The heading that it leads to, to the letter.
    package var heading: String
    package var anchor: String

    package init(heading: String, anchor: String) {
        self.heading = heading
        self.anchor = anchor
    }
}

package struct WorkLocators: Sendable, Equatable {
    package var siglum: String
    package var locators: [IndexLocator]

    package init(siglum: String, locators: [IndexLocator]) {
        self.siglum = siglum
        self.locators = locators
    }
}

package struct IndexLocator: Sendable, Equatable {
    /// A page, a range of pages, part and paragraph, with `n2` for a note.
    package var text: String
    package var stance: Stance
    package var isPrincipal: Bool
    /// Row of the second index.
    package var anchor: String

    package init(text: String, stance: Stance, isPrincipal: Bool, anchor: String) {
        self.text = text
        self.stance = stance
        self.isPrincipal = isPrincipal
        self.anchor = anchor
    }

    /// `†` where the passage speaks against the concept, `?` where readers may differ.
    package var sign: String { stance.sign }
}

extension Stance {
    /// How sheets mark counter-evidence and open cases, so that nobody takes them for evidence.
    package var sign: String {
        switch self {
        case .supports: ""
        case .contradicts: "†"
        case .ambiguous: "?"
        }
    }
}

/// An annotation that is listed because it cannot be shown at a place.
package struct UnplacedAnnotation: Sendable, Equatable {
    package var siglum: String
    package var title: String
    package var concepts: [String]
    /// The words that it was made on, or `nil` where only a digest is kept.
    package var quote: String?
    /// Why: `fuzzy`, `ambiguous`, `orphaned`, or `unknown-concept`.
    package var reason: String
    package var layer: String
}
