import QueryLanguage

/// The date of a work or an annotation, as exactly as it is given.
struct PartialWorkDate {
    private let earliest: (Int, Int, Int)
    private let latest: (Int, Int, Int)

    var year: Int { earliest.0 }

    /// Reads `1847`, `1847-10`, a timestamp, and `1847/1848`; of anything else the first four digits that stand alone.
    init?(_ text: String) {
        let ends = text.split(separator: "/", maxSplits: 1).map { Self.read(String($0)) }
        guard let first = ends.first, let first else { return nil }
        earliest = first.earliest
        latest = (ends.count > 1 ? ends[1] ?? first : first).latest
    }

    private static func read(_ text: String) -> PartialDate? {
        // A timestamp begins with its day.
        let day = text.prefix { $0 != "T" && $0 != " " }
        if let date = PartialDate(String(day)) { return date }
        let numbers = text.split { !("0"..."9").contains($0) }
        return numbers.first { $0.count == 4 }.flatMap { PartialDate(String($0)) }
    }

    /// `<` and `>` hold when they hold for every day that the two may mean; `=` when the whole date lies in the bound.
    func compares(_ comparison: Comparison, to bound: PartialDate) -> Bool {
        switch comparison {
        case .less: latest < bound.earliest
        case .lessOrEqual: latest <= bound.latest
        case .greater: earliest > bound.latest
        case .greaterOrEqual: earliest >= bound.earliest
        case .equal: earliest >= bound.earliest && latest <= bound.latest
        }
    }
}
