import Foundation
import TestSupport
import Testing

@Suite(.enabled(if: FakeEndpoint.isAvailable, "needs python3 for an endpoint to ask")) struct LanguageModelCommandTests
{
    /// Calls with a casebook that names a language model at an endpoint of its own.
    private func withModel(
        _ name: String, _ settings: String = "", _ body: (Workplace, FakeEndpoint) throws -> Void
    ) throws {
        let endpoint = try FakeEndpoint()
        try withCasebook { place in
            try place.write(
                """
                format: 1
                language: en
                language-model:
                  endpoint: \(endpoint.address)
                  model: \(name)
                \(settings)
                """, to: "casebook.yml")
            try body(place, endpoint)
        }
    }

    private let ask = ["suggest", "--suggester", "language-model", "--format", "jsonl"]

    @Test func `says what is sent, sends it once, and suggests what was found`() throws {
        try withModel("good", "  price-in: 1\n  price-out: 5") { place, endpoint in
            let first = try place.run(ask + ["--yes"])
            #expect(first.status == 0, "\(first.error)")
            for words in [
                "To be sent to \(endpoint.address)/chat/completions, model good:", "2 passages (33 words)",
                "Corpus/door.xml", "on this machine",
                "good: 2 of 2 passages answered in 1 request; 1000 tokens sent, 100 answered, cost 0.0015",
            ] { #expect(first.error.contains(words), "\(words) in \(first.error)") }
            let suggestions = try first.objects()
            #expect(suggestions.map { $0["concept"] as? String } == ["impaired-bonding", "impaired-bonding"])
            #expect(suggestions.map { $0["quote"] as? String } == ["felt nothing", "felt nothing"])
            #expect(suggestions.allSatisfy { $0["suggester"] as? String == "language-model" })
            #expect(suggestions.allSatisfy { $0["score"] as? Double == 0.9 })
            #expect(suggestions.map { $0["passage"] as? String } == ["p1", "p.2"])

            let second = try place.run(ask)
            #expect(second.status == 0 && second.output == first.output)
            #expect(second.error.contains("nothing is sent"))
            #expect(try endpoint.requests().count == 1)

            // A suggestion of the model is decided on like any other, and not made again.
            let id = try #require(suggestions[0]["id"] as? String)
            let accepted = try place.run("annotate", "accept", id, "--layer", "ana")
            #expect(accepted.status == 0, "\(accepted.error)")
            #expect(try place.read("Corpus/door.ana.xml").contains("language-model"))
            #expect(try place.run(ask).objects().map { $0["passage"] as? String } == ["p.2"])
        }
    }

    @Test func `nothing is sent without a word of the user's`() throws {
        try withModel("good") { place, endpoint in
            let run = try place.run(ask)
            #expect(run.status == 64)
            #expect(run.error.contains("To be sent to"))
            #expect(run.error.contains("say --yes"))
            // Other suggesters ask nobody.
            #expect(try place.run("suggest", "--suggester", "cues").status == 0)
            #expect(try endpoint.requests().isEmpty)
        }
        try withCasebook { place in
            let run = try place.run(ask + ["--yes"])
            #expect(run.status == 1)
            #expect(run.error.contains("names no language model"))
        }
    }

    @Test(arguments: [
        (
            "<availability status=\"restricted\"><p>Rights.</p></availability>", "", "",
            "marked restricted (availability/@status)"
        ),
        (
            "", "<notesStmt><note type=\"confidential\">A case of my own practice.</note></notesStmt>", "",
            "marked confidential"
        ),
        ("", "", "works:\n  door:\n    availability: restricted", "marked restricted in casebook.yml"),
    ])
    func `a restricted or confidential text stays here`(
        availability: String, notes: String, configuration: String, reason: String
    ) throws {
        try withModel("good", configuration) { place, endpoint in
            let text = doorText.replacingOccurrences(
                of: "<publisher>Test</publisher></publicationStmt>",
                with: "<publisher>Test</publisher>\(availability)</publicationStmt>\(notes)")
            #expect(text != doorText || !configuration.isEmpty)
            try place.write(text, to: "Corpus/door.xml")
            try place.write(
                doorText.replacingOccurrences(of: "and the door was blue", with: "and the window was green")
                    .replacingOccurrences(of: "the nurse wrote it down", with: "the nurse said no word"),
                to: "Corpus/window.xml")
            let named = try place.run(ask + ["--yes", "door"])
            #expect(named.status == 1)
            #expect(named.error.contains("Corpus/door.xml: error: is \(reason)"), "\(named.error)")
            #expect(named.output == "")
            #expect(try endpoint.requests().isEmpty)
            // Among others it is told of, and the others are done.
            let all = try place.run(ask + ["--yes"])
            #expect(all.status == 0)
            #expect(all.error.contains("Corpus/door.xml: warning: is \(reason)"))
            #expect(try all.objects().allSatisfy { $0["document"] as? String == "Corpus/window.xml" })
            #expect(try !all.objects().isEmpty)
            #expect(
                try endpoint.requests().flatMap(\.texts).allSatisfy { !$0.contains("blue") && !$0.contains("wrote") })
        }
    }

    @Test func `the key comes from its variable and is shown nowhere`() throws {
        try withModel("unauthorized", "  key-variable: CASEBOOK_TEST_KEY") { place, endpoint in
            let missing = try place.run(ask + ["--yes"])
            #expect(missing.status == 1)
            #expect(missing.error.contains("the environment variable CASEBOOK_TEST_KEY is not set"))
            #expect(try endpoint.requests().isEmpty)
            let run = try place.run(ask + ["--yes"], environment: ["CASEBOOK_TEST_KEY": "sk-very-secret"])
            #expect(run.status == 1)
            #expect(run.error.contains("401: Incorrect API key provided"))
            #expect(!run.error.contains("sk-very-secret"))
            #expect(try endpoint.requests().map(\.key) == ["Bearer sk-very-secret"])
        }
    }

    @Test func `what is dropped is counted, what failed is said, and the rest is suggested`() throws {
        try withModel("invented") { place, _ in
            let run = try place.run(ask + ["--yes", "--min-score", "0"])
            #expect(run.status == 0)
            #expect(run.error.contains("dropped: 3 whose words are not in the passage, 2 with a concept"))
            #expect(try run.objects().count == 2)
        }
        try withModel("error-later", "  batch: 1\n  concurrency: 1") { place, _ in
            let run = try place.run(ask + ["--yes"])
            #expect(run.status == 1)
            #expect(run.error.contains("no credit left"))
            #expect(run.error.contains("the next run asks for the rest only"))
            #expect(try run.objects().count == 1)
        }
    }

    @Test func `evaluate measures it like any other`() throws {
        try withModel("good") { place, endpoint in
            try place.write(
                """
                {"id": "1", "text": "She felt nothing.", "labels": ["impaired-bonding"]}
                {"id": "2", "text": "He was hungry.", "labels": ["neglect"]}
                """, to: "gold.jsonl")
            let arguments = ["evaluate", "gold.jsonl", "--suggester", "language-model", "--format", "json"]
            #expect(try place.run(arguments).status == 64)
            let run = try place.run(arguments + ["--yes"])
            #expect(run.status == 0, "\(run.error)")
            let figures = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
            let micro = try #require(figures["micro"] as? [String: Double])
            #expect(micro["precision"] == 1 && micro["recall"] == 0.5)
            #expect(try endpoint.requests().count == 1)
            _ = try place.run(
                "annotate", "add", "door", "--passage", "p1", "--range", "0:9", "--concept", "impaired-bonding",
                "--layer",
                "ana")
            let against = try place.run(
                "evaluate", "--against", "ana", "--suggester", "language-model", "--format", "json", "--yes")
            #expect(against.status == 0, "\(against.error)")
            #expect(against.output.contains("\"against\": \"ana\""))
        }
    }
}
