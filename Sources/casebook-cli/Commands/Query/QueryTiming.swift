import QueryLanguage
import SearchIndex
import TextModel

/// Where the time of a query goes, for `--explain`.
struct QueryTiming {
    private let clock = ContinuousClock()
    private var last: ContinuousClock.Instant
    private var steps: [(name: String, duration: Duration)] = []

    init() { last = clock.now }

    /// A step ends here; the next one begins.
    mutating func step(_ name: String) {
        let now = clock.now
        steps.append((name, now - last))
        last = now
    }

    /// The query as understood, what it finds, the time of each step, and the statements with SQLite's plan.
    func explanation(of query: ResolvedQuery, _ options: QueryOptions, _ index: CorpusIndex) throws -> String {
        let finds = query.query.result == .ranges ? "ranges: places in the text" : "passages"
        var text = "query  \(query.printed)\nfinds  \(finds)\n"
        if let unit = options.unit { text += "counts \(unit.rawValue)\n" }
        text += "\n"
        for step in steps {
            let (seconds, attoseconds) = step.duration.components
            let microseconds = Int(seconds) * 1_000_000 + Int(attoseconds / 1_000_000_000_000)
            let milliseconds = "\(microseconds / 1000).\(microseconds % 1000 / 100)"
            text += String(repeating: " ", count: max(0, 9 - milliseconds.utf8.count)) + milliseconds + " ms  "
            text += step.name + "\n"
        }
        var planned = options
        planned.limit = 1
        return text + "\n" + (try index.explanation(query, planned))
    }
}
