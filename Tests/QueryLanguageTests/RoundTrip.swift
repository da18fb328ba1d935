import Foundation
import QueryLanguage
import Testing

@Suite struct `Generated queries` {
    @Test(arguments: 1...8)
    func `are read back as they were printed`(seed: UInt64) throws {
        var generator = QueryGenerator(seed: seed)
        for number in 0..<1000 {
            let query = generator.query(depth: 1 + number % 4)
            let text = query.description
            do {
                let back = try QueryParser.parse(text)
                if back != query {
                    Issue.record("seed \(seed), \(number): \(text)\nis read back as \(back)")
                    return
                }
            } catch {
                Issue.record("seed \(seed), \(number): \(error.rendered())")
                return
            }
        }
    }

    /// Bytes, and soups of the tokens of the language: every input is a query or an error with a place inside it.
    /// `CASEBOOK_FUZZ_SECONDS=600` goes on for ten minutes.
    @Test func `never crash the parser`() throws {
        let seconds = ProcessInfo.processInfo.environment["CASEBOOK_FUZZ_SECONDS"].flatMap(Double.init) ?? 0
        let end = Date(timeIntervalSinceNow: seconds)
        let seed = seconds > 0 ? UInt64(Date().timeIntervalSince1970) : 1
        var fuzzer = Fuzzer(seed: seed)
        // Enough for a second of a debug build.
        var left = 4000
        while left > 0 || Date() < end {
            left -= 1
            let input = fuzzer.input()
            if let complaint = fuzzer.complaint(about: input) {
                Issue.record("seed \(seed): \(complaint) in \(String(reflecting: input))")
                return
            }
        }
    }

    /// Inputs that were wrong once, and one of each sort of the fuzzer's.
    @Test func `kept inputs are fine`() throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Fixtures")
        let text = String(decoding: try Data(contentsOf: folder.appendingPathComponent("inputs.txt")), as: UTF8.self)
        let fuzzer = Fuzzer(seed: 1)
        let lines = text.split(separator: "\n")
        #expect(lines.count > 10)
        for line in lines { #expect(fuzzer.complaint(about: String(line)) == nil, "\(line)") }
    }

    @Test func `nested too deeply are refused`() {
        for deep in [
            String(repeating: "(", count: 100_000), String(repeating: "!", count: 100_000),
            String(repeating: "!(", count: 50_000), String(repeating: "a then (", count: 5_000),
        ] {
            let error = #expect(throws: QueryError.self) { try QueryParser.parse(deep) }
            #expect(error?.kind == .tooDeep)
        }
    }

    @Test func `of many parts are read in one go`() throws {
        let many = (0..<20_000).map { "w\($0)" }.joined(separator: " | ")
        guard case .or(let parts) = try QueryParser.parse(many) else {
            Issue.record("not an alternative")
            return
        }
        #expect(parts.count == 20_000)
    }
}

/// Makes inputs that nobody would type, and says what is wrong with the parser's answer.
struct Fuzzer {
    var random: QueryGenerator

    init(seed: UInt64) {
        random = QueryGenerator(seed: seed)
    }

    private static let pieces = [
        "a", "neglect", "felt*", "wom?n", "\"", "“", "”", "\"felt nothing\"", "\"felt ..3 x\"", "/", "/x/", "/x/i",
        "\\", "&", "&&",
        "|", "!", "(", ")", ",", ":", ";", "=", "^", "#", "@", "*", "?", "<", "<=", ">", ">=", "..", ".", "[", "]",
        "[]", "{0,3}", "-",
        "–", "and", "OR", "not", "then", "near", "then/3p", "near/2", "overlaps", "within", "contains", "equals",
        "touches", "as",
        "count", "per", "chapter", "who:", "in:", "dyad:", "year:", "is:", "word:", "word:any:", "concept:", "only:",
        "broader:",
        "jane", "jane-max", "jane>max", "jane..max", "@mother", "1847", "1840..1860", "<3p", "3", "p", "tag=",
        "tag=\"x\"", "where",
        "<s/>", "[word=\"x\"]", " ", "\n", "\u{A0}", "\u{0}", "é", "日", "\u{301}", "🙂", "’", "%", "$",
    ]

    mutating func input() -> String {
        switch random.below(3) {
        case 0:
            let bytes = (0..<random.below(40)).map { _ in UInt8(truncatingIfNeeded: random.below(256)) }
            return String(decoding: bytes, as: UTF8.self)
        case 1:
            let pieces = (0..<random.below(12)).map { _ in Self.pieces[random.below(Self.pieces.count)] }
            return pieces.joined(separator: random.below(2) == 0 ? " " : "")
        default:
            // A query with a piece put in or cut out somewhere.
            var scalars = Array(random.query(depth: 2).description.unicodeScalars)
            let place = random.below(scalars.count)
            if random.below(2) == 0 {
                scalars.insert(contentsOf: Self.pieces[random.below(Self.pieces.count)].unicodeScalars, at: place)
            } else {
                scalars.removeSubrange(place..<min(scalars.count, place + 1 + random.below(5)))
            }
            return String(String.UnicodeScalarView(scalars))
        }
    }

    /// Also resolves what parses, with names of which some are known.
    func complaint(about input: String) -> String? {
        do {
            let query = try QueryParser.parse(input)
            let printed = query.description
            guard let back = try? QueryParser.parse(printed) else { return "not read back: \(printed)" }
            guard back == query else { return "another tree: \(printed)" }
            guard let place = outside(query.place, input) else {
                return resolution(of: input)
            }
            return place
        } catch {
            return wrong(error, input)
        }
    }

    private func resolution(of input: String) -> String? {
        do {
            let resolved = try QueryResolver.resolve(input, names: sampleNames)
            let again = try QueryResolver.resolve(resolved.printed, names: sampleNames)
            return again.query == resolved.query ? nil : "resolved to another tree: \(resolved.printed)"
        } catch {
            return wrong(error, error.saved == nil ? input : error.text)
        }
    }

    private func wrong(_ error: QueryError, _ input: String) -> String? {
        if error.rendered().isEmpty || error.summary.isEmpty { return "an error without words" }
        return outside(error.place, input)
    }

    private func outside(_ place: Place, _ input: String) -> String? {
        place.start >= 0 && place.start <= place.end && place.end <= input.utf8.count
            ? nil : "a place outside the text: \(place.start)..<\(place.end)"
    }
}
