import Foundation
import Testing

@Suite struct EvaluateTests {
    private func figures(_ run: Run) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    }

    @Test func `labelled passages: the keys of the contract, and what came to them`() throws {
        try withCasebook { place in
            try place.write(
                """
                {"id": "1", "text": "She felt nothing for the child.", "labels": ["impaired-bonding"], "quotes": {"impaired-bonding": ["felt nothing"]}}

                {"id": "2", "text": "The door was blue.", "labels": [], "either": ["neglect"]}
                {"id": "3", "text": "It rained.", "labels": ["neglectt"], "quotes": {"neglectt": ["snow"]}}
                """, to: "gold.jsonl")
            let run = try place.run("evaluate", "gold.jsonl", "--format", "json")
            #expect(run.status == 0)
            #expect(run.error.contains("Did you mean “neglect”?"))
            #expect(run.error.contains("the quotes of “3” do not stand in its text"))
            let figures = try figures(run)
            for key in ["micro", "macro", "concepts", "best", "precision_at", "ece", "reliability", "spans"] {
                #expect(figures[key] != nil, "\(key)")
            }
            let concepts = try #require(figures["concepts"] as? [String: [String: Any]])
            let concept = try #require(concepts["impaired-bonding"])
            #expect(concept["precision"] as? Double == 1 && concept["recall"] as? Double == 1)
            #expect(concept["support"] as? Int == 1 && concept["predicted"] as? Int == 1)
            #expect(concept["average_precision"] as? Double == 1)
            #expect(concepts["bond"] == nil)
            // The cue's words are all of them labelled, or the label is all of them.
            let spans = try #require(figures["spans"] as? [String: Any])
            #expect(spans["pairs"] as? Int == 1)
            #expect((spans["recall"] as? Double ?? 0) == 1)
            #expect(figures["against"] is NSNull)
        }
    }

    @Test func `against a layer: what supports counts, what is ambiguous does not, a passage read and empty does`()
        throws
    {
        try withCasebook { place in
            func add(_ quote: String, _ concept: String, _ stance: String, _ passage: String) throws {
                let run = try place.run(
                    "annotate", "add", "door", "--passage", passage, "--range", quote, "--concept", concept,
                    "--stance", stance, "--layer", "ana")
                #expect(run.status == 0, "\(run.error)")
            }
            // p1: "Ada felt nothing for the child. …"
            try add("0:30", "impaired-bonding", "supports", "p1")
            var figures = try figures(try place.run("evaluate", "--against", "ana", "--format", "json"))
            #expect(figures["against"] as? String == "ana")
            #expect(figures["passages"] as? Int == 2)
            var concepts = try #require(figures["concepts"] as? [String: [String: Any]])
            #expect(concepts["impaired-bonding"]?["support"] as? Int == 1)
            // The same words in the second paragraph are suggested as well, and nobody has marked them there.
            #expect(concepts["impaired-bonding"]?["predicted"] as? Int == 2)
            #expect(concepts["impaired-bonding"]?["precision"] as? Double == 0.5)
            let stood = concepts["impaired-bonding"]?["stood_there"] as? [[String: Any]]
            #expect(stood?.count == 1 && stood?.first?["concept"] is NSNull)
            let works = try #require(figures["works"] as? [[String: Any]])
            #expect(works.map { $0["document"] as? String } == ["Corpus/door.xml"])

            try add("0:9", "impaired-bonding", "ambiguous", "p.2")
            figures = try self.figures(try place.run("evaluate", "--against", "ana", "--format", "json"))
            concepts = try #require(figures["concepts"] as? [String: [String: Any]])
            #expect(concepts["impaired-bonding"]?["predicted"] as? Int == 1)
            #expect(concepts["impaired-bonding"]?["precision"] as? Double == 1)
            let table = try place.run("evaluate", "--against", "ana", "door")
            #expect(table.output.contains("2 passages of 1 work, against the layer ana"))
            #expect(try place.run("evaluate", "--against", "ana", "--format", "md").output.hasPrefix("| concept |"))
        }
    }

    @Test func `what cannot be evaluated says so`() throws {
        try withCasebook { place in
            #expect(try place.run("evaluate").status == 64)
            #expect(try place.run("evaluate", "a.jsonl", "b.jsonl").status == 64)
            #expect(try place.run("evaluate", "none.jsonl").status == 66)
            let missing = try place.run("evaluate", "--against", "nobody")
            #expect(missing.status == 66)
            #expect(missing.error.contains("no text in scope has this layer"))
            try place.write("{\"id\": 1}\n", to: "gold.jsonl")
            let broken = try place.run("evaluate", "gold.jsonl")
            #expect(broken.status == 1)
            #expect(broken.error.contains("gold.jsonl:1:1"))
        }
    }
}
