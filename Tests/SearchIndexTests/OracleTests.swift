import Foundation
import QueryLanguage
import SearchIndex
import TestSupport
import Testing
import TextModel

/// Every count equals the one that a brute-force scan gives.
@Suite struct OracleTests {
    /// One query for every operator, every field and every form of a pattern; random ones follow.
    static let queries = [
        "neglect", "bond", "only:bond", "broader:neglect", "only:neglect | repair", "neglect & repair",
        "neglect & !repair", "!neglect", "!neglect & !repair", "bond & word:felt", "(neglect | repair) & word:child",
        "word:felt", "word:mothers", "word:für", "felt*", "f*", "na*", "don*", "\"felt nothing\"", "\"Nothing\"",
        "\"für\"", "\"fur\"", "\"felt * child\"", "\"* felt\"", "\"felt *\"", "\"felt ..2 child\"",
        "\"mother ..3 child ..1 cold\"", "\"wom?n\"", "\"f?r\"", "\"mo*s\"", "\"na?ve\"", "\"don't\"", "/felt no/",
        "/MOTHER/i", "/ï/",
        "/d n/ & !/e/", "/cold/ layer:key", "/o/ #>2", "/th/ page:2", "bond & /ot/",
        "bond stance:contradicts", "bond stance:supports who:jane", "bond & stance:contradicts", "stance:supports",
        "bond !stance:supports", "bond basis:shown,told", "bond certainty:>=0.5", "bond certainty:0.25..0.5",
        "bond !certainty:>=0.5", "bond comment:unsure", "bond comment:sure", "bond layer:key", "bond !layer:key",
        "(neglect | repair) layer:key", "bond by:ana", "by:ben", "bond who:jane", "bond who:@mother", "bond who:@nurse",
        "bond role:child", "bond dyad:jane..max", "bond dyad:jane>max", "bond dyad:jane-max", "dyad:jane>ada",
        "bond towards:max", "bond who:r1", "bond created:2024-05", "bond created:<2024", "bond modified:>=2024-06-01",
        "bond is:alone", "is:alone", "bond is:commented", "bond !is:commented", "bond is:suggested", "bond is:open",
        "bond is:any", "is:open stance:contradicts", "bond word:cold", "bond !word:cold", "bond word:cold,child",
        "word:felt layer:key", "word:felt !layer:key", "word:felt who:jane stance:supports",
        "\"felt nothing\" is:commented", "in:alpha", "bond in:alpha", "bond in:alpha/2", "in:beta/1 & !bond",
        "bond author:writer", "bond title:beta", "year:1847", "bond year:<1900", "bond year:1840..1910",
        "bond !year:1847",
        "lang:de", "word:felt lang:en", "bond lang:de-AT", "kind:verse", "kind:speaker", "word:felt kind:front",
        "bond kind:text,verse", "bond !kind:text", "bond kind:note", "chapter:2", "bond chapter:1..2", "page:2",
        "bond page:2", "word:felt page:1..2", "bond speaker:jane", "word:felt speaker:jane", "speaker:jane",
        "bond mentions:max", "mentions:max", "length:>5", "bond length:<=4", "nth:1", "bond nth:2..4",
        "neglect count>1", "bond count>2 per chapter", "bond count>=3 per document", "word:felt #>1",
        "word:felt count<2 per chapter", "(neglect | word:cold) & kind:text", "in:alpha kind:text !chapter:1",
        "repair | word:felt | \"cold child\"", "who:jane & who:max", "bond who:jane,max & !(word:felt | word:cold)",
    ]

