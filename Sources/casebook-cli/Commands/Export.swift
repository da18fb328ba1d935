import ArgumentParser
import Casebook
import QueryLanguage
import SearchIndex
import TextModel
import Writers

struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make teaching material and interchange files.",
        discussion: """
            KIND is what is made: handout (passages with their annotations, for after class), worksheet (the passages
            unmarked, with concepts to choose from), key (its answers: same numbers, lines and checksum), case-sheet
            (a form for each pair of persons: what is shown, told, inferred, and what speaks against it), lesson-plan
            (for the instructor: 50 and 90 minutes), slides, flashcards (also tsv for Anki, csv), quiz (also moodle,
            gift, qti), concept-card (a page a concept; its EXPRESSION is ids of concepts, --pairs makes the decision
            card of all confusable pairs) or concept-index (a back-of-the-book index of concepts). EXPRESSION is a
            query that chooses passages; without it all texts in scope are taken. Sheets hold annotations only, never
            suggestions.

            EXAMPLES
              casebook export concept-index -o index.html
              casebook export handout 'impaired bonding' -o handout.html
              casebook export handout 'postpartum-depression in:harmattan-letters' --format md
              casebook export worksheet 'quality-time in:salt-and-persimmon' --variant B -o sheet.html
              casebook export key 'quality-time in:salt-and-persimmon' --variant B -o key.html
              casebook export case-sheet 'in:love-story' -o case.html
              casebook export quiz 'impaired-bonding' --format moodle -o quiz.xml
              casebook export concept-card impaired-bonding lack-of-affection -o cards.html
            """)

    @Argument(help: "Which sheet.")
    var kind: SheetKind

    @Argument(help: "A query.")
    var expression: [String] = []

    @Option(
        help:
            "html, md, json, pdf, docx, odt or epub; for slides also pptx, for a concept-index tei, for flashcards tsv and csv, for a quiz moodle, gift and qti."
    )
    var format = SheetFormat.html

    @Option(help: "Annotations of this layer only; repeat for several.")
    var layer: [String] = []

    @Flag(help: "For concept-card: the decision card of all confusable pairs.")
    var pairs = false

    @Option(help: "Language of labels and sorting.")
    var language: String?

    @Option(help: "Title of the sheet; by default the concepts of the query.")
    var title: String?

    @Option(help: "auto, A4 or letter.")
    var paper = Paper.auto

    @Option(help: "seminar (for one class) or reader (everything).")
    var preset = Preset.reader

    @Option(help: "student, instructor or parent.")
    var audience = Audience.student

    @Flag(
        inversion: .prefixedNo,
        help: "Words of the texts; without them places, and blanks for words of the reader's own copy.")
    var quotations = true

    @Option(help: "Pages of this edition, where a text has pages of several: pb/@ed.")
    var edition: String?

    @Option(help: "For worksheet and key: a letter; each has its own order of passages and concepts.")
    var variant: String?

    @Option(help: "For worksheet and key: another order for the same letter.")
    var seed: UInt64?

    @Flag(help: "For concept-index: spaces count for nothing in the order.")
    var letterByLetter = false

    @Option(help: "For indexes: full (321–328) or chicago (321–28).")
    var ranges = RangeStyle.full

    @Flag(help: "For concept-index: entries for persons and pairs too, each leading to its concepts.")
    var persons = false

    @Option(help: ArgumentHelp("Printed with the urgent-help statement.", valueName: "number"))
    var emergencyNumber: String?

    @Option(help: ArgumentHelp("Printed with the urgent-help statement; repeat for several.", valueName: "text"))
    var helpLine: [String] = []

    @Option(help: ArgumentHelp("When the help lines were checked, 2026-03-07.", valueName: "date"))
    var checked: String?

    @OptionGroup var common: CommonOptions

    func run() throws {
        guard kind.formats.contains(format) else {
            let names = kind.formats.map(\.rawValue).joined(separator: ", ")
            throw CommandFailure(.usage, "no \(kind.rawValue) as \(format.rawValue): there is \(names)")
        }
        guard quotations || audience != .parent else {
            throw CommandFailure(.usage, "a sheet for parents is its words: --no-quotations leaves nothing of it")
        }
        let project = try common.project()
        if kind == .conceptCard { return try exportCards(project) }
        let index = try common.updatedIndex(of: project)
        let query =
            expression.isEmpty
            ? nil : try common.resolve(expression.joined(separator: " "), index: index, project: project)
        let reporter = Reporter(console: common.console, project: project)
        try CommandFailure.wrappingQuery {
            let hits = try query.map { try index.hits(of: $0, project.queryOptions) }
            var (selection, diagnostics) = try project.selection(
                of: hits, query: query, layers: Set(layer), date: Project.today)
            if let language { selection.language = language }
            selection.title = title
            selection.help = HelpFields(emergencyNumber: emergencyNumber, lines: helpLine, checked: checked)
            if hits == nil, kind != .conceptIndex { selection.chooseAnnotatedPassages() }
            let hasErrors = reporter.report(diagnostics.filter { $0.severity > .note })
            if selection.works.isEmpty { common.console.note("nothing found: the sheet is empty") }
            selection.audience = audience
            if let edition { reporter.report(selection.choose(edition: edition, for: kind.rawValue)) }
            let writer = try project.sheetWriter(language: selection.language)
            let material = writer.material(selection, options: options)
            let (file, warnings) = try project.sheet(kind, material, format: format, writer: writer)
            // A sheet with an error in it is not to be handed out, so it is not written.
            guard !reporter.report(warnings) else { throw CommandFailure(.problems, "") }
            let output = common.openOutput()
            output.write(file.bytes)
            try output.finish()
            if hasErrors { throw CommandFailure(.problems, "") }
        }
    }
}

