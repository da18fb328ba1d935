import Foundation
import Readers
import TextModel

/// Writes a casebook with one made-up novel: 100 000 words, 100 000 annotations of 40 concepts, the same in each run.
///
///     synthetic FOLDER
///
/// Beside it, in FOLDER/peers, the same for other engines: the text in one line a passage, its words, and the
/// annotations, all in Unicode scalars and numbers of words.
@main
struct Synthetic {
    static let words = 100_000
    static let annotations = 100_000
    static let concepts = 40
    /// Novels have paragraphs of this many words in the mean, and chapters of some thousand words.
    static let passageLength = 60
    static let passagesInChapter = 80

    static func main() throws {
        guard let folder = CommandLine.arguments.dropFirst().first else {
            print("usage: synthetic FOLDER")
            exit(64)
        }
        var random = Numbers(seed: 1847)
        let novel = Novel(&random)
        let marks = novel.annotations(&random)
        func write(_ text: String, _ name: String) throws {
            let file = URL(fileURLWithPath: folder).appendingPathComponent(name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        try write("format: 1\nscheme: Schemas/bench.xml\nlanguage: en\n", "casebook.yml")
        try write(scheme, "Schemas/bench.xml")
        try write(novel.tei, "Corpus/novel.xml")
        try write(novel.layer(marks, digest: sha256Hex(Array(novel.tei.utf8))), "Corpus/novel.bench.xml")
        try write(novel.passages.map { $0.text + "\n" }.joined(), "peers/passages.txt")
        try write(novel.wordRows, "peers/words.tsv")
        let rows = marks.map {
            "\($0.concept)\t\($0.passage)\t\($0.start)\t\($0.end)\t\($0.firstWord)\t\($0.lastWord)\n"
        }
        try write(rows.joined(), "peers/annotations.tsv")
    }

    static func name(ofConcept number: Int) -> String { "c" + (number < 10 ? "0" : "") + String(number) }

    static var scheme: String {
        var text = """
            <?xml version="1.0" encoding="UTF-8"?>
            <TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en"><teiHeader><fileDesc>
            <titleStmt><title>Concepts of the benchmark</title></titleStmt>
            <publicationStmt><publisher>Casebook</publisher></publicationStmt>
            <sourceDesc><p>Made up.</p></sourceDesc></fileDesc><encodingDesc><classDecl>
            <taxonomy xml:id="bench"><gloss type="prefLabel" xml:lang="en">benchmark</gloss>

            """
        for number in 1...concepts {
            let id = name(ofConcept: number)
            text += """
                <category xml:id="\(id)"><gloss type="prefLabel" xml:lang="en">\(id)</gloss>
                <desc type="definition" xml:lang="en">Concept \(number).</desc></category>

                """
        }
        return text + "</taxonomy></classDecl></encodingDesc></teiHeader><text><body><p/></body></text></TEI>\n"
    }
}

/// Random numbers that are the same in each run (SplitMix64).
struct Numbers: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
