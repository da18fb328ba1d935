import Foundation
import LayerFiles
import Readers
import TestSupport
import Testing
import TextModel

/// What the bank of exemplars promises: to teachers, and to those who measure with it.
@Suite struct ExemplarBankTests {
    private static let bank = Result { try ExemplarBank() }

    @Test func `each concept has its passages, and there are many with none`() throws {
        let bank = try Self.bank.get()
        #expect(bank.passages.count >= 6_800)
        #expect(bank.supports.count == 28)
        for (concept, passages) in bank.supports.sorted(by: { $0.key < $1.key }) {
            #expect(passages.count >= 180, "\(concept)")
        }
        #expect(bank.empty.count >= 1_900)
    }

    @Test func `every annotation stands where it says`() throws {
        #expect(try Self.bank.get().lost == [])
    }

    /// Each document says whether it trains; a third way would be a passage that nobody knows the use of.
    @Test func `documents are for training or held out`() throws {
        let bank = try Self.bank.get()
        for (file, keywords) in bank.keywords {
            #expect(keywords.count { $0 == "train" || $0 == "held-out" } == 1, "\(file)")
        }
        let heldOut = bank.keywords.filter { $0.value.contains("held-out") }.count
        #expect(heldOut * 5 > bank.keywords.count / 2)
    }

    @Test func `no two passages share a run of ten words, or more than idiom`() throws {
        let bank = try Self.bank.get()
        var tens: [UInt64: String] = [:]
        for (name, words) in bank.passages {
            for run in Set(runs(words, of: 10)) {
                let other = tens.updateValue(name, forKey: run)
                #expect(other == nil, "\(name) and \(other ?? "")")
            }
        }
        var sixes: [UInt64: String] = [:]
        var shared: [String: Int] = [:]
        for (name, words) in bank.passages {
            for run in Set(runs(words, of: 6)) {
                if let other = sixes.updateValue(name, forKey: run) { shared["\(name) \(other)", default: 0] += 1 }
            }
        }
        // A run of eight words has three of six: a turn of phrase at its longest.
        for (pair, count) in shared { #expect(count <= 4, "\(pair)") }
    }

    /// What is measured on may not be learned from, not even in part.
    @Test(.enabled(if: sharedFolder != nil))
    func `nothing of the evaluation sets is in the repository`() throws {
        let folder = try #require(sharedFolder).appendingPathComponent("eval")
        var measured: Set<UInt64> = []
        for file in try FileManager.default.contentsOfDirectory(atPath: folder.path) where file.hasSuffix(".jsonl") {
            let lines = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
            for line in lines.split(separator: "\n") {
                let row = try JSONDecoder().decode(MeasuredPassage.self, from: Data(line.utf8))
                measured.formUnion(runs(words(row.text.utf8), of: 8))
            }
        }
        #expect(measured.count > 10_000)
        for (name, words) in try Self.bank.get().passages {
            #expect(!runs(words, of: 8).contains { measured.contains($0) }, "\(name)")
        }
        for folder in ["Corpus", "Documentation", "Schemas", "Training"] {
            let files = FileManager.default.enumerator(atPath: packageRoot.appendingPathComponent(folder).path)
            for case let file as String in files ?? .init() {
                guard ["xml", "md", "py"].contains((file as NSString).pathExtension),
                    !file.hasPrefix("Exemplars/"), !file.hasPrefix("Novels/")
                else { continue }
                let text = try Data(contentsOf: packageRoot.appendingPathComponent(folder + "/" + file))
                let found = runs(words(text), of: 8).count { measured.contains($0) }
                #expect(found == 0, "\(folder)/\(file)")
            }
        }
    }

    @Test func `novels that are measured on have no labels, whatever the edition`() throws {
        let measured = [
            "dombey", "marner", "vanity", "mary.barton", "ferns.hollow", "ENG18480_Thackeray", "ENG18481_Dickens",
            "ENG18482_Gaskell", "ENG18610_Eliot", "ENG18641_Stretton",
        ].joined(separator: "|")
        let layers = packageRoot.appendingPathComponent("Training/Novels")
        let files = try FileManager.default.contentsOfDirectory(atPath: layers.path)
        #expect(files.count > 300)
        for file in files {
            let head = try FileHandle(forReadingFrom: layers.appendingPathComponent(file)).read(upToCount: 2_000)
            let named = String(decoding: head ?? Data(), as: UTF8.self)
            #expect(named.range(of: measured, options: [.regularExpression, .caseInsensitive]) == nil, "\(file)")
        }
    }
}

private struct MeasuredPassage: Decodable {
    var text: String
}

/// The exemplars of `Corpus/Exemplars` with what their instructor's layers say.
private struct ExemplarBank {
    /// Hashes of the words of each passage, by file and id.
    var passages: [(name: String, words: [UInt64])] = []
    var supports: [String: Set<String>] = [:]
    /// Passages with a decision that they show nothing.
    var empty: Set<String> = []
    var keywords: [String: [String]] = [:]
    /// Annotations whose words are not where their pointers lead.
    var lost: [String] = []

    init() throws {
        let folder = packageRoot.appendingPathComponent("Corpus/Exemplars")
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        where name.hasSuffix(".xml") && !name.hasSuffix(".instructor.xml") {
            let bytes = [UInt8](try Data(contentsOf: folder.appendingPathComponent(name)))
            let document = try #require(TEIReader.read(bytes, path: name).documents.first)
            keywords[name] = document.work.keywords
            for passage in document.passages where document.elements[Int(passage.element)].id != nil {
                let id = document.elements[Int(passage.element)].id ?? ""
                passages.append(("\(name)#\(id)", words(document.reading[passage.reading.indices])))
            }
            let layerName = name.replacing(".xml", with: ".instructor.xml")
            let layer = LayerFile.read(
                bytes: [UInt8](try Data(contentsOf: folder.appendingPathComponent(layerName))), path: layerName
            ).0
            for anchored in Anchoring.anchor(layer, to: document) {
                guard anchored.verdict == .exact, let piece = anchored.pieces.first else {
                    lost.append(anchored.qualifiedID)
                    continue
                }
                guard anchored.annotation.stance != .contradicts else { continue }
                for concept in anchored.annotation.concepts {
                    supports[concept.id, default: []].insert("\(name)#\(piece.passage)")
                }
            }
            for decision in layer.decisions where decision.verdict == .none {
                empty.insert("\(name)#\(decision.id)")
            }
        }
    }
}

/// A hash of each word: letters of ASCII in lower case, so that marks and capitals make no other text.
private func words(_ text: some Sequence<UInt8>) -> [UInt64] {
    var hashes: [UInt64] = []
    let empty: UInt64 = 0xCBF2_9CE4_8422_2325
    var hash = empty
    for byte in text {
        let letter = byte | 0x20
        if letter &- UInt8(ascii: "a") < 26, byte < 0x80 {
            hash = (hash ^ UInt64(letter)) &* 0x100_0000_01B3
        } else if hash != empty {
            hashes.append(hash)
            hash = empty
        }
    }
    if hash != empty { hashes.append(hash) }
    return hashes
}

/// A hash of each run of words.
private func runs(_ words: [UInt64], of length: Int) -> [UInt64] {
    guard words.count >= length else { return [] }
    return (0...words.count - length).map { start in
        words[start..<start + length].reduce(0) { ($0 &* 0x9E37_79B9_7F4A_7C15) ^ $1 }
    }
}
