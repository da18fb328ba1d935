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
    /// Finds postings of concepts; see ``Evaluator``.
    ///
    ///     SELECT … FROM posting JOIN annotation … WHERE concept IN (…) AND posting.state IN (…) AND …
    func statement(concepts: [Int64]) -> (sql: String, arguments: StatementArguments) {
        statement(selecting: Posting.columns, concepts: concepts)
    }

    /// Counts the annotations of those postings: of one concept each has a first piece once.
    func countStatement(concepts: [Int64]) -> (sql: String, arguments: StatementArguments) {
        let isOne = concepts.count == 1
        var (sql, arguments) = statement(
            selecting: isOne ? "count(*)" : "count(DISTINCT posting.annotation)", concepts: concepts)
        if isOne { sql += "\n    AND posting.piece = 0" }
        return (sql, arguments)
    }

    private func statement(
        selecting columns: String, concepts: [Int64]
    ) -> (sql: String, arguments: StatementArguments) {
        let needsRow = !isTrivial
        var sql = """
            SELECT \(columns)
            FROM posting
            """
        if needsRow { sql += "\nJOIN annotation ON annotation.id = posting.annotation" }
        if needsLayer { sql += "\nLEFT JOIN layer ON layer.id = annotation.layer" }
        sql += "\nWHERE posting.concept IN (\(marks(concepts.count))) AND posting.state IN (\(marks(states.count)))"
        for condition in conditions { sql += "\n    AND \(condition)" }
        return (sql, StatementArguments(concepts) + StatementArguments(stateNumbers) + StatementArguments(arguments))
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
