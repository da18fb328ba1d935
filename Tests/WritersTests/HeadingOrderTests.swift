import Testing
import WordForms
import Writers

@Suite struct HeadingOrderTests {
    /// As published for both systems by the Chicago Manual of Style.
    static let letterByLetter = [
        "new (adj.)", "New, Aaron", "new-age", "newborn", "New Deal", "“new-fangled”", "New Hampshire", "new/old",
        "newt", "new to me",
    ]
    static let wordByWord = [
        "new (adj.)", "New, Aaron", "New Deal", "New Hampshire", "new to me", "new-age", "newborn", "“new-fangled”",
        "new/old", "newt",
    ]

    @Test(arguments: Alphabetization.allCases)
    func `Chicago's published examples come out in their order`(system: Alphabetization) {
        let order = HeadingOrder(system, collation: Collation(language: "en"))
        let expected = system == .wordByWord ? Self.wordByWord : Self.letterByLetter
        #expect(expected.shuffled().sorted(by: order.areInOrder) == expected)
    }

    @Test func `numbers by value, accents and case last`() {
        let order = HeadingOrder(.wordByWord, collation: Collation(language: "en"))
        let expected = ["2 years", "10 years", "emigre", "Emigre", "émigré", "emigrés", "PPD"]
        #expect(expected.reversed().sorted(by: order.areInOrder) == expected)
    }

    @Test func `each language has its alphabet`() {
        let words = ["ål", "al", "zebra", "äpple"]
        let swedish = HeadingOrder(.wordByWord, collation: Collation(language: "sv"))
        let german = HeadingOrder(.wordByWord, collation: Collation(language: "de"))
        #expect(words.sorted(by: swedish.areInOrder) == ["al", "zebra", "ål", "äpple"])
        #expect(words.sorted(by: german.areInOrder) == ["al", "ål", "äpple", "zebra"])
        #expect(swedish.initial(of: "ål") == "Å")
        #expect(german.initial(of: "ål") == "A")
        #expect(german.initial(of: "12 Wochen") == "#")
    }

    @Test func `words that count for nothing at the start of a sub-entry`() {
        let order = HeadingOrder(
            .wordByWord, collation: Collation(language: "en"), ignoringFirst: ["in", "and", "of", "towards"])
        let expected = ["of anger", "Bea", "in general", "towards Zoe"]
        #expect(expected.reversed().sorted(by: order.areInOrder) == expected)
    }

    /// Chicago's rule with its own examples; ISO 999 prints all digits.
    @Test(arguments: [
        ("3", "10", "3–10"), ("71", "72", "71–72"), ("96", "117", "96–117"), ("100", "104", "100–104"),
        ("1100", "1113", "1100–1113"), ("101", "108", "101–8"), ("808", "833", "808–33"), ("1103", "1104", "1103–4"),
        ("321", "328", "321–28"), ("498", "532", "498–532"), ("1087", "1089", "1087–89"),
        ("1496", "1500", "1496–500"), ("11564", "11615", "11564–615"), ("xii", "xv", "xii–xv"), ("7", "7", "7"),
    ])
    func `ranges as Chicago shortens them`(first: String, last: String, expected: String) {
        #expect(numberRange(first, last, style: .chicago) == expected)
        #expect(numberRange(first, last, style: .full) == (first == last ? first : "\(first)–\(last)"))
    }
}
