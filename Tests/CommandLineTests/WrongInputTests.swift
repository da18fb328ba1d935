import Foundation
import TestSupport
import Testing

/// Every wrong input ends in a clear message and the exit status of the contract.
@Suite struct WrongInputTests {
    struct Case: CustomTestStringConvertible {
        var arguments: [String]
        var status: Int32
        var says: String
        var testDescription: String { arguments.joined(separator: " ") }
    }

    @Test(arguments: [
        Case(arguments: ["query", "impared-bonding"], status: 64, says: "did you mean impaired-bonding"),
        Case(arguments: ["query", "neglect near"], status: 64, says: "^"),
        Case(arguments: ["suggest", "dor"], status: 66, says: "Did you mean “door”?"),
        Case(arguments: ["suggest", "--min-score", "2"], status: 64, says: "between 0 and 1"),
        Case(
            arguments: ["annotate", "add", "door", "--quote", "the nurse", "--concept", "neglect"], status: 1,
            says: "stands in 2 places"),
        Case(
            arguments: ["annotate", "add", "door", "--quote", "no such words", "--concept", "neglect"], status: 1,
            says: "is not in this text"),
        Case(
            arguments: ["annotate", "add", "door", "--passage", "p1", "--range", "0:3", "--concept", "neglekt"],
            status: 1, says: "Did you mean “neglect”?"),
        Case(
            arguments: ["annotate", "add", "door", "--passage", "p1", "--range", "0:999", "--concept", "neglect"],
            status: 1, says: "does not lie in passage p1"),
        Case(
            arguments: [
                "annotate", "add", "door", "--passage", "p1", "--range", "0:3", "--concept", "neglect", "--about",
                "adda",
            ], status: 1, says: "“ada”"),
        Case(arguments: ["annotate", "remove", "a-00000000"], status: 66, says: "no annotation with this id"),
        Case(arguments: ["annotate", "accept", "0000"], status: 66, says: "no suggestion with this id"),
        Case(arguments: ["concepts", "show", "neglekt"], status: 66, says: "“neglect”"),
        Case(arguments: ["--casebook", "nowhere"], status: 64, says: "--casebook"),
        Case(arguments: ["query", "neglect", "--casebook", "nowhere"], status: 66, says: "no casebook.yml"),
        Case(arguments: ["init", "."], status: 1, says: "is a casebook already"),
    ])
    func `says what is wrong`(wrong: Case) throws {
        try withCasebook { place in
            let run = try place.run(wrong.arguments)
            #expect(run.status == wrong.status, "\(run.error)")
            #expect(run.error.contains(wrong.says), "\(run.error)")
            #expect(run.output.isEmpty)
            #expect(!place.exists("Corpus/door.instructor.xml"))
        }
    }

    @Test func `a broken file is reported with its place and the others are still done`() throws {
        try withCasebook { place in
            try place.write(
                "<TEI xmlns='http://www.tei-c.org/ns/1.0'><text><body><p>x</body></text></TEI>", to: "Corpus/broken.xml"
            )
            let run = try place.run("query", "--count", "word:nurse")
            #expect(run.output == "1\n")
            #expect(run.error.contains("Corpus/broken.xml:1:"))
            let check = try place.run("check")
            #expect(check.status == 1)
            #expect(check.error.contains("1 error"))
        }
    }

    @Test func `a corrupted index is noticed and made anew`() throws {
        try withCasebook { place in
            let count = try place.run("query", "--count", "word:nurse").output
            try Data(repeating: 7, count: 20_000).write(
                to: place.folder.appendingPathComponent(".casebook/index.sqlite"))
            #expect(try place.run("query", "--count", "word:nurse").output == count)
        }
    }

    @Test func `a layer whose text is gone is a note, and what is orphaned an error`() throws {
        try withCasebook { place in
            _ = try place.run(
                "annotate", "add", "door", "--quote", "the door was blue", "--concept", "neglect", "--layer", "ana")
            try place.write(
                doorText.replacingOccurrences(of: "The door stood open, and the door was blue.", with: "It rained."),
                to: "Corpus/door.xml")
            let changed = try place.run("check")
            #expect(changed.status == 1)
            #expect(changed.error.contains("is orphaned"))
            let listed = try place.run("annotate", "list", "--format", "jsonl").objects()
            #expect(listed.first?["anchor"] as? String == "orphaned")
            try FileManager.default.removeItem(at: place.folder.appendingPathComponent("Corpus/door.xml"))
            let gone = try place.run("check")
            #expect(gone.status == 0)
            #expect(gone.error.contains("is not at hand"))
        }
    }

    @Test func `output into a pipe or a device writes to it and does not take its place`() throws {
        try withCasebook { place in
            let script = Process()
            script.executableURL = URL(fileURLWithPath: "/bin/bash")
            script.currentDirectoryURL = place.folder
            let commands = #"mkfifo p; cat p >got & "$0" concepts list -o p; wait; test -p p && test -s got"#
            script.arguments = ["-c", commands, Workplace.binary.path]
            try script.run()
            script.waitUntilExit()
            #expect(script.terminationStatus == 0)
        }
    }
}