    /// One query for every relation and every unit of distance, between concepts, words and both.
    static let relations = [
        "neglect overlaps repair", "bond overlaps bond", "bond overlaps neglect", "bond overlaps word:felt",
        "word:felt overlaps bond", "neglect not overlaps repair", "word:felt !overlaps bond", "neglect within bond",
        "word:child within bond", "bond contains word:child", "bond contains repair", "bond not contains word:felt",
        "neglect equals repair", "bond equals bond", "\"felt\" equals felt*", "neglect touches repair",
        "word:felt touches word:child", "bond touches word:cold", "/m/ touches /other/", "bond not touches word:felt",
        "neglect then repair", "neglect then repair <2p", "bond then bond <1p", "bond then word:felt <3w",
        "word:felt then word:child <1w", "word:felt then word:felt <=2w", "bond then repair >=1c",
        "bond then repair >4w",
        "bond then neglect <1s", "bond then repair <2s", "bond then repair <1d", "neglect near repair",
        "bond near bond <1p", "bond near word:cold <2w", "word:felt near word:child <1s", "bond near repair <1c",
        "bond near repair >=2p", "bond near neglect >1s", "bond near word:felt <1d",
        "bond then word:felt <2p then repair <1c", "word:felt then word:cold then word:child",
        "bond then bond <2p then bond <2p", "(neglect | repair) overlaps (word:felt | word:cold)",
        "(neglect overlaps repair) then bond", "bond overlaps (repair within bond)",
        "(bond who:jane) overlaps bond stance:supports", "bond layer:key overlaps bond layer:ana",
        "neglect overlaps repair & word:felt", "!(neglect overlaps repair)", "(bond overlaps repair) | word:für",
        "bond as x then repair as y", "(neglect near repair) & kind:text",
        "bond overlaps felt* & repair overlaps felt*",
    ]

    @Test(arguments: 0..<4)
    func `every relation finds what loops in loops find`(seed: Int) throws {
        let casebook = GeneratedCasebook(seed: 200 + seed, documents: 2, paragraphs: 7, annotations: 18)
        try withIndex(of: casebook) { index in
            var empty = 0
            for text in Self.relations {
                try compare(text, casebook, index, seed: seed)
                let query = try QueryResolver.resolve(text, names: casebook.names)
                if try index.count(query) == 0 { empty += 1 }
            }
            // Where everything finds nothing, agreeing is no art.
            #expect(empty < Self.relations.count / 2, "seed \(seed)")
        }
    }

    @Test(arguments: 0..<6)
    func `every query finds what a plain scan finds`(seed: Int) throws {
        let casebook = GeneratedCasebook(seed: seed, documents: 3, paragraphs: 9, annotations: 14)
        try withIndex(of: casebook) { index in
            for text in Self.queries { try compare(text, casebook, index, seed: seed) }
        }
    }

    @Test(arguments: 0..<4)
    func `random queries find what a plain scan finds`(seed: Int) throws {
        let casebook = GeneratedCasebook(seed: 100 + seed, documents: 3, paragraphs: 6, annotations: 10)
        var random = SeededGenerator(seed: seed)
        let atoms = Self.queries.filter { !$0.contains(" & ") && !$0.contains(" | ") && !$0.hasPrefix("!") }
        func make(_ depth: Int) -> String {
            let atom = atoms[Int.random(in: atoms.indices, using: &random)]
            guard depth > 0 else { return atom }
            switch Int.random(in: 0..<4, using: &random) {
            case 0: return "(\(make(depth - 1))) & (\(make(depth - 1)))"
            case 1: return "(\(make(depth - 1))) | (\(make(depth - 1)))"
            case 2: return "!(\(make(depth - 1)))"
            default: return atom
            }
        }
        try withIndex(of: casebook) { index in
            for _ in 0..<60 { try compare(make(3), casebook, index, seed: seed) }
        }
    }