extension Export {
    private var options: SheetOptions {
        var options = SheetOptions()
        options.paper = paper
        options.preset = preset
        options.showsQuotations = quotations
        options.worksheet = WorksheetOptions(seed: seed, variant: variant)
        options.index.showsIncipits = quotations
        options.index.ranges = ranges
        options.index.hasPersons = persons
        if letterByLetter { options.index.alphabetization = .letterByLetter }
        return options
    }

    private func exportCards(_ project: Project) throws {
        let scheme = try common.scheme(of: project)
        try CommandFailure.wrapping {
            let writer = try project.sheetWriter(language: language)
            let cards = ConceptCard(scheme, strings: writer.strings, paper: paper)
            var ids: [String] = []
            for name in expression {
                guard let concept = scheme[name] ?? scheme.concept(labelled: name) else {
                    let near = nearestNames(to: name, among: scheme.concepts.map(\.id)).first
                    throw CommandFailure(
                        .notFound, "no concept “\(name)”" + (near.map { "\n  Did you mean “\($0)”?" } ?? ""))
                }
                ids.append(concept.id)
            }
            if ids.isEmpty { ids = scheme.leaves.map { scheme.concepts[$0].id } }
            let sheet =
                pairs
                ? cards.decisionCard(program: Project.version, date: Project.today)
                : cards.sheet(ids, program: Project.version, date: Project.today)
            let page = writer.write(sheet, format)
            let file =
                format.isPublication
                ? try Publisher(date: Project.today, strings: writer.strings).publish(page, as: format) : page
            let output = common.openOutput()
            output.write(file.bytes)
            try output.finish()
        }
    }
}

extension SheetFormat: ExpressibleByArgument {
    public init?(argument: String) { self.init(name: argument) }
}

extension Paper: ExpressibleByArgument {}
extension Preset: ExpressibleByArgument {}
extension Audience: ExpressibleByArgument {}
extension RangeStyle: ExpressibleByArgument {}
extension SheetKind: ExpressibleByArgument {}
