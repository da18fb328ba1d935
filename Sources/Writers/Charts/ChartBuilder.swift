import Analysis
import TextModel

/// Draws charts of a selection.
///
/// What is drawn are annotations that have a place in today's text. What several annotators say alike of the same
/// words is drawn once.
package struct ChartBuilder {
    let selection: TeachingSelection
    let strings: SheetStrings
    let palette: ChartPalette
    let works: [ChartWork]
    /// Where a mark leads: from a work and the index of one of its annotations to a link.
    let link: ((_ work: Int, _ annotation: Int) -> String?)?
    /// The pictures stand on a page that has their titles and their tables.
    let isPage: Bool

    /// - Parameters:
    ///   - selection: works with all their annotations; the concepts that it names are those that are drawn.
    ///   - found: ids of the annotations that are drawn (`LAYERFILE#XMLID`); `nil`: all of the selection.
    ///   - strings: labels.
    ///   - isPage: the pictures stand on a page that has their titles; marks lead to the rows of the tables beside.
    ///   - link: where marks lead in place of the tables' rows.
    package init(
        _ selection: TeachingSelection, found: Set<String>? = nil, strings: SheetStrings, isPage: Bool = false,
        link: ((_ work: Int, _ annotation: Int) -> String?)? = nil
    ) {
        self.selection = selection
        self.strings = strings
        self.link = link
        self.isPage = isPage
        palette = ChartPalette(selection.scheme)
        let concepts = selection.concepts.isEmpty ? nil : selection.chosenConcepts
        works = selection.works.enumerated().map { index, work in
            ChartWork(work, index: index, strings: strings, found: found, concepts: concepts)
        }
    }

    package func build(_ kind: ChartKind) -> Chart {
        var chart = Chart(kind: kind, title: "", subtitle: subtitle, figures: [], notes: [], palette: palette)
        switch kind {
        case .distribution: addDistribution(to: &chart)
        case .coOccurrence: addCoOccurrence(to: &chart)
        case .relations: addRelations(to: &chart)
        case .trajectory: addTrajectories(to: &chart)
        case .compare: addComparison(to: &chart)
        }
        if chart.title.isEmpty { chart.title = chart.figures.first?.title ?? strings("chart.kind.\(kind.rawValue)") }
        if chart.figures.isEmpty { chart.subtitle = strings("chart.nothing") }
        let unplaced = selection.unplaced(strings: strings, sigla: selection.sigla(strings: strings))
        if !unplaced.isEmpty { chart.notes.append(strings.counted("chart.unplaced", unplaced.count)) }
        return chart
    }

    // MARK: - Words

    /// "query: who:jane · layer instructor".
    private var subtitle: String {
        var items: [String] = []
        if let query = selection.query { items.append(strings("sheet.query", ["query": query])) }
        if !selection.layers.isEmpty {
            items.append(
                strings.counted("sheet.layers", selection.layers.count, ["layers": strings.list(selection.layers)]))
        }
        return items.joined(separator: " · ")
    }

    func label(of concept: String) -> String {
        selection.scheme[concept]?.preferredLabel(in: strings.language) ?? concept
    }

    /// With a capital, for the beginning of a title.
    func sentence(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

    /// "8 for, 3 against, 1 on which readers may differ".
    func words(_ counts: StanceCounts) -> String {
        let parts = Stance.allCases.filter { counts[$0] > 0 }
            .map { strings.counted("chart.count.\($0.rawValue)", counts[$0]) }
        return parts.isEmpty ? strings("chart.count.none") : parts.joined(separator: ", ")
    }

    /// What a mark says when the mouse rests on it.
    func title(of evidence: Evidence) -> String {
        let work = works[evidence.work]
        var parts = [label(of: evidence.concept), strings("stance.\(evidence.stance.rawValue)")]
        if let about = work.about(evidence, strings: strings) { parts.append(about) }
        parts.append(work.locator(evidence))
        if let quote = work.quote(evidence) { parts.append("“" + Self.shortened(quote) + "”") }
        return parts.joined(separator: " · ")
    }

    /// The first words: a picture points to a passage and does not replace it.
    private static func shortened(_ quote: String) -> String {
        let limit = 16
        let words = quote.split(separator: " ")
        return words.count <= limit ? quote : words.prefix(limit).joined(separator: " ") + " …"
    }

    /// Concepts in the scheme's order; unknown ones last.
    func inSchemeOrder(_ concepts: some Sequence<String>) -> [String] {
        Set(concepts).sorted { left, right in
            (selection.scheme.index(of: left) ?? .max, left) < (selection.scheme.index(of: right) ?? .max, right)
        }
    }

    // MARK: - Table

    /// A row for each piece of evidence, in the order of the works and their texts.
    func evidenceTable(_ evidence: [Evidence], figure: String, showsWork: Bool) -> ChartTable {
        var columns = [
            ChartTable.Column(heading: strings("chart.table.place")),
            ChartTable.Column(heading: strings("chart.table.words")),
            ChartTable.Column(heading: strings("chart.table.concept")),
            ChartTable.Column(heading: strings("chart.table.stance")),
            ChartTable.Column(heading: strings("chart.table.about")),
        ]
        if showsWork { columns.insert(ChartTable.Column(heading: strings("chart.table.work")), at: 0) }
        let rows = evidence.enumerated().map { index, piece -> ChartTable.Row in
            let work = works[piece.work]
            let own = [
                Self.unbroken(work.locator(piece)),
                work.quote(piece).map { "“" + $0 + "”" } ?? strings("chart.table.restricted"),
                label(of: piece.concept), strings("stance.\(piece.stance.rawValue)"),
                work.about(piece, strings: strings) ?? strings("chart.table.general"),
            ]
            return ChartTable.Row(
                anchor: Self.anchor(figure, index), cells: showsWork ? [work.title] + own : own)
        }
        return ChartTable(caption: strings("chart.table.evidence"), columns: columns, rows: rows)
    }

    /// Where the mark of a piece of evidence leads.
    func link(_ piece: Evidence, index: Int, figure: String) -> String? {
        if let link { return link(piece.work, piece.annotation) }
        return isPage ? "#" + Self.anchor(figure, index) : nil
    }

    /// A locator whose numbers stay with their signs at the end of a line.
    private static func unbroken(_ locator: String) -> String {
        locator.replacing("¶ ", with: "¶\u{A0}").replacing(". ", with: ".\u{A0}").replacing(
            "phase ", with: "phase\u{A0}")
    }

    private static func anchor(_ figure: String, _ index: Int) -> String { "\(figure)-e\(index + 1)" }
}
