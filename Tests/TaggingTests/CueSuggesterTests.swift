import Readers
import Tagging
import TestSupport
import Testing
import TextModel

@Suite struct CueSuggesterTests {
    private static let source = """
        <cues xmlns="urn:casebook:cues" version="1"><cueSet xml:lang="en" threshold="0.5">
        <class name="child"><words>child | baby</words><persons relation="parent_of" side="passive"/></class>
        <class name="mother"><words>mother</words><persons relation="parent_of" side="active" sex="F"/></class>
        <context xml:id="not" type="negated" effect="contradict" factor="0.5" reach="2">
         <trigger>not | never</trigger><pseudo>not only</pseudo><end>but</end></context>
        <context xml:id="if" type="hypothetical" effect="lower" factor="0.5" reach="5"><trigger>if</trigger></context>
        <context xml:id="doll" type="other-sense" effect="drop"><trigger>@child doll</trigger></context>
        <context xml:id="book" type="someone-else" effect="lower" factor="0.1" direction="after" reach="9">
         <trigger>in the book</trigger></context>
        <concept ref="physical-closeness">
         <cue xml:id="rocked" weight="0.6"><pattern>rocked [the | her] @child</pattern><match>x</match><nomatch>x</nomatch></cue>
         <cue xml:id="held" weight="0.5"><pattern>held ..2 @child</pattern><match>x</match><nomatch>x</nomatch></cue></concept>
        <concept ref="neglect">
         <cue xml:id="left" weight="0.8"><pattern>@mother left</pattern><match>x</match><nomatch>x</nomatch></cue></concept>
        </cueSet></cues>
        """

    private func suggester(_ source: String = source) throws -> CueSuggester {
        let (cues, diagnostics) = CueFileReader.read(Array(source.utf8), path: "t.cues.xml")
        #expect(diagnostics == [])
        return CueSuggester(cues: try #require(cues), scheme: nil)
    }

    private func lines(_ document: Document, minimumScore: Double? = 0) throws -> [String] {
        try suggester().suggestions(for: document, minimumScore: minimumScore).map { suggestion in
            let score = Double(Int(suggestion.score * 1000 + 0.5)) / 1000
            let against = suggestion.stance == .contradicts ? " against" : ""
            return
                "\(suggestion.passage) \(suggestion.concept) \(score)\(against) [\(document.rawText(suggestion.raw))]"
        }
    }

    @Test(arguments: [
        ("She rocked the baby.", ["0 physical-closeness 0.6 [rocked the baby]"]),
        // Noisy or: 1 - 0.4 · 0.5; the range is the sentence's matches from first to last.
        ("She held the child and rocked the baby.", ["0 physical-closeness 0.8 [held the child and rocked the baby]"]),
        // The stronger sentence has the range.
        ("She held the child. She rocked the baby.", ["0 physical-closeness 0.8 [rocked the baby]"]),
        // Said again it counts half: 1 - 0.4 · 0.7.
        ("She rocked the baby. She rocked the baby.", ["0 physical-closeness 0.72 [rocked the baby]"]),
        // Matches that share words are one piece of evidence.
        ("She held rocked baby.", ["0 physical-closeness 0.6 [rocked baby]"]),
        ("If she rocked the baby!", ["0 physical-closeness 0.3 [rocked the baby]"]),
        ("She never rocked the baby.", ["0 physical-closeness 0.3 against [rocked the baby]"]),
        ("She not only rocked the baby.", ["0 physical-closeness 0.6 [rocked the baby]"]),
        ("She did not, but she rocked the baby.", ["0 physical-closeness 0.6 [rocked the baby]"]),
        ("Never. She rocked the baby.", ["0 physical-closeness 0.6 [rocked the baby]"]),
        ("She rocked her baby doll.", []),
        ("She rocked the baby, in the book.", ["0 physical-closeness 0.06 [rocked the baby]"]),
        // 0.5 · (1 - ½ · 0.3): what speaks against it lowers it.
        ("She held the child, never rocked the baby.", ["0 physical-closeness 0.425 [held the child]"]),
        ("Nothing here.", []), ("", []),
    ])
    func `scores, ranges and contexts`(text: String, expected: [String]) throws {
        #expect(try lines(plainDocument([text])) == expected)
    }

    private static let conditions = """
        <cues xmlns="urn:casebook:cues" version="1"><cueSet xml:lang="en" threshold="0.5">
        <class name="child"><words>child | baby</words><persons relation="parent_of" side="passive"/></class>
        <concept ref="physical-closeness">
         <cue xml:id="rocked" weight="0.6"><pattern>rocked</pattern><needs>@child | cradle</needs>
          <needs>arms | lap</needs><without>boat ..2 harbour</without><match>x</match><nomatch>x</nomatch></cue></concept>
        </cueSet></cues>
        """

    @Test(arguments: [
        ("In her arms she rocked the baby.", 1), ("She rocked it in her lap. The cradle stood by.", 1),
        // One of two needs, or none.
        ("She rocked the baby.", 0), ("She rocked in his arms.", 0), ("The baby lay in her arms.", 0),
        // A need met beyond two sentences of prose: forty words, and one more.
        ("She rocked it in her lap." + String(repeating: " So", count: 36) + " baby.", 1),
        ("She rocked it in her lap." + String(repeating: " So", count: 37) + " baby.", 0),
        ("The boat in the harbour. Her arms rocked the baby.", 0), ("The boat. Her arms rocked the baby.", 1),
    ]) func `what a cue needs near it, and what it must be without`(text: String, count: Int) throws {
        let found = try suggester(Self.conditions).suggestions(for: plainDocument([text]), minimumScore: 0)
        #expect(found.count == count)
    }

    @Test func `a person's name meets a need`() throws {
        var document = plainDocument(["Her arms rocked Max."])
        #expect(try suggester(Self.conditions).suggestions(for: document, minimumScore: 0).isEmpty)
        document.work = MatcherTests.document("").work
        #expect(try suggester(Self.conditions).suggestions(for: document, minimumScore: 0).count == 1)
    }

    @Test func `persons of the document join the classes`() throws {
        var document = plainDocument(["Jane Roe left; rocked Max.", "jane left. Ann left."])
        #expect(try lines(document) == [])
        document.work.persons = [
            Person(id: "jane", names: ["Jane Roe"], sex: .female, role: nil),
            Person(id: "max", names: ["Max Roe"], sex: .male, role: nil),
        ]
        document.work.relations = [
            Relation(id: nil, name: "adoptive_parent_of", active: ["jane"], passive: ["max"], mutual: [])
        ]
        #expect(
            try lines(document) == ["0 neglect 0.8 [Jane Roe left]", "0 physical-closeness 0.6 [rocked Max]"])
    }

