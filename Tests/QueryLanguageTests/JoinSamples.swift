import QueryLanguage

/// A generated casebook: documents so short that ranges are identical, nested, touching, crossing and empty by chance;
/// annotations of one piece or several, some with two concepts.
struct JoinSamples {
    static let length: Int32 = 48
    private var random: QueryGenerator
    private let documents: Int
    private(set) var intervals: [Interval] = []
    /// Of each annotation: two concepts at most, 0…2.
    private(set) var concepts: [Set<Int>] = []
    private let blanks: [[Bool]]
    private let sentences: [[Int32]]
    private let passages: [[Int32]]

    init(seed: UInt64, annotations: Int, pieces: Int) {
        var random = QueryGenerator(seed: seed)
        documents = 1 + random.below(3)
        let length = Int(Self.length)
        blanks = (0..<documents).map { _ in (0..<length).map { _ in random.below(4) == 0 } }
        sentences = (0..<documents).map { _ in
            var number: Int32 = 0
            return (0..<length + 1).map { _ in
                if random.below(5) == 0 { number += 1 }
                return number
            }
        }
        // Paragraphs of twelve bytes; in every second an island, which is a passage of its own.
        passages = (0..<documents).map { _ in
            (0..<length + 1).map { offset in
                let paragraph = Int32(offset / 12) * 2
                return offset % 24 >= 4 && offset % 24 < 7 ? paragraph + 1 : paragraph
            }
        }
        for owner in 0..<annotations {
            let document = Int32(random.below(documents))
            for _ in 0...(pieces > 1 && random.below(2) == 0 ? random.below(pieces) : 0) {
                let start = Int32(random.below(length + 1))
                // Short, long, empty.
                let most = [0, 1, 4, 12, length][random.below(5)]
                let end = min(Self.length, start + Int32(random.below(most + 1)))
                intervals.append(Interval(document: document, start: start, end: end, owner: Int32(owner)))
            }
            concepts.append(random.below(3) == 0 ? [0, 1] : [random.below(3)])
        }
        self.random = random
    }

    /// The annotations with a concept.
    func list(_ concept: Int) -> RangeList {
        RangeList(intervals.filter { concepts[Int($0.owner)].contains(concept) })
    }

    func isBlank(_ document: Int32) -> (Int32) -> Bool {
        { offset in blanks[Int(document)][Int(offset)] }
    }

    func blankEnd(_ document: Int32, _ offset: Int32) -> Int32 {
        var end = offset
        while end < Self.length, blanks[Int(document)][Int(end)] { end += 1 }
        return end
    }

    func ranks(_ list: RangeList, _ unit: Distance.Unit) -> Ranks {
        let pairs = list.items.map { item -> (Int32, Int32) in
            let units: [Int32]
            switch unit {
            case .documents: return (0, 0)
            // Every byte is a word.
            case .words: return (item.start, item.end)
            case .sentences: units = sentences[Int(item.document)]
            case .passages: units = passages[Int(item.document)]
            case .chapters: units = passages[Int(item.document)].map { $0 / 4 }
            }
            let reached = units[Int(item.start)...Int(max(item.start, item.end - 1))]
            return (reached.min() ?? 0, reached.max() ?? 0)
        }
        return Ranks(firsts: pairs.map(\.0), lasts: pairs.map(\.1))
    }
}