    func compare(_ text: String, _ casebook: GeneratedCasebook, _ index: CorpusIndex, seed: Int) throws {
        let resolved = try QueryResolver.resolve(text, names: casebook.names)
        let naive = NaiveEngine(documents: casebook.documents, scheme: casebook.scheme, query: resolved.query)
        let query = resolved.query.distributed
        let expected = naive.passages(query)

        var hits: [Hit] = []
        let answer = try index.answer(resolved, QueryOptions(unit: .passage)) {
            hits.append($0); return true
        }
        let found = Set(hits.filter { $0.passage != nil }.map { Self.key($0.document, $0.passage ?? "") })
        let wanted = Set(
            expected.map { place in
                let document = casebook.documents[place.document].document
                return Self.key(document.name, PassageIdentifiers(document)[place.passage])
            })
        #expect(found == wanted, "\(text), seed \(seed)")
        #expect(answer.count == HitCount(hits) && answer.count.all == found.count, "\(text), seed \(seed)")
        #expect(try index.count(resolved, QueryOptions(unit: .passage)) == hits.count, "\(text), seed \(seed)")
        let documents = Set(expected.map(\.document)).count
        #expect(try index.count(resolved, QueryOptions(unit: .document)) == documents, "\(text), seed \(seed)")
        #expect(answer.documents == documents, "\(text), seed \(seed)")

        guard query.result == .ranges else { return }
        let ranges = naive.ranges(query)
        let matches = Set(ranges.map(NaiveEngine.MatchKey.init)).count
        #expect(try index.count(resolved, QueryOptions(unit: .match)) == matches, "\(text), seed \(seed)")
        let annotations = Set(ranges.filter { $0.annotation >= 0 }.map { [$0.document, $0.annotation] }).count
        #expect(try index.count(resolved, QueryOptions(unit: .annotation)) == annotations, "\(text), seed \(seed)")
        try comparePairs(text, resolved, naive, index, seed: seed)
    }

    /// Pairs, and that each hit shows a partner that is one.
    private func comparePairs(
        _ text: String, _ resolved: ResolvedQuery, _ naive: NaiveEngine, _ index: CorpusIndex, seed: Int
    ) throws {
        let query = resolved.query.distributed
        switch query {
        case .relation(_, _, let isNegated, _):
            guard !isNegated else { return }
        case .near: break
        case .chain(_, let steps):
            guard steps.count == 1 else { return }
        default: return
        }
        let pairs = naive.pairs(query)
        #expect(try index.count(resolved, QueryOptions(unit: .pair)) == pairs.count, "\(text), seed \(seed)")
        func key(_ document: String, _ hit: Hit) -> String {
            document + hit.ranges.map { " \($0.passage):\($0.start)-\($0.end)" }.joined()
        }
        func key(_ found: NaiveEngine.Found) -> String {
            let document = naive.documents[found.document].document
            let names = PassageIdentifiers(document)
            return document.name
                + found.pieces.map { piece in
                    let passage = document.passages[piece.passage]
                    let start = document.scalarOffset(ofByte: piece.start, in: passage)
                    return " \(names[piece.passage]):\(start)-\(document.scalarOffset(ofByte: piece.end, in: passage))"
                }.joined()
        }
        let wanted = Set(pairs.map { key($0.0) + " | " + key($0.1) })
        var listed: [String] = []
        _ = try index.answer(resolved, QueryOptions(unit: .pair)) { hit in
            listed.append(key(hit.document, hit) + " | " + (hit.partner.map { key($0.document, $0) } ?? "none"))
            return true
        }
        #expect(Set(listed) == wanted && listed.count == pairs.count, "\(text), seed \(seed)")
        _ = try index.answer(resolved) { hit in
            let shown = key(hit.document, hit) + " | " + (hit.partner.map { key($0.document, $0) } ?? "none")
            #expect(wanted.contains(shown), "\(text), seed \(seed): \(shown)")
            return true
        }
    }

    private static func key(_ document: String, _ passage: String) -> String { document + " " + passage }
}

/// Calls with an index of a generated casebook in a fresh folder.
func withIndex(of casebook: GeneratedCasebook, _ body: (CorpusIndex) throws -> Void) throws {
    try withTemporaryFolder { folder in
        let index = try CorpusIndex(at: folder.appendingPathComponent("index.sqlite"))
        try index.update { update in try casebook.fill(update) }
        try body(index)
    }
}

extension GeneratedCasebook {
    func fill(_ update: IndexUpdate) throws {
        try update.replaceSchemes(with: [scheme])
        for document in documents {
            try update.replaceText(document.document.path, document.fingerprint, with: [document])
        }
    }

    /// What queries may name.
    var names: KnownNames {
        KnownNames(
            concepts: ConceptName.names(of: scheme),
            persons: documents.flatMap { document in
                (Self.persons + ["r1", "r2"]).map { PersonName(work: document.document.path, id: $0) }
            }, words: Set(Self.words))
    }
}

extension IndexedDocument {
    var fingerprint: Fingerprint {
        Fingerprint(size: Int64(document.raw.count), modified: 1, inode: 1, sha256: document.sha256)
    }
}
