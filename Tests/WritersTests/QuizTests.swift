import Foundation
import TestSupport
import Testing
import TextModel
import Writers

/// Flashcards and quizzes, and the files that other programs import.
@Suite struct QuizTests {
    private let strings = SheetStrings(language: "en")

    private func material(_ selection: TeachingSelection) -> SheetMaterial {
        SheetMaterial(selection, strings: strings)
    }

    private static let selections: [[String]] = [
        ["impaired-bonding"], ["postpartum-depression"], ["bond"], ["practice"],
    ]

    @Test(arguments: [SheetFormat.tsv, .csv, .moodle, .gift]) func `golden file`(format: SheetFormat) throws {
        let writer = try SheetWriter(language: "en")
        let kind: SheetKind = format == .tsv || format == .csv ? .flashcards : .quiz
        let file = writer.sheet(kind, writer.material(Fixture.handoutSelection()), format: format).file
        expectGolden(file.text, file.name)
    }

    // MARK: - Questions

    @Test(arguments: selections) func `every choice has one right answer, and wrong ones that no layer gives`(
        concepts: [String]
    ) throws {
        let selection = try ShippedCorpus.handout(concepts)
        let quiz = Quiz(material(selection))
        #expect(quiz.questions.count > 10)
        #expect(quiz.questions == Quiz(material(selection)).questions, "the same quiz every time")
        for question in quiz.questions {
            switch question.body {
            case .choice(let options):
                #expect(options.filter(\.isRight).count == 1)
                #expect((3...4).contains(options.count))
                #expect(Set(options.map(\.text)).count == options.count, "\(question.name)")
                guard question.type == .concept, let quote = question.quote else { continue }
                let here = present(around: quote, in: selection)
                #expect(!here.isEmpty)
                for option in options where !option.isRight { #expect(!here.contains(option.text), "\(quote)") }
            case .truth: #expect(question.reason?.isEmpty == false)
            case .order(let items):
                #expect((3...6).contains(items.count))
                #expect(Set(items.map(\.shown)) == Set(0..<items.count))
            }
        }
        let truths = quiz.questions.filter { $0.type == .truth }
        let right = truths.filter { $0.body == .truth(true) }.count
        if truths.count > 3 { #expect(abs(truths.count - 2 * right) <= 2, "neither answer is the safe one") }
    }

    /// Labels of all concepts on the passages that hold some words.
    private func present(around quote: String, in selection: TeachingSelection) -> Set<String> {
        var labels: Set<String> = []
        for work in selection.works {
            for passage in work.passages
            where work.document.readingText(work.document.passages[Int(passage)]).contains(quote.prefix(20)) {
                for annotation in work.annotations where annotation.pieces.contains(where: { $0.passage == passage }) {
                    labels.formUnion(
                        annotation.annotation.concepts.compactMap { selection.scheme[$0.id]?.preferredLabel() })
                }
            }
        }
        return labels
    }

    // MARK: - Files

    @Test(arguments: selections) func `cards have ids of their own and four columns`(concepts: [String]) throws {
        let cards = Flashcards(material(try ShippedCorpus.handout(concepts)))
        let lines = String(decoding: cards.tsv, as: UTF8.self).split(separator: "\n")
        let rows = lines.filter { !$0.hasPrefix("#") }
        #expect(lines.first == "#separator:tab")
        #expect(rows.count > 10)
        var ids: Set<Substring> = []
        for row in rows {
            let fields = row.split(separator: "\t", omittingEmptySubsequences: false)
            #expect(fields.count == 4)
            #expect(fields.allSatisfy { $0.hasPrefix("\"") && $0.hasSuffix("\"") })
            #expect(ids.insert(fields[0]).inserted, "\(fields[0]) twice")
            #expect(!fields[3].dropFirst().dropLast().split(separator: " ").contains { !$0.hasPrefix("casebook::") })
        }
    }

    @Test(arguments: selections) func `Moodle XML is whole and says what its samples say`(concepts: [String]) throws {
        let quiz = Quiz(material(try ShippedCorpus.handout(concepts)))
        let xml = String(decoding: quiz.moodleXML, as: UTF8.self)
        // A blank or anything else before the declaration stops Moodle.
        #expect(xml.hasPrefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<quiz>"))
        let body = xml.dropFirst("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".count)
        #expect(HTMLPage(String(body)).faults == [])
        #expect(xml.ranges(of: "<question type=").count == quiz.questions.count + 1)
        for question in xml.components(separatedBy: "<question type=\"").dropFirst(2) {
            let type = question.prefix { $0 != "\"" }
            #expect(["multichoice", "truefalse", "matching"].contains(type))
            if type != "matching" { #expect(question.ranges(of: "fraction=\"100\"").count == 1) }
            if type == "truefalse" {
                #expect(question.contains("<text>true</text>") && question.contains("<text>false</text>"))
            }
            if type == "matching" { #expect(question.ranges(of: "<subquestion").count >= 3) }
            #expect(question.contains("<questiontext format=\"html\"><text>&lt;p&gt;"), "HTML inside is escaped")
        }
    }

    @Test(arguments: selections) func `GIFT is read back by its rules`(concepts: [String]) throws {
        let quiz = Quiz(material(try ShippedCorpus.handout(concepts)))
        let blocks = String(decoding: quiz.gift, as: UTF8.self).components(separatedBy: "\n\n").filter { !$0.isEmpty }
        #expect(blocks.first?.hasPrefix("$CATEGORY: ") == true)
        #expect(blocks.count == quiz.questions.count + 1)
        for (block, question) in zip(blocks.dropFirst(), quiz.questions) {
            let tokens = Self.gift(block)
            #expect(tokens.filter { $0 == "{" }.count == 1 && tokens.filter { $0 == "}" }.count == 1)
            let right = tokens.filter { $0 == "=" }.count
            let wrong = tokens.filter { $0 == "~" }.count
            switch question.body {
            case .choice(let options):
                #expect(right == 1 && wrong == options.count - 1)
            case .truth: #expect(right == 0 && wrong == 0 && (block.contains("TRUE") || block.contains("FALSE")))
            case .order(let items): #expect(right == items.count && block.ranges(of: " -> ").count == items.count)
            }
        }
    }

    /// The characters that mean something in GIFT, those after a backslash left out.
    private static func gift(_ block: String) -> [Character] {
        var tokens: [Character] = []
        var isEscaped = false
        for character in block {
            if isEscaped {
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else if "{}=~#".contains(character) {
                tokens.append(character)
            }
        }
        return tokens
    }

    @Test func `the QTI package names every file that it holds, and its checks are right`() throws {
        let quiz = Quiz(material(try ShippedCorpus.handout(["impaired-bonding"])))
        let files = try StoredArchive(quiz.qtiPackage).files
        let manifest = try #require(files["imsmanifest.xml"])
        #expect(files.count == quiz.questions.count + 2)
        for name in files.keys where name != "imsmanifest.xml" { #expect(manifest.contains("href=\"\(name)\"")) }
        for (name, text) in files {
            #expect(HTMLPage(String(text.drop { $0 != ">" }.dropFirst())).faults == [], "\(name)")
        }
        expectGolden(try #require(files["items/q1.xml"]), "quiz-item.xml")
        let orders = files.values.filter { $0.contains("<orderInteraction") }
        #expect(orders.count == quiz.questions.filter { $0.type == .order }.count)
        // As zip's own check value is defined: of "123456789" it is CBF43926.
        #expect(StoredArchive.crc32(Array("123456789".utf8)) == 0xCBF4_3926)
    }
}

/// Reads an archive of stored files by its directory, and checks every file.
private struct StoredArchive {
    struct Damaged: Error {}

    var files: [String: String] = [:]

    init(_ bytes: [UInt8]) throws {
        func short(_ at: Int) -> Int { Int(bytes[at]) | Int(bytes[at + 1]) << 8 }
        func long(_ at: Int) -> Int { short(at) | short(at + 2) << 16 }
        let end = bytes.count - 22
        guard long(end) == 0x0605_4B50 else { throw Damaged() }
        var entry = long(end + 16)
        for _ in 0..<short(end + 10) {
            guard long(entry) == 0x0201_4B50, short(entry + 10) == 0 else { throw Damaged() }
            let (size, nameLength, offset) = (long(entry + 24), short(entry + 28), long(entry + 42))
            let name = String(decoding: bytes[entry + 46..<entry + 46 + nameLength], as: UTF8.self)
            guard long(offset) == 0x0403_4B50 else { throw Damaged() }
            let start = offset + 30 + short(offset + 26) + short(offset + 28)
            let content = Array(bytes[start..<start + size])
            guard Self.crc32(content) == UInt32(long(entry + 16)) else { throw Damaged() }
            files[name] = String(decoding: content, as: UTF8.self)
            entry += 46 + nameLength + short(entry + 30) + short(entry + 32)
        }
    }

    /// Bit by bit, as the definition has it.
    static func crc32(_ bytes: [UInt8]) -> UInt32 {
        var crc: UInt32 = 0xFFFF_FFFF
        for byte in bytes {
            for bit in 0..<8 {
                let isSet = (crc ^ (UInt32(byte) >> UInt32(bit))) & 1 == 1
                crc = isSet ? (crc >> 1) ^ 0xEDB8_8320 : crc >> 1
            }
        }
        return ~crc
    }
}
