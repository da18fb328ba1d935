import TextModel

/// A form in which a chart is written.
package enum ChartFormat: String, Sendable, CaseIterable {
    case svg, html, json, csv
}

extension Chart {
    /// A page of HTML with pictures and tables, as the tree that its JSON form shows and its template walks.
    package func sheet(_ selection: TeachingSelection, strings: SheetStrings) -> SheetValue {
        [
            "kind": "chart", "language": .string(strings.language), "title": .string(title),
            "runningTitle": .string(cssString(title)), "subtitle": .string(subtitle),
            "chart": .string(kind.rawValue),
            "figures": .array(
                figures.map { figure in
                    [
                        "id": .string(figure.id), "title": .string(figure.title),
                        // A single figure has the title of the page.
                        "heading": figures.count > 1 ? .string(figure.title) : .null,
                        "description": .string(figure.description), "svg": .string(fragment(figure)),
                        "tables": .array(figure.tables.map(\.sheetValue)),
                    ]
                }),
            "notes": .strings(notes),
            "statement": .string(
                selection.scheme.statement("concepts-statement") ?? strings("statements.concepts")),
            "citation": .string(selection.citation(strings: strings)), "date": .string(selection.date),
            "query": .text(selection.query), "layers": .strings(selection.layers),
        ]
    }

    /// The tables of all figures, one after the other, each row with the title of its figure.
    package var csv: [UInt8] {
        var writer = CSVWriter()
        for figure in figures {
            for table in figure.tables {
                writer.row(["figure"] + table.columns.map(\.heading))
                for row in table.rows { writer.row([figure.title] + row.cells) }
            }
        }
        return writer.bytes
    }
}

extension ChartTable {
    fileprivate var sheetValue: SheetValue {
        [
            "caption": .string(caption),
            "columns": .array(
                columns.map { ["heading": .string($0.heading), "isNumber": .bool($0.isNumber)] }),
            "rows": .array(
                rows.map { row in
                    [
                        "anchor": .text(row.anchor),
                        "cells": .array(
                            zip(row.cells, columns).map { text, column in
                                ["text": .string(text), "isNumber": .bool(column.isNumber)]
                            }),
                    ]
                }),
        ]
    }
}

extension SheetWriter {
    /// A chart of a selection as a file, and what a reader has to know besides (``Chart/notes``).
    ///
    /// `found` are the ids of the annotations that are drawn; `nil`: all of the selection.
    package func chart(
        _ kind: ChartKind, of selection: TeachingSelection, found: Set<String>? = nil, format: ChartFormat
    ) -> (file: WrittenFile, chart: Chart) {
        let builder = ChartBuilder(selection, found: found, strings: strings, isPage: format == .html)
        let chart = builder.build(kind)
        let name = "\(kind.rawValue).\(format.rawValue)"
        switch format {
        case .svg: return (WrittenFile(name: name, text: chart.svg), chart)
        case .csv: return (WrittenFile(name: name, bytes: chart.csv), chart)
        case .html, .json:
            var file = write(chart.sheet(selection, strings: strings), format == .html ? .html : .json)
            file.name = name
            return (file, chart)
        }
    }
}
