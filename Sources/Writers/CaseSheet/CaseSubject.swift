import TextModel

/// Whom a case sheet is about: two persons of a work, or one of whom nothing is said towards another.
struct CaseSubject: Equatable {
    /// Index in ``TeachingSelection/works``.
    var work: Int
    /// Ids of persons, a parent before a child.
    var persons: [String]

    /// Does an annotation belong on this sheet: it is about the two in either direction, or about one of them alone.
    func includes(_ annotation: Annotation, _ phrases: SubjectPhrases) -> Bool {
        annotation.about.contains { subject in
            let named = phrases.persons(of: subject)
            return !named.isEmpty && named.allSatisfy(persons.contains)
        }
    }
}

extension SheetMaterial {
    /// The pairs that annotations on the chosen passages are about, the most spoken of first; persons who are in no
    /// pair come after them. Of several works each gives the one of whom most is said. Statements about people in
    /// general are evidence about nobody.
    func caseSubjects() -> [CaseSubject] {
        let works = selection.works.indices.map(caseSubjects)
        let isOneWork = works.filter { !$0.isEmpty }.count == 1
        return works.flatMap { isOneWork ? $0 : Array($0.prefix(1)) }
    }

    private func caseSubjects(in index: Int) -> [CaseSubject] {
        let focusIDs = Set(focus.map(\.id))
        let document = selection.works[index].document
        let phrases = SubjectPhrases(work: document.work, strings: strings)
        let chosen = Set(passages.filter { $0.work == index }.map(\.passage))
        var counts: [[String]: Int] = [:]
        var order: [[String]] = []
        for anchored in placed(in: index)
        where anchored.pieces.contains(where: { chosen.contains($0.passage) })
            && selection.isMatched(anchored)
            && anchored.annotation.concepts.contains(where: { focusIDs.contains($0.id) })
        {
            for subject in anchored.annotation.about {
                let persons = Self.ordered(phrases.persons(of: subject), in: document.work)
                guard (1...2).contains(persons.count) else { continue }
                if counts[persons] == nil { order.append(persons) }
                counts[persons, default: 0] += 1
            }
        }
        let pairs = order.filter { $0.count == 2 }
            .enumerated().sorted { left, right in
                (counts[right.element] ?? 0, left.offset) < (counts[left.element] ?? 0, right.offset)
            }
            .map(\.element)
        let paired = Set(pairs.flatMap(\.self))
        let single = order.filter { $0.count == 1 && !paired.contains($0[0]) }
        return (pairs + single).map { CaseSubject(work: index, persons: $0) }
    }

    /// A parent before a child, else as the work lists them.
    private static func ordered(_ persons: [String], in work: Work) -> [String] {
        guard persons.count == 2 else { return persons }
        let isChildFirst = work.relations.contains {
            $0.name == "parent_of" && $0.active.contains(persons[1]) && $0.passive.contains(persons[0])
        }
        if isChildFirst { return persons.reversed() }
        let isParentFirst = work.relations.contains {
            $0.name == "parent_of" && $0.active.contains(persons[0]) && $0.passive.contains(persons[1])
        }
        guard !isParentFirst else { return persons }
        let index = { (id: String) in work.persons.firstIndex { $0.id == id } ?? .max }
        return persons.sorted { index($0) < index($1) }
    }
}
