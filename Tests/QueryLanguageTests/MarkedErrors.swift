import QueryLanguage
import TestSupport
import Testing

/// Queries that are not understood. `‸` says where the caret must stand.
private let wrongQueries = [
    // Nothing, or half of something.
    "‸", "impaired-bonding &‸", "‸| neglect", "neglect & ‸& b", "!‸", "(‸)", "‸(neglect | b", "neglect‸)", "‸near b",
    "a overlaps ‸", "a then ‸& b", "‸as x", "‸count>2", "talking and ‸count", "a & ‸per chapter",
    // Side by side.
    "\"felt\" ‸\"nothing\"", "neglect ‸\"felt nothing\"", "felt* ‸nothing", "neglect ‸(a | b)", "a ‸@b",
    "word:felt ‸nothing",
    "neglect ‸=neglect", "a ‸!b", "neglect !‸concept:b", "a b ‸/c/",
    // Relations.
    "a overlaps b ‸then c", "a near b ‸near c", "a overlaps b ‸overlaps c", "a then b <3p then c <1c ‸within d",
    "a near b <2p ‸then c >1c", "a ‸not near b", "a overlaps b ‸<3p", "a then b <‸3", "a near/‸5 b", "a near b <‸3km",
    "a near b ‸=3p", "a near b <‸", "a near b <‸0p", "a near/2p b ‸<3p", "a then b <3p ‸who:jane", "a ‸<3p",
    // Quotes, expressions, wildcards.
    "‸\"felt nothing", "neglect & ‸/felt", "‸\"\"", "‸\"— !\"", "‸\"..3 nothing\"", "\"felt ‸... nothing\"",
    "\"felt ‸..x nothing\"",
    "‸//", "/felt/‸x", "‸wom?n", "‸f*lt", "‸*", "what ‸?", "a ‸..3 b", "neglect ‸* b",
    // Fields.
    "‸stanze:supports", "‸x:ppd", "‸bonding:neglect", "‸tag:neglect", "‸person:jane", "stance:‸suports",
    "kind:‸paragraph",
    "is:‸new", "neglect who:‸", "neglect who: ‸& b", "year:‸abc", "year:‸1847-13", "year:‸1900..1800", "certainty:‸80",
    "length:>‸x",
    "author:‸>b", "author:‸bront*", "who:jane‸>max", "dyad:‸jane", "dyad:jane‸<max", "layer:‸@x", "who ‸:jane",
    "in:a‸..b",
    "word:‸\"felt nothing\"", "who:‸\"jane",
    // Captures and counts.
    "ppd as ‸", "ppd as x ‸as y", "a count ‸2", "a #>‸many", "a #>2 per ‸chaptre", "a ‸per chapter",
    // Habits from elsewhere.
    "‸tag=\"/bond/impaired bonding%\", tag=\"neglect\"", "‸tag=\"neglect\" - \"felt\"", "\"felt\" ‸- \"nothing\"",
    "a ‸-b",
    "a‸, b", "\"felt\" ‸; \"nothing\"", "‸wild=\"felt %\"", "‸reg=\"fel.*\"", "‸simil=\"felt\" 80%", "freq ‸> 10",
    "‸property=\"stance\" value=\"supports\"", "‸tag=\"neglect\" where tag=\"bond\" boundary", "‸who=jane",
    "\"felt\" ‸[]{0,3} \"nothing\"", "‸[word=\"felt\"] []{2} [word=\"noth.*\"]", "‸[lemma=\"feel\"]", "‸[pos=\"NN\"]",
    "\"felt\" within ‸<s/>",
    "a ‸{2}",
]

@Suite struct `Errors of the parser` {
    @Test(arguments: wrongQueries)
    func `point at their place`(marked: String) throws {
        let parts = marked.split(separator: "‸", omittingEmptySubsequences: false)
        try #require(parts.count == 2, "one marker")
        let text = String(parts[0] + parts[1])
        let error = #expect(throws: QueryError.self) { try QueryParser.parse(text) }
        let found = try #require(error)
        #expect(found.place.start == parts[0].utf8.count, "\(found.rendered())")
        #expect(found.text == text)
        #expect(found.summary.utf8.count < 100 && !found.summary.hasSuffix("."))
    }

    @Test func `read well`() {
        let texts = wrongQueries.map { marked in
            let text = String(marked.unicodeScalars.filter { $0 != "‸" })
            do throws(QueryError) {
                return "\(text)\n\(try QueryParser.parse(text))\n"
            } catch {
                return error.rendered()
            }
        }
        expectGolden(texts.joined(separator: "\n"), "parser-errors.txt")
    }
}
