package import TextModel
import WordForms

/// How many words of a work stand on a sheet.
package struct QuotedWords: Sendable, Equatable {
    /// Title of the work.
    package var title: String
    package var quoted: Int
    /// Words of the whole work.
    package var total: Int
    package var availability: Availability
    /// The limit that this many words pass; `nil` where none is passed.
    package var passedLimit: Int?

    /// Share of the work, 0…1.
    package var share: Double { total == 0 ? 0 : Double(quoted) / Double(total) }
}

extension SelectedWork {
    /// A restricted work may be quoted with a tenth of its words, or 1000 of them, whichever is less, before a
    /// sheet warns. It is a habit of publishers, not law: the sheet shows the number and claims nothing.
    private static let shareLimit = 0.1
    private static let wordLimit = 1000

    /// Counts the words of whole passages; each passage counts once.
    func quotedWords(limit: Int?) -> QuotedWords {
        var lexicon = Lexicon(language: "")
        var tokens: [Token] = []
        let chosen = Set(passages)
        var quoted = 0
        var total = 0
        for (index, passage) in document.passages.enumerated() {
            tokens.removeAll(keepingCapacity: true)
            Tokenizer.tokens(of: passage, in: document, lexicon: &lexicon, into: &tokens)
            total += tokens.count
            if chosen.contains(Int32(index)) { quoted += tokens.count }
        }
        var words = QuotedWords(
            title: document.work.title, quoted: quoted, total: total, availability: document.work.availability)
        words.passedLimit = passedLimit(words, limit: limit)
        return words
    }

    /// The limit that a number of words passes; `nil` where none is passed.
    func passedLimit(_ words: QuotedWords, limit: Int?) -> Int? {
        let allowed = limit ?? min(Self.wordLimit, Int(Double(words.total) * Self.shareLimit))
        return words.availability == .restricted && words.quoted > allowed ? allowed : nil
    }
}
