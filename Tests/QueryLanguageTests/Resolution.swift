import QueryLanguage
import TestSupport
import Testing

@Suite struct `Names of a query` {
    @Test(arguments: [
        // Concepts by id and by every label.
        PrintedForm("impaired-bonding"),
        PrintedForm("Impaired Bonding", "impaired-bonding"),
        PrintedForm("impared bonding", "impaired-bonding"),
        PrintedForm("postpartum depression", "postpartum-depression"),
        PrintedForm("Post-Partum-Depression", "postpartum-depression"),
        PrintedForm("ppd", "postpartum-depression"),
        PrintedForm("mere-enfant tie", "mother-child-tie"),
        PrintedForm("concept:\"bonding, impaired\"", "impaired-bonding"),
        PrintedForm("=PPD", "only:postpartum-depression"),
        PrintedForm("^PPD", "broader:postpartum-depression"),
        PrintedForm("concept:\"talking and reading\"", "talking-and-reading"),
        PrintedForm("concept:places/setting", "setting"),
        PrintedForm("concept:places/risk", "places/risk"),
        PrintedForm("concept:bonding/risk", "bonding/risk"),
        // Words.
        PrintedForm("felt", "word:felt"),
        PrintedForm("neglect & FELT", "neglect & word:FELT"),
        PrintedForm("\"no such words\""),
        // Saved queries.
        PrintedForm("@cold & felt", "(neglect | lack-of-affection) & word:felt"),
        PrintedForm("@cold who:max", "(neglect | lack-of-affection) who:max"),
        // Persons and dyads.
        PrintedForm("neglect who:max"),
        PrintedForm("neglect who:Maximilian", "neglect who:max"),
        PrintedForm("who:\"Jane Holt\"", "who:jane"),
        PrintedForm("who:cherry-year/jane"),
        PrintedForm("who:@mother role:father"),
        PrintedForm("who:jane-max"),
        PrintedForm("dyad:jane-max", "dyad:jane..max"),
        PrintedForm("dyad:love-story/jane-max", "dyad:love-story/jane..love-story/max"),
        PrintedForm("dyad:ada-ein_knecht_3-7", "dyad:ada..ein_knecht_3-7"),
        PrintedForm("dyad:Jane>Max", "dyad:jane>max"),
        PrintedForm("dyad:love-story/jane>max", "dyad:love-story/jane>love-story/max"),
        // Works and layers.
        PrintedForm("in:love-story"),
        PrintedForm("in:love-story/3 layer:key by:ana"),
        PrintedForm("in:Exemplars"),
        PrintedForm("in:corpus.xml#emma"),
    ])
    func `become ids and words`(form: PrintedForm) throws {
        let resolved = try QueryResolver.resolve(form.typed, names: sampleNames)
        #expect(resolved.printed == form.printed)
        #expect(try QueryResolver.resolve(resolved.printed, names: sampleNames).query == resolved.query)
    }

    @Test func `that are only words get a note`() throws {
        let resolved = try QueryResolver.resolve("neglect & felt", names: sampleNames)
        #expect(resolved.notes.map(\.summary) == ["felt is no concept: searched as a word"])
        #expect(resolved.notes[0].place.start == 10)
        #expect(try QueryResolver.resolve("neglect & word:felt", names: sampleNames).notes.isEmpty)
    }

    @Test(arguments: [
        ("talking and reading", "read as two names joined by and"),
        ("who:jane", "2 works have a person jane: cherry-year, love-story"),
        ("coldness", "coldness is deprecated"),
        ("\"how are you?\"", "? stands for one letter"),
    ])
    func `get a note where they may be meant otherwise`(text: String, summary: String) throws {
        let notes = try QueryResolver.resolve(text, names: sampleNames).notes
        #expect(notes.contains { $0.summary == summary }, "\(notes)")
    }

    private static let wrong = [
        // Concepts and words.
        "‸impared-bondng", "neglect & ‸imparted-bonding & felt", "neglect & ‸zzzzzz", "‸felt nothing", "‸neglect felt",
        "‸bonded mothers", "‸concept:neglecd", "‸only:felt", "‸^bond", "‸the tie", "‸concept:nowhere/neglect",
        "‸affection",
        // Ambiguous words.
        "‸depression", "‸Anxiety", "neglect & ‸stress", "‸attachment", "‸bonding",
        // Persons, dyads, works, layers.
        "neglect ‸who:jan", "neglect ‸who:love-store/jane", "‸who:love-story/ada", "neglect ‸dyad:jane-mx",
        "‸dyad:knecht/a-b-c", "‸in:lovestory", "‸layer:instructer", "‸by:eva", "‸role:mothr", "‸who:@aunt",
        // Saved queries.
        "‸@clod", "neglect & @loop", "@wrong",
        // Types.
        "‸(neglect & cold) overlaps felt", "felt within ‸(neglect & cold)", "(!‸neglect) then felt",
        "(!‸neglect) overlaps felt",
        "‸@together overlaps neglect", "‸in:love-story overlaps neglect", "felt near ‸(neglect | !cold)",
        // Others.
        "felt as x then ‸cold as x", "felt ‸word:cold",
        "‸neglect where cold", "‸neglect followed by cold", "‸neglect _o_ cold", "‸felt without cold",
    ]

