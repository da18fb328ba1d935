import Foundation
import QueryLanguage
import SearchIndex
import TestSupport
import Testing

/// What SQLite is asked, word by word, and by which index it answers.
@Suite struct StatementTests {
    @Test(arguments: [
        ("concept", "neglect"), ("concept-narrower", "bond stance:contradicts,ambiguous !layer:key"),
        ("annotation-fields", "bond who:jane by:ana is:any"), ("fields-alone", "stance:supports basis:shown"),
        ("word", "word:felt"), ("phrase", "\"felt noth*\" | felt*"), ("relation", "neglect overlaps word:felt"),
    ])
    func `each statement reads as it should and goes by an index`(name: String, text: String) throws {
        let casebook = GeneratedCasebook(seed: 21)
        try withIndex(of: casebook) { index in
            let query = try QueryResolver.resolve(text, names: casebook.names)
            let explanation = try index.explanation(query)
            expectGolden(explanation, "statements-\(name).txt")
            // Small lists are read whole; all that grows with the texts is searched.
            let small = [
                "document", "language", "concept", "scheme", "person", "layer", "annotation",
                // One row of it, to see whether there are any.
                "divided_word_place",
            ]
            for line in explanation.split(separator: "\n") where line.contains("    SCAN ") {
                let table = line.split(separator: " ")[1]
                let isFTS = line.contains("VIRTUAL TABLE INDEX") && !line.hasSuffix("INDEX 0:")
                #expect(isFTS || small.contains(String(table)), "\(line)")
                if table == "annotation" { #expect(name == "fields-alone") }
            }
        }
    }
}
