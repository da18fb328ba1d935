import QueryLanguage
import TextModel
import WordForms

/// Does an annotation satisfy a field: all that SQL does not decide.
struct AnnotationTests {
    let fields: FieldTests
    /// Concepts of other annotations on the same range; only asked for `is:alone`.
    let isAlone: (AnnotationRow) throws -> Bool

    func holds(_ field: Query.Field, _ row: AnnotationRow, _ entry: Corpus.Entry, _ work: Work) throws -> Bool {
        let holds = try field.values.contains { try self.holds(field.name, $0, row, entry, work) }
        return holds != field.isNegated
    }

    private func holds(
        _ name: FieldName, _ value: Query.FieldValue, _ row: AnnotationRow, _ entry: Corpus.Entry, _ work: Work
    ) throws -> Bool {
        switch (name, value) {
        case (.is, .text(let state)): return try isState(state, row)
        case (.certainty, _): return row.certainty.map { fields.compares($0, value) } ?? false
        case (.created, _): return row.created.flatMap(PartialWorkDate.init).map { fields.compares($0, value) } ?? false
        case (.modified, _):
            return row.modified.flatMap(PartialWorkDate.init).map { fields.compares($0, value) } ?? false
        case (.comment, .text(let text)): return row.comment.map { Self.hasWords($0, text) } ?? false
        case (.who, .person(let person)):
            return fields.isMeant(person, entry)
                && row.about.contains { isAbout(person, $0, work) }
        case (.role, .text(let role)):
            let person = Query.PersonReference(role, isRole: true)
            return row.about.contains { isAbout(person, $0, work) }
        case (.towards, .person(let person)):
            return fields.isMeant(person, entry)
                && row.about.contains { subject in
                    switch subject {
                    case .dyad(_, let towards): FieldTests.names(person, towards, work)
                    case .relation(let id):
                        work.relations.contains {
                            $0.id == id && $0.passive.contains { FieldTests.names(person, $0, work) }
                        }
                    case .person: false
                    }
                }
        case (.dyad, .dyad(let dyad)): return row.about.contains { isDyad(dyad, $0, entry, work) }
        default: return false
        }
    }

    private func isState(_ state: String, _ row: AnnotationRow) throws -> Bool {
        switch state {
        case "any": return row.state == .annotation || row.state == .openSuggestion
        case "open": return row.state == .openSuggestion
        case "suggested": return row.state == .openSuggestion || row.state == .decidedSuggestion
        case "rejected": return row.state == .rejected
        case "commented": return !(row.comment ?? "").isEmpty
        case "orphaned": return row.anchor == .orphaned
        case "alone": return try isAlone(row)
        default: return false
        }
    }

    private func isAbout(_ person: Query.PersonReference, _ subject: Subject, _ work: Work) -> Bool {
        switch subject {
        case .person(let id): FieldTests.names(person, id, work)
        case .dyad(let from, let towards):
            FieldTests.names(person, from, work) || FieldTests.names(person, towards, work)
        case .relation(let id):
            // A relation is about everybody in it, and about itself.
            (!person.isRole && person.name == id)
                || work.relations.contains { relation in
                    relation.id == id
                        && (relation.active + relation.passive + relation.mutual).contains {
                            FieldTests.names(person, $0, work)
                        }
                }
        }
    }

    private func isDyad(
        _ dyad: Query.DyadReference, _ subject: Subject, _ entry: Corpus.Entry, _ work: Work
    ) -> Bool {
        let first: Query.PersonReference
        let second: Query.PersonReference
        let isDirected: Bool
        switch dyad {
        // Splitting is done where names are looked up.
        case .unsplit: return false
        case .unordered(let one, let other): (first, second, isDirected) = (one, other, false)
        case .directed(let from, let towards): (first, second, isDirected) = (from, towards, true)
        }
        guard fields.isMeant(first, entry), fields.isMeant(second, entry) else { return false }
        func isPair(_ from: String, _ towards: String) -> Bool {
            FieldTests.names(first, from, work) && FieldTests.names(second, towards, work)
        }
        switch subject {
        case .person: return false
        case .dyad(let from, let towards): return isPair(from, towards) || (!isDirected && isPair(towards, from))
        case .relation(let id):
            return work.relations.contains { relation in
                guard relation.id == id else { return false }
                let directed = relation.active.contains { from in relation.passive.contains { isPair(from, $0) } }
                if directed { return true }
                let members = relation.active + relation.passive + relation.mutual
                // Two different members; who is related mutually has no direction.
                guard !isDirected || !relation.mutual.isEmpty else { return false }
                let candidates = isDirected ? relation.mutual : members
                return candidates.contains { one in candidates.contains { $0 != one && isPair(one, $0) } }
            }
        }
    }

    /// Do the words of a value stand in a comment, in a row; case and accents aside.
    private static func hasWords(_ comment: String, _ value: String) -> Bool {
        let words = WordSequence.words(of: value).map(Folding.foldedWithoutAccents)
        let all = WordSequence.words(of: comment).map(Folding.foldedWithoutAccents)
        guard !words.isEmpty, all.count >= words.count else { return false }
        return (0...all.count - words.count).contains { Array(all[$0..<$0 + words.count]) == words }
    }
}
