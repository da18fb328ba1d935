import Testing
import TextModel
import Writers

/// The sheets of the cases that the project ships.
@Suite struct ShippedCorpusTests {
    @Test func `the index of all cases is sound and misses no annotation`() throws {
        let selection = try ShippedCorpus.selection()
        #expect(selection.works.count >= 12)
        let builder = ConceptIndexBuilder(selection, strings: SheetStrings(language: "en"))
        let index = builder.build()
        #expect(ConceptIndexChecker.findings(in: index.entries, order: builder.order) == [])
        #expect(index.unplaced == [])
        let given = Set(selection.works.flatMap { $0.annotations.flatMap { $0.annotation.concepts.map(\.id) } })
        #expect(Set(index.entries.filter { $0.locatorCount > 0 }.compactMap(\.concept)) == given)
        // A long entry is divided: nobody looks up six bare numbers.
        for entry in index.entries {
            #expect(entry.locators.reduce(0) { $0 + $1.locators.count } <= 5, "\(entry.heading)")
        }
    }

    /// The excerpts alone: the novel's case and the teaching page tell, and do not show.
    @Test func `the excerpts show each concept four times and speak against it once`() throws {
        let selection = try ShippedCorpus.selection()
        var supports: [String: Int] = [:]
        var contradicts: [String: Int] = [:]
        for work in selection.works where !work.document.work.notes.allSatisfy({ $0.type != "invented" }) {
            for anchored in work.annotations {
                for concept in anchored.annotation.concepts {
                    switch anchored.annotation.stance {
                    case .supports: supports[concept.id, default: 0] += 1
                    case .contradicts: contradicts[concept.id, default: 0] += 1
                    default: break
                    }
                }
            }
        }
        let concepts = selection.scheme.concepts
        let leaves = concepts.indices.filter { index in !concepts.contains { $0.broader == index } }.map {
            concepts[$0]
        }
        #expect(leaves.count == 28)
        for concept in leaves {
            #expect(supports[concept.id, default: 0] >= 4, "\(concept.id)")
            #expect(contradicts[concept.id, default: 0] >= 1, "\(concept.id)")
        }
    }

    @Test func `a handout says of every invented excerpt that it is invented`() throws {
        let writer = try SheetWriter(language: "en")
        let selection = try ShippedCorpus.handout(["impaired-bonding"])
        let (file, warnings) = writer.handout(selection, format: .html)
        let invented = selection.works.filter { $0.document.work.notes.contains { $0.type == "invented" } }
        let passages = invented.reduce(0) { $0 + $1.passages.count }
        let said = file.text.ranges(of: "<span class=\"invented\">Invented for teaching").count
        #expect(passages > 10)
        #expect(said == passages)
        #expect(!warnings.contains { $0.identifier == "not-placed" })
        // The words of the novel's case name its three helpers, and both parents.
        for words in ["therapist", "journal", "partner", "Jane", "Abe", "Max"] { #expect(file.text.contains(words)) }
    }
}