    @Test(arguments: Self.wrong.filter { $0.contains("‸") })
    func `that nobody knows are shown at their place`(marked: String) throws {
        let parts = marked.split(separator: "‸", omittingEmptySubsequences: false)
        let error = #expect(throws: QueryError.self) {
            try QueryResolver.resolve(String(parts[0] + parts[1]), names: sampleNames)
        }
        let found = try #require(error)
        let parenthesis = parts[1].hasPrefix("(") ? 1 : 0
        #expect(found.place.start == parts[0].utf8.count + parenthesis, "\(found.rendered())")
    }

    @Test func `that nobody knows are errors that help`() {
        let texts = Self.wrong.map { marked -> String in
            let text = String(marked.unicodeScalars.filter { $0 != "‸" })
            do throws(QueryError) {
                return "\(text)\n\(try QueryResolver.resolve(text, names: sampleNames).printed)\n"
            } catch {
                return error.rendered()
            }
        }
        expectGolden(texts.joined(separator: "\n"), "resolver-errors.txt")
    }

    @Test(arguments: [
        ("neglect | felt", Query.Result.ranges), ("neglect & felt", .passages), ("!neglect", .passages),
        ("in:love-story", .passages), ("who:max", .ranges), ("kind:verse layer:key", .ranges), ("@cold", .ranges),
        ("@together", .passages), ("neglect overlaps felt", .ranges), ("(neglect | !felt)", .passages),
    ])
    func `have a type`(text: String, result: Query.Result) throws {
        #expect(try QueryResolver.resolve(text, names: sampleNames).query.result == result)
    }

    @Test(arguments: [
        ("(a | b) layer:key", "a layer:key | b layer:key"),
        ("(a & !b) who:max", "a who:max & !b who:max"),
        ("(!a) in:x", "!a & in:x"), ("(!a) !in:x", "!a & !in:x"),
        ("((a | b) who:max) layer:key", "a who:max layer:key | b who:max layer:key"),
        ("(a overlaps b) layer:key", "a layer:key overlaps b layer:key"),
        ("(a | b) count>2 per chapter who:max", "(a who:max | b who:max) count>2 per chapter"),
    ])
    func `share the fields beside their group`(text: String, distributed: String) throws {
        #expect(try QueryParser.parse(text).distributed.description == distributed)
    }

    @Test func `of saved queries must not go round in circles`() throws {
        let saved = SavedQueries([
            "a": "@b | x", "b": "!(y & @c)", "c": "@a", "d": "@a", "e": "neglect", "f": "(broken",
        ])
        #expect(saved.names.filter { saved.cycle(from: $0) != nil } == ["a", "b", "c"])
        #expect(saved.cycle(from: "b") == ["b", "c", "a", "b"])
        #expect(saved.cycle(from: "d") == nil)
        var texts: [String: String] = ["q0": "neglect"]
        for number in 1..<40 { texts["q\(number)"] = "@q\(number - 1) & @q\(number - 1)" }
        let error = #expect(throws: QueryError.self) {
            try QueryResolver.resolve(
                "@q39", names: KnownNames(concepts: sampleNames.concepts, saved: SavedQueries(texts)))
        }
        #expect(error?.kind == .tooDeep)
        // The deepest that is allowed fits the stack.
        var deep = ["q0": "neglect"]
        for number in 1..<16 { deep["q\(number)"] = String(repeating: "!", count: 63) + "@q\(number - 1)" }
        let resolved = try QueryResolver.resolve(
            "@q15", names: KnownNames(concepts: sampleNames.concepts, saved: SavedQueries(deep)))
        #expect(resolved.printed.utf8.count == 15 * 63 + 7)
    }

    @Test func `of any length are answered soon and in few lines`() {
        for text in [
            String(repeating: "x", count: 200_000), String(repeating: "two words ", count: 20_000),
            "who:" + String(repeating: "a-", count: 2_000) + "b", "dyad:" + String(repeating: "a-", count: 500) + "b",
            "\"" + String(repeating: "? ", count: 50_000),
        ] {
            let error = #expect(throws: QueryError.self) { try QueryResolver.resolve(text, names: sampleNames) }
            #expect((error?.rendered().utf8.count ?? 0) < 2_000)
        }
    }

    @Test(arguments: [
        ("a overlaps b then c", "needs-parentheses"), ("x:ppd", "unknown-field"),
        ("tag=\"neglect\"", "foreign"), ("impared-bondng", "unknown-name"),
    ])
    func `and errors have stable kinds`(text: String, kind: String) {
        let error = #expect(throws: QueryError.self) { try QueryResolver.resolve(text, names: sampleNames) }
        #expect(error?.kind.rawValue == kind)
    }

    @Test func `and places count in scalars at the border`() {
        let error = #expect(throws: QueryError.self) { try QueryParser.parse("Bindungsstörung & & x") }
        #expect(error?.scalars == 18..<19)
        #expect(error?.place.start == 19)
    }
}
