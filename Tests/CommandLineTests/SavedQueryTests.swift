import Foundation
import TestSupport
import Testing

@Suite struct SavedQueryTests {
    @Test func `a query is kept in a file that people read, and used in others`() throws {
        try withCasebook { place in
            let kept = try place.run("query", "--save", "told", "word:told", "|", "word:write")
            #expect(kept.status == 0, "\(kept.error)")
            #expect(
                try place.read("Queries/told.query")
                    == "# @told in a query stands for this one.\nword:told | word:write\n")
            #expect(try place.run("query", "--count", "@told & word:nurse").output == "1\n")
            #expect(try place.run("query", "--count", "@told & word:door").output == "0\n")

            try place.write("# Doors.\n\n  # and more\nword:door\n  | word:child\n", to: "Queries/door.query")
            #expect(try place.run("query", "--count", "@door").output == "2\n")
            let again = try place.run("query", "--save", "door", "word:door")
            #expect(again.error.contains("it was word:door | word:child"))
            #expect(try place.read("Queries/door.query") == "# Doors.\n  # and more\nword:door\n")

            let list = try place.run("query", "--saved")
            #expect(list.status == 0)
            #expect(
                list.lines.map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }.suffix(2) == [
                    "@door word:door", "@told word:told | word:write",
                ])
            let records = try place.run("query", "--saved", "--format", "jsonl").objects()
            #expect(records.map { $0["file"] as? String } == ["Queries/door.query", "Queries/told.query"])
            #expect(try place.run("query", "--saved", "--format", "csv").output.hasPrefix("name,query,file\r\n"))
        }
    }

    @Test func `what cannot be used is not kept`() throws {
        try withCasebook { place in
            _ = try place.run("query", "--save", "a", "word:door")
            _ = try place.run("query", "--save", "b", "@a & word:child")
            let wrong: [(arguments: [String], says: String)] = [
                (["query", "--save", "a", "@b | neglect"], "@a would use itself: @a → @b → @a"),
                (["query", "--save", "a", "@a"], "@a would use itself: @a → @a"),
                (["query", "--save", "c", "neglect near"], "^"),
                (["query", "--save", "c", "impared-bonding"], "did you mean impaired-bonding"),
                (["query", "--save", "c", "@bb"], "did you mean @b"),
                (["query", "--save", "and", "neglect"], "no name for a query"),
                (["query", "--save", "../c", "neglect"], "no name for a query"),
                (["query", "--save", ".c", "neglect"], "no name for a query"),
                (["query", "--save", "c"], "what to look for"),
                (["query", "--save", "c", "--saved"], "at a time"),
                (["query", "@c"], "saved: @a @b"),
            ]
            for (arguments, says) in wrong {
                let run = try place.run(arguments)
                #expect(run.status == 64, "\(arguments): \(run.error)")
                #expect(run.error.contains(says), "\(arguments): \(run.error)")
            }
            #expect(try place.read("Queries/a.query").hasSuffix("word:door\n"))
            #expect(!place.exists("Queries/c.query"))
        }
    }

    @Test func `files changed by hand are listed with what is wrong in them, at its line`() throws {
        try withCasebook { place in
            try place.write("# one\n@two\n", to: "Queries/one.query")
            try place.write("@one\n", to: "Queries/two.query")
            try place.write("# note\nneglect near\n", to: "Queries/broken.query")
            try place.write("word:door", to: "Queries/well.query")
            try place.write("word:door", to: "Queries/no name.query")
            let list = try place.run("query", "--saved", "--format", "csv")
            #expect(list.status == 1)
            #expect(list.output.split(separator: "\r\n").count == 5)
            #expect(list.error.contains("Queries/one.query: "))
            #expect(list.error.contains("uses itself: @one → @two → @one"))
            #expect(list.error.contains("@broken:2:"))
            #expect(!list.error.contains("well"))
            #expect(try place.run("query", "--count", "@one").status == 64)
            #expect(try place.run("query", "--count", "@well").output == "1\n")
        }
    }

    @Test func `check says what is wrong in saved queries, once and at its line`() throws {
        try withCasebook { place in
            try place.write("# one\n@two\n", to: "Queries/one.query")
            try place.write("@one\n", to: "Queries/two.query")
            try place.write("# note\nneglect near\n", to: "Queries/broken.query")
            try place.write("neglect\n  & impared-bonding\n", to: "Queries/misspelt.query")
            try place.write("@misspelt | neglect", to: "Queries/user.query")
            try place.write("door", to: "Queries/bare.query")
            try place.write("neglect", to: "Queries/no name.query")
            let run = try place.run("check")
            #expect(run.status == 1)
            for line in [
                "Queries/one.query:2:1: error: @two uses itself", "Queries/two.query:1:1: error: @one uses itself",
                "Queries/broken.query:2:13: error:", "Queries/misspelt.query:2:5: error: impared-bonding is neither",
                "did you mean impaired-bonding", "Queries/bare.query:1:1: note: door is no concept",
                "Queries/no name.query: warning: no query can name this file",
            ] { #expect(run.error.contains(line), "\(line) in \(run.error)") }
            #expect(run.error.components(separatedBy: "is neither").count == 2)
            #expect(!run.error.contains("user.query"))

            let wellKept = ["one", "two", "broken", "misspelt", "user", "no name"].map { "Queries/\($0).query" }
            for file in wellKept { try FileManager.default.removeItem(at: place.folder.appendingPathComponent(file)) }
            #expect(try place.run("check").status == 0)
        }
    }
}
