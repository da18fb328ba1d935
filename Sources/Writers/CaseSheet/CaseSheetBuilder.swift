package import TextModel

/// Case sheets: for each pair of persons a form with what the work shows, tells and lets infer, and what speaks
/// against it. "None found" is printed, never left out.
package struct CaseSheetBuilder {
    private let material: SheetMaterial

    private var strings: SheetStrings { material.strings }

    package init(_ material: SheetMaterial) { self.material = material }

    /// The sheet, and what is to be said about it.
    package func build() -> (sheet: SheetValue, warnings: [Diagnostic]) {
        let subjects = material.caseSubjects()
        var words: [PassagePlace: [ByteRange]] = [:]
        let cases = subjects.map { value(of: $0, &words) }
        let quoted = material.quoted(ranges: words)
        let sheet = material.frame(
            .caseSheet, title: material.title, moment: material.selection.moment, quoted: quoted,
            [.init("cases", .array(cases)), .init("isEmpty", .bool(cases.isEmpty))])
        return (sheet, material.helpWarnings("case-sheet") + material.quotationWarnings(quoted))
    }

    // MARK: - A case

    private func value(of subject: CaseSubject, _ words: inout [PassagePlace: [ByteRange]]) -> SheetValue {
        let document = material.selection.works[subject.work].document
        let phrases = SubjectPhrases(work: document.work, strings: strings)
        let annotations = material.placed(in: subject.work).filter { subject.includes($0.annotation, phrases) }
        let marker = PassageMarker(work: material.selection.works[subject.work], index: subject.work, strings: strings)
        for piece in annotations.flatMap(\.pieces) {
            words[PassagePlace(work: subject.work, passage: piece.passage), default: []].append(
                marker.readingRange(of: piece.raw, in: piece.passage))
        }
        let open = annotations.filter { $0.annotation.stance == .ambiguous }
        return [
            "heading": .string(strings.list(subject.persons.map(phrases.name))),
            "title": .string(WorkCitation.title(document.work.title)), "note": .text(document.work.sheetNote),
            "relation": .text(relation(of: subject, phrases)),
            "context": .text(
                [document.work.setting.map { $0.hasSuffix(".") ? $0 : $0 + "." }, document.work.abstract]
                    .compactMap(\.self).joined(separator: " ")),
            "factors": .array(Factor.allCases.map { row($0, annotations, subject) }),
            "rivals": .array(
                material.selection.plan.rivals.map { ["text": .string($0)] } + open.map { rival($0, subject) }),
            "links": .array(links(in: subject.work)),
            "parents": .array(parents(of: subject, phrases)),
            "notTold": .strings(material.notTold(in: document)),
        ]
    }

    private func relation(of subject: CaseSubject, _ phrases: SubjectPhrases) -> String? {
        phrases.work.relations.first { relation in
            let all = relation.active + relation.passive + relation.mutual
            return Set(all) == Set(subject.persons)
        }
        .map(phrases.phrase)
    }

    /// One P: what is shown, told, inferred, and what speaks against it.
    private func row(_ factor: Factor, _ annotations: [AnchoredAnnotation], _ subject: CaseSubject) -> SheetValue {
        let scheme = material.selection.scheme
        let own = annotations.filter { anchored in
            anchored.annotation.concepts.contains { reference in
                scheme[reference.id].map { Factor.of($0, in: scheme) == factor } ?? false
            }
        }
        func slot(_ name: String, _ isIn: (Annotation) -> Bool) -> SheetValue {
            let items = own.filter { isIn($0.annotation) }.map { item($0, subject, factor) }
            return ["name": .string(strings("case.\(name)")), "items": .array(items)]
        }
        func supports(_ annotation: Annotation, _ basis: Basis) -> Bool {
            annotation.stance ?? .supports != .contradicts && (annotation.basis ?? .inferred) == basis
        }
        return [
            "factor": .string(factor.rawValue), "label": .string(strings("case.\(factor.rawValue).label")),
            "question": .string(strings("case.\(factor.rawValue).question")),
            "isEmpty": .bool(own.isEmpty),
            "slots": [
                slot("shown") { supports($0, .shown) }, slot("told") { supports($0, .told) },
                slot("inferred") { supports($0, .inferred) }, slot("against") { $0.stance == .contradicts },
            ],
        ]
    }

    private func item(_ anchored: AnchoredAnnotation, _ subject: CaseSubject, _ factor: Factor) -> SheetValue {
        let scheme = material.selection.scheme
        let concepts = anchored.annotation.concepts.compactMap { scheme[$0.id] }
            .filter { Factor.of($0, in: scheme) == factor }
        return [
            "quote": .string(material.quote(anchored, in: subject.work)),
            "concepts": .string(concepts.map(material.label).joined(separator: ", ")),
            "about": .text(material.about(anchored.annotation, in: subject.work)),
            "locator": .text(material.locator(anchored, in: subject.work)),
            "number": .count(material.number(anchored, in: subject.work)),
            // Stands with its basis, and says that readers may differ.
            "sign": .text(anchored.annotation.stance == .ambiguous ? Stance.ambiguous.sign : nil),
        ]
    }

    /// What a reader may differ on is where another explanation begins.
    private func rival(_ anchored: AnchoredAnnotation, _ subject: CaseSubject) -> SheetValue {
        let plain = material.plain(inWork: subject.work)
        return [
            "text": .text(anchored.annotation.comment.map(plain.text)),
            "quote": .string(material.quote(anchored, in: subject.work)),
            "concepts": .string(material.labels(of: anchored.annotation).joined(separator: ", ")),
            "locator": .text(material.locator(anchored, in: subject.work)),
        ]
    }

    /// Arrows that somebody has drawn and cites a passage for; the form draws none itself.
    private func links(in work: Int) -> [SheetValue] {
        material.selection.plan.links.filter { $0.place.work == work }.map { link in
            let document = material.selection.works[work].document
            let passage = document.passages[Int(link.place.passage)]
            func label(_ id: String) -> String { material.selection.scheme[id].map(material.label) ?? id }
            return [
                "from": .string(label(link.from)), "towards": .string(label(link.towards)),
                "reader": .text(link.reader),
                "locator": .string(document.locator(for: passage.raw, in: link.place.passage).label),
                "text": .string(material.words(document.readingText(passage))),
            ]
        }
    }

    /// Every parent of the child, with what is marked about the tie: a form that has a mother on it and no father
    /// says something that nobody has found.
    private func parents(of subject: CaseSubject, _ phrases: SubjectPhrases) -> [SheetValue] {
        let relations = phrases.work.relations.filter { $0.name == "parent_of" }
        let children = subject.persons.filter { person in relations.contains { $0.passive.contains(person) } }
        guard let child = children.last else { return [] }
        var parents: [String] = []
        for parent in relations.filter({ $0.passive.contains(child) }).flatMap(\.active) where !parents.contains(parent)
        {
            parents.append(parent)
        }
        return parents.map { parent in
            let pair = CaseSubject(work: subject.work, persons: [parent, child])
            let ties = material.placed(in: subject.work).filter { anchored in
                anchored.annotation.about.contains { subject in
                    let named = phrases.persons(of: subject)
                    return named.count == 2 && named.allSatisfy(pair.persons.contains)
                }
            }
            return [
                "name": .string(phrases.name(parent)), "child": .string(phrases.name(child)),
                "ties": .array(grouped(ties, subject.work)),
            ]
        }
    }

    /// What is marked about a tie, concept by concept, for and against apart, with all places.
    private func grouped(_ ties: [AnchoredAnnotation], _ work: Int) -> [SheetValue] {
        struct Key: Hashable {
            var labels: String
            var stance: Stance
            var about: String?
        }
        var order: [Key] = []
        var places: [Key: [String]] = [:]
        for anchored in ties {
            let key = Key(
                labels: material.labels(of: anchored.annotation).joined(separator: ", "),
                stance: anchored.annotation.stance ?? .supports, about: material.about(anchored.annotation, in: work))
            if places[key] == nil { order.append(key) }
            let place = material.locator(anchored, in: work) ?? ""
            if places[key]?.contains(place) != true { places[key, default: []].append(place) }
        }
        return order.map { key in
            [
                "concepts": .string(key.labels), "sign": .text(key.stance.sign),
                "stance": .string(strings("stance.\(key.stance.rawValue)")), "about": .text(key.about),
                "locator": .text(places[key]?.joined(separator: "; ")),
            ]
        }
    }
}
