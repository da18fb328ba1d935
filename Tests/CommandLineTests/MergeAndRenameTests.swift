import Foundation
import TestSupport
import Testing

/// Layers brought together, by command and by git; texts that get another name.
@Suite struct MergeAndRenameTests {
    private func add(_ place: Workplace, _ layer: String, _ quote: String, _ options: String...) throws -> String {
        let run = try place.run(
            ["annotate", "add", "door", "--quote", quote, "--concept", "neglect", "--layer", layer, "--as", layer]
                + options)
        return try #require(run.lines.first, "\(run.error)")
    }

    @Test func `layers become one, nothing is dropped, contradictions are listed`() throws {
        try withCasebook { place in
            _ = try add(place, "ana", "door stood open", "--comment", "Ana's words.")
            _ = try add(place, "ana", "the door was blue", "--stance", "supports")
            _ = try add(place, "tom", "door stood open", "--comment", "Tom's words.")
            _ = try add(place, "tom", "the door was blue", "--stance", "contradicts")
            _ = try add(place, "tom", "door stood")
            let sources = try ["ana", "tom"].map { try place.read("Corpus/door.\($0).xml") }
            let run = try place.run("annotate", "merge", "ana", "tom", "--into", "seminar")
            #expect(run.status == 0, "\(run.error)")
            #expect(run.output.contains("4 added, 1 joined, 1 contradicting"))
            #expect(run.output.contains("differ in stance"))
            let merged = try place.run("annotate", "list", "--layer", "seminar", "--format", "jsonl").objects()
            #expect(merged.count == 4)
            let comments = merged.compactMap { $0["comment"] as? String }
            #expect(comments == ["Ana's words.\n\nTom's words."])
            #expect(merged.allSatisfy { $0["anchor"] as? String == "exact" })
            let text = try place.read("Corpus/door.seminar.xml")
            #expect(text.contains("xml:id=\"ana\"") && text.contains("xml:id=\"tom\""))
            #expect(try ["ana", "tom"].map { try place.read("Corpus/door.\($0).xml") } == sources)
            #expect(try place.run("check").status == 0)
            // Again: nothing comes twice.
            #expect(try place.run("annotate", "merge", "ana", "tom", "--into", "seminar").status == 0)
            #expect(try place.read("Corpus/door.seminar.xml") == text)
            #expect(try place.run("annotate", "merge", "anna", "--into", "x").status == 66)
        }
    }