    @Test func `names go with their document`() throws {
        var first = plainDocument(["Jane left."])
        first.work.persons = [Person(id: "jane", names: ["Jane"], sex: .female, role: nil)]
        first.work.relations = [Relation(id: nil, name: "parent_of", active: ["jane"], passive: [], mutual: [])]
        let second = plainDocument(["Jane left. The mother left."])
        let tagger = try suggester().makeTagger()
        #expect(tagger.suggestions(for: first).count == 1)
        #expect(tagger.suggestions(for: second).map(\.raw) == [ByteRange(15, 26)])
        #expect(tagger.suggestions(for: first).count == 1)
    }

    @Test func `workers of one suggester work side by side and agree`() async throws {
        let suggester = try suggester()
        let documents = (0..<24).map { number in
            plainDocument(["She rocked the baby. Word\(number) of it.", "If she held a child!"], path: "\(number).xml")
        }
        let alone = documents.map { suggester.suggestions(for: $0, minimumScore: 0) }
        let together = await withTaskGroup(of: [(Int, [Suggestion])].self) { group in
            for job in 0..<4 {
                group.addTask {
                    let tagger = suggester.makeTagger()
                    return stride(from: job, to: documents.count, by: 4).map { index in
                        (index, tagger.suggestions(for: documents[index], minimumScore: 0))
                    }
                }
            }
            var all: [(Int, [Suggestion])] = []
            for await some in group { all += some }
            return all.sorted { $0.0 < $1.0 }.map(\.1)
        }
        #expect(together == alone)
        #expect(alone.allSatisfy { $0.count == 2 })
    }

