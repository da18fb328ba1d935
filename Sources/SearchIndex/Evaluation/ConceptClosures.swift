import GRDB
import QueryLanguage

/// Which concepts of the index a concept of a query means, by the schemes that the index has.
final class ConceptClosures {
    private let database: Database
    /// Numbers by id.
    private lazy var numbers: [String: Int64] = {
        let rows = try? Row.fetchAll(database.cachedStatement(sql: "SELECT name, id FROM concept"))
        return Dictionary((rows ?? []).map { ($0[0], $0[1]) }, uniquingKeysWith: { first, _ in first })
    }()
    private lazy var schemes: [(id: String, concepts: [(id: String, broader: Int?)])] = {
        let schemes = try? Row.fetchAll(
            database.cachedStatement(sql: "SELECT position, id FROM scheme ORDER BY position"))
        return (schemes ?? []).map { scheme in
            let concepts = try? Row.fetchAll(
                database.cachedStatement(
                    sql: "SELECT id, broader FROM scheme_concept WHERE scheme = ? ORDER BY position"),
                arguments: [scheme[0] as Int])
            return (scheme[1], (concepts ?? []).map { ($0[0], $0[1]) })
        }
    }()

    init(_ database: Database) {
        self.database = database
    }

    /// Numbers of the concepts meant that any annotation has.
    func concepts(_ id: String, _ mode: Query.ConceptMode) -> [Int64] {
        var scheme: String?
        var id = id
        if let slash = id.firstIndex(of: "/"), schemes.contains(where: { $0.id == id[..<slash] }) {
            scheme = String(id[..<slash])
            id = String(id[id.index(after: slash)...])
        }
        var ids: Set<String> = []
        for candidate in schemes where scheme == nil || candidate.id == scheme {
            guard let index = candidate.concepts.firstIndex(where: { $0.id == id }) else { continue }
            let start: Int?
            switch mode {
            case .withNarrower: start = index
            case .only: start = nil
            case .siblings: start = candidate.concepts[index].broader
            }
            if let start { ids.formUnion(Self.closure(of: start, candidate.concepts)) }
        }
        // A concept that no scheme has is still what annotations call it; of `broader:x` the broader one is left out.
        if mode != .siblings { ids.insert(id) }
        return ids.compactMap { numbers[$0] }.sorted()
    }

    func number(of name: String) throws -> Int64? { numbers[name] }

    func names(of concepts: Set<Int64>) throws -> Set<String> {
        Set(numbers.filter { concepts.contains($0.value) }.keys)
    }

    private static func closure(of start: Int, _ concepts: [(id: String, broader: Int?)]) -> Set<String> {
        var isInside = [Bool](repeating: false, count: concepts.count)
        isInside[start] = true
        // A concept stands after its broader one in its file, and if not, a second round finds it.
        var grew = true
        while grew {
            grew = false
            for (index, concept) in concepts.enumerated() {
                guard !isInside[index], let broader = concept.broader, concepts.indices.contains(broader),
                    isInside[broader]
                else { continue }
                isInside[index] = true
                grew = true
            }
        }
        return Set(concepts.indices.filter { isInside[$0] }.map { concepts[$0].id })
    }
}
