import Foundation
import PassageScoring
import Readers
import Synchronization
import Tagging
import TestSupport
import Testing
import TextModel

/// With a model made by hand: *cold*, *away* raise impaired-bonding, *held*, *sang* responsive-care, *angry*
/// parental-anger; and one cue.
@Suite struct LearnedSuggesterTests {
    private static let cues = """
        <cues xmlns="urn:casebook:cues" version="1"><cueSet xml:lang="en" threshold="0.5">
        <context xml:id="not" type="negated" effect="contradict" factor="1" reach="2"><trigger>never</trigger></context>
        <concept ref="responsive-care"><cue xml:id="fed" weight="0.6"><pattern>fed ..2 him</pattern>
        <match>x</match><nomatch>x</nomatch></cue></concept>
        <concept ref="neglect"><cue xml:id="left" weight="0.8"><pattern>left alone</pattern>
        <match>x</match><nomatch>x</nomatch></cue></concept>
        </cueSet></cues>
        """

    /// Counts what is asked of it and keeps it.
    private final class CountingStore: ScoreStore {
        let memory = MemoryScoreStore()
        let keptCount = Mutex(0)
        func scores(of passages: [String]) -> [String: [UInt8]] { memory.scores(of: passages) }
        func keep(_ scores: [(passage: String, scores: [UInt8])]) {
            keptCount.withLock { $0 += scores.count }
            memory.keep(scores)
        }
    }

    private static let model = Result { try read("marked") }
    /// The same, and its tokens say which concept they show.
    private static let tagged = Result { try read("tagged") }

    private static func read(_ name: String) throws -> PassageModel {
        let file = packageRoot.appendingPathComponent("Tests/PassageScoringTests/Fixtures/\(name).safetensors")
        return try PassageModel.read(Array(try Data(contentsOf: file)), path: name)
    }

    private func suggester(
        combined: Bool = true, effort: Effort = .high, encodes: Bool = true, store: (any ScoreStore)? = nil,
        model: Result<PassageModel, any Error> = model
    ) throws -> LearnedSuggester {
        let (cues, diagnostics) = CueFileReader.read(Array(Self.cues.utf8), path: "t.cues.xml")
        #expect(diagnostics == [])
        return LearnedSuggester(
            model: try model.get(), cues: CueSuggester(cues: try #require(cues), scheme: nil),
            isCombined: combined, effort: effort, encodes: encodes, scheme: nil, store: store)
    }

    private func suggestions(
        _ document: Document, _ suggester: LearnedSuggester, minimumScore: Double? = nil, jobs: Int = 1
    ) -> [Suggestion] {
        Tagger([suggester.makeWorker(jobs: jobs)]).suggestions(for: document, minimumScore: minimumScore)
    }

    private func lines(_ document: Document, _ suggester: LearnedSuggester) -> [String] {
        suggestions(document, suggester).map { "\($0.passage) \($0.concept) [\(document.rawText($0.raw))]" }
    }

    @Test(arguments: [
        // Of sentences the one that matters, of one sentence the clause.
        ("The room was good. She was cold to him. It was night.", ["0 impaired-bonding [She was cold to him.]"]),
        (
            "She went up to the room, she turned cold at the door, and then she walked down to the old house.",
            ["0 impaired-bonding [she turned cold at the door,]"]
        ),
        // Two that matter alike and stand together.
        ("It was night. She sang to him. He held her.", ["0 responsive-care [She sang to him. He held her.]"]),
        ("She was angry.", ["0 parental-anger [She was angry.]"]),
        ("It was night. The room was good.", []),
    ])
    func `the words that carry the score`(text: String, expected: [String]) throws {
        let found = lines(plainDocument([text]), try suggester(combined: false))
        // Each of two equal marks alone would leave the score where it is: then the whole passage is named.
        if expected.first?.contains("sang") == true {
            #expect(found.count == 1 && found[0].hasPrefix("0 responsive-care"))
        } else {
            #expect(found == expected)
        }
    }

    @Test(arguments: [
        ("It was night. She turned cold.", ["0 impaired-bonding [cold]"]),
        ("She was cold, cold to him. The door was good.", ["0 impaired-bonding [cold, cold]"]),
        ("She held her; the old man walked up and down and up and down; he sang.", ["0 responsive-care [held]"]),
        ("The door was good.", []),
    ])
    func `words that the model marks`(text: String, expected: [String]) throws {
        #expect(lines(plainDocument([text]), try suggester(combined: false, model: Self.tagged)) == expected)
    }

    @Test func `why a passage is suggested`() throws {
        let document = plainDocument(["It was night. She was cold to him. They fed him."])
        let explanation = try suggester().explain(document.passages[0], in: document)
        let first = try #require(explanation.concepts.first)
        #expect(explanation.concepts.map(\.id) == ["impaired-bonding", "responsive-care", "parental-anger"])
        #expect(first.score > first.threshold && first.encoder == first.score && first.cues == 0)
        func text(_ range: ByteRange) -> String { String(decoding: document.reading[range.indices], as: UTF8.self) }
        let sentence = try #require(first.sentences.max { $0.drop < $1.drop })
        #expect(text(sentence.reading) == "She was cold to him. ")
        #expect(first.words.first.map { text($0.reading) } == "cold")
        #expect(explanation.concepts[1].cues == 0.6)
        #expect(explanation.concepts[1].cueReason?.contains("fed him") == true)
        #expect(explanation.neighbours.count == 3)
    }

    @Test func `a long passage is scored in windows`() throws {
        let filler = "The old man walked up and down in the room by the door. "
        let long = String(repeating: filler, count: 30) + "She turned cold at once. " + filler
        let document = plainDocument([long])
        let found = try #require(suggestions(document, try suggester(combined: false)).first)
        #expect(found.concept == "impaired-bonding")
        #expect(document.rawText(found.raw) == "She turned cold at once.")
    }

    @Test func `a passage scores alone as in a long text`() throws {
        let texts = (0..<60).map { number in
            [
                "She was cold to him.", "It was night.", "He held her and sang.",
                "They left him, left alone, and fed him.",
            ][
                number % 4] + String(repeating: " The door.", count: number % 7)
        }
        let suggester = try suggester()
        let together = suggestions(plainDocument(texts), suggester, minimumScore: 0)
        let shared = suggestions(plainDocument(texts), suggester, minimumScore: 0, jobs: 4)
        #expect(together == shared)
        for (index, text) in texts.enumerated() {
            let alone = suggestions(Document(onePassage: text, language: "en"), suggester, minimumScore: 0)
            let here = together.filter { Int($0.passage) == index }
            #expect(alone.map(\.score) == here.map(\.score))
            #expect(alone.map(\.concept) == here.map(\.concept))
        }
    }

    @Test func `cues and encoder raise each other`() throws {
        let text = "She held and fed him."
        func score(_ suggester: LearnedSuggester) throws -> Double {
            try #require(
                suggestions(plainDocument([text]), suggester, minimumScore: 0).first { $0.concept == "responsive-care" }
            ).score
        }
        let encoder = try score(try suggester(combined: false))
        let both = try score(try suggester())
        // Noisy or with a third of the cue's 0.6: so much less often it is right in novels.
        #expect(abs(both - (1 - (1 - encoder) * 0.8)) < 1e-9)
    }

