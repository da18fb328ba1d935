import TextModel
import Writers

/// A small selection with everything that a sheet has to cope with: crossing marks, both stances, an open case, a
/// discontinuous target, pages, a work without pages, an orphan, a statement about people in general.
enum Fixture {
    static let scheme: ConceptScheme = {
        var scheme = ConceptScheme(id: "bonding", path: "Schemas/bonding.xml", title: "bonding", version: "1.0")
        func concept(
            _ id: String, _ label: String, broader: Int?, others: [String] = [], heading: String? = nil,
            related: [String] = [], definition: String
        ) -> Concept {
            var concept = Concept(id: id, broader: broader)
            concept.labels = [Label(kind: .preferred, text: label, language: "en")]
            concept.labels += others.map { Label(kind: .alternative, text: $0, language: "en") }
            if let heading { concept.labels.append(Label(kind: .indexHeading, text: heading, language: "en")) }
            concept.related = related
            concept.definition = definition
            return concept
        }
        let bond = concept("bond", "bond", broader: nil, definition: "How the tie stands.")
        var impaired = concept(
            "impaired-bonding", "impaired bonding", broader: 0, others: ["bonding difficulties"],
            heading: "bonding, impaired", related: ["neglect", "lack-of-affection"],
            definition: "The parent’s positive feeling for this child is missing or out of reach.")
        impaired.scopeNotes = [
            ScopeNote(text: "A state in a text, not a diagnosis.", confusable: nil),
            ScopeNote(text: "What is felt here, what is given there.", confusable: "lack-of-affection"),
        ]
        impaired.prompts = [
            Prompt(level: "aim", text: "Give evidence for and against."),
            Prompt(level: "notice", text: "What are the words for the baby?"),
            Prompt(level: "interpret", text: "Is the feeling absent, or only unspoken?"),
            Prompt(level: "apply", text: "Write what a nurse might say."),
        ]
        impaired.tools = [Tool(heading: "Become a reader of your baby", text: "Watch, and keep a journal.")]
        impaired.sources = [
            Source(
                text: "Taylor, A., & Glover, V. (2005). A new scale. Archives, 8(1), 45–51.", italic: ["Archives"],
                doi: "10.1007/s00737-005-0074-z", year: "2005", authors: ["Taylor, A.", "Glover, V."]),
            Source(
                text: "Brockington, I. (2001). A questionnaire. Archives, 3(4), 133–140.", italic: ["Archives"],
                doi: nil, year: "2001", authors: ["Brockington, I."]),
        ]
        let neglect = concept(
            "neglect", "child neglect", broader: 0, related: ["impaired-bonding"], definition: "Needs go unmet.")
        let affection = concept(
            "lack-of-affection", "lack of affection shown", broader: 0, others: ["coldness"],
            heading: "affection, lack of", related: ["impaired-bonding"], definition: "Warmth is withheld.")
        var depression = concept(
            "postpartum-depression", "postpartum depression", broader: 5, others: ["PPD"], related: [],
            definition: "Depression that begins around the child’s arrival.")
        depression.sensitive = [.suicideSelfHarm]
        let risk = concept("risk", "risk", broader: nil, definition: "What can make a bond slower to form.")
        scheme.concepts = [bond, impaired, neglect, affection, depression, risk]
        return scheme
    }()

    static let persons = [
        Person(id: "jane", names: ["Jane"], sex: .female, role: "mother"),
        Person(id: "max", names: ["Max"], sex: .male, role: "child"),
    ]

    /// Two pages; marks cross and nest.
    static func door() -> SelectedWork {
        var marked = MarkedText(
            "Corpus/door.xml", title: "The Door",
            [
                "She {a:held {b:the child:a} as one holds a parcel:b}, and {c:felt nothing at all:c}.",
                "“Take him,” she said. {d:It was a nice baby:d}, “somebody’s”, & {e:she *smiled* <at> it:e}.",
                "By spring she {f:sang to him:f} and {g:knew his cry:g} from any other.",
                "{h:She had not slept:h} since March. {i:The house could fall:i}.",
            ])
        marked.document.work.authors = ["Casebook authors"]
        marked.document.work.date = "2026"
        marked.document.work.notes = [WorkNote(type: "invented", text: "Invented for teaching; no real person.")]
        marked.document.work.abstract = "A mother waits for a feeling."
        marked.document.work.persons = persons
        marked.document.work.relations = [
            Relation(id: "r1", name: "parent_of", active: ["jane"], passive: ["max"], mutual: [])
        ]
        let second = marked.document.passages[2].raw.start
        marked.document.pages = [
            PageBreak(raw: 0, number: "27", edition: nil), PageBreak(raw: second, number: "28", edition: nil),
        ]
        let both = [Subject.dyad("jane", "max")]
        var annotations = [
            marked.annotation("a", ["impaired-bonding"], about: both, basis: .shown, comment: "Hands, see neglect."),
            marked.annotation("b", ["lack-of-affection"], about: both, basis: .shown),
            marked.annotation(
                "c", ["impaired-bonding"], about: both, basis: .told, comment: "Not lack-of-affection: see p1.",
                isPrincipal: true),
            marked.annotation("d", ["impaired-bonding"], about: both, stance: .ambiguous, basis: .told),
            marked.annotation("e", ["lack-of-affection"], about: both, stance: .contradicts, basis: .shown),
            marked.annotation("f", ["impaired-bonding"], about: both, stance: .contradicts, basis: .shown),
            marked.annotation("g", ["impaired-bonding"], about: both, stance: .contradicts, basis: .shown),
            marked.annotation("hi", ["postpartum-depression"], about: [.person("jane")], basis: .told),
        ]
        var orphan = Annotation(id: "a-gone", targets: [])
        orphan.concepts = [ConceptReference(id: "neglect", scheme: "", version: nil)]
        orphan.targets = [
            Target(pointer: Pointer(file: "door.xml", place: .whole), quote: Quote(exact: "nobody fed him"))
        ]
        annotations.append(
            AnchoredAnnotation(
                annotation: orphan, layerFile: "Corpus/door.ana.xml", layer: "ana", verdict: .orphaned, pieces: []))
        return SelectedWork(document: marked.document, annotations: annotations, passages: [0, 1, 2, 3])
    }

