import Foundation
import Readers
import TestSupport
import Testing
import TextModel
import Writers

@Suite struct ChartTests {
    private static let strings = SheetStrings(language: "en")

    private static func chart(_ kind: ChartKind, isPage: Bool = false) -> Chart {
        var selection = Fixture.selection()
        // A tie in each direction, and a relation that an annotation names.
        selection.works[0].annotations[3].annotation.about = [.dyad("max", "jane")]
        selection.works[0].annotations[4].annotation.about = [.relation("r1")]
        if kind == .compare { selection.concepts = ["impaired-bonding"] }
        return ChartBuilder(selection, strings: strings, isPage: isPage).build(kind)
    }

    private static func shipped(_ kind: ChartKind) throws -> Chart {
        ChartBuilder(try ShippedCorpus.selection(), strings: strings).build(kind)
    }

    private static func tree(_ svg: String) throws -> XMLTree {
        let (tree, diagnostics) = XMLTree.read(Array(svg.utf8), file: "chart.svg")
        #expect(diagnostics.isEmpty)
        return try #require(tree)
    }

    @Test(arguments: ChartKind.allCases) func `golden file`(kind: ChartKind) {
        expectGolden(Self.chart(kind).svg, "chart-\(kind.rawValue).svg")
    }

    // MARK: - What every picture has

