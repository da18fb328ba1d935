import Foundation
import TestSupport
import Testing

/// `casebook chart`, as a teacher types it.
@Suite struct ChartCommandTests {
    /// A casebook with annotations about a mother and her child.
    private func withAnnotations(_ body: (Workplace) throws -> Void) throws {
        try withCasebook { place in
            for (range, concept, about, stance) in [
                ("0:16", "impaired-bonding", "ada>tom", "supports"), ("4:30", "neglect", "ada>tom", "contradicts"),
                ("35:50", "postpartum-depression", "ada", "ambiguous"),
            ] {
                let run = try place.run(
                    "annotate", "add", "door", "--passage", "p1", "--range", range, "--concept", concept, "--about",
                    about, "--stance", stance, "--layer", "ana")
                #expect(run.status == 0)
            }
            try body(place)
        }
    }

    @Test(arguments: ["distribution", "co-occurrence", "relations", "trajectory", "compare"])
    func `each kind is drawn, without a query and with one, and reads no clock`(kind: String) throws {
        try withAnnotations { place in
            let picture = try place.run("chart", kind)
            #expect(picture.status == 0)
            #expect(picture.output.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\""))
            #expect(picture.output.hasSuffix("</svg>\n"))
            #expect(!picture.output.contains("Nothing was found"))
            #expect(try place.run("chart", kind).output == picture.output)

            let page = try place.run("chart", kind, "in:door", "--format", "html", "-o", "chart.html")
            #expect(page.status == 0 && page.output.isEmpty)
            let html = try place.read("chart.html")
            #expect(html.contains("<table>") && html.contains("</svg>"))
            #expect(!html.contains("src=") && !html.contains("href=\"http"))
            let table = try place.run("chart", kind, "--format", "csv")
            #expect(table.output.split(whereSeparator: \.isNewline).count > 1)
        }
    }

    @Test func `a query chooses what is drawn; words choose what is annotated there`() throws {
        try withAnnotations { place in
            func table(_ query: String) throws -> String {
                let run = try place.run("chart", "distribution", query, "--format", "csv", "--quiet")
                #expect(run.status == 0)
                return run.output
            }
            let against = try table("stance:contradicts neglect")
            #expect(against.contains("child neglect") && !against.contains("impaired bonding"))
            let felt = try table("\"felt nothing\"")
            #expect(felt.contains("child neglect") && felt.contains("impaired bonding"))
            #expect(!felt.contains("postpartum depression"))
            let door = try table("in:door")
            #expect(door.contains("postpartum depression"))
        }
    }

    @Test func `suggestions are never drawn`() throws {
        try withCasebook { place in
            let suggested = try place.run("suggest", "--min-score", "0", "--format", "jsonl")
            #expect(!suggested.output.isEmpty)
            let run = try place.run("chart", "distribution")
            #expect(run.status == 0)
            #expect(run.output.contains("Nothing was found to draw."))
            #expect(run.error.contains("nothing found"))
        }
    }

    @Test func `what is wrong is said with the statuses of the contract`() throws {
        try withAnnotations { place in
            for wrong in [["pie"], ["compare", "impared-bonding"], ["compare", "--format", "gif"]] {
                let run = try place.run(["chart"] + wrong)
                #expect(run.status == 64, "\(wrong)")
                #expect(run.output.isEmpty)
            }
            let help = try place.run("chart", "--help")
            #expect(help.status == 0 && help.output.contains("EXAMPLES"))
        }
    }

    @Test func `every example of the page on charts draws something`() throws {
        let page = try String(
            contentsOf: packageRoot.appendingPathComponent("Documentation/charts.md"), encoding: .utf8)
        let examples = page.split(separator: "\n").filter { $0.hasPrefix("    casebook chart ") }
        #expect(examples.count >= 7)
        for picture in page.matches(of: /\]\((pictures\/[a-z-]+\.png)\)/) {
            let file = packageRoot.appendingPathComponent("Documentation/\(picture.1)")
            #expect(FileManager.default.fileExists(atPath: file.path), "\(picture.1)")
        }
        try withTemporaryFolder { folder in
            let place = Workplace(folder: folder)
            for name in ["Schemas", "casebook.yml"] {
                try FileManager.default.copyItem(
                    at: packageRoot.appendingPathComponent(name), to: folder.appendingPathComponent(name))
            }
            // Exemplars are many and out of scope.
            try FileManager.default.createDirectory(
                at: folder.appendingPathComponent("Corpus"), withIntermediateDirectories: true)
            let corpus = packageRoot.appendingPathComponent("Corpus")
            for file in try FileManager.default.contentsOfDirectory(atPath: corpus.path) where file.hasSuffix(".xml") {
                try FileManager.default.copyItem(
                    at: corpus.appendingPathComponent(file), to: folder.appendingPathComponent("Corpus/" + file))
            }
            for example in examples {
                // Quotes of the shell; no example has a blank inside them.
                let words = example.replacing("'", with: "").split(separator: " ").map(String.init)
                let run = try place.run(Array(words.dropFirst()))
                #expect(run.status == 0, "\(example): \(run.error)")
                let drawn = try words.last.map { place.exists($0) ? try place.read($0) : run.output } ?? ""
                #expect(drawn.contains("</svg>") && !drawn.contains("Nothing was found"), "\(example)")
            }
        }
    }
}
