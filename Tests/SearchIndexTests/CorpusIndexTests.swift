import Foundation
import QueryLanguage
import SearchIndex
import TestSupport
import Testing
import TextModel

@Suite struct CorpusIndexTests {
    // MARK: Incremental

    @Test(arguments: 0..<5)
    func `changing file by file gives the index that is made from nothing`(seed: Int) throws {
        var random = SeededGenerator(seed: seed)
        let versions = (0..<4).map {
            GeneratedCasebook(seed: 10 * seed + $0, documents: 4, paragraphs: 4, annotations: 6)
        }
        var current: [IndexedDocument?] = versions[0].documents
        try withIndex(of: versions[0]) { index in
            for _ in 0..<15 {
                let slot = Int.random(in: 0..<4, using: &random)
                let new = versions[Int.random(in: 1..<4, using: &random)].documents[slot]
                switch Int.random(in: 0..<4, using: &random) {
                case 0:
                    if let old = current[slot] { try index.update { try $0.remove(old.document.path) } }
                    current[slot] = nil
                case 1: try replaceLayer(of: &current[slot], in: index, &random)
                case 2: try replaceSuggestions(of: &current[slot], in: index)
                default:
                    try index.update { try $0.replaceText(new.document.path, new.fingerprint, with: [new]) }
                    current[slot] = new
                }
            }
            var same = versions[0]
            same.documents = current.compactMap { $0 }
            let wanted = try withTemporaryFolder { folder in
                let fresh = try CorpusIndex(at: folder.appendingPathComponent("index.sqlite"))
                try fresh.update { try same.fill($0) }
                return try fresh.dump()
            }
            let layers = try index.fingerprints().keys.filter { $0.contains(".key.") || $0.contains(".ana.") }
            try index.update { for layer in layers { try $0.forget(layer) } }
            let found = try index.dump()
            #expect(found == wanted, "seed \(seed): \(firstDifferences(wanted, found))")
        }
    }

    /// Takes some annotations of a layer away, as a changed layer file would.
    private func replaceLayer(
        of document: inout IndexedDocument?, in index: CorpusIndex, _ random: inout SeededGenerator
    ) throws {
        guard var changed = document, let layer = changed.annotations.first?.layerFile else { return }
        changed.annotations.removeAll { $0.layerFile == layer && $0.annotation.stance == nil }
        try index.update {
            try $0.replaceText(changed.document.path, changed.fingerprint, with: [changed])
            try $0.record(changed.fingerprint, of: layer)
        }
        document = changed
    }

    private func replaceSuggestions(of document: inout IndexedDocument?, in index: CorpusIndex) throws {
        guard var changed = document else { return }
        changed.suggestions = Array(changed.suggestions.dropFirst())
        changed.decided = Set(changed.suggestions.prefix(1).map(\.id))
        try index.update {
            try $0.replaceSuggestions(
                of: changed.document.name, with: changed.suggestions, decided: changed.decided)
        }
        document = changed
    }

    @Test func `knows the files it has read`() throws {
        let casebook = GeneratedCasebook(seed: 1)
        try withIndex(of: casebook) { index in
            let persons = Fingerprint(size: 5, modified: 6, inode: 7, sha256: "ab")
            try index.update { try $0.record(persons, of: "Corpus/alpha.persons.xml") }
            var wanted = Dictionary(
                uniqueKeysWithValues: casebook.documents.map { ($0.document.path, $0.fingerprint) })
            wanted["Corpus/alpha.persons.xml"] = persons
            #expect(try index.fingerprints() == wanted)
            try index.update { try $0.remove("Corpus/alpha.persons.xml") }
            try index.update { try $0.remove("Corpus/alpha.xml") }
            #expect(Set(try index.fingerprints().keys) == ["Corpus/beta.xml", "Corpus/gamma.xml"])
        }
    }

