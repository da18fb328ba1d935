package import TextModel
import WordForms

/// How many words of a work stand on a sheet.
package struct QuotedWords: Sendable, Equatable {
    /// Title of the work.
    package var title: String
    package var quoted: Int
    /// Words of the whole work; `nil` where nobody has counted them: of a book on paper, of a text that is not at hand.
    package var total: Int?
    package var availability: Availability
    /// The limit that this many words pass; `nil` where none is passed.
    package var passedLimit: Int?

    /// Share of the work, 0…1.
    package var share: Double? { total.map { $0 == 0 ? 0 : Double(quoted) / Double($0) } }
}

extension QuotedWords {
    /// A restricted work may be quoted with a tenth of its words, or 1000 of them, whichever is less, before a
    /// sheet warns. It is a habit of publishers, not law: the sheet shows the number and claims nothing.
    private static let shareLimit = 0.1
    private static let wordLimit = 1000

    /// Sets the limit that is passed; `limit` is the casebook's or the work's own.
    mutating func check(against limit: Int?) {
        let share = total.map { Int(Double($0) * Self.shareLimit) } ?? Self.wordLimit
        let allowed = limit ?? min(Self.wordLimit, share)
        passedLimit = availability == .restricted && quoted > allowed ? allowed : nil
    }
}

extension SelectedWork {
    /// Words of the whole work, as its file says or as they are counted; `nil` where the file holds notes on it only.
    var wordTotal: Int? {
        if let extent = document.work.extent { return extent }
        guard !document.work.isPaperCopy else { return nil }
        var lexicon = Lexicon(language: "")
        var tokens: [Token] = []
        var count = 0
        for passage in document.passages {
            tokens.removeAll(keepingCapacity: true)
            Tokenizer.tokens(of: passage, in: document, lexicon: &lexicon, into: &tokens)
            count += tokens.count
        }
        return count
    }

    /// What a number of quoted words is of the work.
    func quoted(_ count: Int, of total: Int?, limit: Int?) -> QuotedWords {
        var words = QuotedWords(
            title: document.work.title, quoted: count, total: total, availability: document.work.availability)
        words.check(against: quotationLimit ?? limit)
        return words
    }
}

/// Counts words of a work in its passages.
struct WordCounter: ~Copyable {
    private let document: Document
    private var lexicon = Lexicon(language: "")
    private var tokens: [Token] = []
    /// In the raw text: what stands in a `quote` of a paper copy, where the rest is the teacher's own paraphrase.
    private let quotations: [ByteRange]?

    init(_ document: Document) {
        self.document = document
        quotations =
            document.work.isPaperCopy
            ? document.elements.filter { document.elementNames[Int($0.name)] == "quote" }.map(\.raw) : nil
    }

    /// Words of the work in a passage; `ranges` are those of the reading text that are shown, `nil`: all of it.
    mutating func count(in passage: Int32, _ ranges: [ByteRange]? = nil) -> Int {
        let place = document.passages[Int(passage)]
        tokens.removeAll(keepingCapacity: true)
        Tokenizer.tokens(of: place, in: document, lexicon: &lexicon, into: &tokens)
        return tokens.count { token in
            if let ranges, !ranges.contains(where: { $0.start <= token.start && token.end <= $0.end }) { return false }
            guard let quotations else { return true }
            let raw = document.rawOffset(ofReading: token.start, in: place)
            return quotations.contains { $0.start <= raw && raw < $0.end }
        }
    }
}
