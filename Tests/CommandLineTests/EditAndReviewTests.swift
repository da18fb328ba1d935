import Foundation
import TestSupport
import Testing

/// `annotate edit`, `show`, `review`, and decisions by query, by the real program.
@Suite struct EditAndReviewTests {
    private func add(_ place: Workplace, _ quote: String, _ options: String...) throws -> String {
        let run = try place.run(
            ["annotate", "add", "door", "--quote", quote, "--concept", "neglect", "--layer", "ana", "--as", "Ana"]
                + options)
        return try #require(run.lines.first, "\(run.error)")
    }

    private func list(_ place: Workplace) throws -> [[String: Any]] {
        try place.run("annotate", "list", "--format", "jsonl").objects()
    }

    @Test func `every property can be changed and cleared, places too, one undo each`() throws {
        try withCasebook { place in
            let id = try add(place, "door stood open", "--stance", "supports", "--certainty", "0.5")
            let before = try place.read("Corpus/door.ana.xml")
            let edited = try place.run(
                "annotate", "edit", id, "--stance", "contradicts", "--basis", "told", "--about", "Ada>tom",
                "--comment", "Why & how", "--content", "violence-to-child", "--principal", "--add-concept",
                "impaired-bonding", "--clear", "certainty", "--passage", "p1", "--range", "0:3", "--passage", "p1",
                "--range", "4:16")
            #expect(edited.output == id + "\n", "\(edited.error)")
            let now = try #require(try list(place).first)
            #expect(now["stance"] as? String == "contradicts")
            #expect(now["basis"] as? String == "told")
            #expect(now["about"] as? [String] == ["ada>tom"])
            #expect(now["comment"] as? String == "Why & how")
            #expect(now["content"] as? [String] == ["violence-to-child"])
            #expect(now["concepts"] as? [String] == ["neglect", "impaired-bonding"])
            #expect(now["certainty"] is NSNull)
            #expect((now["ranges"] as? [[String: Any]])?.map { $0["quote"] as? String } == ["Ada", "felt nothing"])
            #expect(now["modified"] is String)
            #expect(now["anchor"] as? String == "exact")
            #expect(try place.run("annotate", "undo").status == 0)
            #expect(try place.read("Corpus/door.ana.xml") == before)
        }
    }

    @Test func `several are edited in one step, and an unknown one changes none`() throws {
        try withCasebook { place in
            let ids = [try add(place, "door stood open"), try add(place, "the door was blue")]
            let before = try place.read("Corpus/door.ana.xml")
            let wrong = try place.run("annotate", "edit", ids[0], "Corpus/door.ana.xml#a-none", "--basis", "shown")
            #expect(wrong.status == 66)
            #expect(try place.read("Corpus/door.ana.xml") == before)
            #expect(try place.run(["annotate", "edit"] + ids + ["--basis", "shown"]).status == 0)
            #expect(try list(place).map { $0["basis"] as? String } == ["shown", "shown"])
            #expect(try place.run("annotate", "undo").status == 0)
            #expect(try place.read("Corpus/door.ana.xml") == before)
        }
    }

    @Test(arguments: [
        (["--stance", "against"], Int32(1), "One of: supports"),
        (["--remove-concept", "neglect"], 1, "needs a concept"),
        (["--remove-concept", "bonding"], 1, "It has: neglect"), (["--certainty", "2"], 1, "between 0 and 1"),
        ([], 64, "Say what to change"), (["--quote", "the nurse"], 1, "stands in 2 places"),
    ])
    func `a wrong edit says so and changes nothing`(options: [String], status: Int32, says: String) throws {
        try withCasebook { place in
            let id = try add(place, "door stood open")
            let before = try place.read("Corpus/door.ana.xml")
            let run = try place.run(["annotate", "edit", id] + options)
            #expect(run.status == status)
            #expect(run.error.contains(says), "\(run.error)")
            #expect(try place.read("Corpus/door.ana.xml") == before)
        }
    }

    @Test func `show tells all of an annotation with its passage and its neighbours`() throws {
        try withCasebook { place in
            let id = try add(place, "door stood open", "--comment", "An open door.", "--about", "ada")
            _ = try add(place, "the door was blue", "--comment", "A colour.")
            let shown = try place.run("annotate", "show", id).output
            #expect(shown.hasPrefix(id + "\n"))
            #expect(shown.contains("⟦door stood open⟧"))
            #expect(shown.contains("An open door."))
            #expect(shown.contains("ana: neglect “the door was blue” — A colour."))
            #expect(shown.contains("p. 7"))
            let json = try place.run("annotate", "show", id, "--format", "jsonl").objects()
            #expect(json.map { $0["about"] as? [String] } == [["ada"]])
            #expect(try place.run("annotate", "show", id + "x").status == 66)
        }
    }

    @Test func `review decides by single keys from a pipe, undo takes the last one back`() throws {
        try withCasebook { place in
            let open = try place.run("suggest", "--format", "jsonl").objects().compactMap { $0["id"] as? String }
            try #require(open.count >= 2)
            let run = try place.run(
                "annotate", "review", "door", "--layer", "ana", "--as", "Ana", input: "a\nu\nx\nr\na\nq\n")
            #expect(run.status == 0, "\(run.error)")
            #expect(run.error.contains("“x” is none of these keys"))
            #expect(run.error.contains("1 accepted, 1 rejected, 0 skipped"), "\(run.error)")
            #expect(run.error.contains("⟦"))
            #expect(run.error.contains(open[0]))
            #expect(run.lines.count == 2)
            #expect(run.lines[0].contains("#d-"))
            #expect(run.lines[1].contains("#a-"))
            #expect(try list(place).count == 1)
            let left = try place.run("suggest", "--format", "jsonl").objects().compactMap { $0["id"] as? String }
            #expect(!left.contains(open[0]))
            #expect(left.count <= open.count - 2)
            // Walked to its end the list is empty, without a key more than there are suggestions.
            let rest = try place.run(
                "annotate", "review", "--layer", "ana", input: String(repeating: "s", count: left.count))
            #expect(rest.status == 0)
            #expect(try place.run("suggest", "--format", "jsonl").output.isEmpty)
        }
    }

    @Test func `all suggestions in the passages of a query are decided on in one step`() throws {
        try withCasebook { place in
            let open = try place.run("suggest", "--format", "jsonl").objects()
            let wanted = open.filter { $0["passage"] as? String == "p1" }
            try #require(!wanted.isEmpty && wanted.count < open.count)
            let accepted = try place.run("annotate", "accept", "--where", "word:blue", "--layer", "ana")
            #expect(accepted.lines.count == wanted.count, "\(accepted.error)")
            #expect(try list(place).count == wanted.count)
            #expect(try place.run("annotate", "undo").status == 0)
            #expect(try list(place).isEmpty)
            // Suggestions themselves are asked for: those of the encoders are in the index once they are stored.
            #expect(try place.run("suggest", "--store").status == 0)
            let rejected = try place.run(
                "annotate", "reject", "--where", "is:open impaired-bonding & word:blue", "--layer", "ana")
            let expected = wanted.count { $0["concept"] as? String == "impaired-bonding" }
            #expect(rejected.lines.count == expected, "\(rejected.error)")
            #expect(try place.run("suggest", "--format", "jsonl").objects().count == open.count - expected)
            #expect(try place.run("annotate", "accept", "--where", "word:").status == 64)
            #expect(try place.run("annotate", "accept", "--min-score", "0.5").status == 64)
        }
    }
}
