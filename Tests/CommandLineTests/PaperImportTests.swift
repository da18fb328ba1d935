import Foundation
import TestSupport
import Testing

/// A teacher's notes on a paperback become a text and a layer.
@Suite struct PaperImportTests {
    private static let sheet = """
        page,speaker,paraphrase,quote,concept,about,stance,basis,comment
        27,narrator,The nurse hands her the baby and she looks at it politely.,"“a guest, she thought”",impaired bonding,Jane > Max,,shown,Looks without knowing it.
        12,Jane,She tells her sister that she waits.,I keep waiting for it,impaired-bonding; self-pressure,Jane > Max,,told,
        xii,,The author thanks her mother.,,,,,,
        31,Abe,,He knows my voice already,secure-attachment,max > abe,contradicts,,

        """

    private static let options = ["--title", "A Paper Novel", "--author", "Doe, Ann", "--edition", "Dutton, 2025"]

    private func importing(_ place: Workplace, _ sheet: String = sheet, _ more: String...) throws -> Run {
        try place.write(sheet, to: "notes.csv")
        return try place.run(
            ["import", "--paper", "notes.csv", "--layer", "ana", "--as", "Ana Lopes"] + Self.options + more)
    }

    @Test func `rows become passages in the order of their pages, with places that are pages only`() throws {
        try withCasebook { place in
            let run = try importing(place)
            #expect(run.status == 0, "\(run.error)")
            #expect(run.lines.first == "Corpus/a-paper-novel.xml")
            #expect(run.lines.count == 4)
            #expect(run.error.contains("4 passages, 3 annotations, 3 persons (jane, max, abe)"))
            #expect(try place.run("check").status == 0)
            let hits = try place.run("query", "in:a-paper-novel", "--format", "jsonl").objects()
            #expect(
                hits.compactMap { ($0["locator"] as? [String: Any])?["label"] as? String } == [
                    "p. xii", "JANE, p. 12", "p. 27", "ABE, p. 31",
                ])
            let marked = try place.run("query", "impaired-bonding", "--format", "jsonl").objects()
            let words = marked.compactMap { ($0["ranges"] as? [[String: Any]])?.first?["quote"] as? String }
            #expect(words == ["I keep waiting for it", "a guest, she thought"])
            #expect(marked.compactMap { ($0["about"] as? [String])?.first } == ["jane>max", "jane>max"])
            #expect(marked.compactMap { $0["stance"] as? String } == ["supports", "supports"])
            #expect(try place.run("query", "--count", "secure-attachment stance:contradicts who:abe").output == "1\n")
        }
    }

    @Test func `a second import under the same name changes nothing`() throws {
        try withCasebook { place in
            _ = try importing(place)
            let text = try place.read("Corpus/a-paper-novel.xml")
            let run = try importing(place)
            #expect(run.status == 1)
            #expect(run.error.contains("there is such a text already"))
            #expect(try place.read("Corpus/a-paper-novel.xml") == text)
        }
    }

    @Test func `pages of another edition are a sum away`() throws {
        try withCasebook { place in
            let run = try importing(place, Self.sheet, "--other-edition", "Oxford, 2026", "--offset=-4")
            #expect(run.status == 0, "\(run.error)")
            let text = try place.read("Corpus/a-paper-novel.xml")
            #expect(text.contains("<pb n=\"27\" ed=\"dutton-2025\"/>\n    <pb n=\"23\" ed=\"oxford-2026\"/>"))
            // Pages before the first chapter are numbered apart.
            #expect(text.contains("<pb n=\"xii\" ed=\"oxford-2026\"/>"))
            let only = try importing(place, Self.sheet, "--offset=3", "--name", "other")
            #expect(only.status == 64)
        }
    }

    struct Fault: CustomTestStringConvertible {
        var row: String
        var message: String
        var testDescription: String { message }
    }

    @Test(arguments: [
        Fault(row: "27–28,,Two pages.,,,,,,", message: "notes.csv:2:1: error: “27–28” is not one page"),
        Fault(row: ",,No page.,,,,,,", message: "notes.csv:2:1: error: no page"),
        Fault(row: "27,Jane,,,,,,,", message: "notes.csv:2:1: error: neither a paraphrase nor quoted words"),
        Fault(row: "27,,A row.,,impaired bondage,,,,", message: "notes.csv:2:13: error: no concept “impaired bondage”"),
        Fault(row: "27,,A row.,,neglect,,perhaps,,", message: "notes.csv:2:22: error: “perhaps” is no stance"),
        Fault(
            row: "27,,," + Array(repeating: "word", count: 26).joined(separator: " ") + ",,,,,",
            message: "notes.csv:2:6: error: 26 quoted words; 25 are the most"),
        Fault(row: "27,,A row.,,,,,,,left over", message: "“left over” stands under no column"),
        Fault(row: "27,\"Jane,A row.,,,,,,", message: "notes.csv:2:4: a quotation mark is not closed"),
    ])
    func `what is wrong is told with its line and column, and nothing is written`(fault: Fault) throws {
        try withCasebook { place in
            let heading = Self.sheet.prefix { $0 != "\n" }
            let run = try importing(place, heading + "\n" + fault.row + "\n")
            #expect(run.status == 1)
            #expect(run.error.contains(fault.message), "\(run.error)")
            #expect(!place.exists("Corpus/a-paper-novel.xml"))
        }
    }

    @Test func `a sheet without its columns is told what it needs`() throws {
        try withCasebook { place in
            let run = try importing(place, "pge,paraphrase\n1,One.\n")
            #expect(run.status == 1)
            #expect(run.error.contains("notes.csv:1:1: warning: unknown column “pge”: it is left out"))
            #expect(run.error.contains("Did you mean “page”?"))
            #expect(run.error.contains("The first row names the columns"))
        }
    }

    @Test func `a name that comes once and is nearly another is told of`() throws {
        try withCasebook { place in
            let run = try importing(place, Self.sheet + "40,Jnae,She waits.,,,,,,\n")
            #expect(run.status == 0)
            #expect(run.error.contains("notes.csv:6:4: warning: “Jnae” is named once"), "\(run.error)")
        }
    }

    private static let hasPandoc = executable("pandoc") != nil

    @Test(.enabled(if: hasPandoc)) func `a table of a word processor says the same`() throws {
        try withCasebook { place in
            let cells = Self.sheet.split(separator: "\n").map { row -> String in
                var row = String(row)
                row = row.replacing(", she thought", with: "; she thought")
                return "<tr>"
                    + row.split(separator: ",", omittingEmptySubsequences: false)
                    .map { "<td>" + $0.replacing("\"", with: "").replacing(">", with: "&gt;") + "</td>" }.joined()
                    + "</tr>"
            }
            try place.write("<p>My notes.</p><table>" + cells.joined() + "</table>", to: "notes.html")
            let pandoc = Process()
            pandoc.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            pandoc.arguments = ["pandoc", "notes.html", "-o", "notes.docx"]
            pandoc.currentDirectoryURL = place.folder
            try pandoc.run()
            pandoc.waitUntilExit()
            let run = try place.run(["import", "--paper", "notes.docx", "--layer", "ana"] + Self.options)
            #expect(run.status == 0, "\(run.error)")
            #expect(run.lines.count == 4)
            let wrong = try place.run(["import", "--paper", "notes.html"] + Self.options)
            #expect(wrong.status == 1)
        }
    }

    @Test func `without pandoc the package is named`() throws {
        try withCasebook { place in
            try place.write("PK", to: "notes.docx")
            let run = try place.run(
                ["import", "--paper", "notes.docx"] + Self.options, environment: ["PATH": place.folder.path])
            #expect(run.status == 1)
            #expect(run.error.contains("Install the package `pandoc`"))
        }
    }
}
