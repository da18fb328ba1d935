import GRDB
import QueryLanguage
import TextModel

/// The fields of a pattern that ask something of annotations: as SQL where SQLite can decide, else as a test of the
/// row.
struct AnnotationFilter {
    /// Rows that are looked at.
    var states: Set<AnnotationState>
    /// `AND`ed conditions on `annotation` and `layer`, each value bound as an argument.
    var conditions: [String] = []
    var arguments: [any DatabaseValueConvertible & Sendable] = []
    /// Fields that need the row.
    var tests: [Query.Field] = []

    /// True where nothing but the state is asked.
    var isTrivial: Bool { conditions.isEmpty && tests.isEmpty }

    /// True where annotations without a place in today's text are asked for: they have no postings.
    let asksForUnplaced: Bool

    /// - Parameter fields: fields of annotations only.
    init(_ fields: [Query.Field]) {
        states = Self.states(of: fields)
        asksForUnplaced = fields.contains { field in
            field.name == .is && !field.isNegated && field.values.contains(.text("orphaned"))
        }
        for field in fields {
            if let (condition, values) = Self.condition(for: field) {
                conditions.append(field.isNegated ? "NOT (\(condition))" : "(\(condition))")
                arguments += values
            } else if !Self.isDecidedByState(field) {
                tests.append(field)
            }
        }
    }

    /// `is:` says which rows are annotations, which are suggestions; without it annotations.
    private static func states(of fields: [Query.Field]) -> Set<AnnotationState> {
        var states: Set<AnnotationState> = []
        for field in fields where field.name == .is && !field.isNegated {
            for case .text(let value) in field.values { states.formUnion(self.states(named: value)) }
        }
        return states.isEmpty ? [.annotation] : states
    }

    private static func states(named value: String) -> Set<AnnotationState> {
        switch value {
        case "any": [.annotation, .openSuggestion]
        case "open": [.openSuggestion]
        case "suggested": [.openSuggestion, .decidedSuggestion]
        case "rejected": [.rejected]
        default: []
        }
    }

    private static func isDecidedByState(_ field: Query.Field) -> Bool {
        field.name == .is && !field.isNegated
            && field.values.allSatisfy {
                if case .text(let value) = $0 { !states(named: value).isEmpty } else { false }
            }
    }

    /// A condition that no value makes NULL: `NOT` of it is its opposite.
    private static func condition(
        for field: Query.Field
    ) -> (sql: String, arguments: [any DatabaseValueConvertible & Sendable])? {
        let column: String
        switch field.name {
        case .stance: column = "annotation.stance"
        case .basis: column = "annotation.basis"
        case .by: column = "annotation.creator"
        case .layer: column = "layer.name"
        default: return nil
        }
        let values = field.values.compactMap { if case .text(let value) = $0 { value } else { nil } }
        let marks = values.map { _ in "?" }.joined(separator: ", ")
        return ("ifnull(\(column), '') IN (\(marks))", values)
    }
}

extension AnnotationFilter {
    /// Finds the lists of postings of concepts.
    func lists(of concepts: [Int64]) -> (sql: String, arguments: StatementArguments) {
        lists(of: concepts, selecting: "document, concept, postings")
    }

    /// Counts the annotations of one concept.
    func count(of concept: Int64) -> (sql: String, arguments: StatementArguments) {
        lists(of: [concept], selecting: "ifnull(sum(annotations), 0)")
    }

    private func lists(
        of concepts: [Int64], selecting columns: String
    ) -> (sql: String, arguments: StatementArguments) {
        let sql = """
            SELECT \(columns)
            FROM posting_list
            WHERE concept IN (\(marks(concepts.count))) AND state IN (\(marks(states.count)))
            """
        return (sql, StatementArguments(concepts) + StatementArguments(stateNumbers))
    }

    /// Those of some annotations of which the conditions hold; `nil` where there are none.
    func passing(_ annotations: [Int64]) -> (sql: String, arguments: StatementArguments)? {
        if conditions.isEmpty { return nil }
        // SQLite reads a list of numbers as JSON, whatever its length, and keeps to the order of a cross join.
        var sql = """
            SELECT annotation.id
            FROM json_each(?) AS wanted
            CROSS JOIN annotation ON annotation.id = wanted.value
            """
        if needsLayer { sql += "\nLEFT JOIN layer ON layer.id = annotation.layer" }
        sql += "\nWHERE " + conditions.joined(separator: "\n    AND ")
        let list = "[" + annotations.map(String.init).joined(separator: ",") + "]"
        return (sql, [list] + StatementArguments(arguments))
    }

    /// Finds annotations whatever their concepts.
    var statement: (sql: String, arguments: StatementArguments) {
        var sql = """
            SELECT \(AnnotationRow.columns)
            FROM annotation
            LEFT JOIN layer ON layer.id = annotation.layer
            WHERE annotation.state IN (\(marks(states.count)))
            """
        for condition in conditions { sql += "\n    AND \(condition)" }
        return (sql, StatementArguments(stateNumbers) + StatementArguments(arguments))
    }

    private var needsLayer: Bool { conditions.contains { $0.contains("layer.name") } }

    private var stateNumbers: [Int] { states.map(\.rawValue).sorted() }

    private func marks(_ count: Int) -> String { Array(repeating: "?", count: count).joined(separator: ", ") }
}
