import Foundation
import TestSupport
import Testing

/// Annotations that a text file holds itself, and files of several texts, by the real program.
@Suite struct ForeignAnnotationTests {
    @Test func `what a text says of itself is a layer named after its resp, listed and found, never written`() throws {
        try withCasebook { place in
            let text = doorText.replacing(
                "<p xml:id=\"p1\">Ada felt nothing for the child.",
                with:
                    "<p xml:id=\"p1\">Ada <seg xml:id=\"s1\" resp=\"#editor\" ana=\"x.xml#neglect\">felt nothing</seg> for the child."
            )
            try place.write(text, to: "Corpus/door.xml")
            let listed = try place.run("annotate", "list", "--format", "jsonl").objects()
            #expect(listed.map { $0["id"] as? String } == ["Corpus/door.xml#s1"])
            #expect(listed.map { $0["layer"] as? String } == ["editor"])
            #expect(listed.map { $0["concepts"] as? [String] } == [["neglect"]])
            #expect(try place.run("annotate", "list", "--layer", "ana", "--format", "jsonl").output.isEmpty)
            let hits = try place.run("query", "neglect", "--format", "jsonl").objects()
            #expect(hits.map { $0["layer"] as? String } == ["editor"])
            #expect(hits.map { $0["annotations"] as? [String] } == [["Corpus/door.xml#s1"]])
            #expect(try place.run("query", "--count", "neglect layer:editor").output == "1\n")

            let removed = try place.run("annotate", "remove", "Corpus/door.xml#s1")
            #expect(removed.status == 1)
            #expect(try place.read("Corpus/door.xml") == text)
        }
    }

    @Test func `an annotation on the second text of a corpus file stands there`() throws {
        try withCasebook { place in
            func text(_ id: String, _ words: String) -> String {
                "<TEI xml:id=\"\(id)\"><teiHeader><fileDesc><titleStmt><title>\(id)</title></titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc></fileDesc></teiHeader><text><body><p>\(words)</p></body></text></TEI>"
            }
            let head =
                "<teiCorpus xmlns=\"http://www.tei-c.org/ns/1.0\" xml:lang=\"en\"><teiHeader><fileDesc><titleStmt><title>c</title></titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc></fileDesc></teiHeader>"
            let second = "He held the child through the night, and felt everything there is."
            try place.write(
                head + text("one", "She held the child, and felt nothing.") + text("two", second) + "</teiCorpus>",
                to: "Corpus/pair.xml")
            let added = try place.run(
                "annotate", "add", "pair#two", "--quote", "child through the night, and felt", "--concept", "neglect")
            #expect(added.status == 0, "\(added.error)")
            func documents() throws -> [String?] {
                try place.run("annotate", "list", "pair", "--format", "jsonl").objects().map {
                    $0["document"] as? String
                }
            }
            #expect(try documents() == ["Corpus/pair.xml#two"])
            let hits = try place.run("query", "neglect", "--format", "jsonl").objects()
            #expect(hits.map { $0["document"] as? String } == ["Corpus/pair.xml#two"])
            #expect(hits.map { $0["anchor"] as? String } == ["exact"])

            try place.write(
                head + text("one", "She held the child, and felt nothing.") + text("two", "More. " + second)
                    + "</teiCorpus>", to: "Corpus/pair.xml")
            let moved = try place.run("annotate", "reanchor", "--apply", "--format", "jsonl")
            #expect(try moved.objects().map { $0["verdict"] as? String } == ["moved"])
            #expect(try documents() == ["Corpus/pair.xml#two"])
            #expect(try place.run("check").status == 0)
        }
    }
}
