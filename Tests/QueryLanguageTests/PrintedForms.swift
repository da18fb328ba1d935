import QueryLanguage
import Testing

/// What is typed, and how it is printed: one table for parser and printer.
struct PrintedForm: Sendable, CustomTestStringConvertible {
    let typed: String
    let printed: String

    init(_ typed: String, _ printed: String? = nil) {
        self.typed = typed
        self.printed = printed ?? typed
    }

    var testDescription: String { typed }
}

@Suite struct `Printed forms` {
    @Test(arguments: [
        // Cores.
        PrintedForm("impaired-bonding"),
        PrintedForm("  postpartum   depression ", "postpartum depression"),
        PrintedForm("Postpartum-Depression"),
        PrintedForm("mother–infant relationship disorder"),
        PrintedForm("d'Artagnan"),
        PrintedForm("=neglect", "only:neglect"),
        PrintedForm("= neglect", "only:neglect"),
        PrintedForm("^neglect", "broader:neglect"),
        PrintedForm("only:lack of affection", "only:\"lack of affection\""),
        PrintedForm("concept:\"talking and reading\""),
        PrintedForm("concept:bonding/neglect"),
        PrintedForm("concept:near", "concept:\"near\""),
        PrintedForm("ONLY:neglect", "only:neglect"),
        PrintedForm("concept:neglect,lack-of-affection", "concept:neglect | concept:lack-of-affection"),
        PrintedForm("word:felt"),
        PrintedForm("word:any:chidl"),
        PrintedForm("word:felt,numb", "word:felt | word:numb"),
        PrintedForm("word:\"and\"", "word:\"and\""),
        PrintedForm("word:and", "word:\"and\""),
        PrintedForm("felt*"),
        PrintedForm("/felt (nothing|empty)/i"),
        PrintedForm("/a\\/b\\\\/"),
        PrintedForm("/[“”]/"),
        PrintedForm("@cold-mothers"),
        // Phrases.
        PrintedForm("\"felt nothing\""),
        PrintedForm("“felt nothing”", "\"felt nothing\""),
        PrintedForm("„nichts gefühlt“", "\"nichts gefühlt\""),
        PrintedForm("« rien senti »", "\"rien senti\""),
        PrintedForm("\"felt ..3 nothing\""),
        PrintedForm("\"felt * nothing\""),
        PrintedForm("\"wom?n un*ed\""),
        PrintedForm("\"a \\\"b\\\" c\""),
        PrintedForm("\"what\\? \\* no\""),
        PrintedForm("\"and or not\""),
        // Fields.
        PrintedForm("impaired-bonding stance:contradicts who:jane"),
        PrintedForm("who:jane impaired-bonding", "impaired-bonding who:jane"),
        PrintedForm("about:jane", "who:jane"),
        PrintedForm("WHO:jane", "who:jane"),
        PrintedForm("who: jane", "who:jane"),
        PrintedForm("who:love-story/jane"),
        PrintedForm("who:@mother"),
        PrintedForm("who:\"Jane Eyre\",max"),
        PrintedForm("who:jane , max", "who:jane,max"),
        PrintedForm("dyad:jane-max"),
        PrintedForm("dyad:jane..max"),
        PrintedForm("dyad:jane>max"),
        PrintedForm("dyad:ein_knecht_3-7..lieschen"),
        PrintedForm("dyad:@mother>@child"),
        PrintedForm("dyad:love-story/jane>max"),
        PrintedForm("in:love-story/3 kind:Verse,speech", "in:love-story/3 kind:verse,speech"),
        PrintedForm("in:corpus.xml#emma"),
        PrintedForm("author:\"Charlotte Brontë\" year:1840..1860,1870"),
        PrintedForm("year:<1900 year:>=1847-10-16"),
        PrintedForm("year:-300..-200"),
        PrintedForm("year:1840..", "year:>=1840"),
        PrintedForm("created:2024-05"),
        PrintedForm("certainty:>=0.8 length:> 200 nth:1..10", "certainty:>=0.8 length:>200 nth:1..10"),
        PrintedForm("certainty:1.0 nth:=3", "certainty:1 nth:3"),
        PrintedForm("page:xii,27..30 chapter:<5 chapter:3"),
        PrintedForm("title:near", "title:\"near\""),
        PrintedForm("neglect !who:jane"),
        PrintedForm("neglect not who:jane !stance:supports", "neglect !who:jane !stance:supports"),
        PrintedForm("in:x !kind:verse"),
        PrintedForm("neglect word:cold", "neglect word:cold"),
        PrintedForm("who:jane word:cold", "word:cold who:jane"),
        PrintedForm("neglect !word:any:cold"),
        PrintedForm("\"felt nothing\" who:jane"),
        PrintedForm("(a | b) layer:key"),
        PrintedForm("(a) layer:key"),
        PrintedForm("is:Any lang:de", "is:any lang:de"),
        // Captures and counts.
        PrintedForm("ppd as x then impaired-bonding as y"),
        PrintedForm("neglect #>2 per chapter", "neglect count>2 per chapter"),
        PrintedForm("neglect count >= 2 per Document", "neglect count>=2 per document"),
        PrintedForm("neglect#=2", "neglect count=2"),
        PrintedForm("neglect count>2 per passage who:jane as x", "neglect who:jane count>2 as x"),
        PrintedForm("(a & b) count>1 per chapter"),
        // Precedence.
        PrintedForm("a & b | c & d"),
        PrintedForm("a AND b Or NOT c", "a & b | !c"),
        PrintedForm("a && b || c", "a & b | c"),
        PrintedForm("a & (b | c)"),
        PrintedForm("(a & b) & c", "(a & b) & c"),
        PrintedForm("a & b & c"),
        PrintedForm("((a))", "a"),
        PrintedForm("!a & b"),
        PrintedForm("!(a & b)"),
        PrintedForm("!!a"),
        PrintedForm("not not a", "!!a"),
        PrintedForm("!a overlaps b", "!(a overlaps b)"),
        PrintedForm("(!a) overlaps b", "(!a) overlaps b"),
        PrintedForm("a !overlaps b", "a not overlaps b"),
        PrintedForm("a not within b"),
        PrintedForm("a containing b", "a contains b"),
        PrintedForm("a equals b & c touches d"),
        PrintedForm("a who:jane overlaps b layer:key"),
        PrintedForm("(a overlaps b) then c"),
        PrintedForm("a overlaps (b then c <2p)"),
        // Order and distance.
        PrintedForm("a then b <3p"),
        PrintedForm("a then/3p b", "a then b <3p"),
        PrintedForm("a THEN b then c <=10w then d >1c", "a then b then c <=10w then d >1c"),
        PrintedForm("a near b"),
        PrintedForm("a near/2p b", "a near b <2p"),
        PrintedForm("a near b < 2 p", "a near b <2p"),
        PrintedForm("a near b >=5S", "a near b >=5s"),
    ])
    func `are read back to the same tree`(form: PrintedForm) throws {
        let query = try QueryParser.parse(form.typed)
        #expect(query.description == form.printed)
        #expect(try QueryParser.parse(query.description) == query)
    }
}
