import QueryLanguage
import Testing

@Suite struct `Completion` {
    /// `‸` is the cursor; the candidates' texts, and what they replace.
    @Test(arguments: [
        ("impai‸", ["impaired-bonding"], "impai"),
        ("neglect & Wochen‸", ["postpartum-depression"], "Wochen"),
        ("postpartum dep‸", ["postpartum-depression"], "postpartum dep"),
        ("repair‸", ["bond-repair"], "repair"),
        ("concept:postp‸", ["postpartum-depression"], "postp"),
        ("neglect stan‸", ["stance:"], "stan"),
        ("neglect stance:‸", ["supports", "contradicts", "ambiguous"], ""),
        ("neglect stance:supports,con‸", ["contradicts"], "con"),
        ("who:m‸", ["max"], "m"),
        ("who:jane‸", ["love-story/jane", "jane-max", "grandmother", "cherry-year/jane"], "jane"),
        ("who:cherry-year/‸", ["cherry-year/jane", "cherry-year/ada"], "cherry-year/"),
        ("who:@m‸", ["mother"], "m"),
        ("dyad:jane..m‸", ["max"], "m"),
        ("dyad:jane>m‸", ["max"], "m"),
        ("layer:st‸", ["student-a"], "st"),
        ("in:ex‸", ["Exemplars"], "ex"),
        ("@cold-‸", ["cold-mothers"], "cold-"),
        ("neglect overl‸ x", ["overlaps"], "overl"),
        ("\"felt no‸", [String](), ""),
    ])
    func `offers what fits`(marked: String, candidates: [String], replaced: String) {
        let parts = marked.split(separator: "‸", omittingEmptySubsequences: false)
        let text = String(parts[0] + parts[1])
        let completion = QueryCompletion.completion(for: text, cursor: parts[0].utf8.count, names: sampleNames)
        #expect(completion.candidates.map(\.text) == candidates)
        let bytes = Array(text.utf8)
        if !candidates.isEmpty {
            #expect(String(decoding: bytes[completion.replaces], as: UTF8.self) == replaced)
        }
    }

    @Test func `offers operators behind a pattern, concepts and fields before one`() {
        let behind = QueryCompletion.candidates(for: "neglect ", cursor: 8, names: sampleNames)
        #expect(behind.contains { $0.text == "&" } && behind.contains { $0.text == "who:" })
        #expect(!behind.contains { $0.kind == .concept })
        let before = QueryCompletion.candidates(for: "neglect & ", cursor: 10, names: sampleNames)
        #expect(before.contains { $0.text == "impaired-bonding" && $0.label == "Impaired bonding" })
        #expect(!before.contains { $0.kind == .operator })
    }

    @Test func `takes any cursor and any text`() {
        var fuzzer = Fuzzer(seed: 7)
        for number in -2..<300 {
            let text = fuzzer.input()
            let completion = QueryCompletion.completion(for: text, cursor: number % 50, names: sampleNames)
            #expect(completion.replaces.upperBound <= text.utf8.count && completion.candidates.count <= 50)
        }
    }
}
