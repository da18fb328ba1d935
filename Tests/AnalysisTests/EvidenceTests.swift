import Analysis
import TestSupport
import Testing
import TextModel

@Suite struct EvidenceTests {
    /// Three paragraphs of 4, 3 and 5 words; the first two are one section, the last is another.
    private static let document: Document = {
        var document = plainDocument(["one two three four", "five six seven", "eight nine ten eleven twelve"])
        let raw = document.passages.map(\.raw)
        document.parts.append(
            Part(
                parent: 0, element: 3, type: "phase", label: "1", head: "First", isOnlyOne: false,
                raw: ByteRange(raw[0].start, raw[1].end)))
        document.parts.append(
            Part(parent: 0, element: 3, type: "phase", label: "2", head: nil, isOnlyOne: false, raw: raw[2]))
        for (passage, part) in [Int32(1), 1, 2].enumerated() { document.passages[passage].part = part }
        document.work.persons = ["jane", "max", "abe"].map { Person(id: $0, names: [$0], sex: nil, role: nil) }
        document.work.relations = [
            Relation(id: "r1", name: "parent_of", active: ["jane", "abe"], passive: ["max"], mutual: []),
            Relation(id: "r2", name: "spouses", active: [], passive: [], mutual: ["jane", "abe"]),
        ]
        return document
    }()

    private static func annotation(
        _ words: String, in passage: Int, _ concepts: [String], _ about: [Subject] = [], stance: Stance? = .supports,
        verdict: AnchorVerdict = .exact
    ) -> AnchoredAnnotation {
        let text = document.rawText(document.passages[passage].raw)
        var pieces: [AnchoredPiece] = []
        if let range = text.firstRange(of: words) {
            let start = Int(document.passages[passage].raw.start) + text[..<range.lowerBound].utf8.count
            pieces = [AnchoredPiece(passage: Int32(passage), raw: ByteRange(start, start + words.utf8.count))]
        }
        var annotation = Annotation(id: words, targets: [])
        annotation.concepts = concepts.map { ConceptReference(id: $0, scheme: "", version: nil) }
        annotation.about = about
        annotation.stance = stance
        return AnchoredAnnotation(
            annotation: annotation, layerFile: "", layer: "ana", verdict: verdict, pieces: pieces)
    }

    @Test func `a work is measured in words`() {
        let scale = WordScale(Self.document)
        #expect(scale.total == 12)
        #expect(scale.range(ofPassage: 1) == 4..<7)
        let six = Self.annotation("six", in: 1, []).pieces[0]
        #expect(scale.range(of: six) == 5..<6)
        // Half a word is that word.
        let half = Self.annotation("leven tw", in: 2, []).pieces[0]
        #expect(scale.range(of: half) == 11..<12)
    }

    @Test func `sections of a level that occurs once are left out`() {
        let levels = WordScale(Self.document).sections()
        #expect(levels.count == 1)
        #expect(levels[0].map(\.range) == [0..<7, 7..<12])
        #expect(levels[0].map(\.label) == ["1", "2"])
    }

    @Test func `an annotation with two concepts is two, without a place none, said twice one`() {
        let scale = WordScale(Self.document)
        let evidence = Evidence.collect(
            [
                Self.annotation("eight", in: 2, ["a"], stance: nil),
                Self.annotation("two three", in: 0, ["a", "b"]),
                Self.annotation("two three", in: 0, ["a"]),
                Self.annotation("two three", in: 0, ["a"], stance: .contradicts),
                Self.annotation("six", in: 1, ["a"], verdict: .orphaned),
                Self.annotation("seven", in: 1, ["a"], verdict: .fuzzy),
            ], on: scale)
        #expect(evidence.map(\.concept) == ["a", "b", "a", "a"])
        #expect(evidence.map(\.stance) == [.supports, .supports, .contradicts, .supports])
        #expect(evidence.map(\.position) == [2, 2, 2, 7.5])
        let chosen = Evidence.collect([Self.annotation("six", in: 1, ["a"])], on: scale) { _ in false }
        #expect(chosen.isEmpty)
    }

    @Test func `ties of dyads and relations`() {
        let relations = Self.document.work.relations
        #expect(Tie.ties(of: .person("jane"), relations: relations).isEmpty)
        #expect(Tie.ties(of: .dyad("max", "jane"), relations: relations) == [Tie(from: "max", towards: "jane")])
        #expect(
            Tie.ties(of: .relation("r1"), relations: relations) == [
                Tie(from: "jane", towards: "max"), Tie(from: "abe", towards: "max"),
            ])
        let spouses = Tie.ties(of: .relation("r2"), relations: relations)
        #expect(spouses == [Tie(from: "abe", towards: "jane", isMutual: true)])
        #expect(spouses[0].pair == Pair("jane", "abe"))
        #expect(Tie.ties(of: .relation("r9"), relations: relations).isEmpty)
    }

    @Test func `a trajectory keeps directions, order and gaps`() {
        let scale = WordScale(Self.document)
        let annotations = [
            Self.annotation("two", in: 0, ["b"], [.dyad("jane", "max")]),
            Self.annotation("one", in: 0, ["a"], [.dyad("jane", "max")]),
            Self.annotation("six", in: 1, ["a"], [.dyad("jane", "max")], stance: .contradicts),
            Self.annotation("seven", in: 1, ["c"], [.dyad("max", "jane")]),
            Self.annotation("eight", in: 2, ["c"], [.dyad("abe", "max")]),
            Self.annotation("four", in: 0, ["d"], [.person("jane")]),
        ]
        let evidence = Evidence.collect(annotations, on: scale)
        let trajectory = Trajectory(
            evidence, of: Pair("max", "jane"), alone: evidence.filter { $0.persons.contains("jane") })
        #expect(
            trajectory.groups.map(\.subject) == [
                .tie(Tie(from: "jane", towards: "max")), .tie(Tie(from: "max", towards: "jane")), .alone("jane"),
            ])
        #expect(trajectory.groups[0].bands.map(\.concept) == ["a", "b"])
        #expect(trajectory.groups[0].bands[0].evidence.map(\.stance) == [.supports, .contradicts])
        let sections = scale.sections()[0]
        #expect(trajectory.gaps(in: sections) == [1])
        #expect(Trajectory(evidence, of: Pair("abe", "max")).gaps(in: sections) == [0])
        let pairs = Trajectory.pairs(in: evidence)
        #expect(pairs.map(\.pair) == [Pair("jane", "max"), Pair("abe", "max")])
        #expect(pairs.map(\.count) == [4, 1])
    }

    @Test func `what is said of a tie, concept by concept`() {
        let annotations = [
            Self.annotation("one", in: 0, ["b"], [.dyad("jane", "max")]),
            Self.annotation("two", in: 0, ["a"], [.dyad("jane", "max")]),
            Self.annotation("six", in: 1, ["a"], [.dyad("jane", "max")], stance: .ambiguous),
            Self.annotation("seven", in: 1, ["c"], [.dyad("max", "jane")]),
        ]
        let summaries = TieSummary.summaries(of: Evidence.collect(annotations, on: WordScale(Self.document)))
        #expect(summaries.map(\.tie) == [Tie(from: "jane", towards: "max"), Tie(from: "max", towards: "jane")])
        #expect(summaries[0].lines.map(\.concept) == ["a", "b"])
        #expect(summaries[0].lines[0].counts == StanceCounts(supports: 1, ambiguous: 1))
        #expect(summaries[0].total == 3)
    }
}
