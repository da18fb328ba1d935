package import TextModel

/// What a query found: a passage, a range in it, or with `--unit document` a document.
///
/// The properties are the keys of `query --format jsonl`; what is missing there as null is `nil` here.
package struct Hit: Sendable, Equatable {
    /// Path of the document from the casebook, with its fragment inside a corpus.
    package var document: String
    package var title: String
    /// Id of the passage: its `xml:id`, else `p.N`. Never shown to people.
    package var passage: String?
    package var kind: PassageKind?
    /// Of the range, not of the passage.
    package var locator: Locator?
    /// The smallest range around what matched: Unicode scalars of the passage's raw stream, half-open.
    package var start: Int?
    package var end: Int?
    /// What matched, in document order; pieces may lie in other passages than ``passage``.
    package var ranges: [HitRange]
    /// The whole passage, raw.
    package var text: String?
    /// The whole passage as people read it.
    package var display: String?
    /// What matched, in ``display``: UTF-8 offsets, in order, not overlapping. Not a key of the output.
    package var marks: [Range<Int>]
    /// Ids, of the annotations that matched.
    package var concepts: [String]
    /// `LAYERFILE#XMLID`
    package var annotations: [String]
    package var layers: [String]
    /// As `--about` takes them: `jane`, `jane>max`, a relation's id, with `work/` before where two works have it.
    package var about: [String]
    /// Of the first annotation; `nil` for words.
    package var stance: Stance?
    package var basis: Basis?
    package var anchor: AnchorVerdict?
    /// Each of ``annotations`` for itself. Not a key of the output.
    package var details: [HitAnnotation] = []
    /// The other side of a relation. At most one: a hit cannot hold a hit otherwise.
    private var others: [Hit]

    package init(
        document: String, title: String, passage: String? = nil, kind: PassageKind? = nil, locator: Locator? = nil,
        start: Int? = nil, end: Int? = nil, ranges: [HitRange] = [], text: String? = nil, display: String? = nil,
        marks: [Range<Int>] = [], concepts: [String] = [], annotations: [String] = [], layers: [String] = [],
        about: [String] = [], stance: Stance? = nil, basis: Basis? = nil, anchor: AnchorVerdict? = nil,
        partner: Hit? = nil
    ) {
        self.document = document
        self.title = title
        self.passage = passage
        self.kind = kind
        self.locator = locator
        self.start = start
        self.end = end
        self.ranges = ranges
        self.text = text
        self.display = display
        self.marks = marks
        self.concepts = concepts
        self.annotations = annotations
        self.layers = layers
        self.about = about
        self.stance = stance
        self.basis = basis
        self.anchor = anchor
        others = partner.map { [$0] } ?? []
    }

    /// The first layer.
    package var layer: String? { layers.first }

    /// For relations: the nearest range on the other side.
    package var partner: Hit? {
        get { others.first }
        set { others = newValue.map { [$0] } ?? [] }
    }
}
