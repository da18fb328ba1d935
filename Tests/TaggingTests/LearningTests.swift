import Foundation
import PassageScoring
import Readers
import Tagging
import TestSupport
import Testing
import TextModel

/// With a model made by hand that knows impaired-bonding (*cold*, *away*), responsive-care and parental-anger; the
/// scheme has a fourth concept, of which only decisions can teach.
@Suite struct LearningTests {
    private static let model = Result {
        let file = packageRoot.appendingPathComponent("Tests/PassageScoringTests/Fixtures/marked.safetensors")
        return try PassageModel.read(Array(try Data(contentsOf: file)), path: "marked")
    }

    private static let scheme: ConceptScheme = {
        var scheme = ConceptScheme(id: "t", path: "t.xml", title: "T", version: nil)
        scheme.concepts = ["impaired-bonding", "responsive-care", "parental-anger", "feeding"].map {
            Concept(id: $0, broader: nil)
        }
        return scheme
    }()

    private func suggester(_ corrections: HeadCorrections = HeadCorrections()) throws -> LearnedSuggester {
        let cues = """
            <cues xmlns="urn:casebook:cues" version="1"><cueSet xml:lang="en" threshold="0.5">
            <concept ref="neglect"><cue xml:id="left" weight="0.8"><pattern>left alone</pattern>
            <match>x</match><nomatch>x</nomatch></cue></concept></cueSet></cues>
            """
        return LearnedSuggester(
            model: try Self.model.get(),
            cues: CueSuggester(cues: try #require(CueFileReader.read(Array(cues.utf8), path: "t").0), scheme: nil),
            isCombined: false, effort: .high, scheme: Self.scheme, corrections: corrections)
    }

    /// Passages that show concepts, and such whose suggestions were rejected.
    private func learned(
        shown: [(String, String)] = [], denied: [(String, String)] = [], empty: [String] = []
    ) throws -> HeadCorrections {
        let texts = shown.map(\.0) + denied.map(\.0) + empty
        let document = plainDocument(texts)
        let verdicts = texts.indices.map { index in
            var verdict = PassageVerdicts(passage: Int32(index))
            if index < shown.count {
                let passage = document.passages[index]
                let raw = ByteRange(
                    document.rawOffset(ofReading: passage.reading.start, in: passage),
                    document.rawOffset(ofReading: passage.reading.end, in: passage, isEnd: true))
                verdict.shown = [shown[index].1: [raw]]
            } else if index < shown.count + denied.count {
                verdict.denied = [denied[index - shown.count].1]
            } else {
                verdict.isEmpty = true
            }
            return verdict
        }
        let suggester = try suggester()
        return suggester.corrections(
            from: suggester.decidedWindows(verdicts, in: document).map(\.window), scheme: Self.scheme)
    }

    private func suggestions(_ text: String, _ corrections: HeadCorrections, minimumScore: Double? = 0) throws
        -> [Suggestion]
    {
        Tagger([try suggester(corrections).makeWorker()]).suggestions(
            for: plainDocument([text]), minimumScore: minimumScore)
    }

    private func score(_ concept: String, _ text: String, _ corrections: HeadCorrections) throws -> Double {
        try #require(suggestions(text, corrections).first { $0.concept == concept }).score
    }

    private static let feeding = [
        "Milk, milk, and the baby fed.", "The baby was fed milk.", "Milk for the baby; feed her milk.",
        "Fed the baby, fed again, milk.", "The milk, and the baby fed on it.",
    ].map { ($0, "feeding") }
    private static let others = [
        "He walked up and down the old house.", "It was night, and the door was bad.",
        "What a good book, said the old man.", "She sang to him.", "They had come from the room, walked out and read.",
    ]

    @Test func `five examples make a new concept be suggested, where it is and nowhere else`() throws {
        // The three exemplars of this model are not texts: what other passages are like, four empty ones tell.
        let empty = [
            "The wife walked up and down in the room.", "It was a long day, and the old man read.",
            "She asked him about the book.", "The nurse cried, and they all went to sleep.",
        ]
        let corrections = try learned(shown: Self.feeding, empty: empty)
        #expect(corrections.addedConcepts == ["feeding"])
        let found = try suggestions("The baby, and the milk that fed her.", corrections, minimumScore: nil)
        #expect(found.map(\.concept) == ["feeding"])
        for text in Self.others {
            #expect(try !suggestions(text, corrections, minimumScore: nil).contains { $0.concept == "feeding" })
        }
        // A concept that nobody has marked is not suggested at all.
        #expect(try !suggestions(Self.feeding[0].0, HeadCorrections()).contains { $0.concept == "feeding" })
    }

    @Test func `rejecting lowers and accepting raises, there and in like passages`() throws {
        let text = "She was cold to him."
        let like = "He was cold to her."
        let unlike = "It was night; the door of the old house was bad, and they turned away from it."
        func shift(_ corrections: HeadCorrections, _ text: String) throws -> Double {
            // Of log odds: near 1 a score hardly moves.
            func odds(_ score: Double) -> Double { log(score / (1 - score)) }
            return try odds(score("impaired-bonding", text, corrections))
                - odds(score("impaired-bonding", text, HeadCorrections()))
        }
        let rejected = try learned(denied: [(text, "impaired-bonding")])
        #expect(rejected.correctedConcepts == ["impaired-bonding"])
        #expect(try shift(rejected, text) < -0.1)
        #expect(try shift(rejected, like) < -0.1)
        let one = try shift(rejected, text)
        let more = try learned(denied: [(text, "impaired-bonding"), (like, "impaired-bonding")])
        #expect(try shift(more, text) < one)
        let accepted = try learned(shown: [(unlike, "impaired-bonding")])
        #expect(try shift(accepted, unlike) > 0)
        // Held near the shipped bank: one decision turns nothing over.
        #expect(try score("impaired-bonding", "He turned cold and cold and away.", rejected) > 0.5)
    }

    @Test func `a passage read and found empty lowers all`() throws {
        let text = "She was cold, angry, and held him."
        let corrections = try learned(empty: [text])
        #expect(corrections.correctedConcepts.count == 3)
        for concept in corrections.correctedConcepts {
            #expect(try score(concept, text, corrections) < score(concept, text, HeadCorrections()))
        }
    }

    @Test func `without decisions scores are the shipped ones to the bit`() throws {
        let nothing = try learned()
        #expect(nothing == HeadCorrections())
        // Where nothing was said of a concept, its scores stay.
        let other = try learned(denied: [("She was cold to him.", "impaired-bonding")])
        for text in Self.others + ["She held her and sang.", "He was angry."] {
            let document = plainDocument([text])
            let model = try Self.model.get()
            let scores = try #require(PassageScorer(model).score(document.passages, in: document).first)
            for (index, concept) in model.settings.concepts.enumerated() {
                let shipped = model.settings.probability(index, logit: scores.windows[0].logits[index])
                #expect(try score(concept, text, nothing) == shipped)
                if concept != "impaired-bonding" { #expect(try score(concept, text, other) == shipped) }
            }
        }
    }

    @Test func `the same decisions teach the same, and survive being kept`() throws {
        let denied = [("She was cold to him.", "impaired-bonding")]
        let first = try learned(shown: Self.feeding, denied: denied, empty: Self.others)
        #expect(try learned(shown: Self.feeding, denied: denied, empty: Self.others) == first)
        let kept = try JSONDecoder().decode(HeadCorrections.self, from: try JSONEncoder().encode(first))
        #expect(kept == first)
        #expect(first.fits(width: 64))
        #expect(!first.fits(width: 384))
    }

    @Test func `a long passage teaches where its words are`() throws {
        let filler = "The old man walked up and down in the room by the door. "
        let long = String(repeating: filler, count: 30) + "The baby was fed milk, milk." + filler
        let document = plainDocument([long])
        let raw = try #require(QuoteRange.find("The baby was fed milk, milk.", in: document))
        var verdict = PassageVerdicts(passage: 0)
        verdict.shown = ["feeding": [raw]]
        #expect(try suggester().decidedWindows([verdict], in: document).count == 1)
        verdict.shown = [:]
        verdict.isEmpty = true
        #expect(try suggester().decidedWindows([verdict], in: document).count > 1)
    }
}

/// Where words stand in the raw text of a document.
private enum QuoteRange {
    static func find(_ words: String, in document: Document) -> ByteRange? {
        let wanted = Array(words.utf8)
        guard let start = document.raw.indices.first(where: { document.raw[$0...].starts(with: wanted) }) else {
            return nil
        }
        return ByteRange(start, start + wanted.count)
    }
}
