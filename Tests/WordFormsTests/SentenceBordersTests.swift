import Testing
import WordForms

@Suite struct SentenceBordersTests {
    /// `|` stands where a sentence must begin, and nowhere else.
    @Test(arguments: [
        // Speech
        "“Oh!” she cried. |Then she went.",
        "\"Oh!\" she cried. |\"What?\" |\"Nothing,\" he said.",
        "“Is it mine?” he asked. |“It is.”",
        "“Take him away!” Jane cried. |Nobody moved.",
        "“Come in!” Mrs. Ardley said. |He came.",
        "“Oh!” |Jane turned to the wall.",
        "“I felt nothing.” |The nurse wrote it down.",
        "‘Where is she?’ the boy whispered. |‘Gone.’",
        "Was it you? he asked. |I was up. |I slept.",
        "“No, no, no!” —and she wept. |He left.",
        "She said, “He is not mine. |I know it.” |And she slept.",
        "“Well?” |“Well!” |“You came!” |“I did.”",
        "(She had cried all night.) |He knew.",
        "“Hush …” she began. |He hushed.",
        "“But—” she said. |“But nothing!”",
        "„Oh!“ rief sie. |Dann ging sie.", "»Nein!« sagte Jane. |Sie schwieg.",
        // Titles and abbreviations
        "Mr. and Mrs. Smith met Dr. Jones. |He went up. |She did.",
        "St. Paul’s stood dark. |Rev. Bates came.",
        "Messrs. Bell and Co. wrote to Capt. Reed. |Nothing came.",
        "J. B. Smith and W. H. Auden. |Both wrote.",
        "So it was he and I. |She stayed.",
        "He looked up. |By then it was late. |Up. |By. |In.",
        "The cost was 3.14 pounds. |Dear!",
        "She was born in 1893. |He was not.",
        "See vol. 2, p. 17, cf. Bowlby et al. 1969. |It holds.",
        "He came at 5 p.m. and left. |She slept.",
        "Esq. is no name. |No. 7 is a house.",
        // Marks
        "Oh! |Ah! |What?! |No…", "She waited... and waited. |Nobody came.",
        "She waited... |Nobody came.", "What?!?! |Yes!", "Never. |Never. |Never.",
        "He (the father) slept; she did not: not once. |Dawn came.",
        "I . . . |I cannot. |Leave me.", "She (oh!) slept. |“Never!”, he said. |So.",
        // Verse and white space
        "I held you to the lamp\nAnd saw a stranger’s face,\nand sang. |Not once\nDid you look up. |O child!",
        "A line\n\nAnother line",
        "Mrs.\nSmith stayed. |She slept.", "", "   ", "no mark at all", "!", "One. ",
    ])
    func `cuts English and quotes`(marked: String) {
        let language = marked.contains("rief") || marked.contains("sagte Jane") ? "de" : "en"
        #expect(cut(marked.replacing("|", with: ""), language: language) == marked)
    }

    @Test(arguments: [
        "Er kam. |Er ging. |Das war Meier. |Er war am Ende.",
        "Es war z. B. Frau Dr. Meier. |Er kam.",
        "Am 5. Mai kam Hr. Prof. Klein. |Sie schlief.",
        "Sie lag i. d. R. wach. |Das Kind war am Arm. |Es weinte.",
        "Das war 1893. |Er starb.",
    ])
    func `cuts German`(marked: String) {
        #expect(cut(marked.replacing("|", with: ""), language: "de") == marked)
    }

    @Test func `works on a slice and again`() {
        var borders = SentenceBorders(language: "en")
        let bytes = Array("Out. She slept. He did not. Out.".utf8)
        var starts: [Int32] = [99]
        borders.starts(in: bytes, 5..<27, into: &starts)
        #expect(starts == [16])
        borders.starts(in: bytes, 0..<bytes.count, into: &starts)
        #expect(starts == [5, 16, 28])
    }

    private func cut(_ text: String, language: String) -> String {
        var borders = SentenceBorders(language: language)
        var starts: [Int32] = []
        let bytes = Array(text.utf8)
        borders.starts(in: bytes, 0..<bytes.count, into: &starts)
        var marked: [UInt8] = []
        for (index, byte) in bytes.enumerated() {
            if starts.contains(Int32(index)) { marked.append(UInt8(ascii: "|")) }
            marked.append(byte)
        }
        return String(decoding: marked, as: UTF8.self)
    }
}
