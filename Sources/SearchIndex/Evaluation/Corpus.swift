import GRDB
import TextModel

/// The documents that a query looks at, in the order in which hits come, with their passages numbered through.
struct Corpus {
    struct Entry {
        var id: Int64
        /// ``Document/name``.
        var name: String
        var path: String
        var title: String
        var authors: [String]
        var date: PartialWorkDate?
        /// Number of its first passage among all passages.
        var firstPassage: Int
        var passageCount: Int

        var passages: Range<Int> { firstPassage..<firstPassage + passageCount }
    }

    let entries: [Entry]
    /// Place in ``entries`` by number in the index.
    let places: [Int64: Int32]
    let passageCount: Int

    init(_ database: Database, sort: QueryOptions.Sort) throws {
        let rows = try Row.fetchAll(
            database.cachedStatement(
                sql: "SELECT id, name, path, title, authors, date, passages FROM document ORDER BY name"))
        var entries = rows.map { row in
            Entry(
                id: row[0], name: row[1], path: row[2], title: row[3], authors: splitLines(row[4]),
                date: (row[5] as String?).flatMap(PartialWorkDate.init), firstPassage: 0, passageCount: row[6])
        }
        if sort == .year {
            // Undated works after all others; the sort is stable only by the name beside it.
            entries.sort { left, right in
                let (first, second) = (left.date?.year ?? Int.max, right.date?.year ?? Int.max)
                return (first, left.name) < (second, right.name)
            }
        }
        var count = 0
        for index in entries.indices {
            entries[index].firstPassage = count
            count += entries[index].passageCount
        }
        self.entries = entries
        places = Dictionary(
            entries.enumerated().map { ($1.id, Int32($0)) }, uniquingKeysWith: { first, _ in first })
        passageCount = count
    }

    /// Document and passage of a number that ``PassageSet`` holds.
    func place(ofPassage number: Int) -> (document: Int32, passage: Int32) {
        // Documents without passages share the number of the next one: the last that begins there holds it.
        let document = entries.partitioningIndex { $0.firstPassage > number } - 1
        return (Int32(document), Int32(number - entries[document].firstPassage))
    }

    func number(_ document: Int32, _ passage: Int32) -> Int {
        entries[Int(document)].firstPassage + Int(passage)
    }
}
