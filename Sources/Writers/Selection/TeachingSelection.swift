package import TextModel

/// What a sheet is made from: a scheme, works with their annotations, and the passages that were chosen.
///
/// The casebook builds one from a query or from a packet; every sheet of a family is made from the same one, so
/// that a sheet and its key cannot drift apart. It holds annotations only, never suggestions.
package struct TeachingSelection: Sendable {
    package var scheme: ConceptScheme
    /// In the order in which they are to appear.
    package var works: [SelectedWork]
    /// Works in scope whose text is not at hand.
    package var absent: [AbsentWork] = []
    /// Ids of the concepts that the sheet is about, in order: those that the query names. Narrower ones are
    /// included. Empty: all concepts that occur.
    package var concepts: [String] = []
    /// Those of ``concepts`` that are meant alone, without narrower ones (`only:bond`).
    package var exactConcepts: Set<String> = []
    /// Annotations that the query matched, ``AnchoredAnnotation/qualifiedID``; an index holds these only. `nil`: all.
    package var matched: Set<String>?
    /// The query as the query language's printer writes it.
    package var query: String?
    /// What people call this selection; `nil`: the labels of its concepts.
    package var title: String?
    /// Names of the layers that the annotations come from.
    package var layers: [String] = []
    package var audience = Audience.student
    package var moment = Moment.after
    /// The day the sheet is made, `2026-03-07`.
    package var date: String
    /// Language of the labels and of the sorting.
    package var language = "en"
    /// Version of the program.
    package var program: String
    /// Commit of the casebook where it is under git.
    package var commit: String?
    package var help = HelpFields()
    /// Words of one restricted work that may be quoted before a sheet warns; `nil`: a tenth of the work or 1000
    /// words, whichever is less.
    package var quotationLimit: Int?
    /// The chosen passages in another order than that of the works; `nil`: works one after the other.
    package var sequence: [PassagePlace]?
    package var plan = TeachingPlan()

    /// Chosen passages in the order of the sheets.
    package var places: [PassagePlace] {
        sequence
            ?? works.indices.flatMap { work in
                works[work].passages.map { PassagePlace(work: work, passage: $0) }
            }
    }

    package init(scheme: ConceptScheme, works: [SelectedWork], date: String, program: String) {
        self.scheme = scheme
        self.works = works
        self.date = date
        self.program = program
    }
}

/// A chosen passage.
package struct PassagePlace: Sendable, Hashable {
    /// Index in ``TeachingSelection/works``.
    package var work: Int
    /// Index in ``Document/passages``.
    package var passage: Int32

    package init(work: Int, passage: Int32) {
        self.work = work
        self.passage = passage
    }
}

/// A work of a selection.
package struct SelectedWork: Sendable {
    package var document: Document
    /// All annotations of the selected layers on this document, those without a place in today's text too.
    package var annotations: [AnchoredAnnotation]
    /// Chosen passages in the order in which they are to appear; indices in ``Document/passages``.
    package var passages: [Int32]
    /// Concepts that layers which are not selected have on a passage: nothing that any annotator has found there may
    /// be a wrong answer.
    package var unselectedConcepts: [Int32: Set<String>] = [:]
    /// Abbreviation of the work; `nil`: made from its title.
    package var siglum: String?
    /// Words of this work that may be quoted before a sheet warns; `nil`: ``TeachingSelection/quotationLimit``.
    package var quotationLimit: Int?

    package init(
        document: Document, annotations: [AnchoredAnnotation], passages: [Int32] = [], siglum: String? = nil
    ) {
        self.document = document
        self.annotations = annotations
        self.passages = passages
        self.siglum = siglum
    }
}

/// Whom a sheet is for.
package enum Audience: String, Sendable, CaseIterable {
    case student, instructor, parent
}

/// When a sheet is used: a sheet with marks shows the answers, so it is for after class.
package enum Moment: String, Sendable, CaseIterable {
    case before, inClass = "in-class", after
}

/// Where to turn for help, filled in by the teacher; printed with the urgent-help statement.
package struct HelpFields: Sendable, Equatable {
    package var emergencyNumber: String?
    package var lines: [String] = []
    /// The day on which the lines were checked, `2026-03-07`.
    package var checked: String?

    package init(emergencyNumber: String? = nil, lines: [String] = [], checked: String? = nil) {
        self.emergencyNumber = emergencyNumber
        self.lines = lines
        self.checked = checked
    }

    package var isComplete: Bool { emergencyNumber != nil && (lines.isEmpty || checked != nil) }
}
