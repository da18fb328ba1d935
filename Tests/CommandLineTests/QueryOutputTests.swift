import Foundation
import TestSupport
import Testing

@Suite struct QueryOutputTests {
    /// Ada in 1850, Tom undated; three annotations of two concepts by two annotators in the first.
    private func withShelf(_ body: (Workplace) throws -> Void) throws {
        try withCasebook { place in
            let early = doorText.replacingOccurrences(of: "The Door", with: "A Cold Door").replacingOccurrences(
                of: "xml:id=\"door\"", with: "xml:id=\"cold\""
            ).replacingOccurrences(
                of: "<profileDesc>", with: "<profileDesc><creation><date when=\"1850\"/></creation>")
            try place.write(early, to: "Corpus/cold.xml")
            let annotations = [
                ("cold", "0:16", "impaired-bonding", "supports", "ada", "ana"),
                ("cold", "0:3", "neglect", "contradicts", "ada>tom", "ben"),
                ("cold", "0:16", "impaired-bonding", "ambiguous", "tom", "ben"),
                ("door", "0:16", "neglect", "supports", "tom", "ana"),
            ]
            for (text, range, concept, stance, about, layer) in annotations {
                let run = try place.run(
                    "annotate", "add", text, "--passage", "p1", "--range", range, "--concept", concept, "--stance",
                    stance, "--about", about, "--layer", layer)
                #expect(run.status == 0, "\(run.error)")
            }
            try body(place)
        }
    }

    struct Grouping: CustomTestStringConvertible {
        var key: String
        var rows: [String]
        var testDescription: String { key }
    }

    @Test(arguments: [
        Grouping(
            key: "concept", rows: ["impaired-bonding,,2,1,0,1", "neglect,,2,1,1,0"]),
        Grouping(key: "work", rows: ["A Cold Door,Corpus/cold.xml,3,1,1,1", "The Door,Corpus/door.xml,1,1,0,0"]),
        Grouping(key: "chapter", rows: ["A Cold Door,Corpus/cold.xml,3,1,1,1", "The Door,Corpus/door.xml,1,1,0,0"]),
        Grouping(key: "person", rows: ["cold/tom,,2,0,1,1", "cold/ada,,2,1,1,0", "door/tom,,1,1,0,0"]),
        Grouping(key: "layer", rows: ["ana,,2,2,0,0", "ben,,2,0,1,1"]),
        Grouping(key: "year", rows: ["1850,,3,1,1,1", ",,1,1,0,0"]),
    ])
    func `hits are counted per group, split by stance`(grouping: Grouping) throws {
        try withShelf { place in
            let run = try place.run(
                "query", "impaired-bonding | neglect", "--unit", "annotation", "--group-by", grouping.key, "--format",
                "csv")
            let lines = run.output.split(separator: "\r\n").map(String.init)
            #expect(lines.first == "\(grouping.key),document,hits,supports,contradicts,ambiguous")
            #expect(lines.dropFirst().sorted() == grouping.rows.sorted(), "\(run.output)\(run.error)")
            let objects = try place.run(
                "query", "impaired-bonding | neglect", "--unit", "annotation", "--group-by", grouping.key, "--format",
                "jsonl"
            ).objects()
            #expect(objects.count == grouping.rows.count)
            #expect(objects.compactMap { $0["hits"] as? Int }.reduce(0, +) >= 4)
        }
    }

    @Test func `a passage counts in each of its groups with the stance it has there`() throws {
        try withShelf { place in
            let table = try place.run("query", "(impaired-bonding | neglect) in:cold", "--group-by", "concept")
            #expect(
                table.output == """
                    Concept           Hits  For  Against  Ambiguous
                    ────────────────  ────  ───  ───────  ─────────
                    impaired-bonding     1    1        0          0
                    neglect              1    0        1          0

                    """)
            #expect(table.error.hasPrefix("1 hit ("))
            let words = try place.run("query", "word:nurse", "--group-by", "concept", "--format", "csv")
            #expect(words.output.hasSuffix("\r\n,,2,0,0,0\r\n"))
            #expect(try place.run("query", "word:house", "word:door", "--group-by", "work").status == 64)
        }
    }

    @Test func `concordances are sorted by what stands left and right`() throws {
        try withCasebook { place in
            func matches(_ sort: String, _ more: String...) throws -> [String] {
                let run = try place.run(
                    ["query", "the", "--format", "kwic", "--context", "12", "--sort", sort] + more)
                return run.lines.map { String($0.prefix(28)).trimmingCharacters(in: .whitespaces) }
            }
            let right = try matches("right")
            #expect(right.count == 6, "\(right)")
            let following = right.map { line in
                line.range(of: "the ", options: [.caseInsensitive, .backwards]).map { String(line[$0.upperBound...]) }
                    ?? line
            }
            let words = following.map { $0.lowercased().filter { $0.isLetter || $0 == " " } }
            #expect(following.first?.hasPrefix("child") == true, "\(right)")
            #expect(following.last?.hasPrefix("nurse") == true, "\(right)")
            #expect(words == words.sorted(), "\(right)")
            let left = try matches("left", "--limit", "2")
            #expect(left.count == 2)
            #expect(left.allSatisfy { $0.contains("and the") }, "\(left)")
            #expect(try place.run("query", "the", "--format", "kwic", "--sort", "left").output.contains("The Door"))
        }
    }

    @Test func `works are sorted by title and by year`() throws {
        try withShelf { place in
            try place.write(doorText.replacingOccurrences(of: "The Door", with: "Áb ovo"), to: "Corpus/zz.xml")
            func titles(_ sort: String) throws -> [String] {
                try place.run("query", "word:nurse", "--sort", sort, "--format", "jsonl").objects().compactMap {
                    $0["title"] as? String
                }
            }
            #expect(try titles("work") == ["A Cold Door", "Áb ovo", "The Door"])
            #expect(try titles("text") == ["A Cold Door", "The Door", "Áb ovo"])
            #expect(try titles("year").first == "A Cold Door")
            #expect(try place.run("query", "word:nurse", "--sort", "work", "--limit", "1").output.hasPrefix("A Cold"))
        }
    }

    @Test func `--explain says what was understood, asked and how long it took`() throws {
        try withShelf { place in
            let run = try place.run("query", "impaired bonding", "&", "child", "--explain", "--count")
            #expect(run.output == "1\n")
            #expect(run.error.contains("query  impaired-bonding & word:child"))
            #expect(run.error.contains("finds  passages"))
            #expect(run.error.contains(" ms  query understood"))
            #expect(run.error.contains("SELECT"))
            #expect(run.error.contains("SEARCH posting_list USING PRIMARY KEY"))
        }
    }

    @Test(arguments: [
        (["--group-by", "concept", "--format", "kwic"], "table, csv or jsonl"),
        (["--group-by", "concept", "--count"], "Either --count or --group-by"),
        (["--group-by", "concept", "--sort", "left"], "order of its own"),
        (["--group-by", "colour"], "- chapter"),
        (["--sort", "size"], "'text', 'year', 'work', 'left' or 'right'"),
        (["--context", "-1"], "--context"),
    ])
    func `wrong options are answered with what there is`(arguments: [String], says: String) throws {
        try withCasebook { place in
            let run = try place.run(["query", "neglect"] + arguments)
            #expect(run.status == 64)
            #expect(run.error.contains(says), "\(run.error)")
        }
    }
}
