import TextModel

/// Makes an annotator's comment fit for print: ids of concepts become labels, ids of passages become locators.
struct PlainComment {
    let scheme: ConceptScheme
    let document: Document
    let strings: SheetStrings
    /// Where the text's words are withheld.
    var remover: QuotationRemover?

    /// Only ids with a hyphen are taken for ids of concepts: `neglect` is a word.
    func text(_ comment: String) -> String {
        let comment = remover?.remove(from: comment).text ?? comment
        var result = ""
        var word = ""
        for character in comment {
            if character.isLetter || character.isNumber || character == "-" || character == "_" || character == "." {
                word.append(character)
            } else {
                result += readable(word)
                word = ""
                result.append(character)
            }
        }
        return result + readable(word)
    }

    private func readable(_ word: String) -> String {
        var id = word[...]
        while id.last == "." { id = id.dropLast() }
        let stops = String(repeating: ".", count: word.count - id.count)
        if id.contains("-"), let concept = scheme[String(id)] {
            return concept.preferredLabel(in: strings.language) + stops
        }
        // A name that is no word: a letter or two and a number.
        guard id.last?.isNumber == true, id.first?.isLetter == true, !id.contains("-"), id.count <= 6,
            let element = document.elements.firstIndex(where: { $0.id == String(id) }),
            let index = document.passages.firstIndex(where: { Int($0.element) == element })
        else { return word }
        return document.locator(for: document.passages[index].raw, in: Int32(index)).label + stops
    }
}
