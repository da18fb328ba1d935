import Readers
import TextModel
import WordForms

/// The names by which the persons of one document belong to the word classes.
struct PersonNames: Sendable {
    /// Names of more words are known by their first ones.
    static let longest = 5

    var isEmpty: Bool { phrases.isEmpty }

    private struct Phrase: Sendable {
        /// Folded strings, numbers in the lexicon; the last one may also be met with a genitive ending.
        var words: [Int32]
        /// True for words written with a capital in the name: they match capitalised words only.
        var isCapital: [Bool]
        /// Bit k: class k of the cue set.
        var classes: UInt64
    }

    private var phrases: [Phrase] = []
    /// Folded string of the first word → phrases. Of the last word, with and without genitive → phrases.
    private var byFirst: [Int32: [Int32]] = [:]
    private var byLast: [Int32: [Int32]] = [:]
    /// Genitive form → plain form.
    private var plainForm: [Int32: Int32] = [:]

    init() {}

    init(_ work: Work, classes: [WordClass], lexicon: inout Lexicon) {
        let membership = work.persons.map { person in
            classes.enumerated().reduce(UInt64(0)) { bits, entry in
                // The reader refuses files with more classes than bits.
                let belongs = entry.offset < 64 && entry.element.persons.contains { $0.holds(for: person, in: work) }
                return belongs ? bits | 1 << UInt64(entry.offset) : bits
            }
        }
        let names = work.persons.map { $0.names.map { NameForm.words(of: $0) } }
        for (index, person) in work.persons.enumerated() where membership[index] != 0 {
            var forms: [[String]] = names[index]
            for single in names[index].compactMap(NameForm.shortName(of:)) {
                // `Vawda` is father and daughter: it says nothing of either.
                let isShared = work.persons.indices.contains { other in
                    other != index && membership[other] != membership[index]
                        && names[other].contains { $0.contains(single) && $0.allSatisfy(NameForm.isCapital) }
                }
                if !isShared { forms.append([single]) }
            }
            for form in Set(forms).sorted(by: { $0.joined(separator: " ") < $1.joined(separator: " ") }) {
                add(form, classes: membership[index], person: person, lexicon: &lexicon)
            }
        }
    }

    private mutating func add(_ form: [String], classes: UInt64, person: Person, lexicon: inout Lexicon) {
        guard !form.isEmpty else { return }
        let words = form.prefix(Self.longest)
        let number = Int32(phrases.count)
        let phrase = Phrase(
            words: words.map { lexicon.string(Folding.folded($0)) }, isCapital: words.map(NameForm.isCapital),
            classes: classes)
        phrases.append(phrase)
        guard let first = phrase.words.first, let last = phrase.words.last, let lastWord = words.last else { return }
        let folded = Folding.folded(lastWord)
        var genitives = [lexicon.string(folded + "'s")]
        if LanguageTag.primary(of: lexicon.language) == "de" { genitives.append(lexicon.string(folded + "s")) }
        for genitive in genitives {
            plainForm[genitive] = last
            byLast[genitive, default: []].append(number)
            if phrase.words.count == 1 { byFirst[genitive, default: []].append(number) }
        }
        byFirst[first, default: []].append(number)
        byLast[last, default: []].append(number)
    }

    /// Bit k of the result: a name of the class that has k words begins (or, backwards, ends) at a token.
    ///
    /// `place` and `step` walk the tokens; `limit` is how many there are in that direction.
    func lengths(
        ofClass index: Int32, from place: Int, step: Int, limit: Int, tokens: [Token], bytes: [UInt8],
        lexicon: borrowing Lexicon
    ) -> UInt64 {
        guard !phrases.isEmpty, limit > 0 else { return 0 }
        let start = lexicon.forms[Int(tokens[place].word)].folded
        guard let candidates = step > 0 ? byFirst[start] : byLast[start] else { return 0 }
        var lengths: UInt64 = 0
        for candidate in candidates {
            let phrase = phrases[Int(candidate)]
            guard phrase.classes & 1 << UInt64(index) != 0, phrase.words.count <= limit else { continue }
            let first = step > 0 ? place : place - phrase.words.count + 1
            var holds = true
            for (offset, word) in phrase.words.enumerated() where holds {
                let token = tokens[first + offset]
                let folded = lexicon.forms[Int(token.word)].folded
                let isLast = offset == phrase.words.count - 1
                holds = folded == word || (isLast && plainForm[folded] == word)
                if phrase.isCapital[offset], bytes[Int(token.start)] &- 0x61 < 26 { holds = false }
            }
            if holds { lengths |= 1 << UInt64(phrase.words.count) }
        }
        return lengths
    }
}

/// Forms of a name.
private enum NameForm {
    /// The words of a name as the tokenizer would cut them.
    static func words(of name: String) -> [String] {
        var lexicon = Lexicon(language: "und")
        let bytes = Array(name.utf8)
        return Tokenizer.tokens(of: name, lexicon: &lexicon).map {
            String(decoding: bytes[Int($0.start)..<Int($0.end)], as: UTF8.self)
        }
    }

    /// The first name of `Idris Vawda`, the family name of `Mr Motala`; none of `the boy`, `Lenka’s first mother`.
    static func shortName(of words: [String]) -> String? {
        guard words.allSatisfy(isCapital) else { return nil }
        let withoutTitles = words.drop { titles.contains(Folding.folded($0)) }
        guard let first = withoutTitles.first, withoutTitles.count < words.count || words.count > 1 else { return nil }
        return first
    }

    static func isCapital(_ word: String) -> Bool {
        word.unicodeScalars.first?.properties.isUppercase ?? false
    }

    /// What stands before a name and is none.
    private static let titles: Set<String> = [
        "mr", "mrs", "ms", "miss", "mistress", "master", "dr", "doctor", "sir", "lady", "lord", "madam", "madame",
        "mme", "mlle", "mademoiselle", "monsieur", "m", "sister", "brother", "auntie", "aunt", "uncle", "captain",
        "capt", "colonel", "col", "reverend", "rev", "father", "nurse", "old", "young", "little", "herr", "frau",
        "fräulein", "hr", "fr", "frl", "onkel", "tante", "graf", "gräfin", "baron", "baronin", "prinz", "prinzessin",
        "señora", "señor", "don", "doña", "signora", "signor",
    ]
}

extension PersonRule {
    /// Does the header say of the person what the rule asks.
    func holds(for person: Person, in work: Work) -> Bool {
        if let sex, person.sex != sex { return false }
        if let role {
            let words = (person.role ?? "").lowercased().split { !$0.isLetter }
            guard words.contains(where: { $0 == role }) else { return false }
        }
        guard let relation else { return role != nil || sex != nil }
        return work.relations.contains { candidate in
            guard candidate.name == relation || candidate.name.hasSuffix("_" + relation) else { return false }
            return switch side {
            case .active: candidate.active.contains(person.id)
            case .passive: candidate.passive.contains(person.id)
            case .mutual: candidate.mutual.contains(person.id)
            case nil: (candidate.active + candidate.passive + candidate.mutual).contains(person.id)
            }
        }
    }
}
