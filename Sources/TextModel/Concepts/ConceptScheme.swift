/// A concept scheme: what may be said of a passage, and what each word means.
package struct ConceptScheme: Sendable {
    /// `taxonomy/@xml:id`.
    package var id: String
    /// File it was read from, relative to the casebook.
    package var path: String
    package var title: String
    package var version: String?
    package var definition: String?
    /// In the order of the file; facets are concepts too.
    package var concepts: [Concept]
    /// The scheme's front matter: rules for annotators, statements, cautions; each division with its type.
    package var frontMatter: [SchemeDivision]

    package init(id: String, path: String, title: String, version: String?) {
        self.id = id
        self.path = path
        self.title = title
        self.version = version
        concepts = []
        frontMatter = []
    }
}

/// A division of a scheme's front matter.
package struct SchemeDivision: Sendable, Equatable {
    package var type: String
    package var head: String?
    /// Paragraphs and items in order, each with its `xml:id`, type or number where it has one.
    package var entries: [SchemeEntry]

    package init(type: String, head: String?, entries: [SchemeEntry]) {
        self.type = type
        self.head = head
        self.entries = entries
    }
}

package struct SchemeEntry: Sendable, Equatable {
    package var name: String?
    package var text: String

    package init(name: String?, text: String) {
        self.name = name
        self.text = text
    }
}

/// One concept, in the words of SKOS.
package struct Concept: Sendable, Equatable {
    package var id: String
    /// Index in ``ConceptScheme/concepts``.
    package var broader: Int?
    package var labels: [Label]
    /// Ids of related concepts (never broader or narrower).
    package var related: [String]
    package var definition: String?
    /// Scope notes; one with `confusable` is the rule that tells this concept from that one.
    package var scopeNotes: [ScopeNote]
    package var notes: [String]
    package var prompts: [Prompt]
    /// Tools for parents, each with its short heading.
    package var tools: [Tool]
    package var sources: [Source]
    /// Content tags that passages with this concept carry by default.
    package var sensitive: [ContentTag]
    /// What to use instead, where the concept is deprecated.
    package var deprecated: String?
    /// `#rrggbb`.
    package var colour: String?
    package var equivalents: [Equivalent]
    /// Where the concept stands in its file.
    package var location: SourceLocation?

    package init(id: String, broader: Int?) {
        self.id = id
        self.broader = broader
        labels = []
        related = []
        scopeNotes = []
        notes = []
        prompts = []
        tools = []
        sources = []
        sensitive = []
        equivalents = []
    }

    /// Preferred label in a language, else in English, else any, else the id.
    package func preferredLabel(in language: String = "en") -> String {
        let preferred = labels.filter { $0.kind == .preferred }
        return
            (preferred.first { $0.language == language } ?? preferred.first { $0.language == "en" }
            ?? preferred.first)?.text ?? id
    }
}

package struct Label: Sendable, Equatable {
    package enum Kind: String, Sendable {
        case preferred = "prefLabel"
        case alternative = "altLabel"
        case hidden = "hiddenLabel"
        case indexHeading
    }
    package var kind: Kind
    package var text: String
    package var language: String?

    package init(kind: Kind, text: String, language: String?) {
        self.kind = kind
        self.text = text
        self.language = language
    }
}

package struct ScopeNote: Sendable, Equatable {
    package var text: String
    /// The other member of a confusable pair.
    package var confusable: String?

    package init(text: String, confusable: String?) {
        self.text = text
        self.confusable = confusable
    }
}

package struct Prompt: Sendable, Equatable {
    /// `aim`, `notice`, `interpret`, `apply`.
    package var level: String
    package var text: String

    package init(level: String, text: String) {
        self.level = level
        self.text = text
    }
}

package struct Tool: Sendable, Equatable {
    package var heading: String?
    package var text: String

    package init(heading: String?, text: String) {
        self.heading = heading
        self.text = text
    }
}

/// A reference as it is printed, with the parts that matter apart.
package struct Source: Sendable, Equatable {
    /// The whole reference on one line, without the DOI.
    package var text: String
    /// What stands in italics: title of the journal or the book.
    package var italic: [String]
    package var doi: String?
    package var year: String?
    package var authors: [String]

    package init(text: String, italic: [String], doi: String?, year: String?, authors: [String]) {
        self.text = text
        self.italic = italic
        self.doi = doi
        self.year = year
        self.authors = authors
    }
}

package struct Equivalent: Sendable, Equatable {
    package var uri: String
    /// `exactMatch`, `closeMatch`, `broadMatch`.
    package var match: String

    package init(uri: String, match: String) {
        self.uri = uri
        self.match = match
    }
}

extension ConceptScheme {
    package func index(of id: String) -> Int? { concepts.firstIndex { $0.id == id } }

    package subscript(_ id: String) -> Concept? { concepts.first { $0.id == id } }

    /// Indices of the concepts immediately under one, in order.
    package func narrower(of index: Int) -> [Int] {
        concepts.indices.filter { concepts[$0].broader == index }
    }

    /// The concept and all under it, at any depth.
    package func closure(of index: Int) -> [Int] {
        [index] + narrower(of: index).flatMap { closure(of: $0) }
    }

    /// Concepts with nothing under them: the ones that are scored.
    package var leaves: [Int] { concepts.indices.filter { narrower(of: $0).isEmpty } }
}

extension ConceptScheme {
    /// How many concepts stand above one.
    package func depth(of index: Int) -> Int {
        concepts[index].broader.map { depth(of: $0) + 1 } ?? 0
    }

    /// Concepts with some words in a label, else in the definition or a note, and the text that holds them; labels
    /// first. Case is ignored.
    package func find(_ words: String) -> [(concept: Concept, text: String)] {
        let wanted = words.lowercased()
        var inLabels: [(concept: Concept, text: String)] = []
        var inTexts: [(concept: Concept, text: String)] = []
        for concept in concepts {
            if let label = concept.labels.first(where: { $0.text.lowercased().contains(wanted) }) {
                inLabels.append((concept, label.text))
            } else if let text =
                ([concept.definition].compactMap(\.self) + concept.scopeNotes.map(\.text) + concept.notes)
                .first(where: { $0.lowercased().contains(wanted) })
            {
                inTexts.append((concept, text))
            }
        }
        return inLabels + inTexts
    }
}
