import WordForms

/// The words of one language during an update. A class, as a lexicon cannot be copied into an array.
final class Vocabulary {
    /// A spelling as the table `form` has it.
    struct Form {
        var bare: String
        var folded: String
        var stem: String
        var language: String
    }

    /// First part of a language tag.
    let tag: String
    var lexicon: Lexicon
    /// Term and blank of each word of the lexicon, and where they begin: a copy for each word of the text, and no
    /// counting of references.
    private var terms: [UInt8] = []
    private var termStarts: [Int32] = [0]
    /// Words of the lexicon whose forms were taken.
    private var takenForms = 0

    init(tag: String) {
        self.tag = tag
        lexicon = Lexicon(language: tag)
    }

    /// The terms of words, a blank after each.
    func appendTerms(of tokens: [Token], to text: inout [UInt8]) {
        addTerms()
        for token in tokens {
            for index in Int(termStarts[Int(token.word)])..<Int(termStarts[Int(token.word) + 1]) {
                text.append(terms[index])
            }
        }
    }

    private func addTerms() {
        while termStarts.count <= lexicon.forms.count {
            appendIndexTerm(lexicon.bytes(ofString: lexicon.forms[termStarts.count - 1].stem), to: &terms)
            terms.append(UInt8(ascii: " "))
            termStarts.append(Int32(terms.count))
        }
    }

    /// Forms that have come up since the last call.
    func takeNewForms() -> [Form] {
        defer { takenForms = lexicon.forms.count }
        return (takenForms..<lexicon.forms.count).map { word in
            let form = lexicon.forms[word]
            return Form(
                bare: lexicon.text(ofString: form.withoutAccents), folded: lexicon.text(ofString: form.folded),
                stem: lexicon.text(ofString: form.stem), language: tag)
        }
    }
}
