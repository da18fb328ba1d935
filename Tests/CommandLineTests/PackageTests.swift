import Foundation
import TestSupport
import Testing

/// Annotations go to students without the text, and find their words again in a copy of their own.
@Suite struct PackageTests {
    /// Annotates two stretches; the comment of one quotes the text, and the words of the other stand twice.
    private func annotate(_ place: Workplace) throws {
        for (passage, range, comment) in [
            ("p1", "0:16", "She ‘felt nothing’, and the door stood open, and the door was there."),
            ("p.2", "14:47", "Said to the nurse."),
        ] {
            let run = try place.run(
                "annotate", "add", "door", "--passage", passage, "--range", range, "--concept", "impaired-bonding",
                "--about", "ada>tom", "--comment", comment, "--layer", "ana", "--as", "Ana Lopes")
            #expect(run.status == 0, "\(run.error)")
        }
    }

    private func words(_ text: String) -> [String] {
        text.lowercased().split { !$0.isLetter && $0 != "’" }.map(String.init)
    }

    @Test func `a package holds no five words of the text`() throws {
        try withCasebook { place in
            try annotate(place)
            let run = try place.run("annotate", "pack", "ana", "-o", "door.zip")
            #expect(run.status == 0, "\(run.error)")
            #expect(run.error.contains("2 annotations; 10 quoted words left out of comments"), "\(run.error)")
            // The cues, which go along, have words like these of their own.
            _ = try place.run("annotate", "unpack", "door.zip", "-o", "opened")
            let layer = try place.read("opened/Corpus/door.ana.xml")
            let packed = words(layer).joined(separator: " ")
            let text = words(String(doorText.drop { $0 != ">" }.components(separatedBy: "<text>").last ?? ""))
                .filter { !["p", "pb", "n", "xml", "id", "body", "text", "tei"].contains($0) }
            for start in 0...text.count - 5 {
                let five = text[start..<start + 5].joined(separator: " ")
                #expect(!packed.contains(five), "\(five)")
            }
            #expect(!packed.contains("felt nothing"))
            #expect(packed.contains("said to the nurse"))
        }
    }

    @Test func `in the very file, and in one that was laid out anew, every annotation finds its words`() throws {
        try withCasebook { place in
            try annotate(place)
            _ = try place.run("annotate", "pack", "-o", "door.zip")
            let before = try place.run("annotate", "list", "--format", "jsonl").objects()
            // Other line breaks and other indentation; the words are the same.
            let other = doorText.replacing("<p", with: "\n    <p").replacing(" the ", with: "\n      the ")
            for (folder, text, verdict) in [("same", doorText, "exact"), ("other", other, "moved")] {
                try place.write(text, to: "copies/my-\(folder).xml")
                let run = try place.run("annotate", "unpack", "door.zip", "copies/my-\(folder).xml", "-o", folder)
                #expect(run.status == 0, "\(run.error)")
                let found = try place.run("annotate", "list", "--format", "jsonl", "--casebook", folder).objects()
                #expect(found.count == 2)
                #expect(
                    found.compactMap { $0["concepts"] as? [String] } == [["impaired-bonding"], ["impaired-bonding"]])
                #expect(found.compactMap { $0["about"] as? [String] } == [["ada>tom"], ["ada>tom"]])
                func quotes(_ objects: [[String: Any]]) -> [String] {
                    objects.compactMap { ($0["ranges"] as? [[String: Any]])?.first?["quote"] as? String }
                        .map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
                }
                #expect(quotes(found) == quotes(before))
                #expect(quotes(found).last == "felt nothing for the child, she t")
                if verdict == "exact" { #expect(run.output == "Corpus/door.ana.xml: 2 exact\n") }
                #expect(try place.run("check", "--casebook", folder).status == 0)
            }
        }
    }

    @Test func `words that are gone are told of, and a copy is asked for`() throws {
        try withCasebook { place in
            try annotate(place)
            _ = try place.run("annotate", "pack", "-o", "door.zip")
            try place.write(doorText.replacing("Ada felt nothing", with: "Ada felt little"), to: "mine/door.xml")
            let changed = try place.run("annotate", "unpack", "door.zip", "mine/door.xml", "-o", "a")
            #expect(changed.status == 1)
            #expect(changed.output == "Corpus/door.ana.xml: 1 exact, 1 orphaned\n")
            #expect(changed.error.contains("is not the very file"))
            let bare = try place.run("annotate", "unpack", "door.zip", "-o", "b")
            #expect(bare.output == "Corpus/door.ana.xml: 2 waiting for the text\n")
            #expect(bare.error.contains("put your copy of Corpus/door.xml there"))
            // Put there later, it is found all the same.
            try place.write(doorText, to: "b/Corpus/door.xml")
            #expect(try place.run("query", "--count", "impaired-bonding", "--casebook", "b").output == "2\n")
        }
    }

    @Test func `a text taken for a layer is told, and no package is written`() throws {
        try withCasebook { place in
            try annotate(place)
            let run = try place.run("annotate", "pack", "Corpus/door.xml", "-o", "door.zip")
            #expect(run.status == 1)
            #expect(run.error.contains("there are no annotations to pack"), "\(run.error)")
            #expect(!FileManager.default.fileExists(atPath: place.folder.appendingPathComponent("door.zip").path))
        }
    }

    @Test func `nothing that is there is written over, and nothing outside the casebook`() throws {
        try withCasebook { place in
            try annotate(place)
            _ = try place.run("annotate", "pack", "-o", "door.zip")
            _ = try place.run(
                "annotate", "add", "door", "--passage", "p1", "--range", "20:30", "--concept", "neglect", "--layer",
                "ana")
            let layer = try place.read("Corpus/door.ana.xml")
            let run = try place.run("annotate", "unpack", "door.zip")
            #expect(run.status == 1)
            #expect(run.error.contains("is there already, and is another"))
            #expect(try place.read("Corpus/door.ana.xml") == layer)
            #expect(try place.run("annotate", "unpack", "Corpus/door.xml", "-o", "c").status == 1)
            #expect(try place.run("annotate", "pack").status == 64)
        }
    }
}
