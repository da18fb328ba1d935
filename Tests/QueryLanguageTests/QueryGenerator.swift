import QueryLanguage
import TestSupport

/// Makes every sort of tree that the parser can make.
struct QueryGenerator {
    var random: SeededGenerator

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
    }

    mutating func query(depth: Int = 3) -> Query {
        guard depth > 0 else { return .pattern(pattern(depth: 0)) }
        switch below(8) {
        case 0: return .or(several(depth))
        case 1: return .and(several(depth))
        case 2: return .not(query(depth: depth - 1))
        case 3:
            return .relation(
                query(depth: depth - 1), pick(RangeRelation.allCases), isNegated: flip(), query(depth: depth - 1))
        case 4: return .near(query(depth: depth - 1), query(depth: depth - 1), flip() ? distance() : nil)
        case 5:
            let steps = (0...below(2)).map { _ in Query.Step(query(depth: depth - 1), flip() ? distance() : nil) }
            return .chain(query(depth: depth - 1), steps)
        default: return .pattern(pattern(depth: depth - 1))
        }
    }

    private mutating func several(_ depth: Int) -> [Query] {
        (0...below(3) + 1).map { _ in query(depth: depth - 1) }
    }

    mutating func pattern(depth: Int) -> Query.Pattern {
        var pattern = Query.Pattern(below(6) == 0 ? nil : core(depth: depth))
        for index in 0..<below(3) {
            pattern.fields.append(field(isNegated: (pattern.core != nil || index > 0) && flip(), beside: pattern.core))
        }
        if pattern.core == nil, pattern.fields.isEmpty { pattern.fields = [field(isNegated: false, beside: nil)] }
        if below(5) == 0 {
            pattern.counts.append(
                Query.Count(pick(Comparison.allCases), below(100), per: pick(Query.Count.Scope.allCases)))
        }
        if below(5) == 0 { pattern.capture = pick(["x", "y2", "the-first"]) }
        if case .group = pattern.core, pattern.fields.isEmpty, pattern.counts.isEmpty, pattern.capture == nil {
            // A group with nothing beside it leaves no trace in a tree.
            pattern.capture = "g"
        }
        return pattern
    }

    private mutating func core(depth: Int) -> Query.Core {
        switch below(depth > 0 ? 9 : 8) {
        case 0: .name((0...below(2)).map { _ in bareWord() }.joined(separator: " "))
        case 1: .concept(text(), pick(Query.ConceptMode.allCases))
        case 2: .word(word(), any: flip())
        case 3: .phrase(phrase())
        case 4: .prefix(bareWord())
        case 5: .regex(expression(), ignoresCase: flip())
        case 6: .saved(bareWord())
        case 7: .concept(bareWord(), .withNarrower)
        default: .group(query(depth: depth))
        }
    }

    private mutating func phrase() -> Phrase {
        var items: [Phrase.Item] = [.word(bareWord())]
        for _ in 0..<below(4) {
            switch below(5) {
            case 0: items.append(.anyWord)
            case 1: items += [.gap(1 + below(20)), .word(word())]
            case 2: items.append(.wildcard(pick(["wom?n", "un*ed", "*heit", "?\"*", "..?x"])))
            default: items.append(.word(word()))
            }
        }
        return Phrase(items)
    }

    private mutating func expression() -> String {
        pick(["felt|fel", "a/b", "a\\\\/b", "[“”]\\w+", "^.{3}$", " ", "\\\\", "ä/", "//", "\\d\\.", "i"])
    }

    private mutating func field(isNegated: Bool, beside core: Query.Core?) -> Query.Field {
        var name = pick(FieldName.allCases)
        switch core {
        case .name, .concept, .saved, .group: break
        // Beside words or nothing `word:` is a pattern of its own.
        default: if name == .word { name = .layer }
        }
        let isHidden = flip()
        let values = (0...below(2)).map { _ in value(of: name, isHidden: isHidden) }
        return Query.Field(name, values, isNegated: isNegated)
    }

    private mutating func value(of name: FieldName, isHidden: Bool) -> Query.FieldValue {
        switch name.values {
        case .text where name == .word: return isHidden ? .hiddenWord(word()) : .text(word())
        case .text: return .text(text())
        case .closed(let known): return .text(pick(known))
        case .number: return measure { .number(Double($0.below(101)) / 100) }
        case .label:
            if flip() { return .text(text()) }
            let low = Double(below(50))
            if flip() { return .between(.number(low), .number(low + Double(below(50)))) }
            return .compared(pick([.less, .lessOrEqual, .greater, .greaterOrEqual]), .number(low))
        case .date: return measure { .date($0.date()) }
        case .person: return .person(person())
        case .dyad:
            switch below(3) {
            case 0: return .dyad(.unsplit(pick(["jane-max", "a-b-c", "love-story/jane-max", "ein knecht-3-7"])))
            case 1: return .dyad(.unordered(person(), person()))
            default: return .dyad(.directed(person(), person()))
            }
        }
    }

    private mutating func measure(_ bound: (inout QueryGenerator) -> Query.Bound) -> Query.FieldValue {
        if below(3) == 0 {
            let one = bound(&self)
            return .between(one, one)
        }
        return .compared(pick(Comparison.allCases), bound(&self))
    }

    private mutating func date() -> PartialDate {
        switch below(3) {
        case 0: PartialDate(year: below(3000) - 500)
        case 1: PartialDate(year: below(3000) - 500, month: 1 + below(12))
        default: PartialDate(year: below(3000) - 500, month: 1 + below(12), day: 1 + below(28))
        }
    }

    private mutating func person() -> Query.PersonReference {
        switch below(4) {
        case 0: Query.PersonReference(bareWord(), isRole: true)
        case 1:
            Query.PersonReference(
                pick(["jane", "Jane Eyre", "a\"b", "and"]), work: pick(["love-story", "a b", "x/y"]))
        default: Query.PersonReference(pick(["jane", "ein_knecht_3-7", "Jane Eyre", "near", "a..b", "a>b", "@x"]))
        }
    }

    private mutating func distance() -> Distance {
        Distance(pick([.less, .lessOrEqual, .greater, .greaterOrEqual]), 1 + below(30), pick(Distance.Unit.allCases))
    }

    private mutating func bareWord() -> String {
        pick([
            "felt", "impaired-bonding", "Bindungsstörung", "d'Artagnan", "p.17", "a_b", "nearly", "x2", "日本",
            "e\u{301}",
        ])
    }

    private mutating func word() -> String {
        pick(["felt", "nothing", "Ärger", "d'Artagnan", "a\\b", "*", "and", "a\"b", "“x”", "..3", "?", "-", "né"])
            + pick(["", "", "z"])
    }

    private mutating func text() -> String {
        pick([
            "key", "Charlotte Brontë", "a, b", "a:b", "near", "(x)", "\"", "\\", "a & b", "love-story/3", "x.xml#emma",
            "x#2", "..", "a..b", "/x", "*", "-1", "bonding/neglect", "'", "felt*", "tag=x", "<3p", "«x»",
        ])
    }

    private mutating func pick<Value>(_ values: [Value]) -> Value { values[below(values.count)] }
    private mutating func flip() -> Bool { below(2) == 0 }
    mutating func below(_ limit: Int) -> Int { Int(random.next() % UInt64(limit)) }
}
