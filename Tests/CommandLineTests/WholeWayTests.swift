import Foundation
import TestSupport
import Testing

@Suite struct WholeWayTests {
    @Test func `a text is suggested on, annotated, found and handed out`() throws {
        try withCasebook { place in
            let suggested = try place.run("suggest", "--format", "jsonl", "--min-score", "0").objects()
            let first = try #require(suggested.first { $0["concept"] as? String == "impaired-bonding" })
            #expect(first["document"] as? String == "Corpus/door.xml")
            #expect(first["passage"] as? String == "p1")
            #expect((first["quote"] as? String)?.contains("felt nothing for the child") == true)
            let id = try #require(first["id"] as? String)

            let accepted = try place.run("annotate", "accept", id, "--layer", "ana", "--as", "Ana Lopes")
            #expect(accepted.status == 0)
            let annotation = try #require(accepted.lines.first)
            #expect(annotation.hasPrefix("Corpus/door.ana.xml#a-"))
            let again = try place.run("suggest", "--format", "jsonl", "--min-score", "0").objects()
            #expect(!again.contains { $0["id"] as? String == id }, "an accepted suggestion comes back")

            let hits = try place.run("query", "impaired-bonding", "--format", "jsonl").objects()
            let hit = try #require(hits.first)
            #expect(hits.count == 1)
            #expect(hit["annotations"] as? [String] == [annotation])
            #expect(hit["layer"] as? String == "ana")
            #expect((hit["locator"] as? [String: Any])?["page"] as? String == "7")
            #expect(try place.run("query", "--count", "impaired-bonding").output == "1\n")

            let handout = try place.run("export", "handout", "impaired-bonding", "-o", "handout.html")
            #expect(handout.status == 0)
            let page = try place.read("handout.html")
            #expect(page.contains("felt nothing for the child"))
            #expect(!page.contains("src=\"http"))
            let index = try place.run("export", "concept-index", "--format", "md")
            #expect(index.output.contains("impaired bonding"))
        }
    }

    @Test func `the answers are the same when the index was deleted`() throws {
        try withCasebook { place in
            _ = try place.run(
                "annotate", "add", "door", "--passage", "p1", "--range", "0:16", "--concept", "impaired-bonding")
            let before = try place.run("query", "impaired-bonding | word:nurse", "--format", "jsonl").output
            try FileManager.default.removeItem(at: place.folder.appendingPathComponent(".casebook"))
            #expect(try place.run("query", "impaired-bonding | word:nurse", "--format", "jsonl").output == before)
            #expect(before.split(separator: "\n").count == 2)
        }
    }

    @Test func `the text is never written to, and an annotation more changes only its own lines`() throws {
        try withCasebook { place in
            for range in ["0:3", "4:16"] {
                _ = try place.run(
                    "annotate", "add", "door", "--passage", "p1", "--range", range, "--concept", "neglect", "--layer",
                    "ana")
            }
            let before = try place.read("Corpus/door.ana.xml")
            _ = try place.run(
                "annotate", "add", "door", "--passage", "p1", "--range", "20:30", "--concept", "neglect", "--layer",
                "ana")
            let after = try place.read("Corpus/door.ana.xml")
            #expect(try place.read("Corpus/door.xml") == doorText)
            let added = after.split(separator: "\n").filter { !before.split(separator: "\n").contains($0) }
            #expect(after.count > before.count)
            #expect(before.split(separator: "\n").allSatisfy { after.split(separator: "\n").contains($0) })
            #expect(added.count < 16)
            #expect(try place.run("annotate", "undo").status == 0)
            #expect(try place.read("Corpus/door.ana.xml") == before)
        }
    }
}
