package import TextModel

/// A sheet that a selection can be made into.
package enum SheetKind: String, Sendable, CaseIterable {
    case conceptIndex = "concept-index"
    case handout, worksheet, key
    case caseSheet = "case-sheet"
    case lessonPlan = "lesson-plan"
    case slides, flashcards, quiz
    case conceptCard = "concept-card"

    package var formats: [SheetFormat] {
        switch self {
        case .conceptIndex: SheetFormat.pages + SheetFormat.publications + [.tei]
        case .flashcards: SheetFormat.pages + SheetFormat.publications + [.tsv, .csv]
        case .quiz: SheetFormat.pages + SheetFormat.publications + [.moodle, .gift, .qti]
        case .slides: SheetFormat.pages + SheetFormat.publications + [.pptx]
        default: SheetFormat.pages + SheetFormat.publications
        }
    }

    /// Sheets that come in variants, each in another order.
    package var hasVariants: Bool { self == .worksheet || self == .key }
}

/// A form in which a sheet is written.
package enum SheetFormat: String, Sendable, CaseIterable {
    case html
    case markdown = "md"
    case json
    /// Flashcards for Anki and for spreadsheets.
    case tsv, csv
    /// Questions for Moodle, in its XML.
    case moodle = "xml"
    /// Questions in GIFT.
    case gift
    /// Questions as a package of QTI 2.1.
    case qti = "zip"
    /// A concept index as a TEI document.
    case tei
    /// For paper: tagged, with bookmarks.
    case pdf
    /// For word processors.
    case docx, odt
    /// For readers of books, and slides for those who show them.
    case epub, pptx

    /// By the name that its users know as well: `moodle`, `qti`, `anki`, `markdown`.
    package init?(name: String) {
        let others: [String: SheetFormat] = ["markdown": .markdown, "moodle": .moodle, "qti": .qti, "anki": .tsv]
        guard let format = SheetFormat(rawValue: name) ?? others[name] else { return nil }
        self = format
    }

    /// The forms that every sheet has.
    package static let pages: [SheetFormat] = [.html, .markdown, .json]

    /// The forms that another program makes of a sheet's page.
    package static let publications: [SheetFormat] = [.pdf, .docx, .odt, .epub]

    /// Is it made of the HTML page by another program.
    package var isPublication: Bool { self == .pptx || Self.publications.contains(self) }
}

/// Paper that a page is laid out for; `auto` leaves it to the printer.
package enum Paper: String, Sendable, CaseIterable {
    case auto, a4 = "A4", letter

    /// As `@page` has it.
    var sheetValue: SheetValue { self == .auto ? .null : .string(rawValue) }
}

/// How much a handout holds.
package enum Preset: String, Sendable, CaseIterable {
    /// For one class: four pages; what needs more room stands on cards and slides.
    case seminar
    /// Everything.
    case reader

    /// Parts that the preset leaves out.
    var hidden: Set<SheetPart> {
        switch self {
        case .seminar: [.glossary, .index, .tools, .comments, .relations, .charts]
        case .reader: []
        }
    }

    /// What fits four pages and one class.
    package var passageLimit: Int? { self == .seminar ? 8 : nil }
    package var wordLimit: Int? { self == .seminar ? 1500 : nil }
    package var pageLimit: Int? { self == .seminar ? 4 : nil }

    /// Of a handout that has come out longer than the preset wants it.
    package func warnings(ofPages count: Int?) -> [Diagnostic] {
        guard let limit = pageLimit, let count, count > limit else { return [] }
        return [
            Diagnostic(
                "seminar-limit", .warning, file: SheetKind.handout.rawValue,
                "\(count) pages are more than the \(limit) that one class gets",
                advice: "Choose fewer passages, hide parts (`hide: [evidence]`), or take the preset `reader`.")
        ]
    }
}

/// Parts of a handout that can be left out.
package enum SheetPart: String, Sendable, CaseIterable {
    case aims, concepts, brief, persons, relations, marks, comments, charts, evidence, unknown, discussion, tools,
        glossary, references, index
}

/// Choices for making a sheet.
package struct SheetOptions: Sendable {
    package var paper = Paper.auto
    package var preset = Preset.reader
    /// Parts left out beside those that the preset leaves out.
    package var hidden: Set<SheetPart> = []
    /// Parts of these that are shown whatever the preset says.
    package var shown: Set<SheetPart> = []
    /// False where a sheet names places and leaves blanks for words of the reader's own copy.
    package var showsQuotations = true
    /// Notes stand beneath the passage on paper too, not in the margin.
    package var notesBeneath = false
    package var worksheet = WorksheetOptions()
    package var index = ConceptIndexOptions()
    /// Pages of the places of the sheet by their anchors, once it has been set: its index then names pages instead of
    /// passages.
    package var pages: [String: Int]?
    /// Works with more persons than this show those only that an annotation is about.
    package var personLimit = 8

    package init() {}

    func shows(_ part: SheetPart) -> Bool {
        !hidden.contains(part) && (shown.contains(part) || !preset.hidden.contains(part))
    }
}
