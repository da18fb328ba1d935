import Foundation
import TestSupport
import Testing

/// With a model of the casebook's own in which *cold* raises impaired-bonding and *held* responsive-care.
@Suite struct EncoderCommandTests {
    private func withModel(_ body: (Workplace) throws -> Void) throws {
        try withCasebook { place in
            let model = packageRoot.appendingPathComponent("Tests/PassageScoringTests/Fixtures/marked.safetensors")
            try FileManager.default.copyItem(
                at: model, to: place.folder.appendingPathComponent("Schemas/bonding.passages.safetensors"))
            try place.write(
                """
                <TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en"><teiHeader><fileDesc><titleStmt><title>Cold</title>
                </titleStmt><publicationStmt><p>t</p></publicationStmt><sourceDesc><p>t</p></sourceDesc></fileDesc>
                </teiHeader><text><body><p xml:id="a">It was night. The mother was cold to him. The door.</p>
                <p xml:id="b">It was cold.</p><p xml:id="c">She held her child.</p></body></text></TEI>
                """, to: "Corpus/cold.xml")
            try body(place)
        }
    }

    @Test func `suggestions of the encoder keep the contract and can be accepted`() throws {
        try withModel { place in
            let run = try place.run("suggest", "Corpus/cold.xml", "--format", "jsonl")
            #expect(run.status == 0)
            let found = try run.objects()
            let cold = try #require(found.first { $0["passage"] as? String == "a" })
            #expect(cold["concept"] as? String == "impaired-bonding")
            #expect(cold["quote"] as? String == "The mother was cold to him.")
            #expect(cold["start"] as? Int == 14)
            #expect(cold["suggester"] as? String == "combined")
            let score = try #require(cold["score"] as? Double)
            #expect(score > 0.5 && score < 1)
            // With less effort passages without anybody of a family are left out.
            #expect(found.contains { $0["passage"] as? String == "b" })
            let normal = try place.run("suggest", "Corpus/cold.xml", "--format", "jsonl", "--effort", "normal")
            #expect(try !normal.objects().contains { $0["passage"] as? String == "b" })

            let id = try #require(cold["id"] as? String)
            #expect(try place.run("annotate", "accept", id, "--layer", "ana", "--as", "Ana").status == 0)
            let again = try place.run("suggest", "Corpus/cold.xml", "--format", "jsonl").objects()
            #expect(!again.contains { $0["id"] as? String == id })
            #expect(try place.read("Corpus/cold.ana.xml").contains("The mother was cold to him."))
        }
    }