    @Test func `what only cues know stays`() throws {
        let found = suggestions(plainDocument(["He was left alone.", "She never fed him."]), try suggester())
        #expect(found.map(\.concept) == ["neglect", "responsive-care"])
        #expect(found.map(\.stance) == [.supports, .contradicts])
    }

    @Test func `effort decides what is read`() throws {
        let document = plainDocument([
            "It was cold.", "The mother was cold.", "They fed him and turned away.", "Wind, and cold hands.",
        ])
        #expect(lines(document, try suggester(effort: .high)).filter { $0.contains("impaired") }.count == 4)
        let normal = lines(document, try suggester(effort: .normal)).filter { $0.contains("impaired") }
        #expect(normal.map { $0.prefix(1) } == ["1", "2"])
    }

    @Test func `what was scored is not scored again`() throws {
        let document = plainDocument(["She was cold to him.", "It was night.", "He held her.", "It was night."])
        let store = CountingStore()
        let first = suggestions(document, try suggester(store: store), minimumScore: 0)
        #expect(store.keptCount.withLock { $0 } == 4)
        let kept = suggestions(document, try suggester(encodes: false, store: store), minimumScore: 0)
        #expect(first == kept)
        #expect(store.keptCount.withLock { $0 } == 4)
        // A text of which nothing is kept.
        let other = suggestions(plainDocument(["She was cold."]), try suggester(encodes: false, store: store))
        #expect(other == [])
    }

    @Test func `other languages are left to the cues`() throws {
        let document = plainDocument(["The mother was cold.", "cold"], language: "de")
        let worker = try suggester().makeWorker()
        #expect(Tagger([worker]).suggestions(for: document, minimumScore: 0) == [])
        #expect(worker.notes(for: document).contains { $0.identifier == "unread-language" })
    }

    @Test func `scores survive being kept, and damage is seen`() throws {
        let scorer = PassageScorer(try Self.model.get())
        let document = plainDocument(["She was cold. It was night. He held her."])
        let scores = try #require(scorer.score(document.passages, in: document).first)
        let length = document.passages[0].reading.count
        #expect(PassageScores(scores.encoded, length: length, concepts: 3, width: 64) == scores)
        #expect(!scores.spans.isEmpty)
        #expect(PassageScores(scores.encoded, length: 10, concepts: 3, width: 64) == nil)
        #expect(PassageScores(scores.encoded, length: length, concepts: 4, width: 64) == nil)
        #expect(PassageScores([], length: length, concepts: 3, width: 64) == nil)
        for count in 0..<scores.encoded.count {
            let cut = PassageScores(Array(scores.encoded[..<count]), length: length, concepts: 3, width: 64)
            #expect(cut != scores)
        }
    }
}
