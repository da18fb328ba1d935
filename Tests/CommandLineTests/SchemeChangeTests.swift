import Foundation
import TestSupport
import Testing

/// `casebook concepts rename|merge|split|move|deprecate`, by the real program.
@Suite struct SchemeChangeTests {
    private func annotate(_ place: Workplace) throws -> [String] {
        try [("door stood open", "ana"), ("She felt nothing", "ana"), ("the door was blue", "tom")].map {
            quote, layer in
            let run = try place.run(
                "annotate", "add", "door", "--quote", quote, "--concept", "neglect", "--layer", layer, "--as", layer)
            return try #require(run.lines.first, "\(run.error)")
        }
    }

    private static let files = [
        "Schemas/bonding.xml", "Schemas/bonding.cues.xml", "Corpus/door.ana.xml", "Corpus/door.tom.xml",
    ]

    private func contents(_ place: Workplace) throws -> [String] { try Self.files.map(place.read) }

    private func concepts(_ place: Workplace) throws -> [[String]] {
        try place.run("annotate", "list", "--format", "jsonl").objects().compactMap { $0["concepts"] as? [String] }
    }

    @Test func `a renamed concept has its new id everywhere, after a preview, and one undo takes it back`() throws {
        try withCasebook { place in
            _ = try annotate(place)
            let before = try contents(place)
            let preview = try place.run("concepts", "rename", "neglect", "neglects", "--dry-run")
            #expect(preview.status == 0, "\(preview.error)")
            #expect(preview.error.contains("would change 3 annotations in 2 layers; nothing was changed"))
            #expect(try contents(place) == before)
            let renamed = try place.run("concepts", "rename", "neglect", "neglects")
            #expect(renamed.output == preview.output)
            #expect(renamed.lines.count == 4)
            #expect(try concepts(place) == [["neglects"], ["neglects"], ["neglects"]])
            #expect(try place.run("check").status == 0)
            #expect(try place.run("query", "--count", "neglects").output == "2\n")
            #expect(try place.run("suggest").status == 0)
            #expect(try place.run("annotate", "undo").status == 0)
            #expect(try contents(place) == before)
        }
    }

    @Test func `merged, moved, deprecated`() throws {
        try withCasebook { place in
            _ = try annotate(place)
            let before = try contents(place)
            #expect(try place.run("concepts", "merge", "neglect", "--into", "lack-of-affection").status == 0)
            #expect(try concepts(place) == [["lack-of-affection"], ["lack-of-affection"], ["lack-of-affection"]])
            #expect(try place.run("concepts", "list").output.contains("deprecated: lack-of-affection"))
            #expect(try place.run("annotate", "undo").status == 0)
            #expect(try place.run("concepts", "move", "neglect", "--to-top").status == 0)
            #expect(try place.run("concepts", "list").lines.contains { $0.hasPrefix("neglect ") })
            #expect(try place.run("annotate", "undo").status == 0)
            #expect(try place.run("concepts", "deprecate", "neglect", "--for", "lack-of-affection").status == 0)
            let check = try place.run("check")
            #expect(check.status == 0 && check.error.contains("deprecated concept “neglect”"))
            #expect(try place.run("annotate", "undo").status == 0)
            #expect(try contents(place) == before)
        }
    }

    @Test func `a split takes queries, asks for the rest, and lists what nobody decided`() throws {
        try withCasebook { place in
            let ids = try annotate(place)
            let before = try contents(place)
            let split = [
                "concepts", "split", "neglect", "--into", "open-neglect=open neglect", "--into", "cold-neglect",
            ]
            let first = try place.run(split + ["--where", "open-neglect=word:blue"])
            #expect(first.status == 0, "\(first.error)")
            #expect(first.lines.contains("undecided\t\(ids[1])"))
            #expect(try concepts(place) == [["open-neglect"], ["neglect"], ["open-neglect"]])
            #expect(try place.run("annotate", "undo").status == 0)
            #expect(try contents(place) == before)
            let asked = try place.run(split + ["--ask"], input: "2\ns\n1\n")
            #expect(asked.status == 0, "\(asked.error)")
            #expect(asked.error.contains("[1] open-neglect [2] cold-neglect"))
            #expect(try concepts(place) == [["cold-neglect"], ["neglect"], ["open-neglect"]])
            #expect(try place.run("concepts", "show", "open-neglect").output.contains("open neglect"))
            #expect(try place.run("annotate", "undo").status == 0)
            #expect(try place.run(split + ["--where", "open-neglect=word:blue", "--rest", "cold-neglect"]).status == 0)
            #expect(try concepts(place) == [["open-neglect"], ["cold-neglect"], ["open-neglect"]])
        }
    }

    @Test func `a layer that cannot be written is skipped whole and told of`() throws {
        try withCasebook { place in
            _ = try annotate(place)
            let theirs = place.folder.path + "/Corpus/door.tom.xml"
            try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: theirs)
            let run = try place.run("concepts", "rename", "neglect", "neglects")
            #expect(run.status == 1)
            #expect(run.error.contains("Corpus/door.tom.xml: skipped"))
            #expect(try concepts(place) == [["neglects"], ["neglects"], ["neglect"]])
            // What vanished is found, with the command that mends it.
            let check = try place.run("check")
            #expect(check.status == 1)
            #expect(check.error.contains("casebook concepts rename neglect neglects"), "\(check.error)")
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: theirs)
            #expect(try place.run("concepts", "rename", "neglect", "neglects").status == 0)
            #expect(try concepts(place) == [["neglects"], ["neglects"], ["neglects"]])
            #expect(try place.run("check").status == 0)
        }
    }

    @Test func `annotations of another version of the scheme are listed to be read again`() throws {
        try withCasebook { place in
            let ids = try annotate(place)
            #expect(try place.run("concepts", "outdated").output.isEmpty)
            let scheme = try place.read("Schemas/bonding.xml")
            try place.write(
                scheme.replacing(
                    "<desc type=\"version\" xml:lang=\"en\">", with: "<desc type=\"version\" xml:lang=\"en\">9."),
                to: "Schemas/bonding.xml")
            #expect(
                try place.run("concepts", "outdated", "neglect").lines.map { String($0.prefix { $0 != "\t" }) } == ids)
            #expect(try place.run("concepts", "outdated", "bond").output.isEmpty)
        }
    }

    @Test(arguments: [
        (["rename", "neglekt", "x"], Int32(1), "did you mean “neglect”"),
        (["rename", "neglect", "bond"], 1, "is taken already"),
        (["merge", "neglect", "--into", "neglect"], 64, "into itself"), (["move", "neglect"], 64, "--to-top"),
        (["split", "neglect", "--into", "x"], 64, "twice or more"),
        (["move", "bond", "--under", "secure-attachment"], 1, "lies under"),
    ])
    func `says what is wrong and changes nothing`(arguments: [String], status: Int32, says: String) throws {
        try withCasebook { place in
            let before = try place.read("Schemas/bonding.xml")
            let run = try place.run(["concepts"] + arguments)
            #expect(run.status == status)
            #expect(run.error.contains(says), "\(run.error)")
            #expect(try place.read("Schemas/bonding.xml") == before)
        }
    }
}
