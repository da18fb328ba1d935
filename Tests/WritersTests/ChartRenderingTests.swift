import Foundation
import TestSupport
import Testing
import TextModel
import Writers

/// Pictures as a renderer sees them, and graphs of people that nobody drew by hand.
@Suite struct ChartRenderingTests {
    private static let strings = SheetStrings(language: "en")

    /// librsvg's renderer; `nil` where it is not installed.
    private static let renderer: URL? = executable("rsvg-convert").map { URL(fileURLWithPath: $0) }

    @Test(.enabled(if: renderer != nil, "rsvg-convert is not installed"), arguments: ChartKind.allCases)
    func `a renderer draws something`(kind: ChartKind) throws {
        var selection = try ShippedCorpus.selection()
        selection.works = selection.works.filter { $0.document.path.hasSuffix("love-story.xml") }
        let svg = ChartBuilder(selection, strings: Self.strings).build(kind).svg
        // The same picture with everything but the ground taken out.
        let ground = try #require(svg.firstRange(of: /<rect class="ground"[^>]*\/>/))
        let blank = svg[..<ground.upperBound] + "</svg>"
        let drawn = try Self.render(svg)
        let empty = try Self.render(String(blank))
        // A ground alone packs into next to nothing.
        #expect(drawn.count > 4 * empty.count, "\(drawn.count) bytes, blank \(empty.count)")
    }

    private static func render(_ svg: String) throws -> Data {
        try withTemporaryFolder { folder in
            let input = folder.appendingPathComponent("chart.svg")
            let output = folder.appendingPathComponent("chart.png")
            try Data(svg.utf8).write(to: input)
            let process = Process()
            process.executableURL = renderer
            process.arguments = [input.path, "-o", output.path]
            let errors = Pipe()
            process.standardError = errors
            try process.run()
            let said = errors.fileHandleForReading.readDataToEndOfFile()
            process.waitUntilExit()
            #expect(process.terminationStatus == 0, "\(String(decoding: said, as: UTF8.self))")
            return try Data(contentsOf: output)
        }
    }

    // MARK: - Graphs

    /// Casts of up to fifteen, related and annotated at random.
    @Test(arguments: UInt64(1)...25) func `boxes and numbers of a graph never cover each other`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let selection = Self.cast(&random)
        let chart = ChartBuilder(selection, strings: Self.strings).build(.relations)
        let figure = try #require(chart.figures.first)
        let boxes = SVGShape.all("rect", in: figure.shapes).filter { $0["class"] == "node" }.compactMap(Box.init)
        let persons = selection.works[0].document.work.persons.count
        #expect(boxes.count > 1 && boxes.count <= persons)
        for (index, one) in boxes.enumerated() {
            #expect(one.left >= 0 && one.right <= 760, "a box leaves the picture")
            for other in boxes[(index + 1)...] { #expect(!one.meets(other, margin: 2), "two boxes overlap") }
        }
        // Numbers on lines; those of the key stand below the graph.
        let bottom = boxes.map(\.bottom).max() ?? 0
        let discs = SVGShape.all("circle", in: figure.shapes).filter { $0["class"] == "disc" }.compactMap(Box.init)
            .filter { $0.bottom < bottom }
        for (index, one) in discs.enumerated() {
            for box in boxes { #expect(!one.meets(box, margin: 0), "a number covers a box") }
            for other in discs[(index + 1)...] { #expect(!one.meets(other, margin: -2), "two numbers overlap") }
        }
    }

    private struct Box {
        var left: Double
        var right: Double
        var top: Double
        var bottom: Double

        init?(_ shape: SVGShape) {
            func value(_ name: String) -> Double? { shape[name].flatMap(Double.init) }
            if let x = value("x"), let y = value("y"), let width = value("width"), let height = value("height") {
                (left, right, top, bottom) = (x, x + width, y, y + height)
            } else if let x = value("cx"), let y = value("cy"), let r = value("r") {
                (left, right, top, bottom) = (x - r, x + r, y - r, y + r)
            } else {
                return nil
            }
        }

        func meets(_ other: Box, margin: Double) -> Bool {
            left < other.right + margin && other.left < right + margin && top < other.bottom + margin
                && other.top < bottom + margin
        }
    }

    private static func cast(_ random: inout SeededGenerator) -> TeachingSelection {
        var work = Fixture.door()
        let names = [
            "Jo", "Annemarie Wilhelmine", "Mrs Hoggarth senior", "Abe", "Dr Bartholomew Featherstonehaugh", "Ilda",
        ]
        let count = Int.random(in: 2...15, using: &random)
        work.document.work.persons = (0..<count).map { index in
            Person(
                id: "p\(index)", names: [names[index % names.count] + (index < names.count ? "" : " \(index)")],
                sex: nil,
                role: Bool.random(using: &random) ? "grandmother" : nil)
        }
        func person() -> String { "p\(Int.random(in: 0..<count, using: &random))" }
        let kinds = ["parent_of", "parent_of", "grandparent_of", "teacher_of"]
        work.document.work.relations = (0..<Int.random(in: 0...count + 3, using: &random)).map { index in
            if Int.random(in: 0..<3, using: &random) == 0 {
                return Relation(
                    id: "r\(index)", name: index.isMultiple(of: 2) ? "spouses" : "siblings", active: [], passive: [],
                    mutual: [person(), person()])
            }
            return Relation(
                id: "r\(index)", name: kinds[index % kinds.count], active: [person()], passive: [person()], mutual: [])
        }
        for index in work.annotations.indices {
            work.annotations[index].annotation.about = [.dyad(person(), person())]
        }
        // At least one tie that joins two.
        work.annotations[0].annotation.about = [.dyad("p0", "p1")]
        var selection = TeachingSelection(scheme: Fixture.scheme, works: [work], date: "2026-03-07", program: "0.1.0")
        selection.layers = ["ana"]
        return selection
    }
}