    /// Runs git in a workplace; its output.
    private func git(_ place: Workplace, _ arguments: String...) throws -> (output: String, status: Int32) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments =
            ["git", "-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"]
            + arguments
        process.currentDirectoryURL = place.folder
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        return (output, process.terminationStatus)
    }

    private func makeRepository(_ place: Workplace) throws {
        #expect(try git(place, "init", "-q", "-b", "main").status == 0)
        try place.write("Corpus/**/*.*.xml merge=casebook\n", to: ".gitattributes")
        try place.write(".casebook/\n", to: ".gitignore")
        let driver = "'\(Workplace.binary.path)' merge-driver %O %A %B %P"
        #expect(try git(place, "config", "merge.casebook.driver", driver).status == 0)
        #expect(try git(place, "add", "-A").status == 0)
        #expect(try git(place, "commit", "-qm", "start").status == 0)
    }

    @Test func `git merges two people's work on the same layer file without conflicts`() throws {
        try withCasebook { place in
            let first = try add(place, "ana", "door stood open")
            try makeRepository(place)
            #expect(try git(place, "checkout", "-qb", "theirs").status == 0)
            let theirs = try add(place, "ana", "the door was blue")
            _ = try place.run("annotate", "edit", first, "--stance", "supports")
            #expect(try git(place, "commit", "-qam", "theirs").status == 0)
            #expect(try git(place, "checkout", "-q", "main").status == 0)
            let ours = try add(place, "ana", "She felt nothing")
            _ = try place.run("annotate", "edit", first, "--comment", "Ours.")
            #expect(try git(place, "commit", "-qam", "ours").status == 0)

            let merge = try git(place, "merge", "-q", "--no-edit", "theirs")
            #expect(merge.status == 0, "\(merge.output)")
            let merged = try place.run("annotate", "list", "--format", "jsonl").objects()
            #expect(Set(merged.compactMap { $0["id"] as? String }) == [first, theirs, ours])
            let both = try #require(merged.first { $0["id"] as? String == first })
            #expect(both["stance"] as? String == "supports")
            #expect(both["comment"] as? String == "Ours.")
            #expect(try place.run("check").status == 0)
        }
    }

    @Test func `what both changed differently is kept twice, and git asks for a look`() throws {
        try withCasebook { place in
            let first = try add(place, "ana", "door stood open")
            try makeRepository(place)
            for (branch, stance) in [("theirs", "supports"), ("ours", "contradicts")] {
                #expect(try git(place, "checkout", "-qb", branch, "main").status == 0)
                #expect(try place.run("annotate", "edit", first, "--stance", stance).status == 0)
                #expect(try git(place, "commit", "-qam", branch).status == 0)
            }
            let merge = try git(place, "merge", "--no-edit", "theirs")
            #expect(merge.status != 0)
            #expect(merge.output.contains("stance changed on both sides"))
            let merged = try place.run("annotate", "list", "--format", "jsonl").objects()
            #expect(Set(merged.compactMap { $0["stance"] as? String }) == ["supports", "contradicts"])
        }
    }

    @Test func `git merges a layer that both made, and files that are no layers by lines`() throws {
        try withCasebook { place in
            try place.write("<a>\n<b/>\n\n\n\n<c/>\n</a>\n", to: "Corpus/x.other.xml")
            try makeRepository(place)
            var ids: Set<String> = []
            for (branch, quote) in [("theirs", "door stood open"), ("ours", "the door was blue")] {
                #expect(try git(place, "checkout", "-qb", branch, "main").status == 0)
                ids.insert(try add(place, "ana", quote))
                let text = try place.read("Corpus/x.other.xml")
                try place.write(
                    text.replacing(branch == "ours" ? "<b/>" : "<c/>", with: "<\(branch)/>"), to: "Corpus/x.other.xml")
                #expect(try git(place, "add", "-A").status == 0)
                #expect(try git(place, "commit", "-qm", branch).status == 0)
            }
            let merge = try git(place, "merge", "--no-edit", "theirs")
            #expect(merge.status == 0, "\(merge.output)")
            let merged = try place.run("annotate", "list", "--format", "jsonl").objects()
            #expect(Set(merged.compactMap { $0["id"] as? String }) == ids)
            #expect(try place.read("Corpus/x.other.xml") == "<a>\n<ours/>\n\n\n\n<theirs/>\n</a>\n")
        }
    }

    @Test func `a text gets another name, and all that belongs to it follows`() throws {
        try withCasebook { place in
            let run = try place.run("persons", "add", "door", "--id", "nurse", "--name", "Nurse")
            #expect(run.status == 0, "\(run.error)")
            _ = try add(place, "ana", "door stood open", "--about", "nurse", "--about", "ada")
            let before = try ["ana", "persons"].map { try place.read("Corpus/door.\($0).xml") }
            let list = try place.run("annotate", "list", "--format", "jsonl").output
            let renamed = try place.run("rename", "door", "the blue door")
            #expect(renamed.status == 0, "\(renamed.error)")
            #expect(
                renamed.lines == [
                    "Corpus/door.xml\tCorpus/the blue door.xml",
                    "Corpus/door.ana.xml\tCorpus/the blue door.ana.xml",
                    "Corpus/door.persons.xml\tCorpus/the blue door.persons.xml",
                ])
            #expect(!place.exists("Corpus/door.xml") && !place.exists("Corpus/door.ana.xml"))
            #expect(try place.read("Corpus/the blue door.xml") == doorText)
            #expect(try place.read("Corpus/the blue door.ana.xml").contains("the%20blue%20door.persons.xml#nurse"))
            #expect(try place.run("check").status == 0)
            let after = try place.run("annotate", "list", "--format", "jsonl").output
            #expect(after == list.replacing("Corpus/door.", with: "Corpus/the blue door."))
            #expect(try place.run("query", "--count", "neglect who:nurse").output == "1\n")
            // A later change stays when the name is given back.
            let later = try place.run(
                "annotate", "add", "the blue door", "--quote", "She felt nothing", "--concept", "neglect", "--layer",
                "ana",
                "--as", "ana")
            #expect(later.status == 0)
            for _ in 0..<2 { #expect(try place.run("annotate", "undo").status == 0) }
            #expect(try ["ana", "persons"].map { try place.read("Corpus/door.\($0).xml") } == before)
            #expect(try place.run("annotate", "redo").status == 0)
            #expect(place.exists("Corpus/the blue door.xml"))
        }
    }

    @Test func `a name that is taken, and another folder, are refused and nothing moves`() throws {
        try withCasebook { place in
            _ = try add(place, "ana", "door stood open")
            try place.write(doorText, to: "Corpus/gate.xml")
            for name in ["gate", "Corpus/Old/door.xml"] {
                let run = try place.run("rename", "door", name)
                #expect(run.status == 1)
                #expect(place.exists("Corpus/door.xml") && place.exists("Corpus/door.ana.xml"))
            }
            #expect(try place.run("rename", "dor", "x").status == 66)
        }
    }
}
