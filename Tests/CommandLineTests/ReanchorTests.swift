import Foundation
import TestSupport
import Testing

/// `casebook annotate reanchor`, by the real program.
@Suite struct ReanchorTests {
    /// Three annotations by Ada on the first passage of `door`; their whole ids.
    private func annotate(_ place: Workplace) throws -> [String] {
        try ["felt nothing for the child. The door", "she told the nurse, and the nurse", "the door was blue"].map {
            quote in
            let run = try place.run(
                "annotate", "add", "door", "--quote", quote, "--concept", "neglect", "--layer", "ana", "--as", "Ana")
            return try #require(run.lines.first, "\(run.error)")
        }
    }

    private func ids(_ values: [[String: Any]]) -> [String] { values.compactMap { $0["id"] as? String } }

    @Test func `a receipt for every annotation, nothing changed without apply, one undo`() throws {
        try withCasebook { place in
            let annotations = try annotate(place)
            let before = try place.read("Corpus/door.ana.xml")
            let unchanged = try place.run("annotate", "reanchor", "--format", "jsonl")
            #expect(unchanged.status == 0)
            let lines = try unchanged.objects()
            #expect(ids(lines) == annotations)
            #expect(lines.allSatisfy { $0["verdict"] as? String == "exact" })
            let from = try #require((lines[0]["from"] as? [[String: Any]])?.first)
            let to = try #require((lines[0]["to"] as? [[String: Any]])?.first)
            #expect(from["passage"] as? String == "p1")
            #expect(from["start"] as? Int == 4)
            #expect(to["end"] as? Int == from["end"] as? Int)
            #expect(to["quote"] as? String == "felt nothing for the child. The door")

            // The first one's words change a little, the last one's go; a passage comes before all.
            try place.write(
                doorText.replacing(
                    "<p xml:id=\"p1\">Ada felt nothing for the child. The",
                    with: "<p>New.</p><p>Ada felt nothing at all for the child. The"
                )
                .replacing(", and the door was blue", with: ""), to: "Corpus/door.xml")
            let changed = try place.run("annotate", "reanchor", "--format", "jsonl")
            #expect(changed.status == 1)
            let found = try changed.objects()
            #expect(ids(found) == annotations)
            #expect(found.map { $0["verdict"] as? String } == ["fuzzy", "moved", "orphaned"])
            #expect(found[2]["to"] is NSNull)
            #expect(found[2]["candidates"] as? [String] == [])
            #expect(((found[1]["to"] as? [[String: Any]])?.first)?["passage"] as? String == "p.3")
            #expect(try place.read("Corpus/door.ana.xml") == before)

            let text = try place.run("annotate", "reanchor").output
            #expect(text.contains("0 exact, 1 moved, 1 fuzzy, 0 ambiguous, 1 orphaned"))
            #expect(text.contains("now “felt nothing at all for the child. The door”"))

            let applied = try place.run("annotate", "reanchor", "ana", "--apply")
            #expect(applied.status == 1)
            let listed = try place.run("annotate", "list", "--format", "jsonl").objects()
            #expect(listed.map { $0["anchor"] as? String } == ["fuzzy", "exact", "orphaned"])
            let taken = try place.run("annotate", "reanchor", "--apply", "--accept", annotations[0])
            #expect(taken.status == 1, "one is orphaned still")
            let accepted = try place.run("annotate", "list", "--format", "jsonl").objects()
            #expect(accepted.map { $0["anchor"] as? String } == ["exact", "exact", "orphaned"])

            for _ in 0..<2 { #expect(try place.run("annotate", "undo").status == 0) }
            #expect(try place.read("Corpus/door.ana.xml") == before)
        }
    }

    @Test func `orphans come back with their words`() throws {
        try withCasebook { place in
            _ = try annotate(place)
            let before = try place.run("annotate", "list", "--format", "jsonl").output
            try place.write(
                doorText.replacing("The door stood open, and the door was blue.", with: ""), to: "Corpus/door.xml")
            #expect(try place.run("annotate", "reanchor", "--apply").status == 1)
            let orphaned = try place.run("annotate", "list", "--anchor", "orphaned", "--format", "jsonl")
            #expect(orphaned.lines.count == 2)
            try place.write(doorText, to: "Corpus/door.xml")
            #expect(try place.run("annotate", "reanchor", "--apply").status == 0)
            #expect(try place.run("annotate", "list", "--format", "jsonl").output == before)
        }
    }

    @Test func `a layer that cannot be written is told of and left whole`() throws {
        try withCasebook { place in
            _ = try annotate(place)
            _ = try place.run(
                "annotate", "add", "door", "--quote", "door stood open", "--concept", "neglect", "--layer", "tom")
            let before = try place.read("Corpus/door.ana.xml")
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o444], ofItemAtPath: place.folder.path + "/Corpus/door.ana.xml")
            try place.write(doorText.replacing("<body>", with: "<body><p>First.</p>"), to: "Corpus/door.xml")
            let run = try place.run("annotate", "reanchor", "--apply")
            #expect(run.error.contains("Corpus/door.ana.xml"))
            #expect(run.error.contains("read-only"))
            #expect(try place.read("Corpus/door.ana.xml") == before)
        }
    }

    @Test func `annotations without their text are listed without a verdict`() throws {
        try withCasebook { place in
            let annotations = try annotate(place)
            try FileManager.default.removeItem(at: place.folder.appendingPathComponent("Corpus/door.xml"))
            let run = try place.run("annotate", "reanchor", "--format", "jsonl")
            #expect(run.status == 0, "\(run.error)")
            let lines = try run.objects()
            #expect(ids(lines) == annotations)
            #expect(lines.allSatisfy { $0["verdict"] is NSNull })
            #expect(run.error.contains("is not at hand"))
        }
    }

    @Test(arguments: [
        (["annotate", "reanchor", "--accept-fuzzy"], Int32(64), "--apply"),
        (["annotate", "reanchor", "anna"], Int32(66), "Did you mean “ana”?"),
    ])
    func `says what is wrong`(arguments: [String], status: Int32, says: String) throws {
        try withCasebook { place in
            _ = try annotate(place)
            let run = try place.run(arguments)
            #expect(run.status == status)
            #expect(run.error.contains(says), "\(run.error)")
        }
    }
}
