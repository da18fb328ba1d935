import Foundation
import QueryLanguage
import SearchIndex
import TextModel

/// How long queries take inside a running program, the index open: medians, with the counts that came out.
///
///     queries CASEBOOK [--rounds N] [--only NAME] [--tsv]
///
/// A casebook with the benchmark's own concepts is asked about those; any other about the concepts shipped, of which
/// its suggestions are the layer.
@main
struct Queries {
    struct Case {
        /// As peers name the same question.
        var name: String
        var query: String
        var unit: QueryOptions.Unit
    }

    /// Units as peers count: each annotation, each pair.
    static let synthetic = [
        Case(name: "concept", query: "c01", unit: .annotation),
        Case(name: "concept & concept", query: "c01 & c02", unit: .passage),
        Case(name: "overlaps", query: "c01 overlaps c02", unit: .pair),
        Case(name: "then <3p", query: "c01 then c02 <3p", unit: .pair),
        Case(name: "words near words", query: "\"mother\" near \"child\" <5w", unit: .match),
        Case(name: "regex", query: "/\\bm[a-z]+r\\b/", unit: .match),
    ]

    static let novels = [
        Case(name: "concept", query: "bond is:suggested", unit: .annotation),
        Case(
            name: "concept & concept", query: "bond is:suggested & practice is:suggested",
            unit: .passage),
        Case(
            name: "overlaps", query: "bond is:suggested overlaps practice is:suggested", unit: .pair),
        Case(
            name: "then <3p", query: "bond is:suggested then practice is:suggested <3p", unit: .pair),
        Case(name: "words near words", query: "\"mother\" near \"child\" <5w", unit: .match),
        Case(name: "regex", query: "/\\bm[a-z]+r\\b/", unit: .match),
    ]

    static func main() throws {
        var arguments = Array(CommandLine.arguments.dropFirst())
        let printsRows = arguments.contains("--tsv")
        var rounds = 31
        if let place = arguments.firstIndex(of: "--rounds"), place + 1 < arguments.count {
            rounds = max(1, Int(arguments[place + 1]) ?? rounds)
            arguments.removeSubrange(place...place + 1)
        }
        var only: String?
        if let place = arguments.firstIndex(of: "--only"), place + 1 < arguments.count {
            only = arguments[place + 1]
            arguments.removeSubrange(place...place + 1)
        }
        guard let folder = arguments.first(where: { !$0.hasPrefix("-") }) else {
            print("usage: queries CASEBOOK [--rounds N] [--only NAME] [--tsv]")
            exit(64)
        }
        let index = try CorpusIndex(at: URL(fileURLWithPath: folder + "/.casebook/index.sqlite"))
        let names = index.names()
        let isSynthetic = names.concepts.contains { $0.id == "c01" }
        if !printsRows { print("query                                                 counted      hits    median ms") }
        for item in isSynthetic ? synthetic : novels where only == nil || only == item.name {
            var times: [Double] = []
            var count = 0
            // Reading the query is part of the answer; the first round warms the caches of the system.
            for _ in 0...rounds {
                let start = ContinuousClock.now
                let query = try QueryResolver.resolve(item.query, names: names)
                count = try index.count(query, QueryOptions(unit: item.unit))
                let spent = (ContinuousClock.now - start).components
                times.append(Double(spent.seconds) * 1e3 + Double(spent.attoseconds) / 1e15)
            }
            let median = times.dropFirst().sorted()[rounds / 2]
            if printsRows {
                print("\(item.name)\t\(count)\t\(median)")
            } else {
                print(
                    item.query.padding(toLength: 54, withPad: " ", startingAt: 0)
                        + item.unit.rawValue.padding(toLength: 10, withPad: " ", startingAt: 0)
                        + String(format: "%7d %12.2f", count, median))
            }
        }
    }
}