    @Test func `a long passage is scored in windows of sentences`() throws {
        let filler = String(repeating: "A word of rain fell on the slates that night. ", count: 14)
        let document = plainDocument([
            "She rocked the baby. Then she held the child. " + filler + "“He rocked the baby!” he said. "
        ])
        #expect(
            try lines(document) == [
                "0 physical-closeness 0.8 [She rocked the baby. Then she held the child.]",
                "0 physical-closeness 0.6 [“He rocked the baby!” he said.]",
            ])
    }

    @Test func `the threshold of the cue set holds unless another is asked for`() throws {
        let document = plainDocument(["She rocked the baby.", "If she rocked the baby!"])
        #expect(try lines(document, minimumScore: nil).count == 1)
        #expect(try lines(document, minimumScore: 0.3).count == 2)
        #expect(try lines(document, minimumScore: 0.7) == [])
    }

    @Test func `only kinds that are tagged, and languages that have cues`() throws {
        var document = plainDocument(["She rocked the baby.", "She rocked the baby.", "She rocked the baby."])
        document.passages[1].kind = .heading
        document.languages = ["en-GB", "fr"]
        document.passages[2].language = 1
        let suggester = try suggester()
        #expect(suggester.suggestions(for: document).map(\.passage) == [0])
        #expect(
            suggester.makeTagger().notes(for: document).map(\.summary)
                == ["no cues for `fr`: 1 of 2 passages were not looked at"])
        let german = plainDocument(["Sie schlief."], language: "de")
        #expect(suggester.makeTagger().notes(for: german).map(\.summary) == ["0 suggestions: no cues for `de`"])
        #expect(suggester.makeTagger().notes(for: plainDocument(["Slept."], language: "eng")) == [])
    }

    @Test func `ids are stable and tell documents, places and concepts apart`() throws {
        let text = ["She rocked the baby.", "She rocked the baby. The mother left."]
        let ids = try suggester().suggestions(for: plainDocument(text)).map(\.id)
        // Worked out by another program (FNV-1a): decisions in layer files refer to it.
        #expect(ids.first == "3ea2b21fad5e27a3" && ids.allSatisfy { $0.count == 16 })
        #expect(Set(ids).count == 3)
        #expect(try suggester().suggestions(for: plainDocument(text)).map(\.id) == ids)
        let elsewhere = try suggester().suggestions(for: plainDocument(text, path: "b.xml")).map(\.id)
        #expect(Set(ids).isDisjoint(with: elsewhere))
    }

    @Test func `reasons name cues, words and what lowered the score`() throws {
        let document = plainDocument(["If she rocked the baby, she never held the child."])
        let reason = try #require(try suggester().suggestions(for: document, minimumScore: 0).first?.reason)
        #expect(
            reason
                == "“rocked the baby” (rocked), lowered: not said as a fact by “If”; lowered: “held the child” speaks against it"
        )
    }

    @Test func `concepts that the scheme lacks are told and suggest nothing`() throws {
        var scheme = ConceptScheme(id: "s", path: "s.xml", title: "S", version: nil)
        scheme.concepts = [Concept(id: "physical-closenes", broader: nil), Concept(id: "neglect", broader: nil)]
        let (cues, _) = CueFileReader.read(Array(Self.source.utf8), path: "t.cues.xml")
        let suggester = CueSuggester(cues: try #require(cues), scheme: scheme)
        #expect(suggester.problems.map(\.advice) == ["did you mean physical-closenes?"])
        #expect(suggester.suggestions(for: plainDocument(["She rocked the baby. The mother left."])).count == 1)
    }

    @Test func `examples that fail are told where they stand`() throws {
        let (cues, _) = CueFileReader.read(Array(Self.source.utf8), path: "t.cues.xml")
        let failures = try #require(cues).failingExamples()
        // Every `match` of the source is an `x` that no cue finds.
        #expect(failures.count == 3)
        #expect(failures.first?.summary == "cue rocked does not match: x" && failures.first?.location?.line == 11)
    }

    @Test(arguments: [
        (Calibration.platt(slope: 1, intercept: 0), 0.6, 0.6), (.platt(slope: 2, intercept: 0), 0.5, 0.5),
        (.steps([.init(evidence: 0, score: 0.1), .init(evidence: 0.6, score: 0.4)]), 0.6, 0.4),
        (.steps([.init(evidence: 0.7, score: 0.4)]), 0.6, 0),
    ])
    func `calibration turns evidence into scores`(calibration: Calibration, evidence: Double, score: Double) throws {
        let (cues, _) = CueFileReader.read(Array(Self.source.utf8), path: "t.cues.xml")
        var file = try #require(cues)
        file.sets[0].calibrations["physical-closeness"] = calibration
        file.sets[0].cues[0].weight = evidence
        let found = CueSuggester(cues: file, scheme: nil)
            .suggestions(for: plainDocument(["She rocked the baby."]), minimumScore: 0)
        #expect(found.count == 1)
        #expect(abs((found.first?.score ?? -1) - score) < 1e-9)
    }

    @Test(arguments: [
        ("She rocked the baby.", "0.6"),
        // Log odds: of the prior -1.386, of the cues 0.405 and 0, so that they add 1.792 and 1.386 to it.
        ("She held the child and rocked the baby.", "0.857"),
        // Said again it counts half.
        ("She rocked the baby. She rocked the baby.", "0.786"),
        ("If she rocked the baby!", "0.38"), ("She never rocked the baby.", "0.38 against"),
        ("She held the child, never rocked the baby.", "0.39"),
        // The side that has more is what the passage says; the other takes half of what it has from it.
        ("She never rocked the baby, but if she held the child!", "0.302 against"),
    ])
    func `with a prior the log odds of cues add up`(text: String, expected: String) throws {
        let (cues, _) = CueFileReader.read(Array(Self.source.utf8), path: "t.cues.xml")
        var file = try #require(cues)
        file.sets[0].calibrations["physical-closeness"] = .prior(0.2)
        let found = CueSuggester(cues: file, scheme: nil).suggestions(for: plainDocument([text]), minimumScore: 0)
        let lines = found.map { suggestion in
            "\(Double(Int(suggestion.score * 1000 + 0.5)) / 1000)"
                + (suggestion.stance == .contradicts ? " against" : "")
        }
        #expect(lines == [expected])
    }

    @Test func `a cue weaker than the prior says nothing`() throws {
        let (cues, _) = CueFileReader.read(Array(Self.source.utf8), path: "t.cues.xml")
        var file = try #require(cues)
        file.sets[0].calibrations["physical-closeness"] = .prior(0.7)
        let found = CueSuggester(cues: file, scheme: nil)
            .suggestions(for: plainDocument(["She rocked the baby."]), minimumScore: 0)
        #expect(found.map(\.score).allSatisfy { abs($0 - 0.7) < 1e-9 } && found.count == 1)
    }
}