    @Test func `a passage is explained`() throws {
        try withModel { place in
            let run = try place.run("suggest", "--explain", "cold#a")
            #expect(run.status == 0, "\(run.error)")
            #expect(run.output.contains("impaired-bonding"))
            #expect(run.output.contains("(suggested, from 50 % on)"))
            #expect(run.output.contains("“The mother was cold to him.”"))
            #expect(run.output.contains("without a word: “cold” −"))
            #expect(run.output.contains("nearest exemplar"))
            #expect(!run.output.contains("nearest in the casebook"))

            // What was decided elsewhere in the casebook stands beside it, and says how.
            let found = try place.run("suggest", "Corpus/cold.xml", "--format", "jsonl", "--min-score", "0").objects()
            let other = try #require(
                found.first {
                    $0["passage"] as? String == "b" && $0["concept"] as? String == "impaired-bonding"
                }?["id"] as? String)
            #expect(try place.run("annotate", "reject", other, "--layer", "ana", "--as", "Ana").status == 0)
            let rejected = try place.run("suggest", "--explain", "cold#a").output
            #expect(rejected.contains("nearest in the casebook"))
            #expect(rejected.contains("(rejected: impaired-bonding)"))
            #expect(try place.run("suggest", "--explain", "cold#nowhere").status == 66)
            #expect(try place.run("suggest", "--suggester", "cues", "--explain", "cold#a").status == 1)
        }
    }

    @Test func `the index holds what cues suggest, and the rest when told to`() throws {
        try withModel { place in
            _ = try place.run("suggest")
            #expect(try place.run("query", "--count", "is:open & impaired-bonding in:cold").output == "0\n")
            #expect(try place.run("suggest", "--store").status == 0)
            let open = try place.run("query", "is:open impaired-bonding in:cold", "--format", "jsonl").objects()
            #expect(open.map { $0["passage"] as? String } == ["a", "b"])
            // What changes later is suggested on from kept scores alone.
            let text = try place.read("Corpus/cold.xml")
            try place.write(text.replacingOccurrences(of: "It was cold.", with: "It was bad."), to: "Corpus/cold.xml")
            #expect(try place.run("query", "--count", "is:open impaired-bonding in:cold").output == "1\n")
        }
    }

    @Test func `suggestions learn from what was rejected, and forget when told to`() throws {
        try withModel { place in
            func scores(_ options: String...) throws -> [String: Double] {
                let run = try place.run(
                    ["suggest", "Corpus/cold.xml", "--format", "jsonl", "--all", "--min-score", "0"] + options)
                #expect(run.status == 0, "\(run.error)")
                var scores: [String: Double] = [:]
                for line in try run.objects() where line["concept"] as? String == "impaired-bonding" {
                    scores[line["passage"] as? String ?? ""] = line["score"] as? Double
                }
                return scores
            }
            func reject(_ passage: String) throws {
                let found = try place.run("suggest", "Corpus/cold.xml", "--format", "jsonl", "--effort", "high")
                    .objects()
                let id = found.first { $0["passage"] as? String == passage }?["id"] as? String
                let run = try place.run("annotate", "reject", try #require(id), "--layer", "ana", "--as", "Ana")
                #expect(run.status == 0, "\(run.error)")
            }
            let shipped = try scores()
            try reject("a")
            // Nothing is learned before it is asked for.
            #expect(try scores() == shipped)
            let learned = try scores("--learn")
            for (passage, score) in learned { #expect(score < shipped[passage] ?? 0) }
            #expect(try scores() == learned)
            // What is decided later counts without being asked for again.
            try reject("b")
            let more = try scores()
            #expect(more["b"] ?? 1 < learned["b"] ?? 0)
            try FileManager.default.removeItem(at: place.folder.appendingPathComponent(".casebook/learned.json"))
            #expect(try scores() == shipped)
            try place.write("damaged", to: ".casebook/learned.json")
            #expect(try scores() == more)
        }
    }

    @Test func `evaluate scores as suggest does`() throws {
        try withModel { place in
            try place.write(
                """
                {"id": "1", "text": "It was night. The mother was cold to him. The door.", "labels": ["impaired-bonding"]}
                {"id": "2", "text": "It was cold.", "labels": []}
                {"id": "3", "text": "She held her child.", "labels": ["responsive-care"]}
                """, to: "gold.jsonl")
            func figures(_ options: String...) throws -> [String: Any] {
                let run = try place.run(["evaluate", "gold.jsonl", "--format", "json"] + options)
                #expect(run.status == 0, "\(run.error)")
                let object = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
                return try #require(object)
            }
            func predicted(_ figures: [String: Any]) -> Int? {
                let concepts = figures["concepts"] as? [String: [String: Any]]
                return concepts?["impaired-bonding"]?["predicted"] as? Int
            }
            #expect(try predicted(figures()) == 2)
            #expect(try predicted(figures("--effort", "normal")) == 1)
            #expect(try predicted(figures("--suggester", "cues")) == 0)
            // 0 shows all and skips nothing.
            #expect(try predicted(figures("--min-score", "0")) == 3)
        }
    }

    @Test func `wrong models and options are clear errors`() throws {
        try withModel { place in
            try place.write("no model", to: "Schemas/bonding.passages.safetensors")
            let damaged = try place.run("suggest")
            #expect(damaged.status == 1)
            #expect(damaged.error.contains("bonding.passages.safetensors"))
            #expect(try place.run("suggest", "--suggester", "cues").status == 0)
            #expect(try place.run("suggest", "--suggester", "magic").status == 64)
            #expect(try place.run("suggest", "--effort", "low", "--suggester", "encoder").status == 64)
        }
    }
}
