/// Made-up prose: passages of sentences, with some real words among the others so that there is something to find.
struct Novel {
    struct Passage {
        var text = ""
        /// Scalars of each word; the text is ASCII.
        var words: [Range<Int>] = []
        /// Number of the first one in the novel.
        var firstWord: Int
    }

    struct Mark {
        var concept: String
        var passage: Int
        var start: Int
        var end: Int
        var firstWord: Int
        var lastWord: Int
    }

    private(set) var passages: [Passage] = []
    /// Each of them about once in so many words: as often as *mother* and *child* in a novel about both.
    private static let planted = [
        ("mother", 250), ("child", 300), ("murmur", 900), ("mirror", 700), ("felt", 400), ("nothing", 500),
    ]
    /// Characters on each side, as the program keeps them.
    private static let context = 32
    /// Few enough that words repeat as they do in prose; ends that no stemmer takes off.
    private static let syllables = ["ka", "to", "mu", "do", "ra", "ni", "lo", "ta", "bu", "ko"]

    init(_ random: inout Numbers) {
        var count = 0
        var sentence = 0
        while count < Synthetic.words {
            var passage = Passage(firstWord: count)
            let length = min(
                Synthetic.words - count, Int.random(in: 10...2 * Synthetic.passageLength - 10, using: &random))
            for number in 0..<length {
                let isFirst = sentence == 0
                if number > 0 { passage.text += " " }
                let start = passage.text.utf8.count
                let word = Self.word(&random)
                passage.text += isFirst ? word.prefix(1).uppercased() + word.dropFirst() : word
                passage.words.append(start..<passage.text.utf8.count)
                sentence += 1
                // Sentences of about 14 words.
                if number == length - 1 || Int.random(in: 0..<14, using: &random) == 0 {
                    passage.text += "."
                    sentence = 0
                }
            }
            count += length
            passages.append(passage)
        }
    }

    private static func word(_ random: inout Numbers) -> String {
        for (word, rarity) in planted where Int.random(in: 0..<rarity, using: &random) == 0 { return word }
        let length = Int.random(in: 1...3, using: &random)
        return (0..<length).map { _ in syllables[Int.random(in: 0..<syllables.count, using: &random)] }.joined()
    }

    /// One to twelve words each, within a passage, every concept about as often.
    func annotations(_ random: inout Numbers) -> [Mark] {
        (0..<Synthetic.annotations).map { _ in
            let number = Int.random(in: 0..<passages.count, using: &random)
            let passage = passages[number]
            let first = Int.random(in: 0..<passage.words.count, using: &random)
            let last = min(passage.words.count - 1, first + Int.random(in: 0..<12, using: &random))
            return Mark(
                concept: Synthetic.name(ofConcept: Int.random(in: 1...Synthetic.concepts, using: &random)),
                passage: number, start: passage.words[first].lowerBound, end: passage.words[last].upperBound,
                firstWord: passage.firstWord + first, lastWord: passage.firstWord + last)
        }
    }

    /// `NUMBER PASSAGE START END WORD`
    var wordRows: String {
        var rows = ""
        for (number, passage) in passages.enumerated() {
            let text = Array(passage.text.utf8)
            for (offset, word) in passage.words.enumerated() {
                rows += "\(passage.firstWord + offset)\t\(number)\t\(word.lowerBound)\t\(word.upperBound)\t"
                rows += String(decoding: text[word], as: UTF8.self) + "\n"
            }
        }
        return rows
    }

    var tei: String {
        var text = """
            <?xml version="1.0" encoding="UTF-8"?>
            <TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en"><teiHeader><fileDesc>
            <titleStmt><title>A Novel of One Hundred Thousand Words</title></titleStmt>
            <publicationStmt><publisher>Casebook</publisher></publicationStmt>
            <sourceDesc><p>Made up.</p></sourceDesc></fileDesc></teiHeader><text><body>

            """
        for (number, passage) in passages.enumerated() {
            if number % Synthetic.passagesInChapter == 0 {
                text += number > 0 ? "</div>\n" : ""
                text += "<div type=\"chapter\" n=\"\(number / Synthetic.passagesInChapter + 1)\">\n"
            }
            text += "<p xml:id=\"p\(number)\">\(passage.text)</p>\n"
        }
        return text + "</div></body></text></TEI>\n"
    }

    /// As a layer of the program is: the digest of the text as it was, quotes with the words around them.
    func layer(_ marks: [Mark], digest: String) -> String {
        var text = """
            <?xml version="1.0" encoding="UTF-8"?>
            <TEI xmlns="http://www.tei-c.org/ns/1.0" type="casebook-layer" xml:lang="en"><teiHeader><fileDesc>
            <titleStmt><title>Annotations of the benchmark</title>
            <respStmt xml:id="bench"><resp>annotator</resp><persName>Bench</persName></respStmt></titleStmt>
            <publicationStmt><p>Layer “bench” of a casebook.</p></publicationStmt>
            <sourceDesc><bibl><ref target="novel.xml">A Novel</ref><idno type="sha256">\(digest)</idno></bibl></sourceDesc></fileDesc></teiHeader>
            <standOff type="annotations"><listAnnotation>

            """
        for (number, mark) in marks.enumerated() {
            let passage = Array(passages[mark.passage].text.utf8)
            func words(_ range: Range<Int>) -> String {
                String(decoding: passage[range], as: UTF8.self).split(separator: " ").joined(separator: " ")
            }
            let before = max(0, mark.start - Self.context)..<mark.start
            let behind = mark.end..<min(passage.count, mark.end + Self.context)
            text += """
                <annotation xml:id="a-\(number)" motivation="classifying" resp="#bench"
                 target="novel.xml#string-range(p\(mark.passage),\(mark.start),\(mark.end - mark.start))">
                <ptr type="concept" target="../Schemas/bench.xml#\(mark.concept)"/>
                <note type="exact">\(words(mark.start..<mark.end))</note>
                <note type="prefix">\(words(before))</note><note type="suffix">\(words(behind))</note></annotation>

                """
        }
        return text + "</listAnnotation></standOff></TEI>\n"
    }
}
