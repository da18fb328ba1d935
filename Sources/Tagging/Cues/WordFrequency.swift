import Readers

/// A rough estimate of how often a word stands in any text of a language: enough to choose the rarest word of a
/// pattern, which is looked for first. A wrong estimate costs time, never a match.
struct WordFrequency: Sendable {
    private let ranks: [String: Int]

    init(language: String) {
        let words = Self.commonest[LanguageTag.primary(of: language)] ?? []
        ranks = Dictionary(zip(words, 0...), uniquingKeysWith: { first, _ in first })
    }

    /// Share of the running words. `word` is folded or a stem.
    func share(of word: String) -> Double {
        // Zipf's law with Mandelbrot's shift: the first word is about 4 % of a text, the hundredth 0.1 %.
        if let rank = ranks[word] { return 0.1 / (Double(rank) + 2.7) }
        // Below the listed words: each letter more makes a word rarer by a third; a word of four letters stands
        // about once in 3000.
        var share = 1e-3
        for _ in 0..<max(0, word.utf8.count - 1) { share *= 0.7 }
        return share
    }

    /// Share of the running words that are one of some.
    func share(of tests: Set<PatternNode.WordTest>) -> Double {
        tests.reduce(0) { sum, test in
            switch test {
            case .folded(let text): sum + share(of: text)
            // A stem stands for some forms, a prefix for many words.
            case .stem(let text): sum + share(of: text.lowercased()) * 1.5
            case .prefix(let text): sum + share(of: text.lowercased()) * 4
            }
        }
    }

    /// The commonest words of stories, most frequent first; forms, not stems, since stems of such words are mostly
    /// the words themselves.
    private static let commonest: [String: [String]] = [
        "en": split(
            """
            the and of to a i in he was that it her his you she had with as for not but at my is me be him on have said
            which so all by this from they no were if would or when what there been one could very an who them mr we now
            more out do are up their your will little some then than into any about time other know after man good such
            before must see come did should can like upon never only over how think down made old well much mrs great
            here might here too where look day us am away way say eye hand go back again ever two first own long love
            mother child father thought went came own shall though has miss lady life head face night heart let thing
            young house still last off own give take make feel felt sir yes dear even through while
            """),
        "de": split(
            """
            und die der ich sie nicht das zu ist er es ein in du mich den mir so was mit dich wie wir mein auf dem sich
            eine da von ihr hat nur an war aber noch man als haben wenn dir hier nun doch auch ja im ihn bin einen kann
            denn sein dass daß des habe uns mein ihm alle wird nichts für will schon aus wo meine nach um vor o hatte
            gut immer wohl bei sind am dein soll nein herr muß muss oder einer weil wieder nie über durch kind mutter
            vater frau mann
            """),
    ]

    private static func split(_ text: String) -> [String] {
        text.split(whereSeparator: \.isWhitespace).map(String.init)
    }
}