    /// No pages, no persons: what is said of people in general.
    static func page() -> SelectedWork {
        var marked = MarkedText(
            "Corpus/page.xml", title: "About bonding",
            ["{a:A bond may come late.:a}", "{b:Some feel nothing at first.:b} {c:Most do in time.:c}"])
        marked.document.work.availability = .restricted
        return SelectedWork(
            document: marked.document,
            annotations: [
                marked.annotation("a", ["impaired-bonding"], about: [], basis: .told),
                marked.annotation("b", ["impaired-bonding"], about: [], basis: .told),
                marked.annotation("c", ["impaired-bonding"], about: [], stance: .contradicts, basis: .told),
            ],
            passages: [1])
    }

    static func selection() -> TeachingSelection {
        var selection = TeachingSelection(
            scheme: scheme, works: [door(), page()], date: "2026-03-07", program: "0.1.0")
        selection.layers = ["ana"]
        return selection
    }

    static func handoutSelection() -> TeachingSelection {
        var selection = selection()
        selection.concepts = ["impaired-bonding"]
        selection.query = "impaired-bonding"
        return selection
    }
}

/// Paragraphs with annotated words between `{a:` and `:a}`; marks may cross.
struct MarkedText {
    var document: Document
    private var ranges: [Character: AnchoredPiece] = [:]

    init(_ path: String, title: String, _ paragraphs: [String], kind: PassageKind = .text) {
        var texts: [String] = []
        var found: [Character: (passage: Int, start: Int, end: Int)] = [:]
        for (index, paragraph) in paragraphs.enumerated() {
            var text = ""
            var rest = Substring(paragraph)
            while let character = rest.first {
                let next = rest.dropFirst().first
                let third = rest.dropFirst(2).first
                if character == "{", third == ":", let key = next {
                    found[key] = (index, text.utf8.count, 0)
                    rest = rest.dropFirst(3)
                } else if character == ":", third == "}", let key = next {
                    found[key]?.end = text.utf8.count
                    rest = rest.dropFirst(3)
                } else {
                    text.append(character)
                    rest = rest.dropFirst()
                }
            }
            texts.append(text)
        }
        document = Document(path: path)
        document.work.title = title
        document.languages = ["en"]
        document.elementNames = ["p"]
        for (index, text) in texts.enumerated() {
            let raw = ByteRange(document.raw.count, document.raw.count + text.utf8.count)
            let reading = ByteRange(document.reading.count, document.reading.count + text.utf8.count)
            let slot = Int32(index)
            document.elements.append(
                ElementRecord(parent: -1, name: 0, position: slot + 1, id: "p\(index + 1)", raw: raw))
            document.ownPieces.append(raw)
            document.runs.append(ReadingRun(reading: reading.start, raw: raw.start, isCopied: true))
            document.passages.append(
                Passage(
                    element: slot, kind: kind, language: 0, part: -1, paragraph: slot + 1, enclosing: -1, raw: raw,
                    own: slot..<slot + 1, reading: reading, runs: slot..<slot + 1))
            document.raw += Array(text.utf8) + [UInt8(ascii: "\n")]
            document.reading += Array(text.utf8)
        }
        for (key, place) in found {
            let start = Int(document.passages[place.passage].raw.start)
            ranges[key] = AnchoredPiece(
                passage: Int32(place.passage), raw: ByteRange(start + place.start, start + place.end))
        }
    }

    /// `keys` with several letters make a discontinuous target.
    func annotation(
        _ keys: String, _ concepts: [String], about: [Subject], stance: Stance = .supports, basis: Basis,
        comment: String? = nil, isPrincipal: Bool = false, verdict: AnchorVerdict = .exact
    ) -> AnchoredAnnotation {
        var annotation = Annotation(id: "a-" + keys, targets: [])
        annotation.concepts = concepts.map { ConceptReference(id: $0, scheme: "", version: nil) }
        annotation.about = about
        annotation.stance = stance
        annotation.basis = basis
        annotation.comment = comment
        annotation.isPrincipal = isPrincipal
        annotation.creator = "ana"
        annotation.created = "2026-03-01T10:00:00Z"
        return AnchoredAnnotation(
            annotation: annotation, layerFile: document.path.dropLast(4) + ".ana.xml", layer: "ana", verdict: verdict,
            pieces: keys.compactMap { ranges[$0] })
    }
}
