package import QueryLanguage
package import TextModel
package import Writers

extension Project {
    /// What a chart is drawn from.
    package struct ChartSelection: Sendable {
        package var selection: TeachingSelection
        /// Ids of the annotations that are drawn; `nil`: all of the selection.
        package var found: Set<String>?
    }

    /// Chooses what a chart is drawn from.
    ///
    /// - Parameters:
    ///   - hits: in their order; the annotations that they name are drawn. A hit that names none, for words or whole
    ///     passages, stands for all annotations that touch its ranges, or its passage where it has no ranges. `nil`:
    ///     everything in scope.
    ///   - query: what was asked.
    ///   - layers: names of layers; empty: all.
    ///   - date: the day that is printed on a page, `2026-03-07`.
    /// - Returns: the selection, and what was wrong in the files that were read for it.
    /// - Throws: a `Diagnostic` for a scheme or a text that cannot be read.
    package func chartSelection(
        of hits: [Hit]?, query: ResolvedQuery?, layers: Set<String> = [], date: String
    ) throws -> (chart: ChartSelection, diagnostics: [Diagnostic]) {
        let (selection, diagnostics) = try selection(of: hits, query: query, layers: layers, date: date)
        guard let hits else { return (ChartSelection(selection: selection, found: nil), diagnostics) }
        var found: Set<String> = []
        // The partner of a relation was asked for as well.
        let all = hits.flatMap { [$0] + ($0.partner.map { [$0] } ?? []) }
        for hit in all { found.formUnion(hit.annotations) }
        let bare = all.filter(\.annotations.isEmpty)
        if !bare.isEmpty {
            for work in selection.works { found.formUnion(Self.touched(by: bare, in: work)) }
        }
        return (ChartSelection(selection: selection, found: found), diagnostics)
    }

    /// Ids of the annotations that touch what hits without annotations found.
    private static func touched(by hits: [Hit], in work: SelectedWork) -> [String] {
        let document = work.document
        let names = PassageIdentifiers(document)
        var places: [Int32: [ByteRange]] = [:]
        for hit in hits where hit.document == document.name {
            guard !hit.ranges.isEmpty else {
                guard let index = hit.passage.flatMap({ names.index(of: $0) }) else { continue }
                places[Int32(index), default: []].append(document.passages[index].raw)
                continue
            }
            for range in hit.ranges {
                guard let index = names.index(of: range.passage) else { continue }
                let passage = document.passages[index]
                guard let start = document.byteOffset(ofScalar: range.start, in: passage),
                    let end = document.byteOffset(ofScalar: range.end, in: passage)
                else { continue }
                places[Int32(index), default: []].append(ByteRange(start, end))
            }
        }
        return work.annotations.filter { anchored in
            anchored.pieces.contains { piece in
                places[piece.passage]?.contains { $0.start < piece.raw.end && piece.raw.start < $0.end } ?? false
            }
        }
        .map(\.qualifiedID)
    }

    /// A chart as a file, and what a reader has to know besides.
    package func chart(
        _ kind: ChartKind, of chart: ChartSelection, format: ChartFormat, language: String? = nil
    ) throws -> (file: WrittenFile, chart: Chart) {
        try sheetWriter(language: language).chart(kind, of: chart.selection, found: chart.found, format: format)
    }
}