    @Test(arguments: ChartKind.allCases)
    func `a picture is well-formed, has words for those who do not see it, and fetches nothing`(
        kind: ChartKind
    ) throws {
        for chart in [Self.chart(kind), try Self.shipped(kind)] {
            let svg = chart.svg
            let root = try Self.tree(svg).root
            #expect(root.name == "svg")
            #expect(root["role"] == "img")
            #expect(root["aria-labelledby"] == "chart-title chart-desc")
            let title = try #require(root.first("title"))
            let description = try #require(root.first("desc"))
            #expect(title["id"] == "chart-title" && description["id"] == "chart-desc")
            #expect(!chart.figures.isEmpty)
            for figure in chart.figures {
                #expect(figure.title.count > 5)
                #expect(figure.description.count > 20)
                #expect(figure.tables.contains { !$0.rows.isEmpty })
                for table in figure.tables {
                    for row in table.rows { #expect(row.cells.count == table.columns.count) }
                }
            }
            for outside in ["href=\"http", "url(", "@import", "<image", "<script", "<foreignObject"] {
                #expect(!svg.contains(outside))
            }
            #expect(svg.contains("font-family:sans-serif"))
            #expect(svg.contains("prefers-color-scheme:dark"))
            // A label that is missing shows its key, a place that is not filled its braces.
            #expect(!svg.contains("chart.") && !svg.replacing(/<style>[^<]*<\/style>/, with: "").contains("{"))
        }
    }

    @Test(arguments: ChartKind.allCases) func `the same selection gives the same picture`(kind: ChartKind) throws {
        #expect(try Self.shipped(kind).svg == Self.shipped(kind).svg)
    }

    @Test(arguments: ChartKind.allCases) func `on a page marks lead to rows, and ids are unique`(kind: ChartKind) throws
    {
        let writer = try SheetWriter(language: "en")
        let (file, chart) = writer.chart(kind, of: Fixture.selection(), format: .html)
        #expect(file.name == kind.rawValue + ".html")
        let page = HTMLPage(
            file.text.replacing("/>", with: "></br>").replacing(/<(rect|path|line|circle)( [^>]*)><\/br>/) {
                "<\($0.1)\($0.2)></\($0.1)>"
            })
        #expect(page.faults == [])
        #expect(Set(page.ids).count == page.ids.count)
        let marks = page.links.filter { $0.hasPrefix("#f") }
        for link in marks { #expect(page.ids.contains(String(link.dropFirst())), "\(link) leads nowhere") }
        if kind != .coOccurrence { #expect(!marks.isEmpty) }
        #expect(file.text.contains("<caption>"))
        #expect(file.text.contains("They measure nobody"))
        #expect(chart.figures.count == page.elements.filter { $0 == "figure" }.count)
    }

    @Test func `colours of the shipped scheme can be read on light and on dark ground`() throws {
        let style = try Self.shipped(.coOccurrence).svg
        let halves = style.split(separator: "@media screen", maxSplits: 1)
        for (half, ground) in zip(halves, ["#fffefb", "#1b1917"]) {
            let rules = half.matches(of: /\.cb \.k[0-9x]+\{color:(#[0-9a-f]{6})\}/)
            #expect(rules.count > 20)
            for rule in rules {
                let contrast = PageTests.contrast(String(rule.1), ground)
                #expect(contrast >= 4.5, "\(rule.1) on \(ground)")
            }
        }
        // The numbers of the heat map on its steps.
        for half in halves {
            for rule in half.matches(
                of: /\.q(\d)\{fill:(#[0-9a-f]{6})\}\n\.cb text\.on\d,\.cb \.i\d\{fill:(#[0-9a-f]{6})\}/)
            {
                #expect(PageTests.contrast(String(rule.2), String(rule.3)) >= 4.5, "step \(rule.1)")
            }
        }
    }

    // MARK: - Each kind

    @Test func `signs of a lane stand on their side of the line and never on each other`() throws {
        for figure in try Self.shipped(.distribution).figures + Self.shipped(.compare).figures {
            // Each sign has a square around it that the mouse meets, 12 pixels wide.
            let squares = figure.svgShapes("rect").filter { $0["class"] == "hit" }
            #expect(!squares.isEmpty)
            let places = squares.compactMap { square -> (Double, Double)? in
                guard let x = square["x"].flatMap(Double.init), let y = square["y"].flatMap(Double.init) else {
                    return nil
                }
                return (x, y)
            }
            for (index, one) in places.enumerated() {
                for other in places[(index + 1)...] {
                    let apart = max(abs(one.0 - other.0), abs(one.1 - other.1))
                    #expect(apart >= 8, "two signs at \(one) and \(other) in \(figure.title)")
                }
            }
        }
    }

    @Test func `association is given only where five are expected`() throws {
        let chart = try Self.shipped(.coOccurrence)
        let rows = try #require(chart.figures.first?.tables.first?.rows)
        #expect(rows.count > 50)
        for row in rows {
            let expected = try #require(Double(row.cells[5]))
            if expected < 5 { #expect(row.cells[6] == "withheld" && row.cells[7] == "withheld") }
        }
        #expect(rows.contains { $0.cells[6] == "withheld" })
    }

    @Test func `two persons are drawn phase by phase, and what is not told stays empty`() throws {
        var selection = try ShippedCorpus.selection()
        selection.works = selection.works.filter { $0.document.path.hasSuffix("love-story.xml") }
        let chart = ChartBuilder(selection, strings: Self.strings).build(.trajectory)
        let figure = try #require(chart.figures.first { $0.title.hasPrefix("Jane and Max") })
        let texts = figure.svgShapes("text").map(\.text)
        for words in ["Jane towards Max", "Max towards Jane", "Said of Jane only", "3 Postpartum", "2 The birth"] {
            #expect(texts.contains(words), "\(words)")
        }
        #expect(texts.filter { $0 == "nothing said" }.count == 2)
        // Part 2 of the case speaks of people in general: none of it is evidence about the two.
        let places = try #require(figure.tables.first?.rows.map { $0.cells[0] })
        #expect(places.count == 9)
        #expect(places.allSatisfy { $0.hasPrefix("pt.\u{A0}1") })
    }

    @Test func `an empty selection gives an empty picture that says so`() throws {
        for kind in ChartKind.allCases {
            let selection = TeachingSelection(scheme: Fixture.scheme, works: [], date: "2026-03-07", program: "0")
            let chart = ChartBuilder(selection, strings: Self.strings).build(kind)
            #expect(chart.figures.isEmpty)
            #expect(chart.svg.contains("Nothing was found to draw."))
            #expect(try Self.tree(chart.svg).root.name == "svg")
        }
    }

    @Test func `names and quotes are escaped, restricted words are not quoted`() throws {
        var selection = Fixture.selection()
        selection.works[0].document.work.persons[0].names = ["J<a>ne & \"co\""]
        selection.works[0].document.work.title = "A < B"
        for kind in ChartKind.allCases {
            let svg = ChartBuilder(selection, strings: Self.strings).build(kind).svg
            _ = try Self.tree(svg)
            #expect(!svg.contains("<a>ne"))
            // The page is a restricted work.
            #expect(!svg.contains("Most do in time"))
        }
        let table = ChartBuilder(selection, strings: Self.strings).build(.distribution).figures[1].tables[0]
        #expect(table.rows.allSatisfy { $0.cells[1].hasPrefix("(") })
    }

    @Test func `a sheet can take in the graph and the trajectory`() throws {
        let builder = ChartBuilder(
            Fixture.selection(), strings: Self.strings, isPage: true, link: { "#m\($0)-\($1)" })
        let graph = try #require(builder.relationGraph(of: 0, id: "case1-people"))
        let root = try Self.tree(graph.svg).root
        #expect(root["aria-labelledby"] == "case1-people-title case1-people-desc")
        #expect(!graph.svg.contains("class=\"h1\"") && !graph.svg.contains("class=\"ground\""))
        let line = try #require(builder.trajectories(of: 0, id: "case1-line").first)
        #expect(line.title == "Jane and Max in “The Door”")
        #expect(line.svg.contains("href=\"#m0-"))
        #expect(try Self.tree(line.svg).root["role"] == "group")
        #expect(builder.relationGraph(of: 1, id: "x") == nil)
        #expect(builder.trajectories(of: 9, id: "x").isEmpty)
    }
}

extension ChartFigure {
    /// Elements of a name, at any depth.
    func svgShapes(_ name: String) -> [SVGShape] {
        return SVGShape.all(name, in: shapes)
    }
}

/// As much of an SVG element as the tests look at.
struct SVGShape {
    var attributes: [String: String]
    var text: String

    subscript(name: String) -> String? { attributes[name] }

    static func all(_ name: String, in svg: String) -> [SVGShape] {
        var shapes: [SVGShape] = []
        var rest = svg[...]
        while let start = rest.firstRange(of: "<\(name) ") {
            guard let end = rest[start.upperBound...].firstIndex(of: ">") else { break }
            let tag = rest[start.upperBound..<end]
            rest = rest[rest.index(after: end)...]
            var attributes: [String: String] = [:]
            for match in tag.matches(of: /([a-z0-9-]+)="([^"]*)"/) { attributes[String(match.1)] = String(match.2) }
            let text = tag.hasSuffix("/") ? "" : String(rest.prefix { $0 != "<" })
            shapes.append(SVGShape(attributes: attributes, text: text))
        }
        return shapes
    }
}