    @Test func `an error leaves what was there before the call`() throws {
        struct Stop: Error {}
        let casebook = GeneratedCasebook(seed: 2)
        try withIndex(of: casebook) { index in
            let before = try index.dump()
            #expect(throws: Stop.self) {
                try index.update { update in
                    try update.remove("Corpus/nothing.xml")
                    throw Stop()
                }
            }
            #expect(try index.dump() == before)
        }
    }

    // MARK: Damage

    /// Pages of the file that are overwritten; all answers must be right afterwards, or the damage be noticed.
    @Test(arguments: ["everything", "header", "middle", "cut", "other", "schema"])
    func `damage is noticed, and the index is built anew`(damage: String) throws {
        let casebook = GeneratedCasebook(seed: 3)
        try withTemporaryFolder { folder in
            let file = folder.appendingPathComponent("index.sqlite")
            let wanted = try fill(file, casebook)
            var bytes = try Data(contentsOf: file)
            switch damage {
            case "everything": bytes = Data("this is no database, whatever its name says".utf8)
            case "header": bytes.replaceSubrange(0..<100, with: Data(repeating: 7, count: 100))
            case "middle":
                bytes.replaceSubrange(4096..<bytes.count - 4096, with: Data(repeating: 0xAA, count: bytes.count - 8192))
            case "cut": bytes = bytes.prefix(bytes.count / 2)
            case "schema": bytes.replaceSubrange(60..<64, with: [0, 0, 0, 99])
            default: bytes = Data()
            }
            try bytes.write(to: file)
            #expect(try answerAfterDamage(file, casebook) == wanted)
        }
    }

    private func fill(_ file: URL, _ casebook: GeneratedCasebook) throws -> String {
        let index = try CorpusIndex(at: file)
        try index.update { try casebook.fill($0) }
        defer { try? index.close() }
        return try index.dump()
    }

    /// What a caller does: opens, brings up to date, and on damage erases and does it again.
    private func answerAfterDamage(_ file: URL, _ casebook: GeneratedCasebook) throws -> String {
        var index = try CorpusIndex(at: file)
        do {
            let known = try index.fingerprints()
            try index.update { update in
                for document in casebook.documents where known[document.document.path] != document.fingerprint {
                    try update.replaceText(document.document.path, document.fingerprint, with: [document])
                }
                if known.isEmpty { try update.replaceSchemes(with: [casebook.scheme]) }
            }
            return try index.dump()
        } catch IndexError.damaged {
            index = try index.rebuilt()
            try index.update { try casebook.fill($0) }
            return try index.dump()
        }
    }

    @Test func `a folder that is not there is said to be unusable`() throws {
        let file = URL(fileURLWithPath: "/nowhere/at/all/index.sqlite")
        do {
            _ = try CorpusIndex(at: file)
            Issue.record("opened an index in a folder that is not there")
        } catch IndexError.unusable(let reason) {
            #expect(!reason.isEmpty)
        }
    }

    // MARK: Several processes

    @Test func `two processes fill one index at the same time`() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("casebook-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("index.sqlite").path
        async let first = #expect(processExitsWith: .success) { [path = path as String] in
            try fillRepeatedly(path, seeds: [4, 5, 4, 5])
        }
        async let second = #expect(processExitsWith: .success) { [path = path as String] in
            try fillRepeatedly(path, seeds: [5, 5, 4, 5])
        }
        _ = await (first, second)
        let casebook = GeneratedCasebook(seed: 5)
        let wanted = try withTemporaryFolder { try fill($0.appendingPathComponent("index.sqlite"), casebook) }
        #expect(try CorpusIndex(at: URL(fileURLWithPath: path)).dump() == wanted)
    }

    @Test func `a process that is killed leaves whole documents`() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("casebook-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("index.sqlite")
        let path = file.path
        let casebook = GeneratedCasebook(seed: 6)
        let wanted = try fill(file, casebook)
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
            let index = try CorpusIndex(at: URL(fileURLWithPath: path))
            let other = GeneratedCasebook(seed: 7)
            try index.update { update in
                try update.replaceText(
                    other.documents[0].document.path, other.documents[0].fingerprint, with: [other.documents[0]])
                try update.inTransaction {
                    try update.replaceText(
                        other.documents[1].document.path, other.documents[1].fingerprint, with: [other.documents[1]])
                    kill(getpid(), SIGKILL)
                }
            }
        }
        let index = try CorpusIndex(at: file)
        let first = casebook.documents[0]
        try index.update { try $0.replaceText(first.document.path, first.fingerprint, with: [first]) }
        #expect(try index.dump() == wanted)
    }

    // MARK: Answers

    @Test func `an empty index answers with nothing`() throws {
        try withTemporaryFolder { folder in
            let index = try CorpusIndex(at: folder.appendingPathComponent("index.sqlite"))
            for text in ["word:felt", "!word:felt", "/felt/", "kind:text", "is:orphaned"] {
                let query = try QueryResolver.resolve(text, names: KnownNames(words: ["felt"]))
                #expect(try index.count(query) == 0)
            }
        }
    }

    @Test func `an expression that cannot be compiled, or never ends, is an error with its place`() throws {
        try withIndex(of: GeneratedCasebook(seed: 8)) { index in
            for (text, word) in [("/fel(t/", "parenthes"), (#"/(\w+\s?)+\d/"#, "too many steps")] {
                let query = try QueryResolver.resolve(text, names: KnownNames())
                let error = #expect(throws: QueryError.self) { try index.count(query) }
                #expect(error?.kind == .badRegex && error?.summary.contains(word) == true, "\(text)")
            }
        }
    }

    @Test func `the limit ends the hits and not the count`() throws {
        let casebook = GeneratedCasebook(seed: 9)
        try withIndex(of: casebook) { index in
            let query = try QueryResolver.resolve("bond | word:felt", names: casebook.names)
            var all: [Hit] = []
            let answer = try index.answer(query) {
                all.append($0); return true
            }
            var some: [Hit] = []
            #expect(
                try index.answer(query, QueryOptions(limit: 2)) {
                    some.append($0); return true
                } == answer)
            #expect(some == Array(all.prefix(2)) && all.count > 2)
            var one: [Hit] = []
            #expect(
                try index.answer(query) {
                    one.append($0); return false
                } == answer)
            #expect(one == Array(all.prefix(1)))
        }
    }

    @Test func `a word that a printed line divides is found whole and in halves`() throws {
        var document = plainDocument(["and felt noth- ing at all", "noth and ing", "felt nothing"])
        document.lineEndHyphens = [13]
        let casebook = [
            ("word:nothing", 3), ("\"felt nothing at\"", 1), ("\"felt noth ing at\"", 1),
            ("word:noth", 3), ("\"noth\"", 2), ("noth*", 3), ("\"felt ..1 at\"", 1), ("\"ing at\"", 1),
        ]
        try withTemporaryFolder { folder in
            let index = try CorpusIndex(at: folder.appendingPathComponent("index.sqlite"))
            let indexed = IndexedDocument(document)
            try index.update { try $0.replaceText(document.path, indexed.fingerprint, with: [indexed]) }
            let before = try index.dump()
            for (text, count) in casebook {
                let query = try QueryResolver.resolve(text, names: KnownNames())
                #expect(try index.count(query) == count, "\(text)")
            }
            var hits: [Hit] = []
            let query = try QueryResolver.resolve("\"felt noth ing\"", names: KnownNames())
            _ = try index.answer(query) {
                hits.append($0); return true
            }
            #expect(hits.first?.ranges.map(\.quote) == ["felt noth- ing"])
            // Forgetting and reading again leaves no word behind.
            try index.update { try $0.remove(document.path) }
            #expect(try index.dump() == "\n")
            try index.update { try $0.replaceText(document.path, indexed.fingerprint, with: [indexed]) }
            #expect(try index.dump() == before)
        }
    }

    @Test func `words in hidden branches are found only when asked for`() throws {
        var document = plainDocument(["the chidlchild is here"])
        // The reading text has the correction alone.
        document.reading = Array("the child is here".utf8)
        document.runs = [
            ReadingRun(reading: 0, raw: 0, isCopied: true), ReadingRun(reading: 4, raw: 9, isCopied: true),
        ]
        document.passages[0].reading = ByteRange(0, 17)
        document.passages[0].runs = 0..<2
        try withTemporaryFolder { folder in
            let index = try CorpusIndex(at: folder.appendingPathComponent("index.sqlite"))
            let indexed = IndexedDocument(document)
            try index.update { try $0.replaceText(document.path, indexed.fingerprint, with: [indexed]) }
            for (text, quotes) in [
                ("word:chidl", []), ("word:any:chidl", ["chidl"]), ("word:any:child", ["child"]),
                ("\"the child\"", ["the chidlchild"]),
            ] {
                let query = try QueryResolver.resolve(text, names: KnownNames())
                var found: [String] = []
                _ = try index.answer(query) {
                    found += $0.ranges.map(\.quote); return true
                }
                #expect(found == quotes, "\(text)")
            }
        }
    }

    @Test func `orphaned annotations are hits without a passage`() throws {
        let casebook = GeneratedCasebook(seed: 12, annotations: 30)
        let wanted = casebook.documents.flatMap(\.annotations).filter { $0.verdict == .orphaned }
        #expect(!wanted.isEmpty)
        try withIndex(of: casebook) { index in
            let query = try QueryResolver.resolve("is:orphaned", names: casebook.names)
            var hits: [Hit] = []
            let answer = try index.answer(query) {
                hits.append($0); return true
            }
            #expect(Set(hits.flatMap(\.annotations)) == Set(wanted.map(\.qualifiedID)))
            #expect(hits.allSatisfy { $0.passage == nil && $0.anchor == .orphaned && $0.text == nil })
            #expect(answer.count.all == wanted.count)
        }
    }

    @Test func `what is out of scope is found only by in`() throws {
        let casebook = GeneratedCasebook(seed: 13)
        try withIndex(of: casebook) { index in
            let options = QueryOptions(scope: ["Corpus/"], outOfScope: ["Corpus/beta.xml"])
            for (text, sees) in [("kind:text", false), ("kind:text in:beta", true), ("kind:text !in:alpha", false)] {
                let query = try QueryResolver.resolve(text, names: casebook.names)
                var documents: Set<String> = []
                _ = try index.answer(query, options) {
                    documents.insert($0.document); return true
                }
                #expect(documents.contains("Corpus/beta.xml") == sees, "\(text)")
                #expect(!documents.isEmpty)
            }
        }
    }
}

/// In a process of its own: replaces all documents by one version after the other.
func fillRepeatedly(_ path: String, seeds: [Int]) throws {
    let index = try CorpusIndex(at: URL(fileURLWithPath: path))
    for seed in seeds {
        let casebook = GeneratedCasebook(seed: seed)
        try index.update { try casebook.fill($0) }
    }
}
