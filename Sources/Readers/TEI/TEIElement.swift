/// The elements of TEI that a rule of the text model names; everything else is `other`, inline and shown.
///
/// The raw value is the element's name.
enum TEIElement: String, CaseIterable {
    case other = ""
    // The file and its header.
    case teiCorpus, tei = "TEI", tei2 = "TEI.2", teiHeader, standOff, facsimile, sourceDoc, xenoData
    // Units wherever they stand.
    case p, ab, head, lg, stage, speaker, note, item, cell, figDesc, castItem, entry, u
    // Frames.
    case text, group, front, body, back, div, div0, div1, div2, div3, div4, div5, div6, div7, floatingText, titlePage
    case docTitle, sp, spGrp, list, table, row, figure, castList, castGroup, set, performance, prologue, epilogue
    case listBibl, listPerson
    // Borders of words.
    case l, line, salute, signed, dateline, byline, addrLine, label, role, roleDesc, docAuthor, docDate, publisher
    case pubPlace
    // Milestones.
    case lb, pb, cb, gb, milestone, anchor, gap, space, delSpan, addSpan, damageSpan
    // Branches.
    case choice, app, rdgGrp, subst, corr, reg, expan, lem, rdg, add
    // Hidden.
    case del, restore, fw, surplus, index
    // Kinds and what hangs on the text.
    case titlePart, bibl, person, said, persName, rs, name
    // What lies outside of the text: layers and schemes.
    case annotation, listAnnotation, spanGrp, linkGrp, taxonomy, category, gloss, catDesc

    struct Traits: OptionSet {
        let rawValue: UInt16
        /// A unit wherever it stands.
        static let unit = Traits(rawValue: 1)
        /// A unit whose direct children are units.
        static let frame = Traits(rawValue: 2)
        /// A division of the work.
        static let part = Traits(rawValue: 4)
        /// White space at both borders.
        static let bordered = Traits(rawValue: 8)
        /// No unit even as the child of a frame.
        static let neverUnit = Traits(rawValue: 16)
        /// One of its children is shown.
        static let branches = Traits(rawValue: 32)
        static let hidden = Traits(rawValue: 64)
        /// `l` in it is a unit, not a line of it.
        static let standsOverLines = Traits(rawValue: 128)
        /// Breaks the line, page or column of print.
        static let breaksPrint = Traits(rawValue: 256)
        /// A point in the text.
        static let milestone = Traits(rawValue: 512)
    }

    /// What the rules need to know at each tag; looked up once a name.
    var traits: Traits {
        switch self {
        case .p, .ab, .head, .lg, .stage, .speaker, .note, .item, .cell, .figDesc, .castItem, .entry, .u: [.unit]
        case .div, .div0, .div1, .div2, .div3, .div4, .div5, .div6, .div7:
            [.unit, .frame, .part, .standsOverLines]
        case .body, .front, .back, .text, .group, .floatingText: [.unit, .frame, .standsOverLines]
        case .teiCorpus, .tei, .tei2, .titlePage, .docTitle, .sp, .spGrp, .list, .table, .row, .figure, .castList,
            .castGroup, .set, .performance, .prologue, .epilogue, .listBibl, .listPerson:
            [.unit, .frame]
        case .l: [.bordered, .neverUnit]
        case .line, .salute, .signed, .dateline, .byline, .addrLine, .label, .role, .roleDesc, .docAuthor, .docDate,
            .publisher, .pubPlace:
            [.bordered]
        case .lb, .pb, .cb, .gb: [.neverUnit, .milestone, .breaksPrint]
        case .milestone, .anchor, .gap, .space, .delSpan, .addSpan, .damageSpan: [.neverUnit, .milestone]
        case .choice, .app, .subst: [.neverUnit, .branches]
        case .rdgGrp: [.branches]
        case .fw, .surplus, .index, .teiHeader, .standOff, .facsimile, .xenoData: [.hidden]
        default: []
        }
    }

    /// Elements that are inline and shown as they stand, which is what happens to every element without a rule:
    /// listed so that a survey can tell them from those that nobody has thought of.
    static let inlineNames: Set<String> = Set(
        """
        abbr am c choice cit cl closer corr damage date desc distinct docEdition docImprint emph ex expan foreign
        forename formula g geogName gloss graphic handShift hi imprimatur lang m measure mentioned mod nameLink num
        opener orgName orig pc phr placeName postscript ptr q quote redo ref reg retrace roleName s seg sic soCalled
        supplied surname term time title trailer transpose unclear undo w argument epigraph rdg lem wit caption move
        sound view tech witDetail stamp signature settlement region country district bloc addName genName persona
        """.split { $0 == " " || $0 == "\n" }.map(String.init))
}
